"""Vectors kept as they are, every one of which is compared with a question: for a corpus that is not large."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

import faiss
import numpy as np
from numpy.typing import NDArray

_faiss: Any = faiss  # its type stubs give C++'s arguments, where its Python classes take others


class Exact:
    """Vectors of length 1 in a flat faiss index, memory-mapped. A *row* is the place of a vector."""

    def __init__(self, vectors: Any) -> None:
        self._vectors = vectors

    @classmethod
    def write(cls, folder: Path, name: str, dimension: int, blocks: Iterable[NDArray[np.float32]]) -> None:
        """Write the vectors of all blocks, in order."""
        vectors = _faiss.IndexFlatIP(dimension)
        for block in blocks:
            vectors.add(np.ascontiguousarray(block, dtype=np.float32))
        _faiss.write_index(vectors, str(cls._file(folder, name)))

    @classmethod
    def open(cls, folder: Path, name: str) -> Self:
        """The vectors that ``write`` wrote."""
        return cls(_faiss.read_index(str(cls._file(folder, name)), _faiss.IO_FLAG_MMAP_IFC))

    @classmethod
    def is_in(cls, folder: Path, name: str) -> bool:
        """Whether ``write`` wrote vectors of this name there."""
        return cls._file(folder, name).is_file()

    @staticmethod
    def _file(folder: Path, name: str) -> Path:
        return folder / f"{name}.faiss"

    def __len__(self) -> int:
        return int(self._vectors.ntotal)

    @property
    def dimension(self) -> int:
        """The length of a vector, in numbers."""
        return int(self._vectors.d)

    def vectors(self, rows: NDArray[np.integer]) -> NDArray[np.float32]:
        """Copies of the vectors of ``rows``, of shape (rows, dimension)."""
        if not len(rows):
            return np.empty((0, self.dimension), np.float32)
        in_one_thread()
        copies: NDArray[np.float32] = self._vectors.reconstruct_batch(np.asarray(rows, dtype=np.int64))
        return copies

    def cosines(self, vector: NDArray[np.float32], rows: NDArray[np.integer]) -> NDArray[np.float32]:
        """The cosine of each of ``rows``, in their order."""
        # Not by a matrix product: for so little work its threads wait for each other longer than they work.
        cosines: NDArray[np.float32] = np.einsum("ij,j->i", self.vectors(rows), vector)
        return cosines

    def nearest(
        self, vector: NDArray[np.float32], top: int, allowed: NDArray[np.bool_] | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The ``top`` nearest rows of those allowed, as many as there are, and their cosines."""
        parameters = None
        if allowed is not None:
            selector = Selector(allowed)
            parameters = _faiss.SearchParameters(sel=selector.of_faiss)
        in_one_thread()
        cosines, rows = self._vectors.search(vector.reshape(1, -1), top, params=parameters)
        return rows[0], cosines[0]


class Selector:
    """Rows as faiss takes them: it keeps a pointer to the bits and no reference, so that this must live as long."""

    def __init__(self, allowed: NDArray[np.bool_]) -> None:
        self._bits = np.packbits(allowed, bitorder="little")
        self.of_faiss = _faiss.IDSelectorBitmap(self._bits)


def in_one_thread() -> None:
    """Have faiss work in the calling thread: on one question more threads only wait, and spin while the model works."""
    _faiss.omp_set_num_threads(1)  # OpenMP keeps this for each thread, so it cannot be said once for all
