"""The questions that people asked, where whoever runs the service chose to keep them, for as many days as they chose.

Kept are a question's words, the time and whether it was answered; no address, no cookie, no name of who asked.
"""

import threading
from datetime import UTC, datetime, timedelta

from flask import Flask

from assistant.answer import Answer, Status
from webapp.records.database import CannotKeep, Records

# The newest so many are kept, of 1,000 characters at most: a hundred million bytes.
MOST = 100_000
_TABLE = (
    "CREATE TABLE IF NOT EXISTS questions (id INTEGER PRIMARY KEY, question TEXT NOT NULL, "
    "time TEXT NOT NULL, answered INTEGER NOT NULL)"
)
# Looked at so often, a question is kept an hour longer than its days at most.
_HOUR = 3600


def note(app: Flask, question: str, answer: Answer) -> None:
    """Keep a question that was just answered, where the settings of an application say that questions are kept."""
    keep(app.config["RECORDS"], app.config["SETTINGS"].privacy.keep_questions_days, question, answer, datetime.now(UTC))


def keep(records: Records, days: int, question: str, answer: Answer, now: datetime) -> None:
    """Keep a question, where questions are kept at all. One that cannot be kept is passed over: the log says so."""
    if not days:
        return
    try:
        with records.table(_TABLE) as kept:
            kept.execute(
                "INSERT INTO questions (question, time, answered) VALUES (?, ?, ?)",
                (question, _stamp(now), answer.status is Status.ANSWERED),
            )
            kept.execute("DELETE FROM questions WHERE id <= (SELECT max(id) FROM questions) - ?", (MOST,))
    except CannotKeep:
        return


def forget(records: Records, days: int, now: datetime) -> None:
    """Delete the questions of more than so many days ago; all of them where none are kept."""
    if not records.exist:
        return
    try:
        with records.table(_TABLE) as kept:
            kept.execute("DELETE FROM questions WHERE time <= ?", (_stamp(now - timedelta(days=days)),))
            kept.commit()
            kept.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except CannotKeep:
        return


def forget_daily(records: Records, days: int) -> threading.Event:
    """Delete old questions now, and every hour from now on by a thread of its own, until the event is set."""
    stopped = threading.Event()
    forget(records, days, datetime.now(UTC))

    def go_on() -> None:
        while not stopped.wait(_HOUR):
            forget(records, days, datetime.now(UTC))

    threading.Thread(target=go_on, name="old questions", daemon=True).start()
    return stopped


def listed(records: Records) -> list[tuple[str, str, bool]]:
    """The questions kept, oldest first: time, words and whether answered. Raises :class:`CannotKeep`."""
    if not records.exist:
        return []
    with records.table(_TABLE) as kept:
        rows = kept.execute("SELECT time, question, answered FROM questions ORDER BY id").fetchall()
    return [(row["time"], row["question"], bool(row["answered"])) for row in rows]


def _stamp(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="seconds")
