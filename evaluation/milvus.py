"""The committed table, evaluation/milvus.md: the same questions of an index on disk and of one in a Milvus."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.export import answer_json
from corpus.model import Document
from evaluation import report
from evaluation.cases import Case, read
from evaluation.metrics import outcome
from evaluation.results import CLIENT, FRESH, NEWEST, REPORTING, REPORTS_TOGETHER
from index.encoder import Encoder
from index.index import Index
from index.local import LocalIndex
from index.milvus import generations
from index.milvus.build import build
from index.milvus.connection import Connection
from index.milvus.generations import Place
from index.milvus.milvus_index import MilvusIndex
from index.reader import Reader

# What the names of its collections begin with: an index that serves from the same Milvus is left alone.
PREFIX = "evaluation"

FIVE: Mapping[str, Path] = {
    "The newest questions": NEWEST,
    "Questions written before those": FRESH,
    "The client's 43 questions": CLIENT,
    "The half of the newer questions set apart": REPORTING,
}
_TOGETHER = "Questions of all the reports at hand, together"

_ABOUT = """\
Made by `python -m evaluation --milvus URI --write`. The same documents are built into a Milvus, and each question is
asked first of the index on this machine's disk and then of that one. An answer is the same only if all of it is, to
the letter: what is shown, in which order, and what is said beside it. The cosines behind some differ in their sixth
decimal, since a processor adds up a few rows in another order than many. The times are of whole answers, with the
models that encode and read. The server was """


@dataclass(frozen=True, slots=True)
class Twice:
    """One case, its answer from each index, disk's first, and how many seconds each took."""

    case: Case
    answers: tuple[Answer, Answer]
    seconds: tuple[float, float]

    @property
    def same(self) -> bool:
        """Whether the answers are, in all that a program is given of them."""
        one, other = map(answer_json, self.answers)
        return one == other


def written(index: Path, connection: Connection, encoder: Encoder, reports: Path | None) -> str:
    """The whole file; ``reports`` is Ofsted's reports, a folder a council, where those are asked of too."""
    reader = Reader.load()
    on_disk = LocalIndex.open(index, encoder, reader)
    sets = {title: read(path) for title, path in FIVE.items()}
    parts = [f"# The same answers from Milvus\n\n{_ABOUT}{connection.server}, of one process on the same machine."]
    parts += _part("The five documents", on_disk, sets, connection, encoder, reader)
    if reports is not None:
        from evaluation.reports import all_indexed  # only this needs a reader of PDFs

        with all_indexed(reports, encoder) as (folder, documents):
            together = {_TOGETHER: read(REPORTS_TOGETHER, documents)}
            found = LocalIndex.open(folder, encoder, reader)
            parts += _part("All the reports at hand", found, together, connection, encoder, reader)
    return "\n\n".join(parts) + "\n"


def asked_twice(on_disk: Index, in_milvus: Index, cases: Sequence[Case]) -> list[Twice]:
    """Each case, asked of both."""
    assistants = Assistant(on_disk), Assistant(in_milvus)
    found = []
    for case in cases:
        (one, seconds), (other, more) = (_timed(assistant, case) for assistant in assistants)
        found.append(Twice(case, (one, other), (seconds, more)))
    return found


@contextmanager
def copied(documents: Sequence[Document], connection: Connection, encoder: Encoder) -> Iterator[Place]:
    """An index of ``documents`` in a Milvus, for the time being."""
    place = Place(connection, PREFIX)
    with ExitStack() as after, TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        after.callback(generations.remove_all_but, place, set())
        build(documents, place, encoder, Path(folder))
        yield place


def tables(sets: Mapping[str, Sequence[Twice]], documents: dict[str, Document]) -> list[str]:
    """How good the answers are on each, how many are the same, and how long they took."""
    rows = [
        (f"{title}: {name}", [outcome(one.case, one.answers[engine], documents) for one in asked])
        for title, asked in sets.items()
        for engine, name in enumerate(("disk", "Milvus"))
    ]
    lines = [
        "| | questions | same to the letter | median, disk | median, Milvus | longest, disk | longest, Milvus |",
        f"| --- |{' --: |' * 6}",
    ]
    for title, asked in sets.items():
        times = [_seconds(of, asked, engine) for of in (median, max) for engine in (0, 1)]
        lines.append(f"| {' | '.join((title, str(len(asked)), str(sum(one.same for one in asked)), *times))} |")
    others = [one.case for asked in sets.values() for one in asked if not one.same]
    told = [f"- {case.id}: “{' → '.join(case.turns)}”" for case in others]
    parts = [report.table("asked of", rows), "\n".join(lines)]
    return [*parts, "Answered otherwise:", "\n".join(told)] if told else parts


def _part(
    title: str,
    on_disk: LocalIndex,
    sets: Mapping[str, Sequence[Case]],
    connection: Connection,
    encoder: Encoder,
    reader: Reader,
) -> list[str]:
    documents = list(on_disk.documents.values())
    started = time.perf_counter()
    with copied(documents, connection, encoder) as place:
        took = time.perf_counter() - started
        in_milvus = MilvusIndex.open(place, encoder, reader)
        asked = {name: asked_twice(on_disk, in_milvus, cases) for name, cases in sets.items()}
    size = f"{len(documents)} documents, {on_disk.facts.passages:,} passages; built into Milvus in {took:.0f} s."
    return [f"## {title}", size, *tables(asked, {document.id: document for document in documents})]


def _timed(assistant: Assistant, case: Case) -> tuple[Answer, float]:
    started = time.perf_counter()
    answer = assistant.answer(case.turns[-1], case.turns[:-1])
    return answer, time.perf_counter() - started


def _seconds(of: Callable[[list[float]], float], asked: Sequence[Twice], engine: int) -> str:
    return f"{of([one.seconds[engine] for one in asked]):.2f} s"
