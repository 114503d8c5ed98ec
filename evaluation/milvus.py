"""The committed table, evaluation/milvus.md: the same questions of an index on disk and of one in a Milvus."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.exports.answers import answer_json
from corpus.collection import Collection
from corpus.model import Document
from evaluation import report
from evaluation.cases import Case, read
from evaluation.metrics import outcome
from evaluation.results import CLIENT, FRESH, NEWEST, REPORTING, REPORTS_TOGETHER
from index.build import build as build_on_disk
from index.index import Index
from index.local import LocalIndex
from index.milvus import generations
from index.milvus.build import build
from index.milvus.connection import Connection
from index.milvus.generations import Place
from index.milvus.milvus_index import MilvusIndex
from index.models.encoder import Encoder, in_order
from index.models.reader import Reader

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
Made by `python -m evaluation --milvus URI --write`. The same documents, and the same vectors of them, are put into an
index on this machine's disk and into one in a Milvus, and each question is asked first of the one and then of the
other. An answer is the same only if all of it is, to the letter: what is shown, in which order, and what is said
beside it. The cosines behind some differ in their sixth decimal, since a processor adds up a few rows in another order
than many. The times are of whole answers, with the models that encode and read. The server was """


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


class Once:
    """An encoder that encodes each text once: its vector differs a little with which others it is encoded among."""

    def __init__(self, encoder: Encoder) -> None:
        self.name = encoder.name
        self.fingerprint = encoder.fingerprint
        self._encoder = encoder
        self._vectors: dict[str, NDArray[np.float32]] = {}

    @property
    def dimension(self) -> int:
        """The length of a vector, in numbers."""
        return self._encoder.dimension

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """Vectors of length 1, of shape (texts, dimension)."""
        return in_order(self, texts, progress)

    def encode_in_portions(self, texts: Sequence[str]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """The same vectors as they come: first those of texts that were encoded before."""
        held = [number for number, text in enumerate(texts) if text in self._vectors]
        if held:
            yield held, np.stack([self._vectors[texts[number]] for number in held])
        new = [number for number, text in enumerate(texts) if text not in self._vectors]
        for numbers, portion in self._encoder.encode_in_portions([texts[number] for number in new]) if new else ():
            of = [new[number] for number in numbers]
            self._vectors |= {texts[number]: vector for number, vector in zip(of, portion, strict=True)}
            yield of, portion


def written(index: Path, connection: Connection, encoder: Encoder, reports: Path | None) -> str:
    """The whole file, of the documents of an index; and of Ofsted's reports, a folder a council, if there are any."""
    reader = Reader.load()
    five = list(LocalIndex.open(index, encoder).documents.values())
    sets = {title: read(path) for title, path in FIVE.items()}
    parts = [f"# The same answers from Milvus\n\n{_ABOUT}{connection.server}, of one process on the same machine."]
    parts += _part("The five documents", five, sets, connection, encoder, reader)
    if reports is not None:
        together = Collection.open([reports]).read().documents
        cases = read(REPORTS_TOGETHER, {document.id: document for document in together})
        parts += _part("All the reports at hand", together, {_TOGETHER: cases}, connection, encoder, reader)
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
def indexed(documents: Sequence[Document], connection: Connection, encoder: Encoder) -> Iterator[tuple[Path, Place]]:
    """An index of ``documents`` on disk and one in a Milvus, of the same vectors, for the time being."""
    place, once = Place(connection, PREFIX), Once(encoder)
    with ExitStack() as after, TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        after.callback(generations.remove_all_but, place, set())
        build_on_disk(documents, Path(folder) / "disk", once)
        build(documents, place, once, Path(folder) / "milvus")
        yield Path(folder) / "disk", place


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
    documents: Sequence[Document],
    sets: Mapping[str, Sequence[Case]],
    connection: Connection,
    encoder: Encoder,
    reader: Reader,
) -> list[str]:
    with indexed(documents, connection, encoder) as (folder, place):
        indexes = LocalIndex.open(folder, encoder, reader), MilvusIndex.open(place, encoder, reader)
        asked = {name: asked_twice(*indexes, cases) for name, cases in sets.items()}
    size = f"{len(documents)} documents, {sum(len(document.passages) for document in documents):,} passages."
    return [f"## {title}", size, *tables(asked, {document.id: document for document in documents})]


def _timed(assistant: Assistant, case: Case) -> tuple[Answer, float]:
    started = time.perf_counter()
    answer = assistant.answer(case.turns[-1], case.turns[:-1])
    return answer, time.perf_counter() - started


def _seconds(of: Callable[[list[float]], float], asked: Sequence[Twice], engine: int) -> str:
    return f"{of([one.seconds[engine] for one in asked]):.2f} s"
