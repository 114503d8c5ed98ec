"""A corpus as it lies on the disk for every engine to index: written once, read one passage or one document at a time.

Row ``r`` is the r-th searched passage, in the order of the documents. Of each there are the terms that our index looks
up, a vector of length 1, and the council and year of its document, by which a search can be narrowed.
"""

import json
import pickle
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from benchmarks.made import Made
from corpus.model import Document, Passage
from corpus.sentences import sentences_of
from index.analysis import terms
from index.build import encoded_text, indexed_text

FACTS, DOCUMENTS, TERMS, VECTORS = "facts.json", "documents.pickle", "terms.txt", "vectors.f32"
COUNCILS, YEARS, HOLDING = "councils.npy", "years.npy", "holding.json"
KEYS, KEY_ROWS, FIRST, ROWS = "keys.npy", "key_rows.npy", "first.npy", "rows.npy"

# What a narrowed search keeps of the passages, as nearly as documents allow, and at least so many passages.
KEPT = 0.01
FEWEST = 20

# The vectors of a document's searched passages, in order, of shape (passages, dimension).
Vectors = Callable[[Made, Sequence[Passage]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Only:
    """What a search is narrowed to: the documents of one council, since a year. ``code`` is the council's number."""

    council: str
    code: int
    since: int


@dataclass(frozen=True, slots=True)
class Corpus:
    """A prepared corpus. Everything large is read from the disk when asked for. ``told`` says what it is made of."""

    folder: Path
    told: str
    documents_held: int
    passages: int
    vocabulary: int
    dimension: int
    kept: int
    only: Only

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The corpus that ``prepare`` wrote."""
        facts: dict[str, Any] = json.loads((folder / FACTS).read_text(encoding="ascii"))
        return cls(folder, only=Only(**facts.pop("only")), **facts)

    def documents(self) -> Iterator[Document]:
        """Every document, as our build takes them."""
        with (self.folder / DOCUMENTS).open("rb") as file:
            for _ in range(self.documents_held):
                yield pickle.load(file)

    def terms(self) -> Iterator[list[str]]:
        """The terms of each row."""
        with (self.folder / TERMS).open(encoding="utf-8") as lines:
            for line in lines:
                yield line.split()

    def vectors(self) -> NDArray[np.float32]:
        """The vectors of the rows, memory-mapped, of shape (passages, dimension)."""
        return np.memmap(self.folder / VECTORS, np.float32, "r", shape=(self.passages, self.dimension))

    def portions(self, size: int = 10_000) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """The vectors some at a time, each time with the first's row."""
        vectors = self.vectors()
        for first in range(0, self.passages, size):
            yield first, np.array(vectors[first : first + size])

    def councils(self) -> NDArray[np.int32]:
        """The number of each row's council."""
        return self._array(COUNCILS)

    def years(self) -> NDArray[np.int32]:
        """The year of each row's document."""
        return self._array(YEARS)

    def allowed(self, only: Only) -> NDArray[np.bool_]:
        """One flag a row: whether a narrowed search may find it."""
        return allowed(self.councils(), self.years(), only)

    def holding(self) -> dict[str, int]:
        """How many rows hold each term."""
        found: dict[str, int] = json.loads((self.folder / HOLDING).read_text(encoding="ascii"))
        return found

    def _array(self, file: str) -> NDArray[Any]:
        found: NDArray[Any] = np.load(self.folder / file, allow_pickle=False)
        return found


def allowed(councils: NDArray[np.int32], years: NDArray[np.int32], only: Only) -> NDArray[np.bool_]:
    """One flag a row: whether it is what ``only`` asks for."""
    flags: NDArray[np.bool_] = (councils == only.code) & (years >= only.since)
    return flags


def key(text: str) -> int:
    """A number of 64 bits for a text: what our build knows a text's vector by."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def prepare(folder: Path, made: Iterable[Made], vectors: Vectors, told: str = "") -> Corpus:
    """Write a corpus, one document at a time; in memory are the vocabulary and some 100 bytes a passage."""
    folder.mkdir(parents=True, exist_ok=True)
    holding: Counter[str] = Counter()
    codes: dict[str, int] = {}
    councils, years, keys, key_rows, rows, first = [], [], [], [], [], [0]
    held = passages = dimension = 0
    with (
        (folder / DOCUMENTS).open("wb") as documents,
        (folder / TERMS).open("w", encoding="utf-8") as lines,
        (folder / VECTORS).open("wb") as written,
    ):
        for one in made:
            document = one.document
            searched = [passage for passage in document.passages if passage.searched]
            found = np.ascontiguousarray(vectors(one, searched), np.float32)
            written.write(found.tobytes())
            dimension = found.shape[1]
            pickle.dump(document, documents, pickle.HIGHEST_PROTOCOL)
            code = codes.setdefault(document.source.council.value or "", len(codes))
            councils.append(np.full(len(searched), code, np.int32))
            years.append(np.full(len(searched), int((document.source.date.value or "0")[:4]), np.int32))
            row = passages
            for passage in document.passages:
                rows.append(row if passage.searched else -1)
                row += passage.searched
            texts = [_texts(document, passage) for passage in searched]
            keys.append(np.array([key(text) for each in texts for text in each], np.uint64))
            key_rows.append(np.repeat(np.arange(passages, row, dtype=np.int32), [len(each) for each in texts]))
            for passage in searched:
                held_terms = terms(indexed_text(document, passage))
                lines.write(" ".join(held_terms) + "\n")
                holding.update(set(held_terms))
            first.append(len(rows))
            held, passages = held + 1, row
    _save_keys(folder, np.concatenate(keys), np.concatenate(key_rows))
    arrays = {COUNCILS: np.concatenate(councils), YEARS: np.concatenate(years)}
    arrays |= {ROWS: np.array(rows, np.int32), FIRST: np.array(first, np.int64)}
    for name, array in arrays.items():
        np.save(folder / name, array)
    (folder / HOLDING).write_text(json.dumps(holding), encoding="ascii")
    only = _only(arrays[COUNCILS], arrays[YEARS], list(codes))
    kept = int(allowed(arrays[COUNCILS], arrays[YEARS], only).sum())
    corpus = Corpus(folder, told, held, passages, len(holding), dimension, kept, only)
    facts = {name: value for name, value in asdict(corpus).items() if name != "folder"}
    (folder / FACTS).write_text(json.dumps(facts), encoding="ascii")
    return corpus


def _texts(document: Document, passage: Passage) -> list[str]:
    """What our build asks the vectors of: the passage in its place, and its sentences."""
    said = [span.of(document.text) for span in sentences_of(passage)]
    return [encoded_text(document, passage), *(said or [passage.text])]


def _save_keys(folder: Path, keys: NDArray[np.uint64], rows: NDArray[np.int32]) -> None:
    """The distinct keys in order, each with the first row that has it."""
    distinct, places = np.unique(keys, return_index=True)
    np.save(folder / KEYS, distinct)
    np.save(folder / KEY_ROWS, rows[places])


def _only(councils: NDArray[np.int32], years: NDArray[np.int32], names: Sequence[str]) -> Only:
    """The council and year that keep a share of the passages nearest to the one wanted."""
    wanted = max(KEPT * len(councils), FEWEST)
    best = (float("inf"), 0, 0)
    for code in range(len(names)):
        of = years[councils == code]
        for since in np.unique(of).tolist():
            kept = int((of >= since).sum())
            if kept >= min(FEWEST, len(councils)):
                best = min(best, (abs(kept - wanted), code, since))
    _, code, since = best
    return Only(names[code], code, since)
