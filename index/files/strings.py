"""Many short texts on disk, memory-mapped: any one of them is found without reading the others."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self, overload

import numpy as np
from numpy.typing import NDArray

from index.files.records import as_bytes, as_text

_LAST = "\U0010ffff"


class Strings(Sequence[str]):
    """Texts in order, none of which holds a line's end; text n is ``letters[ends[n - 1] + 1 : ends[n]]``, in UTF-8."""

    def __init__(self, letters: NDArray[np.uint8], ends: NDArray[np.int64]) -> None:
        self._letters = np.asarray(letters).data  # sliced ten times as fast as a memory map of numpy's
        self._ends = np.asarray(ends)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """The texts in the order given: sorted ones, where they are to be looked for."""
        written = [as_bytes(text) + b"\n" for text in texts]
        ends = np.cumsum([len(text) for text in written], dtype=np.int64) - 1
        return cls(np.frombuffer(b"".join(written), np.uint8), ends)

    def save(self, folder: Path, name: str) -> None:
        """Write ``<name>.txt``, a text a line, and ``<name>_ends.npy``."""
        (folder / f"{name}.txt").write_bytes(self._letters)
        np.save(folder / f"{name}_ends.npy", self._ends, allow_pickle=False)

    @classmethod
    def open(cls, folder: Path, name: str) -> Self:
        """The files that ``save`` or ``writing`` wrote, memory-mapped."""
        ends = np.load(folder / f"{name}_ends.npy", mmap_mode="r", allow_pickle=False)
        # What is empty cannot be mapped.
        return cls(np.memmap(folder / f"{name}.txt", np.uint8, "r") if len(ends) else np.empty(0, np.uint8), ends)

    @classmethod
    @contextmanager
    def writing(cls, folder: Path, name: str) -> Iterator[Callable[[str], None]]:
        """Write what ``open`` reads, a text at a time: no more than their places is held."""
        ends = array("q")
        with (folder / f"{name}.txt").open("wb") as file:

            def write(text: str) -> None:
                file.write(as_bytes(text) + b"\n")
                ends.append(file.tell() - 1)

            yield write
        np.save(folder / f"{name}_ends.npy", np.array(ends, np.int64), allow_pickle=False)

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            first, after, step = place.indices(len(self))
            if step != 1:
                raise ValueError("texts are read one after another")
            return self._text(first, after).split("\n") if first < after else []
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self._text(place, place + 1)

    def place(self, text: str) -> int | None:
        """Where a text stands among these, which are sorted; None where it does not."""
        place = bisect_left(self, text)
        return place if place < len(self) and self[place] == text else None

    def starting(self, opening: str) -> slice:
        """Where those stand that start so, among these, which are sorted."""
        return slice(bisect_left(self, opening), bisect_left(self, opening + _LAST))

    def _text(self, first: int, after: int) -> str:
        start = int(self._ends[first - 1]) + 1 if first else 0
        return as_text(bytes(self._letters[start : int(self._ends[after - 1])]))
