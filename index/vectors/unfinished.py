"""Vectors of a build that has not ended, on disk as they come: a build that is stopped has lost none of them."""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from index.vectors.keys import LENGTH, Digests

FILES = "vectors-*.unfinished"
_NAME = re.compile(r"vectors-(\d+)\.unfinished")
# How much the length of a vector may differ from 1. One of zeros is what a crash of the whole system may leave.
_NEAR = 0.01
# So many vectors are looked at at once, some 75 MB of them.
_BLOCK = 50_000


class Unfinished:
    """Vectors with their keys: a file of records, of which the last may have been cut off. Made by ``unfinished``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: BinaryIO | None = None

    def keys(self) -> Digests:
        """The keys of all the vectors, in the order of these."""
        blocks = [records["key"] for records in self._records()]
        return np.concatenate(blocks) if blocks else np.empty((0, LENGTH), np.uint8)

    def vectors(self, places: NDArray[np.integer]) -> NDArray[np.float32]:
        """Copies of the vectors of these places, of shape (places, dimension).

        The file is mapped for them alone, so that what was read of it does not stay in this process's memory.
        """
        ((path, dimension),) = self._files()
        whole = path.stat().st_size // _record(dimension).itemsize
        copies: NDArray[np.float32] = np.array(
            np.memmap(path, _record(dimension), "r", shape=(whole,))["vector"][places]
        )
        return copies

    def put(self, keys: Sequence[bytes], vectors: NDArray[np.float32]) -> None:
        """Hold vectors, all of one length. What was held of another length goes, as it is of another model."""
        dimension = vectors.shape[1]
        if self._file is None:
            for path, other in self._files():
                if other != dimension:
                    path.unlink()
            self._file = (self._folder / FILES.replace("*", str(dimension))).open("ab")
        records = np.empty(len(keys), _record(dimension))
        records["key"] = np.frombuffer(b"".join(keys), np.uint8).reshape(len(keys), LENGTH)
        records["vector"] = vectors
        self._file.write(records.tobytes())
        self._file.flush()

    def mend(self) -> None:
        """Cut off what follows the last record that is whole and sound."""
        for path, dimension in self._files():
            sound = 0
            for records in self._records():
                wrong = np.flatnonzero(~(np.abs(np.linalg.norm(records["vector"], axis=1) - 1) < _NEAR))
                sound += int(wrong[0]) if len(wrong) else len(records)
                if len(wrong):
                    break
            os.truncate(path, sound * _record(dimension).itemsize)

    def remove(self) -> None:
        """Hold nothing any more."""
        self.close()
        for path, _ in self._files():
            path.unlink()

    def close(self) -> None:
        """Close the file; what was put stays."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _records(self) -> Iterator[NDArray[np.void]]:
        """All whole records, some thousands at a time."""
        for path, dimension in self._files():
            with path.open("rb") as file:
                while len(records := np.fromfile(file, _record(dimension), _BLOCK)):
                    yield records

    def _files(self) -> list[tuple[Path, int]]:
        """The files there are, of which there is seldom more than one, and the length of the vectors in each."""
        found = ((path, _NAME.fullmatch(path.name)) for path in sorted(self._folder.glob(FILES)))
        return [(path, int(match[1])) for path, match in found if match]


@contextmanager
def unfinished(folder: Path, *, anew: bool = False) -> Iterator[Unfinished]:
    """The vectors that builds into ``folder`` left behind, none if ``anew``; called inside ``publishing.building``.

    A build that ends well leaves none, since its generation holds them.
    """
    held = Unfinished(folder)
    if anew:
        held.remove()
    held.mend()
    try:
        yield held
    finally:
        held.close()
    held.remove()


def _record(dimension: int) -> np.dtype[np.void]:
    return np.dtype([("key", np.uint8, (LENGTH,)), ("vector", np.float32, (dimension,))])
