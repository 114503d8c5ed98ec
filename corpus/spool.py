"""Documents on disk rather than in memory, each read when it is asked for: a county's twenty years take gigabytes."""

import os
import pickle
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import IO, overload

from corpus.access import Access
from corpus.model import Document


class Spool(Sequence[Document]):
    """A sequence of documents in a file that has no name and goes when it is closed. To be added to by one thread.

    Python's own form of objects is read back as whatever it says it is, so nothing but this process may write the file.
    """

    def __init__(self, file: IO[bytes], places: Sequence[tuple[int, int]] = ()) -> None:
        self._file = file
        self._places = list(places)

    @classmethod
    def new(cls) -> "Spool":
        """A spool of no documents."""
        return cls(tempfile.TemporaryFile())

    def add(self, packed: bytes) -> int:
        """Take the next document, as ``pack`` gives it; its place."""
        start = self._places[-1][0] + self._places[-1][1] if self._places else 0
        self._file.write(packed)
        self._places.append((start, len(packed)))
        return len(self._places) - 1

    def of(self, places: Iterable[int]) -> "Spool":
        """The documents of these places alone, in their order."""
        self._file.flush()
        return Spool(self._file, [self._places[place] for place in places])

    def restricted(self, place: int, access: Access) -> int:
        """The place of a document that is taken once more, for people of another level."""
        document = self[place]
        return self.add(pack(replace(document, source=replace(document.source, access=access))))

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> Document: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Document, ...]: ...

    def __getitem__(self, place: int | slice) -> Document | tuple[Document, ...]:
        if isinstance(place, slice):
            return tuple(self[one] for one in range(len(self))[place])
        start, length = self._places[place]
        self._file.flush()
        document: Document = pickle.loads(os.pread(self._file.fileno(), length, start))  # its own file  # nosec B301
        return document


def pack(document: Document) -> bytes:
    """A document as a spool takes it."""
    return pickle.dumps(document, pickle.HIGHEST_PROTOCOL)
