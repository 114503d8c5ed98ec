"""Where an index may be kept, on this machine's disk or in a Milvus, and how the one that serves is opened."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from corpus.access import Access
from index import audiences
from index.files import generations
from index.index import Index
from index.local import LocalIndex
from index.milvus import generations as milvus_generations
from index.milvus.connection import Connection
from index.milvus.generations import Place
from index.milvus.milvus_index import MilvusIndex
from index.models.encoder import Encoder
from index.models.reader import Reader

# A Milvus is asked which generation serves so often at most, in seconds: a server asks at every request.
_LOOK_EVERY = 1.0


class Engine(Protocol):
    """Keeps an index."""

    def check(self) -> None:
        """Raise ``IndexUnusable`` unless there is an index that can be opened; cheaper than opening it."""

    def current(self) -> str | None:
        """The name of the generation that serves, or None; ``IndexUnusable`` where it cannot be told."""

    def open(self, encoder: Encoder | None, reader: Reader | None = None) -> Index:
        """The generation that serves, opened; raises ``IndexUnusable``."""

    def last_good(self, encoder: Encoder | None, reader: Reader | None = None) -> Index:
        """The generation that serves or, where that is damaged, the newest other that is sound; ``IndexMissing``."""


class OnDisk:
    """An index in a folder of this machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def check(self) -> None:
        """Read every byte of the index."""
        generations.open_current(self._folder)

    def current(self) -> str | None:
        """The generation that the folder's pointer names."""
        return generations.current(self._folder)

    def open(self, encoder: Encoder | None, reader: Reader | None = None) -> Index:
        """The generation that serves."""
        return LocalIndex.open(self._folder, encoder, reader)

    def last_good(self, encoder: Encoder | None, reader: Reader | None = None) -> Index:
        """Read every byte of a generation before it is opened: something has gone wrong on this disk already."""
        return LocalIndex.of(generations.last_good(self._folder), encoder, reader)


class InMilvus:
    """An index in a Milvus."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._seen: str | None = None
        self._looked = float("-inf")

    def check(self) -> None:
        """Count its rows."""
        milvus_generations.open_current(self._place)

    def current(self) -> str | None:
        """The generation that the alias names, as it was a second ago at most."""
        now = time.monotonic()
        if now - self._looked >= _LOOK_EVERY:
            self._looked = now
            self._seen = milvus_generations.current(self._place)
        return self._seen

    def open(self, encoder: Encoder | None, reader: Reader | None = None) -> Index:
        """The generation that serves."""
        return MilvusIndex.open(self._place, encoder, reader)

    def last_good(self, encoder: Encoder | None, reader: Reader | None = None) -> Index:
        """The generation that serves and no other: a cluster keeps copies of its own."""
        return self.open(encoder, reader)


def engines(folder: Path, milvus: str | None, token: str = "") -> Mapping[Access, Engine]:  # no token  # nosec B107
    """Where the index of each level is: in the Milvus at an address, with its token; in a folder, where none is given.

    Raises ``IndexUnusable`` where the Milvus does not answer.
    """
    if milvus is None:
        return {access: OnDisk(audiences.folder_of(folder, access)) for access in Access}
    place = Place(Connection.open(milvus, token))
    return {access: InMilvus(audiences.place_of(place, access)) for access in Access}
