"""Problems that people reported with answers: what was asked, what was answered, and what is wrong with it.

``python -m webapp.reported [--records DIR]`` prints them, for whoever has no page to see them on.
"""

import argparse
import json
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.terminal import typed
from webapp.records import KEPT, CannotKeep, Records

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
    """A report as it is kept. ``answer`` is the answer as :func:`assistant.export.answer_json` has it.

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


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the reports, the newest first; exit status 2 where they cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m webapp.reported", description="Print the problems reported.")
    parser.add_argument("--records", type=Path, default=KEPT, metavar="DIR", help="where they are kept")
    options = parser.parse_args(arguments)
    try:
        with closing(Records(options.records)) as records:
            reports = newest(records)
    except CannotKeep as problem:
        print(problem, file=sys.stderr)
        return 2
    print(f"{len(reports):,} problem{'' if len(reports) == 1 else 's'} reported in {options.records}.")
    for report in reports:
        print("\n".join(typed(line) for line in _lines(report)))
    return 0


def _lines(report: Report) -> Iterator[str]:
    """A report as a person reads it in a terminal."""
    yield f"\n{report.id}  {report.time:%Y-%m-%d %H:%M} UTC  {report.state.upper()}"
    yield f"   Asked: {report.question}"
    yield f"   Answered: {report.answer['message']} (index {report.generation})"
    for one in report.answer.get("evidence") or ():
        yield f"   {one['number']}  “{' '.join(one['quote'].split())}” – {one['citation']}"
    if report.wrong:
        yield f"   What is wrong: {report.wrong}"
    if report.comment:
        yield f"   Comment: {' / '.join(report.comment.splitlines())}"
    if report.note:
        yield f"   Note: {' / '.join(report.note.splitlines())}"


if __name__ == "__main__":
    sys.exit(main())
