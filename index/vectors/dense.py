"""Nearest passages and sentences by cosine: exactly while there are not many, and through rough copies beyond."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.vectors.compressed import Compressed
from index.vectors.exact import Exact

PASSAGES = "vectors"
SENTENCES = "sentences"
FIRST = "sentences_first.npy"

# Cosines are given to this many decimals, so that equal vectors tie whatever order a processor adds up in.
DECIMALS = 6
# Up to so many vectors every one is compared with a question, in some 5 ms; benchmarks/dense.md.
EXACT_UP_TO = 50_000
# The rough copies are made of groups of four numbers.
_WHOLE = 4
_BLOCK = 50_000
# Of so many nearest it is told how many are found.
_NEAREST = 10


class Dense:
    """The vectors of the rows (searched passages), of length 1, so that an inner product is a cosine."""

    def __init__(self, vectors: Exact | Compressed) -> None:
        self._vectors = vectors

    @classmethod
    def write(
        cls,
        folder: Path,
        name: str,
        dimension: int,
        count: int,
        blocks: Iterable[NDArray[np.float32]],
        *,
        searched: bool = True,
        exact_up_to: int = EXACT_UP_TO,
    ) -> None:
        """Write ``count`` vectors that come in blocks; if they are many, to be ``searched`` or only to be compared."""
        if count <= exact_up_to or dimension % _WHOLE:
            Exact.write(folder, name, dimension, blocks)
        else:
            Compressed.write(folder, name, dimension, count, blocks, searched=searched)

    @classmethod
    def open(cls, folder: Path, name: str = PASSAGES) -> Self:
        """The vectors that ``write`` wrote."""
        return cls(Exact.open(folder, name) if Exact.is_in(folder, name) else Compressed.open(folder, name))

    def __len__(self) -> int:
        return len(self._vectors)

    @property
    def dimension(self) -> int:
        """The length of a vector, in numbers."""
        return self._vectors.dimension

    @property
    def exact(self) -> bool:
        """Whether every vector is compared with a question, as it is."""
        return isinstance(self._vectors, Exact)

    def vectors(self, rows: NDArray[np.integer]) -> NDArray[np.float32]:
        """Copies of the vectors of ``rows``, of shape (rows, dimension)."""
        return self._vectors.vectors(rows)

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        """Copies of all the vectors, in order, some thousands at a time."""
        for first in range(0, len(self), _BLOCK):
            yield self._vectors.vectors(np.arange(first, min(len(self), first + _BLOCK)))

    def recall(self, questions: NDArray[np.float32]) -> float:
        """The share of the ten nearest vectors that ``nearest`` finds: a mean over ``questions``, a vector each."""
        if self.exact or not len(questions):
            return 1.0
        # Of each block the ten best, and then of those: no array is as large as all cosines.
        best = np.empty((len(questions), 0), np.int64)
        cosines = np.empty((len(questions), 0), np.float32)
        for number, block in enumerate(self.blocks()):
            found = questions @ block.T
            rows = np.argpartition(-found, min(_NEAREST, len(block)) - 1, axis=1)[:, :_NEAREST]
            best = np.hstack([best, rows + number * _BLOCK])
            cosines = np.hstack([cosines, np.take_along_axis(found, rows, axis=1)])
        best = np.take_along_axis(best, np.argsort(-cosines, axis=1)[:, :_NEAREST], axis=1)
        found_rows = [self.nearest(question, _NEAREST)[0] for question in questions]
        return float(np.mean([len(np.intersect1d(a, b)) / len(a) for a, b in zip(best, found_rows, strict=True)]))

    def nearest(
        self, vector: NDArray[np.float32], top: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The ``top`` nearest rows among those allowed, and their cosines, best first, equals by row.

        ``allowed`` holds one flag a row. The filter works inside the search, so the list is as long as it can be.
        """
        top = min(top, len(self) if allowed is None else int(np.count_nonzero(allowed)))
        if top <= 0:
            return np.empty(0, np.int64), np.empty(0, np.float64)
        rows, found = self._vectors.nearest(self._question(vector), top, allowed)
        cosines = _rounded(found)
        order = np.lexsort((rows, -cosines))
        return rows[order], cosines[order]

    def cosines(self, vector: NDArray[np.float32], rows: NDArray[np.integer]) -> NDArray[np.float64]:
        """The cosine of each of ``rows``, in their order."""
        return _rounded(self._vectors.cosines(self._question(vector), rows))

    def _question(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.ascontiguousarray(vector, dtype=np.float32).reshape(self.dimension)


class Sentences:
    """The vectors of each row's sentences, in order: those of row ``r`` are ``first[r]`` to ``first[r + 1]``.

    They are compared, and not searched: of the fifty best by passage and sentence together, all but one in two hundred
    are among the 300 nearest by passage or by words (benchmarks/dense.md), and no answer of the evaluation changes.
    """

    def __init__(self, vectors: Dense, first: NDArray[np.int64]) -> None:
        self._vectors = vectors
        self._first = first

    @classmethod
    def write(
        cls,
        folder: Path,
        dimension: int,
        counts: Sequence[int],
        blocks: Iterable[NDArray[np.float32]],
        *,
        exact_up_to: int = EXACT_UP_TO,
    ) -> None:
        """Write vectors that come in blocks, of which ``counts`` says how many belong to each row in turn."""
        first = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
        Dense.write(folder, SENTENCES, dimension, int(first[-1]), blocks, searched=False, exact_up_to=exact_up_to)
        np.save(folder / FIRST, first, allow_pickle=False)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The sentences that ``write`` wrote."""
        return cls(Dense.open(folder, SENTENCES), np.load(folder / FIRST, allow_pickle=False))

    def __len__(self) -> int:
        return len(self._vectors)

    def vectors(self, places: NDArray[np.integer]) -> NDArray[np.float32]:
        """Copies of the vectors of sentences, by their places among all sentences."""
        return self._vectors.vectors(places)

    def cosines(self, vector: NDArray[np.float32], rows: NDArray[np.integer]) -> list[NDArray[np.float64]]:
        """The cosine of each sentence of each of ``rows``, in their order."""
        counts = self._first[rows + 1] - self._first[rows]
        return np.split(self._cosines(vector, rows), np.cumsum(counts)[:-1]) if len(rows) else []

    def best(self, vector: NDArray[np.float32], rows: NDArray[np.integer]) -> NDArray[np.float64]:
        """The highest cosine of a sentence of each of ``rows``, in their order. Every row has a sentence."""
        if not len(rows):
            return np.empty(0, np.float64)
        counts = self._first[rows + 1] - self._first[rows]
        highest: NDArray[np.float64] = np.maximum.reduceat(
            self._cosines(vector, rows), np.concatenate([[0], np.cumsum(counts)[:-1]])
        )
        return highest

    def _cosines(self, vector: NDArray[np.float32], rows: NDArray[np.integer]) -> NDArray[np.float64]:
        """The cosines of all the sentences of ``rows``, one row's after the other's."""
        starts = self._first[rows]
        counts = self._first[rows + 1] - starts
        before = np.cumsum(counts) - counts
        return self._vectors.cosines(vector, np.repeat(starts - before, counts) + np.arange(counts.sum()))


def _rounded(cosines: NDArray[np.float32]) -> NDArray[np.float64]:
    exact: NDArray[np.float64] = cosines.astype(np.float64)
    return exact.round(DECIMALS)
