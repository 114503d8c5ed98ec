"""Documents and their passages on disk, as they were read: an SQLite file, written once and then only read.

Passages are numbered from 0 in document order, so a document's are a contiguous range.
"""

import json
import re
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from corpus.advice import advises
from corpus.folding import fold, on_one_line
from corpus.model import Document, Form, Passage, Role, Source, Voice
from corpus.outcomes import Badge, outcomes
from index.history import NO_HISTORY, History
from index.records import as_bytes, as_text, passage_facts, passage_of, source_facts, source_of

FILE = "passages.sqlite"
_MATTERS = (Role.DECISION, Role.RECOMMENDATION)

_SCHEMA = """
CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,        -- in JSON, as all else that a file or a catalogue names
    source TEXT NOT NULL,
    text BLOB NOT NULL
);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,        -- in JSON
    document INTEGER NOT NULL REFERENCES documents,
    reference TEXT NOT NULL,        -- in JSON
    role TEXT NOT NULL,
    voice TEXT NOT NULL,
    outcome TEXT NOT NULL,          -- the badge of its item's
    matters INTEGER NOT NULL,       -- whether it decides, recommends or advises
    searched INTEGER NOT NULL,
    said_in INTEGER NOT NULL,       -- how many documents say the same, word for word
    since TEXT NOT NULL,            -- when it was first indexed, ISO 8601 in UTC
    text BLOB NOT NULL,
    facts TEXT NOT NULL             -- every other field
);
CREATE INDEX passages_of_document ON passages (document);
CREATE TABLE moved (                -- passages that an earlier generation held
    id TEXT PRIMARY KEY,            -- in JSON
    now TEXT                        -- the nearest passage of the document now, or none
);
"""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """What filtering needs to know of each passage: arrays side by side, one entry a passage, by number.

    ``document`` is the position of its document among the sources, ``role``, ``voice`` and ``outcome`` the positions
    of theirs among all there are, ``said_in`` the number of documents that say the same, word for word, and
    ``searched`` whether a search by meaning or weight can find it.
    """

    document: NDArray[np.int32]
    role: NDArray[np.uint8]
    voice: NDArray[np.uint8]
    outcome: NDArray[np.uint8]
    said_in: NDArray[np.int32]
    searched: NDArray[np.bool_]


def write(path: Path, documents: Iterable[Document], history: History = NO_HISTORY) -> None:
    """Write documents, in order, to a new file at ``path``, with what is known of their passages from before."""
    documents = tuple(documents)
    said_in = Counter(words for document in documents for words in {_words(p) for p in document.passages})
    connection = sqlite3.connect(path)
    try:
        connection.executescript(_SCHEMA)
        with connection:
            passages = 0
            for number, document in enumerate(documents):
                source = json.dumps(source_facts(document.source))
                connection.execute(
                    "INSERT INTO documents VALUES (?, ?, ?, ?)",
                    (number, json.dumps(document.id), source, as_bytes(document.text)),
                )
                came = outcomes(document)
                connection.executemany(
                    "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        (
                            n,
                            json.dumps(p.id),
                            number,
                            json.dumps(p.reference),
                            p.role.value,
                            p.voice.value,
                            came[p.item].badge.value,
                            p.role in _MATTERS or advises(p),
                            p.searched,
                            said_in[_words(p)],
                            history.since.get(p.id, history.now),
                            as_bytes(p.text),
                            json.dumps(passage_facts(p)),
                        )
                        for n, p in enumerate(document.passages, passages)
                    ),
                )
                passages += len(document.passages)
            moved = ((json.dumps(id), json.dumps(now) if now else None) for id, now in history.moved.items())
            connection.executemany("INSERT INTO moved VALUES (?, ?)", moved)
    finally:
        connection.close()


class Store:
    """A file that ``write`` wrote, open for reading from any number of threads."""

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

    def count(self) -> int:
        """How many passages there are, searched or not."""
        return int(self._read("SELECT count(*) FROM passages")[0][0])

    def columns(self) -> Columns:
        """What filtering needs to know of all passages, by number."""
        found = self._read("SELECT document, role, voice, outcome, said_in, searched FROM passages ORDER BY number")
        document, role, voice, outcome, said_in, searched = zip(*found, strict=True) if found else ((),) * 6
        return Columns(
            np.array(document, np.int32),
            _codes(Role, role),
            _codes(Voice, voice),
            _codes(Badge, outcome),
            np.array(said_in, np.int32),
            np.array(searched, np.bool_),
        )

    def number(self, id: str) -> int | None:
        """The number of the passage of this id; None if there is none."""
        found = self._read("SELECT number FROM passages WHERE id = ?", json.dumps(id))
        return int(found[0][0]) if found else None

    def referred(self, reference: str) -> list[int]:
        """The numbers of the passages of this reference, whatever their document, and of what is inside them."""
        whole = json.dumps(reference)
        inside = _as_pattern(whole[:-1]) + ",%"
        found = self._read(
            "SELECT number FROM passages WHERE reference = ? OR reference LIKE ? ESCAPE '\\'", whole, inside
        )
        return [int(number) for (number,) in found]

    def since(self, numbers: Sequence[int]) -> list[str]:
        """When each of these passages was first indexed, in their order: ISO 8601 in UTC."""
        found = self._read(
            "SELECT number, since FROM passages WHERE number IN (SELECT value FROM json_each(?))",
            json.dumps([int(number) for number in numbers]),
        )
        by_number = dict(found)
        return [by_number[int(number)] for number in numbers]

    def history(self) -> tuple[dict[str, str], dict[str, str | None]]:
        """When each passage was first indexed, by id; and where those that were held before have gone."""
        since = {json.loads(id): when for id, when in self._read("SELECT id, since FROM passages")}
        moved = {json.loads(id): json.loads(now) if now else None for id, now in self._read("SELECT * FROM moved")}
        return since, moved

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
        passages = self._read(
            f"SELECT role, voice, searched, text, facts FROM passages WHERE document = ?{which} ORDER BY number", number
        )
        return Document(source_of(source), as_text(text), tuple(passage_of(*fields) for fields in passages))

    def _read(self, statement: str, *values: Any) -> list[Any]:
        """All rows of a query, over this thread's own connection."""
        connection: sqlite3.Connection | None = getattr(self._thread, "connection", None)
        if connection is None:
            connection = self._thread.connection = sqlite3.connect(self._address, uri=True)
        return connection.execute(statement, values).fetchall()


def _words(passage: Passage) -> str:
    """What a passage says, as it is compared with others. A table's row and what opens a list say it of those alone."""
    own = passage.id if passage.form is Form.ROW or passage.opens is not None else ""
    return f"{own}\n{on_one_line(fold(passage.text)).casefold()}"


def _codes(kinds: type[StrEnum], values: Iterable[str]) -> NDArray[np.uint8]:
    """The position of each value among those of its kind."""
    positions = {kind.value: position for position, kind in enumerate(kinds)}
    return np.array([positions[value] for value in values], np.uint8)


def _as_pattern(text: str) -> str:
    """Text as SQLite's LIKE finds it, with no wildcards."""
    return re.sub(r"([\\%_])", r"\\\1", text)
