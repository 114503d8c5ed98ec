"""Nearest passages and sentences by cosine, exactly: faiss, and its oddities, are dealt with here."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import faiss
import numpy as np
from numpy.typing import NDArray

FILE = "vectors.faiss"
SENTENCES = "sentences.faiss"
FIRST = "sentences_first.npy"

_faiss: Any = faiss  # its type stubs give C++'s arguments, where its Python classes take others

# Cosines are given to this many decimals, so that equal vectors tie whatever order a processor adds up in.
DECIMALS = 6


class Dense:
    """The vectors of the rows (searched passages), of length 1, so that an inner product is a cosine."""

    def __init__(self, vectors: Any) -> None:
        self._vectors = vectors

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> Self:
        """Hold ``vectors``, of shape (rows, dimension) and length 1."""
        index = _faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    def save(self, folder: Path, file: str = FILE) -> None:
        """Write the vectors to ``file`` in ``folder``."""
        _faiss.write_index(self._vectors, str(folder / file))

    @classmethod
    def open(cls, folder: Path, file: str = FILE) -> Self:
        """The vectors that ``save`` wrote."""
        return cls(_faiss.read_index(str(folder / file)))

    def __len__(self) -> int:
        return int(self._vectors.ntotal)

    @property
    def dimension(self) -> int:
        """The length of a vector, in numbers."""
        return int(self._vectors.d)

    def vectors(self) -> NDArray[np.float32]:
        """A copy of all the vectors, of shape (rows, dimension)."""
        copies: NDArray[np.float32] = self._vectors.reconstruct_n(0, len(self))
        return copies

    def vector(self, row: int) -> NDArray[np.float32]:
        """A copy of the vector of a row."""
        copied: NDArray[np.float32] = self._vectors.reconstruct(row)
        return copied

    def nearest(
        self, vector: NDArray[np.float32], top: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The ``top`` nearest rows among those allowed, and their cosines, best first, equals by row.

        ``allowed`` holds one flag a row. The filter works inside the search, so the list is as long as it can be.
        """
        possible = len(self) if allowed is None else int(np.count_nonzero(allowed))
        top = min(top, possible)
        if top <= 0:
            return np.empty(0, np.int64), np.empty(0, np.float64)
        parameters = None
        if allowed is not None:
            # faiss keeps a pointer to the bits and no reference: both names must live until the search is over.
            bits = np.packbits(allowed, bitorder="little")
            selector = _faiss.IDSelectorBitmap(bits)
            parameters = _faiss.SearchParameters(sel=selector)
        _in_one_thread()
        found, rows = self._vectors.search(self._question(vector), top, params=parameters)
        cosines = _rounded(found[0])
        order = np.lexsort((rows[0], -cosines))
        return rows[0][order], cosines[order]

    def cosines(self, vector: NDArray[np.float32], rows: NDArray[np.integer]) -> NDArray[np.float64]:
        """The cosine of each of ``rows``, in their order."""
        if not len(rows):
            return np.empty(0, np.float64)
        _in_one_thread()
        vectors: NDArray[np.float32] = self._vectors.reconstruct_batch(np.asarray(rows, dtype=np.int64))
        return _rounded(vectors @ self._question(vector)[0])

    def all_cosines(self, vector: NDArray[np.float32]) -> NDArray[np.float64]:
        """The cosine of every row, in order."""
        vectors = _faiss.rev_swig_ptr(self._vectors.get_xb(), len(self) * self.dimension)
        return _rounded(vectors.reshape(len(self), self.dimension) @ self._question(vector)[0])

    def _question(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.ascontiguousarray(vector, dtype=np.float32).reshape(1, self.dimension)


class Sentences:
    """The vectors of each row's sentences, in order: those of row ``r`` are ``first[r]`` to ``first[r + 1]``."""

    def __init__(self, vectors: Dense, first: NDArray[np.int64]) -> None:
        self._vectors = vectors
        self._first = first

    @classmethod
    def build(cls, vectors: NDArray[np.float32], counts: Sequence[int]) -> Self:
        """Hold ``vectors``, of length 1, of which ``counts`` says how many belong to each row in turn."""
        return cls(Dense.build(vectors), np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]))

    def save(self, folder: Path) -> None:
        """Write the files named in ``SENTENCES`` and ``FIRST``."""
        self._vectors.save(folder, SENTENCES)
        np.save(folder / FIRST, self._first)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The sentences that ``save`` wrote."""
        return cls(Dense.open(folder, SENTENCES), np.load(folder / FIRST, allow_pickle=False))

    def vectors(self) -> NDArray[np.float32]:
        """A copy of all the vectors, of shape (sentences, dimension)."""
        return self._vectors.vectors()

    def nearest(
        self, vector: NDArray[np.float32], top: int, allowed: NDArray[np.bool_] | None = None
    ) -> NDArray[np.int64]:
        """The rows of the ``top`` nearest sentences among those of the rows allowed, in order of row."""
        of_allowed = None if allowed is None else np.repeat(allowed, np.diff(self._first))
        found, _ = self._vectors.nearest(vector, top, of_allowed)
        return np.unique(np.searchsorted(self._first, found, side="right") - 1)

    def cosines(self, vector: NDArray[np.float32], rows: NDArray[np.integer]) -> list[NDArray[np.float64]]:
        """The cosine of each sentence of each of ``rows``, in their order."""
        ranges = [np.arange(self._first[row], self._first[row + 1]) for row in rows]
        if not ranges:
            return []
        cosines = self._vectors.cosines(vector, np.concatenate(ranges))
        return np.split(cosines, np.cumsum([len(one) for one in ranges])[:-1])


def _in_one_thread() -> None:
    """Have faiss work in the calling thread: on one question more threads only wait, and spin while the model works."""
    _faiss.omp_set_num_threads(1)  # OpenMP keeps this for each thread, so it cannot be said once for all


def _rounded(cosines: NDArray[np.float32]) -> NDArray[np.float64]:
    exact: NDArray[np.float64] = cosines.astype(np.float64)
    return exact.round(DECIMALS)
