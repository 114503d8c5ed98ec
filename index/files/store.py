"""Documents and their passages on disk, as they were read: an SQLite file, written once and then only read.

Passages are numbered from 0 in document order, so a document's are a contiguous range.
"""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Self

from corpus.model import Document, Passage, Role, Source
from corpus.passages.advice import advises
from index.files.records import as_bytes, as_text, passage_facts, passage_of, source_facts, source_of

FILE = "passages.sqlite"

_SCHEMA = """
CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,        -- in JSON, as all else that a file or a catalogue names
    source TEXT NOT NULL,
    text BLOB NOT NULL
);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,               -- in JSON
    document INTEGER NOT NULL REFERENCES documents,
    reference TEXT NOT NULL,        -- in JSON
    role TEXT NOT NULL,
    voice TEXT NOT NULL,
    matters INTEGER NOT NULL,       -- whether it decides, recommends or advises
    searched INTEGER NOT NULL,
    text BLOB NOT NULL,
    facts TEXT NOT NULL             -- every other field
);
CREATE TABLE moved (                -- passages that an earlier generation held
    id TEXT PRIMARY KEY,            -- in JSON
    now TEXT                        -- the nearest passage of the document now, or none
);
"""
# Made when all is written, which is many times faster than keeping them in order meanwhile.
_INDEXES = """
CREATE UNIQUE INDEX passages_by_id ON passages (id);
CREATE INDEX passages_of_document ON passages (document);
CREATE INDEX passages_by_reference ON passages (reference);
"""


def matters(passage: Passage) -> bool:
    """Whether a passage decides, recommends or advises."""
    return passage.role in (Role.DECISION, Role.RECOMMENDATION) or advises(passage)


class Writing:
    """A file that is being written. Made by ``writing``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._documents = 0
        self._passages = 0

    def add(self, document: Document) -> None:
        """Write the next document and its passages."""
        self._connection.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?)",
            (
                self._documents,
                json.dumps(document.id),
                json.dumps(source_facts(document.source)),
                as_bytes(document.text),
            ),
        )
        self._connection.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    number,
                    json.dumps(passage.id),
                    self._documents,
                    json.dumps(passage.reference),
                    passage.role.value,
                    passage.voice.value,
                    matters(passage),
                    passage.searched,
                    as_bytes(passage.text),
                    json.dumps(passage_facts(passage)),
                )
                for number, passage in enumerate(document.passages, self._passages)
            ],
        )
        self._documents += 1
        self._passages += len(document.passages)

    def finish(self, moved: Callable[[Callable[[str], bool]], Mapping[str, str | None]]) -> None:
        """Write last where passages of an earlier generation are now; ``moved`` is told which ids are held here."""
        self._connection.executescript(_INDEXES)  # which ends the transaction
        self._connection.execute("BEGIN")

        def held(id: str) -> bool:
            query = "SELECT 1 FROM passages WHERE id = ?"
            return self._connection.execute(query, (json.dumps(id),)).fetchone() is not None

        rows = ((json.dumps(id), json.dumps(now) if now else None) for id, now in moved(held).items())
        self._connection.executemany("INSERT INTO moved VALUES (?, ?)", rows)


@contextmanager
def writing(path: Path) -> Iterator[Writing]:
    """A new file at ``path``, to be written. Whoever is stopped meanwhile leaves a file that is of no use."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")  # a generation is made to reach the disk as a whole
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN")
        yield Writing(connection)
        connection.execute("COMMIT")


class Store:
    """A file that was written, open for reading from any number of threads."""

    def __init__(self, path: Path) -> None:
        self._address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._thread = threading.local()

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the file at ``path``; ``sqlite3.OperationalError`` if it is not there."""
        store = cls(path)
        store._read("SELECT count(*) FROM documents")
        return store

    def sources(self) -> tuple[Source, ...]:
        """The sources of all the documents, in order."""
        return tuple(source_of(facts) for (facts,) in self._read("SELECT source FROM documents ORDER BY number"))

    def number(self, id: str) -> int | None:
        """The number of the passage of this id; None if there is none."""
        found = self._read("SELECT number FROM passages WHERE id = ?", json.dumps(id))
        return int(found[0][0]) if found else None

    def referred(self, reference: str) -> list[int]:
        """The numbers of the passages of this reference, whatever their document, and of what is inside them."""
        whole = json.dumps(reference)
        # "minute 11.4, second bullet" is inside "minute 11.4": those that go on after a comma stand together in order.
        found = self._read(
            "SELECT number FROM passages WHERE reference = ? UNION ALL"
            " SELECT number FROM passages WHERE reference >= ? AND reference < ?",
            *(whole, f"{whole[:-1]},", f"{whole[:-1]}-"),
        )
        return [int(number) for (number,) in found]

    def ids_of(self, document: str) -> dict[str, int]:
        """The passages of a document: the number of each, by its id. None, where there is no such document."""
        found = self._read(
            "SELECT passages.id, passages.number FROM passages JOIN documents ON passages.document = documents.number"
            " WHERE documents.id = ?",
            json.dumps(document),
        )
        return {json.loads(id): int(number) for id, number in found}

    def all_moved(self) -> dict[str, str | None]:
        """Where all the passages are now that earlier generations held and this one does not."""
        return {json.loads(id): json.loads(now) if now else None for id, now in self._read("SELECT * FROM moved")}

    def moved(self, id: str) -> str | None:
        """The id of the passage that is nearest now to one that an earlier generation held; None if there is none."""
        found = self._read("SELECT now FROM moved WHERE id = ?", json.dumps(id))
        return json.loads(found[0][0]) if found and found[0][0] else None

    def passages(self, numbers: Sequence[int]) -> list[Passage]:
        """The passages of these numbers, in the order of the numbers; ``KeyError`` for one that is not there."""
        found = self._read(
            "SELECT number, role, voice, searched, text, facts FROM passages"
            " WHERE number IN (SELECT value FROM json_each(?))",
            json.dumps([int(number) for number in numbers]),
        )
        by_number = {number: passage_of(*fields) for number, *fields in found}
        return [by_number[int(number)] for number in numbers]

    def document(self, id: str) -> Document | None:
        """The document of this id, with its passages; None if there is none."""
        found = self._read("SELECT number, source, text FROM documents WHERE id = ?", json.dumps(id))
        return self._with_passages(found, "") if found else None

    def matters(self, id: str) -> Document | None:
        """The document of this id, with those of its passages alone that decide, recommend or advise."""
        found = self._read("SELECT number, source, text FROM documents WHERE id = ?", json.dumps(id))
        return self._with_passages(found, " AND matters") if found else None

    def _with_passages(self, found: Sequence[tuple[int, str, bytes]], which: str) -> Document:
        ((number, source, text),) = found
        rows = f"FROM passages WHERE document = ?{which} ORDER BY number"  # "which" is one of two texts above
        passages = self._read(f"SELECT role, voice, searched, text, facts {rows}", number)
        return Document(source_of(source), as_text(text), tuple(passage_of(*fields) for fields in passages))

    def _read(self, statement: str, *values: Any) -> list[Any]:
        """All rows of a query, over this thread's own connection."""
        connection: sqlite3.Connection | None = getattr(self._thread, "connection", None)
        if connection is None:
            connection = self._thread.connection = sqlite3.connect(self._address, uri=True)
        return connection.execute(statement, values).fetchall()
