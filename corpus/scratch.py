"""SQLite files of what can be made again: they survive whatever stops the program, and a damaged one is made anew.

What is deleted from one is overwritten, so that words that were taken down are not left in a page of no use.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

# Of the files in which all that was ever deleted has been overwritten.
_OVERWRITTEN = 1
# How long another process's writing is waited for.
_SECONDS = 60


@contextmanager
def scratch(path: Path, schema: str) -> Iterator[sqlite3.Connection]:
    """A connection to the file at ``path``, made where there is none; each statement is its own transaction."""
    try:
        connection = _opened(path, schema)
    except sqlite3.OperationalError:  # the disk is full, the folder not ours, or another process holds the file
        raise
    except sqlite3.DatabaseError:
        path.unlink()
        connection = _opened(path, schema)
    with closing(connection):
        yield connection


def _opened(path: Path, schema: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = OFF")  # what a crash of the whole system takes is made again
        connection.execute(f"CREATE TABLE IF NOT EXISTS {schema}")
        connection.execute("PRAGMA quick_check").fetchall()
        connection.execute("PRAGMA secure_delete = ON")
        if connection.execute("PRAGMA user_version").fetchone() != (_OVERWRITTEN,):
            connection.execute("VACUUM")
            connection.execute(f"PRAGMA user_version = {_OVERWRITTEN}")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
