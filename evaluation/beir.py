"""How well the index ranks on a public test collection in the BEIR layout, by the same code that serves.

The layout (Thakur et al., "BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation of Information Retrieval Models",
NeurIPS 2021): `corpus.jsonl` with `_id`, `title` and `text`; `queries.jsonl` with `_id` and `text`; `qrels.tsv`, or
`qrels/test.tsv`, with a header line and the columns query, document and grade. A query may have a `history`, a list of
the questions asked before it.
"""

import json
import math
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from corpus.model import Document, Form, Passage, Source
from index.build import build
from index.fusion import Way
from index.local import LocalIndex
from index.models.encoder import Encoder

DEPTH = 10


class BadDataset(Exception):
    """A folder is not in the BEIR layout; the text names the file and line."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question with its earlier questions, oldest first, and the documents that answer it, each with its grade."""

    id: str
    text: str
    history: tuple[str, ...]
    relevant: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Measures:
    """Means over the queries, from 0 to 1."""

    way: Way
    queries: int
    ndcg_at_10: float
    recall_at_10: float
    success_at_1: float
    success_at_5: float


def run(
    folder: Path,
    encoder: Encoder,
    *,
    index: Path | None = None,
    text_of: Callable[[Query], str] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> list[Measures]:
    """Index the collection in ``folder`` and rank its queries in every way, the 10 best documents each.

    The index is written to ``index``, where a later run finds it, or to a folder that is then removed. ``text_of``
    gives the text searched for a query (default: ``joined``). ``progress`` is told of "Encoding" and "Searching", how
    many are done, and of how many. Raises ``BadDataset``.
    """
    queries = read_queries(folder)

    def report(stage: str, done: int, total: int) -> None:
        if progress is not None:
            progress(stage, done, total)

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        place = index or Path(temporary)
        build(read_corpus(folder), place, encoder, progress=partial(report, "Encoding"))
        opened = LocalIndex.open(place, encoder)
        rankings: dict[Way, list[list[str]]] = {way: [] for way in Way}
        for done, query in enumerate(queries, 1):
            text = (text_of or joined)(query)
            for way, ranking in rankings.items():
                ranking.append([hit.passage.document for hit in opened.search(text, top=DEPTH, way=way)])
            report("Searching", done, len(queries))
    return [measured(way, queries, ranking) for way, ranking in rankings.items()]


def joined(query: Query) -> str:
    """The question, then those before it, latest first: what a model has no room to read is the oldest."""
    return "\n".join([query.text, *reversed(query.history)])


def measured(way: Way, queries: Sequence[Query], rankings: Sequence[Sequence[str]]) -> Measures:
    """The means over queries, given the ranking of each, best document first."""
    pairs = list(zip(queries, rankings, strict=True))

    def mean(measure: Callable[[Sequence[str], Mapping[str, int]], float]) -> float:
        return sum(measure(ranking, query.relevant) for query, ranking in pairs) / len(pairs)

    return Measures(
        way=way,
        queries=len(pairs),
        ndcg_at_10=mean(partial(ndcg, depth=10)),
        recall_at_10=mean(partial(recall, depth=10)),
        success_at_1=mean(partial(success, depth=1)),
        success_at_5=mean(partial(success, depth=5)),
    )


def ndcg(ranking: Sequence[str], relevant: Mapping[str, int], *, depth: int) -> float:
    """Discounted gain of the first ``depth``, as a share of the best that could be.

    The gain is the grade and the discount log2(1 + rank), as in trec_eval and so in BEIR. Järvelin and Kekäläinen,
    "Cumulated gain-based evaluation of IR techniques", ACM TOIS 2002.
    """
    gains = [relevant.get(document, 0) for document in ranking[:depth]]
    return _discounted(gains) / _discounted(sorted(relevant.values(), reverse=True)[:depth])


def recall(ranking: Sequence[str], relevant: Mapping[str, int], *, depth: int) -> float:
    """The share of the relevant documents that the first ``depth`` hold."""
    return len(relevant.keys() & set(ranking[:depth])) / len(relevant)


def success(ranking: Sequence[str], relevant: Mapping[str, int], *, depth: int) -> float:
    """1 if the first ``depth`` hold a relevant document, else 0."""
    return float(bool(relevant.keys() & set(ranking[:depth])))


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(1 + rank) for rank, gain in enumerate(gains, 1))


