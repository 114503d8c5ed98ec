"""What the service keeps: one file that threads and processes share, and faults that stop nothing else."""

import logging
import multiprocessing
import sqlite3
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from small_council import QUESTION, SECRET

from assistant.answer import Answer
from webapp.app import create_app
from webapp.live import LiveAssistant
from webapp.records import kept_questions
from webapp.records.__main__ import main
from webapp.records.database import FILE, CannotKeep, Records
from webapp.settings import Privacy, Settings

TABLE = "CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, words TEXT NOT NULL)"
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def add(records: Records, words: str) -> None:
    with records.table(TABLE) as kept:
        kept.execute("INSERT INTO notes (words) VALUES (?)", (words,))


def read(records: Records) -> list[str]:
    with records.table(TABLE) as kept:
        return [row["words"] for row in kept.execute("SELECT words FROM notes ORDER BY words")]


def test_nothing_is_made_until_something_is_kept(tmp_path: Path) -> None:
    records = Records(tmp_path / "deep" / "kept")
    assert not records.exist
    assert list(tmp_path.iterdir()) == []
    add(records, "first")
    assert records.exist and read(records) == ["first"]


def test_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    records = Records(tmp_path / "kept")
    add(records, "first")
    assert stat.S_IMODE((tmp_path / "kept").stat().st_mode) == 0o700
    files = list((tmp_path / "kept").iterdir())
    assert {path.name for path in files} == {FILE, f"{FILE}-wal", f"{FILE}-shm"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_threads_share_the_file(tmp_path: Path) -> None:
    records = Records(tmp_path)
    threads = [
        threading.Thread(target=lambda n=n: [add(records, f"{n:02} {m:02}") for m in range(20)]) for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read(records) == [f"{n:02} {m:02}" for n in range(8) for m in range(20)]


def _add_many(folder: Path, name: str) -> None:
    records = Records(folder)
    for number in range(25):
        add(records, f"{name} {number:02}")


def test_processes_share_the_file(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    others = [spawn.Process(target=_add_many, args=(tmp_path, name)) for name in "abc"]
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert [other.exitcode for other in others] == [0, 0, 0]
    assert read(Records(tmp_path)) == [f"{name} {number:02}" for name in "abc" for number in range(25)]


def test_what_fails_half_way_changes_nothing(tmp_path: Path) -> None:
    records = Records(tmp_path)
    add(records, "first")
    with pytest.raises(CannotKeep), records.table(TABLE) as kept:
        kept.execute("INSERT INTO notes (words) VALUES ('second')")
        kept.execute("INSERT INTO notes (words) VALUES (NULL)")
    with pytest.raises(ZeroDivisionError), records.table(TABLE) as kept:
        kept.execute("INSERT INTO notes (words) VALUES ('third')")
        raise ZeroDivisionError
    assert read(records) == ["first"]


def test_a_file_taken_away_is_made_anew(tmp_path: Path) -> None:
    records = Records(tmp_path)
    add(records, "first")
    for path in tmp_path.iterdir():
        path.unlink()
    add(records, "second")
    assert read(Records(tmp_path)) == ["second"]


def fill(folder: Path, records: Records) -> None:
    """Let the file grow no more: what SQLite says of a full disk."""
    with records.table(TABLE) as kept:
        pages = kept.execute("PRAGMA page_count").fetchone()[0]
        kept.execute(f"PRAGMA max_page_count = {pages}")


def forbid(folder: Path, records: Records) -> None:
    """Let the file be read and not written: what SQLite says of a disk that is mounted so."""
    with records.table(TABLE) as kept:
        kept.execute("PRAGMA query_only = ON")


def damage(folder: Path, records: Records) -> None:
    records.close()
    (folder / FILE).write_bytes(b"this is no database" * 1000)


def in_the_way(folder: Path, records: Records) -> None:
    records.close()
    for path in folder.iterdir():
        path.unlink()
    (folder / FILE).mkdir()


FAULTS = {
    "full": (fill, "database or disk is full"),
    "read-only": (forbid, "attempt to write a readonly database"),
    "damaged": (damage, "file is not a database"),
    "a folder in the way": (in_the_way, "Is a directory"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_and_logged_once(tmp_path: Path, caplog: pytest.LogCaptureFixture, fault: str) -> None:
    records = Records(tmp_path)
    add(records, "first")
    spoil, says = FAULTS[fault]
    spoil(tmp_path, records)
    for _ in range(3):
        with pytest.raises(CannotKeep, match=says):
            add(records, "x" * 100_000)
    (line,) = [one.getMessage() for one in caplog.records if one.levelno == logging.ERROR]
    assert says in line and str(tmp_path) in line and "Until that is put right, nothing is kept." in line


@pytest.mark.parametrize("fault", FAULTS)
def test_questions_are_answered_whatever_the_fault(tmp_path: Path, live: LiveAssistant, fault: str) -> None:
    records = Records(tmp_path)
    add(records, "first")
    FAULTS[fault][0](tmp_path, records)
    settings = Settings(privacy=Privacy(keep_questions_days=7))
    client = create_app(live.current, SECRET, settings=settings, records=records).test_client()
    assert client.post("/ask", json={"question": QUESTION}).status_code == 200
    assert client.post("/ask", data={"question": QUESTION}).status_code == 303
    assert client.post("/api/v1/ask", json={"question": QUESTION}).status_code == 200
    kept_questions.forget(records, 7, NOON)


def test_it_keeps_again_once_the_fault_is_put_right(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    records = Records(tmp_path)
    add(records, "first")
    forbid(tmp_path, records)
    with pytest.raises(CannotKeep):
        add(records, "second")
    with records.table(TABLE) as kept:
        kept.execute("PRAGMA query_only = OFF")
    add(records, "third")
    assert read(records) == ["first", "third"]


def test_a_file_that_another_process_holds_is_waited_for(tmp_path: Path) -> None:
    records = Records(tmp_path)
    add(records, "first")
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.3, lambda: other.execute("COMMIT")).start()
    add(records, "second")
    assert read(records) == ["first", "second"]


def answer(live: LiveAssistant, question: str = QUESTION) -> Answer:
    return live.current().answer(question)


def test_no_question_is_kept_unless_that_is_chosen(tmp_path: Path, live: LiveAssistant) -> None:
    records = Records(tmp_path / "kept")
    client = create_app(live.current, SECRET, records=records).test_client()
    client.post("/ask", data={"question": QUESTION})
    client.post("/ask", json={"question": QUESTION})
    client.get("/search?q=carers")
    kept_questions.forget(records, 0, NOON)
    assert list(tmp_path.iterdir()) == []


def test_questions_are_kept_without_who_asked(tmp_path: Path, live: LiveAssistant) -> None:
    records = Records(tmp_path)
    settings = Settings(privacy=Privacy(keep_questions_days=7))
    client = create_app(live.current, SECRET, settings=settings, records=records).test_client()
    client.post("/ask", data={"question": QUESTION}, environ_base={"REMOTE_ADDR": "192.0.2.77"})
    client.post("/ask", json={"question": "who is the lead member for parks?"})
    client.post("/api/v1/ask", json={"question": "what was decided?"})
    client.post("/ask", data={"question": ""})
    client.get("/")
    listed = kept_questions.listed(records)
    assert [(question, answered) for _, question, answered in listed] == [
        (QUESTION, True),
        ("who is the lead member for parks?", False),
        ("what was decided?", True),
    ]
    with records.table(TABLE) as kept:
        columns = [row["name"] for row in kept.execute("PRAGMA table_info(questions)")]
    assert columns == ["id", "question", "time", "answered"]
    records.close()
    assert b"192.0.2.77" not in (tmp_path / FILE).read_bytes()


@pytest.mark.parametrize(
    ("days", "left"),
    [(0, []), (1, ["today"]), (2, ["today", "yesterday"]), (30, ["today", "yesterday", "last week"])],
    ids=["none", "one day", "two days", "thirty days"],
)
def test_old_questions_are_deleted_for_good(tmp_path: Path, live: LiveAssistant, days: int, left: list[str]) -> None:
    records = Records(tmp_path)
    for ago, question in ((7, "last week"), (1, "yesterday"), (0, "today")):
        asked = NOON - timedelta(days=ago)
        kept_questions.keep(records, 30, question, answer(live), asked)
    kept_questions.forget(records, days, NOON)
    assert sorted(question for _, question, _ in kept_questions.listed(records)) == sorted(left)
    # Nor are the words left in the file, nor in the one that is written ahead, before it is closed.
    bytes_kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for question in {"last week", "yesterday", "today"} - set(left):
        assert question.encode() not in bytes_kept


def test_old_questions_are_deleted_when_the_service_starts(tmp_path: Path, live: LiveAssistant) -> None:
    records = Records(tmp_path)
    kept_questions.keep(records, 7, "long ago", answer(live), NOON - timedelta(days=9_000))
    kept_questions.keep(records, 7, "just now", answer(live), datetime.now(UTC))
    kept_questions.forget_daily(records, 7).set()
    assert [question for _, question, _ in kept_questions.listed(records)] == ["just now"]


def test_so_many_questions_are_kept_and_no_more(
    tmp_path: Path, live: LiveAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_questions, "MOST", 3)
    records, given = Records(tmp_path), answer(live)
    for number in range(5):
        kept_questions.keep(records, 7, f"question {number}", given, NOON)
    assert [question for _, question, _ in kept_questions.listed(records)] == ["question 2", "question 3", "question 4"]


def test_the_command_prints_them(tmp_path: Path, live: LiveAssistant, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["questions", "--records", str(tmp_path / "none")]) == 0
    assert capsys.readouterr().out == "time,question,answered\r\n"
    records = Records(tmp_path)
    kept_questions.keep(records, 7, "=what, now", answer(live), NOON)
    assert main(["questions", "--records", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ['2026-03-04T12:00:00+00:00,"\'=what, now",yes']
    damage(tmp_path, records)
    assert main(["questions", "--records", str(tmp_path)]) == 2
    assert "file is not a database" in capsys.readouterr().err
