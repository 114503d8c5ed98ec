"""The one door to what the service keeps: a SQLite file in a folder of its own, apart from the index.

Each kind of record has a module of its own beside this one, with its table.
Threads and processes may use one file at once: it is in write-ahead mode, and whoever finds it busy waits a while.
"""

import logging
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

KEPT = Path(__file__).parent.parent / "kept"
FILE = "records.sqlite"
# How long to wait for another process that writes. A write here takes a few thousandths of a second.
_BUSY_SECONDS = 5.0

_log = logging.getLogger(__name__)


class CannotKeep(Exception):
    """A record could not be kept, read or deleted; the text is for whoever runs the service."""


class Records:
    """The records in a folder. The file is opened when first needed, so a disk that cannot be written stops nothing."""

    def __init__(self, folder: Path | None) -> None:
        """``folder`` is made when first needed, for its owner alone; with None nothing can be kept."""
        self._folder = folder
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._made: set[str] = set()
        self._failing = False

    @property
    def exist(self) -> bool:
        """Whether anything was ever kept here."""
        return self._folder is not None and (self._folder / FILE).exists()

    @contextmanager
    def table(self, made_by: str) -> Iterator[sqlite3.Connection]:
        """The connection, with the table that the SQL ``made_by`` makes if it is not there: one transaction.

        One thread at a time has it. Raises :class:`CannotKeep` where the disk is full or cannot be written, the file
        is damaged, or another process holds it for too long; then nothing was changed, and the log has it once.
        """
        with self._lock:
            try:
                connection = self._opened()
                with connection:
                    if made_by not in self._made:
                        connection.execute(made_by)
                        self._made.add(made_by)
                    yield connection
            except (sqlite3.Error, OSError) as error:
                self._failed(error)
                raise CannotKeep(self._says(error)) from error
            self._failing = False

    def close(self) -> None:
        """Close the file; it is opened again when next needed."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None
        self._made.clear()

    def _opened(self) -> sqlite3.Connection:
        if self._connection is not None and not self.exist:
            self._close()  # a file that was taken away takes nothing
        if self._connection is None:
            if self._folder is None:
                raise FileNotFoundError("no folder was named for them")
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self._folder / FILE
            # SQLite gives the files beside this one its permissions.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            connection = sqlite3.connect(
                path, timeout=_BUSY_SECONDS, isolation_level="IMMEDIATE", check_same_thread=False
            )
            connection.row_factory = sqlite3.Row
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                # What is deleted is overwritten, and not left in the file until something else needs the place.
                connection.execute("PRAGMA secure_delete = ON")
            except sqlite3.Error:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _failed(self, error: Exception) -> None:
        """Log the first of a row of failures."""
        if not self._failing:
            _log.error("%s Until that is put right, nothing is kept.", self._says(error))
        self._failing = True

    def _says(self, error: Exception) -> str:
        return f"The records in {self._folder} cannot be used: {error}."