def read_corpus(folder: Path) -> list[Document]:
    """Every document of `corpus.jsonl`, as one passage: its title and its text, which words and vectors both find."""
    documents: dict[str, Document] = {}
    for place, line in _objects(folder / "corpus.jsonl"):
        id, text, title = _string(place, line, "_id"), _string(place, line, "text"), line.get("title") or ""
        if not isinstance(title, str):
            raise BadDataset(f'{place}: "title" is not a string.')
        if id in documents:
            raise BadDataset(f"{place}: the _id {id!r} is used a second time.")
        text = f"{title}\n{text}" if title.strip() else text
        source = Source(id=id, path=id)
        passage = Passage(
            id=id,
            document=id,
            ordinal=0,
            start=0,
            end=len(text),
            text=text,
            form=Form.PARAGRAPH,
            reference=id,
            anchor="p1",
        )
        documents[id] = Document(source, text, (passage,))
    if not documents:
        raise BadDataset(f"{folder / 'corpus.jsonl'} holds no documents.")
    return list(documents.values())


def read_queries(folder: Path) -> list[Query]:
    """The queries that have a relevant document (a grade above 0), in the order of `queries.jsonl`."""
    relevant = _relevant(folder)
    queries: dict[str, Query] = {}
    for place, line in _objects(folder / "queries.jsonl"):
        id, text, history = _string(place, line, "_id"), _string(place, line, "text"), line.get("history") or []
        if not isinstance(history, list) or not all(isinstance(question, str) for question in history):
            raise BadDataset(f'{place}: "history" is not a list of strings.')
        if id in queries:
            raise BadDataset(f"{place}: the _id {id!r} is used a second time.")
        queries[id] = Query(id, text, tuple(history), relevant.get(id, {}))
    missing = sorted(relevant.keys() - queries.keys())
    if missing:
        raise BadDataset(f"The qrels judge queries that queries.jsonl does not have: {', '.join(missing[:5])}.")
    judged = [query for query in queries.values() if query.relevant]
    if not judged:
        raise BadDataset(f"In {folder} no query has a relevant document.")
    return judged


def _relevant(folder: Path) -> dict[str, dict[str, int]]:
    """By query, the documents with a grade above 0."""
    path = next((path for path in (folder / "qrels.tsv", folder / "qrels" / "test.tsv") if path.is_file()), None)
    if path is None:
        raise BadDataset(f"{folder} has neither qrels.tsv nor qrels/test.tsv.")
    relevant: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        columns = line.split("\t")
        if number == 1 and not _is_number(columns[-1]):
            continue  # the header
        if len(columns) != 3 or not _is_number(columns[2]):
            raise BadDataset(f"{path}, line {number}: expected query, document and a whole number, with tabs between.")
        query, document, grade = columns[0], columns[1], int(columns[2])
        if grade > 0:
            relevant.setdefault(query, {})[document] = grade
    return relevant


def _is_number(text: str) -> bool:
    return text.strip().removeprefix("-").isdecimal()


def _objects(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each line's JSON object, and what to call the line in a message."""
    for number, line in _lines(path):
        place = f"{path}, line {number}"
        try:
            value = json.loads(line)
        except ValueError as error:
            raise BadDataset(f"{place}: not JSON ({error}).") from error
        if not isinstance(value, dict):
            raise BadDataset(f"{place}: not a JSON object.")
        yield place, value


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that are not blank, numbered from 1."""
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except FileNotFoundError as error:
        raise BadDataset(f"{path} is not there. A BEIR folder has corpus.jsonl, queries.jsonl and qrels.") from error
    except UnicodeDecodeError as error:
        raise BadDataset(f"{path} is not UTF-8 text ({error}).") from error


def _string(place: str, line: dict[str, Any], key: str) -> str:
    value = line.get(key)
    if not isinstance(value, str):
        raise BadDataset(f'{place}: "{key}" is missing or not a string.')
    return value
