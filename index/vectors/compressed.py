"""Vectors of a large corpus: rough copies to search through, and finer ones to rank by what is found.

Each vector is kept three times: as eight bits a number, from which cosines are computed to some 0.0004; as one bit a
number (RaBitQ: Gao and Long, SIGMOD 2024), through which a filtered search goes; and as a product quantiser's half bit
a number, laid out for the processor's shuffles (André, Kermarrec and Le Scouarnec, "Quicker ADC", 2021), which is
three times as fast to go through, but takes no filter. Every search goes through all of the rough copies, in order, so
that what it misses does not depend on how vectors lie together. benchmarks/dense.md compares this with other ways.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from index.files.arrays import mapped
from index.vectors.exact import Selector, in_one_thread

_faiss: Any = faiss

_SUFFIXES = (".int8.npy", ".scales.npy", ".bits.faiss", ".scan.faiss")
# So many of the roughly nearest, for each that is wanted, are ranked by their finer copies; and so many at the least.
DEEPER, LEAST_DEPTH = 3, 500
# Of so few rows every finer copy is compared: the chat's questions are often about one document.
NARROW = 4_000
# Numbers of the product quantiser's part of a vector, at four bits for each part.
_PART = 4
# The bits of a question's numbers when they are compared with one-bit copies.
_QUESTION_BITS = 4
# So many vectors are enough to set both quantisers by, and so many are read from disk at once.
_SAMPLE, _BLOCK = 50_000, 50_000
# A quantiser of four bits cannot be set by fewer; fewer vectors are then taken more than once.
_LEAST = 16


class Compressed:
    """Vectors of length 1, memory-mapped. A *row* is the place of a vector. Some are only there to be compared."""

    def __init__(self, numbers: NDArray[np.int8], scales: NDArray[np.float32], bits: Any, scan: Any) -> None:
        self._numbers = numbers
        self._scales = scales
        self._bits = bits
        self._scan = scan

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
    ) -> None:
        """Write the vectors of all blocks, in order: ``count`` of them, at whatever multiple of four numbers each."""
        numbers = np.lib.format.open_memmap(_file(folder, name, 0), "w+", np.int8, (count, dimension))
        scales = np.empty(count, np.float32)
        row = 0
        for block in blocks:
            # The largest number of a vector becomes 127, so that what was written once is not changed by a rebuild.
            largest = np.maximum(np.abs(block).max(axis=1), np.float32(1e-12))
            scale = (largest / 127).astype(np.float32)
            numbers[row : row + len(block)] = np.rint(block / scale[:, None]).astype(np.int8)
            scales[row : row + len(block)] = scale
            row += len(block)
        numbers.flush()
        np.save(_file(folder, name, 1), scales, allow_pickle=False)
        if searched:
            held = cls(numbers, scales, None, None)
            sample = held.vectors(np.linspace(0, count - 1, max(_LEAST, min(count, _SAMPLE))).astype(np.int64))
            in_one_thread()  # training is many small steps, which several threads only hold up
            for place, rough in (
                (2, _faiss.IndexRaBitQ(dimension, _faiss.METRIC_INNER_PRODUCT)),
                (3, _faiss.IndexPQFastScan(dimension, dimension // _PART, 4, _faiss.METRIC_INNER_PRODUCT)),
            ):
                rough.train(sample)
                for first in range(0, count, _BLOCK):
                    rough.add(held.vectors(np.arange(first, min(count, first + _BLOCK))))
                _faiss.write_index(rough, str(_file(folder, name, place)))

    @classmethod
    def open(cls, folder: Path, name: str) -> Self:
        """The vectors that ``write`` wrote."""
        numbers = mapped(_file(folder, name, 0))
        scales = np.load(_file(folder, name, 1), allow_pickle=False)
        rough = [
            _faiss.read_index(str(path), _faiss.IO_FLAG_MMAP_IFC) if path.is_file() else None
            for path in (_file(folder, name, 2), _file(folder, name, 3))
        ]
        return cls(numbers, scales, *rough)

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def dimension(self) -> int:
        """The length of a vector, in numbers."""
        return int(self._numbers.shape[1])

    def vectors(self, rows: NDArray[np.integer]) -> NDArray[np.float32]:
        """Copies of the vectors of ``rows``, of shape (rows, dimension)."""
        copies: NDArray[np.float32] = self._numbers.take(rows, axis=0).astype(np.float32)
        copies *= self._scales[rows, None]
        return copies

    def cosines(self, vector: NDArray[np.float32], rows: NDArray[np.integer]) -> NDArray[np.float32]:
        """The cosine of each of ``rows``, in their order."""
        # Not by a matrix product: for so little work its threads wait for each other longer than they work.
        cosines: NDArray[np.float32] = np.einsum("ij,j->i", self._numbers.take(rows, axis=0).astype(np.float32), vector)
        cosines *= self._scales.take(rows)
        return cosines

    def nearest(
        self, vector: NDArray[np.float32], top: int, allowed: NDArray[np.bool_] | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The ``top`` nearest rows of those allowed, as many as there are, and their cosines."""
        rows = self._roughly(vector, top, allowed)
        cosines = self.cosines(vector, rows)
        if len(rows) > top:
            kept = np.argpartition(cosines, len(rows) - top)[len(rows) - top :]
            rows, cosines = rows[kept], cosines[kept]
        return rows, cosines

    def _roughly(self, vector: NDArray[np.float32], top: int, allowed: NDArray[np.bool_] | None) -> NDArray[np.int64]:
        """Rows among which the ``top`` nearest are."""
        possible = len(self) if allowed is None else int(np.count_nonzero(allowed))
        if possible <= max(NARROW, top):
            return np.arange(possible) if allowed is None else np.flatnonzero(allowed)
        depth = min(max(DEEPER * top, LEAST_DEPTH), possible)
        in_one_thread()
        if allowed is None:
            _, rows = self._scan.search(vector.reshape(1, -1), depth)
        else:
            selector = Selector(allowed)
            parameters = _faiss.RaBitQSearchParameters(sel=selector.of_faiss, qb=_QUESTION_BITS)
            _, rows = self._bits.search(vector.reshape(1, -1), depth, params=parameters)
        found: NDArray[np.int64] = rows[0][rows[0] >= 0]
        return found


def _file(folder: Path, name: str, place: int) -> Path:
    return folder / f"{name}{_SUFFIXES[place]}"
