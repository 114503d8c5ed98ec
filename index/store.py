"""Documents and their passages on disk, as they were read: an SQLite file, written once and then only read.

Passages are numbered from 0 in document order, so a document's are a contiguous range. Values are kept as JSON with
every character escaped, and texts as UTF-8 that lets unpaired surrogates through: what a PDF yields may hold either
NUL or those, and must come back as it was. https://www.sqlite.org/nulinstr.html says why not as SQLite text.
"""

import json
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from corpus.folding import fold, on_one_line
from corpus.model import Document, Fact, Form, Item, Known, Passage, Role, Source, Span, Voice, VoiceSpan

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
    document INTEGER NOT NULL REFERENCES documents,
    role TEXT NOT NULL,
    voice TEXT NOT NULL,
    searched INTEGER NOT NULL,
    said_in INTEGER NOT NULL,       -- how many documents say the same, word for word
    text BLOB NOT NULL,
    facts TEXT NOT NULL             -- every other field
);
CREATE INDEX passages_of_document ON passages (document);
"""


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """What filtering needs to know of each searched passage: arrays side by side, one entry a row.

    ``number`` is the passage's, ``document`` the position of its document among the sources, and ``said_in`` the
    number of documents that say the same, word for word.
    """

    number: NDArray[np.int64]
    document: NDArray[np.int32]
    role: NDArray[np.str_]
    voice: NDArray[np.str_]
    said_in: NDArray[np.int32]


def write(path: Path, documents: Iterable[Document]) -> None:
    """Write documents, in order, to a new file at ``path``."""
    documents = tuple(documents)
    said_in = Counter(words for document in documents for words in {_words(p) for p in document.passages})
    connection = sqlite3.connect(path)
    try:
        connection.executescript(_SCHEMA)
        with connection:
            passages = 0
            for number, document in enumerate(documents):
                connection.execute(
                    "INSERT INTO documents VALUES (?, ?, ?, ?)",
                    (number, json.dumps(document.id), json.dumps(source_facts(document.source)), _bytes(document.text)),
                )
                connection.executemany(
                    "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        (
                            n,
                            number,
                            p.role.value,
                            p.voice.value,
                            p.searched,
                            said_in[_words(p)],
                            _bytes(p.text),
                            json.dumps(passage_facts(p)),
                        )
                        for n, p in enumerate(document.passages, passages)
                    ),
                )
                passages += len(document.passages)
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
        return tuple(_source(facts) for (facts,) in self._read("SELECT source FROM documents ORDER BY number"))

    def count(self) -> int:
        """How many passages there are, searched or not."""
        return int(self._read("SELECT count(*) FROM passages")[0][0])

    def rows(self) -> Rows:
        """The searched passages, by number."""
        found = self._read("SELECT number, document, role, voice, said_in FROM passages WHERE searched ORDER BY number")
        number, document, role, voice, said_in = zip(*found, strict=True) if found else ((), (), (), (), ())
        return Rows(
            np.array(number, np.int64),
            np.array(document, np.int32),
            np.array(role, np.str_),
            np.array(voice, np.str_),
            np.array(said_in, np.int32),
        )

    def passages(self, numbers: Sequence[int]) -> list[Passage]:
        """The passages of these numbers, in the order of the numbers; ``KeyError`` for one that is not there."""
        found = self._read(
            "SELECT number, role, voice, searched, text, facts FROM passages"
            " WHERE number IN (SELECT value FROM json_each(?))",
            json.dumps([int(number) for number in numbers]),
        )
        by_number = {number: _passage(*fields) for number, *fields in found}
        return [by_number[int(number)] for number in numbers]

    def document(self, id: str) -> Document | None:
        """The document of this id, with its passages; None if there is none."""
        found = self._read("SELECT number, source, text FROM documents WHERE id = ?", json.dumps(id))
        if not found:
            return None
        number, source, text = found[0]
        passages = self._read(
            "SELECT role, voice, searched, text, facts FROM passages WHERE document = ? ORDER BY number", number
        )
        return Document(_source(source), _text(text), tuple(_passage(*fields) for fields in passages))

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


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", "surrogatepass")


def source_facts(source: Source) -> dict[str, Any]:
    """A source as values that JSON can hold."""
    facts = {name: getattr(source, name) for name in ("title", "council", "body", "date", "kind", "url")}
    return {
        "id": source.id,
        "path": source.path,
        **{name: [fact.value, fact.known.value, fact.span] for name, fact in facts.items()},
    }


def _source(stored: str) -> Source:
    fields = json.loads(stored)
    facts = {name: _fact(*fields.pop(name)) for name in ("title", "council", "body", "date", "kind", "url")}
    return Source(fields["id"], fields["path"], **facts)


def _fact(value: str | None, known: str, span: list[int] | None) -> Fact:
    return Fact(value, Known(known), _span(span))


def _span(stored: list[int] | None) -> Span | None:
    return None if stored is None else Span(*stored)


# The fields of a passage that JSON gives back as they were.
_PLAIN = (
    *("id", "document", "ordinal", "start", "end", "reference", "anchor"),
    *("level", "body", "group", "position", "opens", "page"),
)


def passage_facts(passage: Passage) -> dict[str, Any]:
    """A passage as values that JSON can hold, but for its text, role, voice and whether it is searched."""
    return {
        **{name: getattr(passage, name) for name in _PLAIN},
        "form": passage.form.value,
        "voices": passage.voices,
        "item": [passage.item.number, passage.item.title],
        "headings": passage.headings,
        "label": passage.label,
        "lead_in": passage.lead_in,
        "columns": passage.columns,
    }


def _passage(role: str, voice: str, searched: int, text: bytes, facts: str) -> Passage:
    fields = json.loads(facts)
    return Passage(
        **{name: fields[name] for name in _PLAIN},
        text=_text(text),
        form=Form(fields["form"]),
        role=Role(role),
        voice=Voice(voice),
        searched=bool(searched),
        voices=tuple(VoiceSpan(start, end, Voice(whose), Voice(by)) for start, end, whose, by in fields["voices"]),
        item=Item(*fields["item"]),
        headings=tuple(fields["headings"]),
        label=_span(fields["label"]),
        lead_in=_span(fields["lead_in"]),
        columns=tuple(Span(*span) for span in fields["columns"]),
    )
