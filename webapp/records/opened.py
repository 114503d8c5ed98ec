"""The log of documents opened that are not public: who, which, and when. What anyone asks is not in it.

A document that cannot be logged is not shown.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from flask import current_app, g

from corpus.model import Source
from webapp.records.database import Records

# The newest so many are kept: some hundred bytes each.
MOST = 1_000_000
_TABLE = (
    "CREATE TABLE IF NOT EXISTS opened (id INTEGER PRIMARY KEY, time TEXT NOT NULL, who TEXT NOT NULL, "
    "document TEXT NOT NULL, access TEXT NOT NULL)"
)


def note(sources: Iterable[Source]) -> None:
    """Log those of the documents that are not public as opened by whoever asks. Raises :class:`CannotKeep`."""
    if private := [source for source in sources if source.access]:
        add(current_app.config["RECORDS"], g.visitor.name, private, datetime.now(UTC))


def add(records: Records, who: str, sources: Sequence[Source], now: datetime) -> None:
    """Log documents as opened by somebody. Raises :class:`CannotKeep`."""
    time = now.astimezone(UTC).isoformat(timespec="seconds")
    with records.table(_TABLE) as kept:
        kept.executemany(
            "INSERT INTO opened (time, who, document, access) VALUES (?, ?, ?, ?)",
            [(time, who, source.id, source.access.word) for source in sources],
        )
        kept.execute("DELETE FROM opened WHERE id <= (SELECT max(id) FROM opened) - ?", (MOST,))


def listed(records: Records) -> list[tuple[str, str, str, str]]:
    """The log, oldest first: time, who, the document's id and its level. Raises :class:`CannotKeep`."""
    if not records.exist:
        return []
    with records.table(_TABLE) as kept:
        return [tuple(row) for row in kept.execute("SELECT time, who, document, access FROM opened ORDER BY id")]
