"""Problems that people reported with answers: what was asked, what was answered, and what is wrong with it."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from webapp.records.database import Records

# So many reports are kept, so that nobody can fill the disk with them; then the oldest of those done with goes.
MOST = 10_000
LONGEST_COMMENT = 1_000
# Of the answers to 313 questions of the evaluation the longest has 14,000 characters of JSON. All: 500 MB at most.
LONGEST_ANSWER = 50_000
_TABLE = (
    "CREATE TABLE IF NOT EXISTS reports (id INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, "
    "question TEXT NOT NULL, answer TEXT NOT NULL, generation TEXT NOT NULL, wrong TEXT NOT NULL, "
    "comment TEXT NOT NULL, state TEXT NOT NULL, note TEXT NOT NULL)"
)


class Wrong(StrEnum):
    """What may be wrong with an answer, as the person who reports it chooses."""

    QUOTE = "wrong quote"
    VOICE = "wrong person’s words"
    OLD = "out of date"
    MISSED = "not found though it is there"
    PERSONAL = "personal details shown"
    OTHER = "other"


class State(StrEnum):
    """What has been done about a report."""

    NEW = "new"
    LOOKED_AT = "looked at"
    PUT_RIGHT = "put right"


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it is kept. ``answer`` is the answer as :func:`assistant.exports.answers.answer_json` has it.

    ``time`` is that of the report, UTC; ``generation`` names the index that answered; ``wrong`` may be "".
    """

    id: int
    time: datetime
    question: str
    answer: dict[str, Any]
    generation: str
    wrong: str
    comment: str
    state: State
    note: str


def add(
    records: Records, question: str, answer: dict[str, Any], generation: str, wrong: str, comment: str, now: datetime
) -> None:
    """Keep a report. Raises :class:`CannotKeep`."""
    row = (now.astimezone(UTC).isoformat(timespec="seconds"), question, _bounded(answer), generation, wrong, comment)
    with records.table(_TABLE) as kept:
        kept.execute(
            "INSERT INTO reports (time, question, answer, generation, wrong, comment, state, note) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, '')",
            (*row, State.NEW),
        )
        # Those put right go before those looked at, and these before the new ones; of each the oldest first.
        kept.execute(
            "DELETE FROM reports WHERE id IN (SELECT id FROM reports ORDER BY CASE state WHEN ? THEN 0 WHEN ? THEN 1 "
            "ELSE 2 END, id LIMIT max((SELECT count(*) FROM reports) - ?, 0))",
            (State.PUT_RIGHT, State.LOOKED_AT, MOST),
        )


def count(records: Records) -> int:
    """How many reports there are. Raises :class:`CannotKeep`."""
    if not records.exist:
        return 0
    with records.table(_TABLE) as kept:
        number: int = kept.execute("SELECT count(*) FROM reports").fetchone()[0]
    return number


def newest(records: Records, first: int = 0, most: int = MOST) -> list[Report]:
    """So many reports, the newest first, after the ``first`` newest. Raises :class:`CannotKeep`."""
    if not records.exist:
        return []
    with records.table(_TABLE) as kept:
        rows = kept.execute("SELECT * FROM reports ORDER BY id DESC LIMIT ? OFFSET ?", (most, first)).fetchall()
    return [_report(row) for row in rows]


def mark(records: Records, id: int, state: State, note: str) -> bool:
    """Say what was done about a report; whether there is one of this id. Raises :class:`CannotKeep`."""
    with records.table(_TABLE) as kept:
        return kept.execute("UPDATE reports SET state = ?, note = ? WHERE id = ?", (state, note, id)).rowcount > 0


def delete(records: Records, id: int) -> bool:
    """Delete a report for good; whether there was one of this id. Raises :class:`CannotKeep`."""
    with records.table(_TABLE) as kept:
        deleted = kept.execute("DELETE FROM reports WHERE id = ?", (id,)).rowcount > 0
        kept.commit()
        kept.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return deleted


def _bounded(answer: dict[str, Any]) -> str:
    """The answer as JSON; one that is too long without what was only shown beside it, or without what it quotes."""
    for left_out in ((), ("related", "nearest", "documents", "register"), ("evidence", "groups", "nothing_from")):
        answer = answer | dict.fromkeys(left_out)
        written = json.dumps(answer)
        if len(written) <= LONGEST_ANSWER:
            return written
    return json.dumps({name: str(answer[name])[:LONGEST_COMMENT] for name in ("status", "message")})


def _report(row: sqlite3.Row) -> Report:
    return Report(
        row["id"],
        datetime.fromisoformat(row["time"]),
        row["question"],
        json.loads(row["answer"]),
        row["generation"],
        row["wrong"],
        row["comment"],
        State(row["state"]),
        row["note"],
    )
