"""Readings kept from one build to the next, so that only files that changed are read again.

Kept by what decides a reading: the content of the file, the reader, and the program's own code that reads.
"""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from corpus.reading.reading import Heading, Page, Reading
from corpus.reading.workers import Stopped
from corpus.scratch import scratch

_SCHEMA = "readings (key TEXT PRIMARY KEY, reading BLOB NOT NULL) WITHOUT ROWID"
# A reason is never so many bytes; readings that are longer need not be unpacked to see that they are none.
_FEW_WORDS = 1_000
_CODE = Path(__file__).parent
# The libraries that decide what is read.
_LIBRARIES = ("pypdfium2", "lxml", "python-docx", "markdown-it-py")


class Kept:
    """Readings by key, in an SQLite file that survives whatever stops the program. Made by ``keeping``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._used: set[str] = set()

    def get(self, key: str) -> Reading | Stopped | None:
        """What was kept under ``key``; None if nothing."""
        self._used.add(key)
        found = self._connection.execute("SELECT reading FROM readings WHERE key = ?", (key,)).fetchone()
        return _from_bytes(found[0]) if found else None

    def holds(self, key: str) -> bool:
        """Whether anything was kept under ``key``."""
        self._used.add(key)
        return self._connection.execute("SELECT 1 FROM readings WHERE key = ?", (key,)).fetchone() is not None

    def stopped(self, key: str) -> Stopped | None:
        """What was kept under ``key``, if it says that there can be no reading."""
        query = "SELECT reading FROM readings WHERE key = ? AND length(reading) < ?"
        found = self._connection.execute(query, (key, _FEW_WORDS)).fetchone()
        short = _from_bytes(found[0]) if found else None
        return short if isinstance(short, Stopped) else None

    def put(self, key: str, reading: Reading | Stopped) -> None:
        """Keep a reading, or that there can be none, at once."""
        self._connection.execute("INSERT OR REPLACE INTO readings VALUES (?, ?)", (key, _as_bytes(reading)))

    def forget(self, key: str) -> None:
        """Forget what was kept under ``key``."""
        self._connection.execute("DELETE FROM readings WHERE key = ?", (key,))

    def forget_others(self) -> None:
        """Forget what was not asked for since the file was opened: readings of files that are gone or have changed."""
        kept = [key for (key,) in self._connection.execute("SELECT key FROM readings")]
        gone = [(key,) for key in kept if key not in self._used]
        self._connection.executemany("DELETE FROM readings WHERE key = ?", gone)


@contextmanager
def keeping(path: Path) -> Iterator[Kept]:
    """The readings kept in the file at ``path``, which is made where there is none."""
    with scratch(path, _SCHEMA) as connection:
        yield Kept(connection)


def key(digest: str, suffix: str, rules: Sequence[str] = ()) -> str:
    """What a reading is kept by: the file's content and name's ending, all that reads it, and what it is without.

    ``rules`` are the patterns that are taken out of every reading (:mod:`corpus.takedowns.takedowns`).
    """
    return " ".join([f"{digest}{suffix.lower()}", _code(), *rules])


@cache
def _code() -> str:
    """A digest of the code that reads, and of the libraries it reads with."""
    digest = hashlib.sha256()
    for path in sorted(_CODE.rglob("*.py")):
        digest.update(path.relative_to(_CODE).as_posix().encode() + b"\0" + path.read_bytes())
    for library in _LIBRARIES:
        try:
            digest.update(f"{library} {version(library)}\n".encode())
        except PackageNotFoundError:
            digest.update(f"{library} is not installed\n".encode())
    return digest.hexdigest()[:16]


def _as_bytes(reading: Reading | Stopped) -> bytes:
    stored: dict[str, object]
    if isinstance(reading, Stopped):
        stored = {"stopped": reading.reason}
    else:
        stored = {
            "text": reading.text,
            "pages": reading.pages,
            "headings": reading.headings,
            "about": dict(reading.about),
            "notes": reading.notes,
        }
    return zlib.compress(json.dumps(stored).encode("ascii"), 1)


def _from_bytes(stored: bytes) -> Reading | Stopped:
    found = json.loads(zlib.decompress(stored))
    if "stopped" in found:
        return Stopped(found["stopped"])
    return Reading(
        text=found["text"],
        pages=tuple(Page(*page) for page in found["pages"]),
        headings=tuple(Heading(*heading) for heading in found["headings"]),
        about=found["about"],
        notes=tuple(found["notes"]),
    )
