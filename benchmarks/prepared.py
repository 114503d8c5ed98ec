"""A corpus as it lies on the disk for every engine to index, and its questions: read one passage or document at a time.

An engine is served by a process that imports this and nothing more of ours, so that it has its own time to start.

Row ``r`` is the r-th searched passage, in the order of the documents. Of each there are the terms that our index looks
up, a vector of length 1, and the council and year of its document, by which a search can be narrowed.
"""

import json
import pickle
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from corpus.model import Document

FACTS, DOCUMENTS, TERMS, VECTORS = "facts.json", "documents.pickle", "terms.txt", "vectors.f32"
COUNCILS, YEARS, HOLDING = "councils.npy", "years.npy", "holding.json"
KEYS, KEY_ROWS, ROWS = "keys.npy", "key_rows.npy", "rows.npy"
QUESTIONS, QUESTION_VECTORS, EXACT = "questions.json", "question_vectors.npy", "exact.npy"

# How many are asked for.
TOP = 10


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
        """The corpus that ``benchmarks.preparing`` wrote."""
        facts: dict[str, Any] = json.loads((folder / FACTS).read_text(encoding="ascii"))
        return cls(folder, only=Only(**facts.pop("only")), **facts)

    def documents(self) -> "Documents":
        """Every document, as our build takes them."""
        return Documents(self.folder / DOCUMENTS, self.documents_held)

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


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the terms, a vector of length 1 and, where a passage is asked for, its row."""

    terms: tuple[str, ...]
    vector: NDArray[np.float32]
    known: int | None = None


def questions_of(folder: Path) -> list[Question]:
    """The questions that ``ask`` wrote."""
    held = json.loads((folder / QUESTIONS).read_text(encoding="ascii"))
    vectors = np.load(folder / QUESTION_VECTORS, allow_pickle=False)
    return [Question(tuple(q["terms"]), vector, q["known"]) for q, vector in zip(held, vectors, strict=True)]


def exact_of(folder: Path) -> NDArray[np.int64]:
    """The exact rankings that ``ask`` wrote, of shape (2, questions, TOP): of all passages, and of those kept."""
    found: NDArray[np.int64] = np.load(folder / EXACT, allow_pickle=False)
    return found


@dataclass(frozen=True, slots=True)
class Documents(Collection[Document]):
    """Documents in a file, read from its beginning as often as they are gone through."""

    file: Path
    held: int

    def __iter__(self) -> Iterator[Document]:
        with self.file.open("rb") as file:
            for _ in range(self.held):
                yield pickle.load(file)

    def __len__(self) -> int:
        return self.held

    def __contains__(self, document: object) -> bool:
        return any(document == one for one in self)
