"""Where an index may be kept, on this machine's disk or in a Milvus, and how the one that serves is opened."""

import time
from pathlib import Path
from typing import Protocol

from index import generations
from index.encoder import Encoder
from index.generations import MANIFEST
from index.index import Index
from index.local import LocalIndex
from index.milvus import generations as milvus_generations
from index.milvus.connection import Connection
from index.milvus.generations import Place
from index.milvus.milvus_index import MilvusIndex
from index.reader import Reader

# A Milvus is asked which generation serves so often at most, in seconds: a server asks at every request.
_LOOK_EVERY = 1.0


class Engine(Protocol):
    """Keeps an index."""

    def check(self) -> None:
        """Raise ``IndexUnusable`` unless there is an index that can be opened; cheaper than opening it."""

    def current(self) -> str | None:
        """The name of the generation that serves, or None; ``IndexUnusable`` where it cannot be told."""

    def there(self, generation: str) -> bool:
        """Whether a generation that was opened has not been taken away since."""

    def open(self, encoder: Encoder | None, reader: Reader | None = None) -> Index:
        """The generation that serves, opened; raises ``IndexUnusable``."""


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

    def there(self, generation: str) -> bool:
        """Whether its manifest is still there."""
        return (self._folder / generation / MANIFEST).is_file()

    def open(self, encoder: Encoder | None, reader: Reader | None = None) -> Index:
        """The generation that serves."""
        return LocalIndex.open(self._folder, encoder, reader)


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

    def there(self, generation: str) -> bool:
        """That it is: what is asked of collections that were removed tells so itself."""
        return True

    def open(self, encoder: Encoder | None, reader: Reader | None = None) -> Index:
        """The generation that serves."""
        return MilvusIndex.open(self._place, encoder, reader)


def engine(folder: Path, milvus: str | None, token: str = "") -> Engine:  # no token  # nosec B107
    """Where an index is: in the Milvus at an address, with its token, or where none is given in a folder.

    Raises ``IndexUnusable`` where the Milvus does not answer.
    """
    return InMilvus(Place(Connection.open(milvus, token))) if milvus else OnDisk(folder)
