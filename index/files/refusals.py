"""What a disk refuses, told in words that say what to do: that it is full, or that nothing can be written there."""

import errno
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.files.generations import IndexUnusable

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EROFS, errno.EACCES, errno.EPERM}
_SQLITE_FORBIDDEN = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_SQLITE_HELD = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
# numpy and faiss tell of a full disk in words alone.
_FULL_IN_WORDS = ("requested and", "No space left", "File too large", "database or disk is full")
_MEGABYTE = 1_000_000


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Tell what a disk refuses to a build into ``folder`` as ``IndexUnusable``; other errors go through as they are."""
    try:
        yield
    except (OSError, sqlite3.Error, RuntimeError) as error:
        said = _said(error, folder)
        if said is None:
            raise
        raise IndexUnusable(f"{said} What served before still serves, as it was.") from error


def _said(error: Exception, folder: Path) -> str | None:
    code = error.errno if isinstance(error, OSError) else None
    sqlite = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says more exactly what could not be done
    if code in _FULL or sqlite == sqlite3.SQLITE_FULL or any(words in str(error) for words in _FULL_IN_WORDS):
        return (
            f"The disk is full: {' and '.join(_free(folder))}. Free some room and run again: what was encoded is kept."
        )
    if code in _FORBIDDEN or sqlite in _SQLITE_FORBIDDEN:
        return f"{folder} cannot be written to ({error}). Check who owns it and how it is mounted, or give another."
    if sqlite in _SQLITE_HELD:
        return f"Another program holds a file in {folder} ({error}). Wait for it to end, then run again."
    return None


def _free(folder: Path) -> Iterator[str]:
    """How much room there is where an index is built, and where temporary files are."""
    with suppress(OSError):
        for place in dict.fromkeys((folder, Path(tempfile.gettempdir()))):
            yield f"{place} has {shutil.disk_usage(place).free / _MEGABYTE:,.1f} MB left"
