"""Vectors of a build that has not ended, on disk as they come: a build that is stopped has lost none of them."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.scratch import scratch

FILE = "unfinished.sqlite"
_SCHEMA = "vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"


class Unfinished:
    """Vectors by key. Made by ``unfinished``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, keys: Iterable[bytes]) -> dict[bytes, NDArray[np.float32]]:
        """The vectors held under these keys."""
        held = {}
        for key in keys:
            if found := self._connection.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone():
                held[key] = np.frombuffer(found[0], np.float32)
        return held

    def put(self, keys: Sequence[bytes], vectors: NDArray[np.float32]) -> None:
        """Hold vectors: all of them or, if the program is stopped meanwhile, none."""
        rows = zip(keys, (vector.astype(np.float32).tobytes() for vector in vectors), strict=True)
        with self._connection:
            self._connection.execute("BEGIN")
            self._connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)


@contextmanager
def unfinished(folder: Path) -> Iterator[Unfinished]:
    """The vectors that builds into ``folder`` left behind; called inside ``generations.building``.

    A build that ends well leaves none, since its generation holds them.
    """
    with scratch(folder / FILE, _SCHEMA) as connection:
        yield Unfinished(connection)
    (folder / FILE).unlink()
