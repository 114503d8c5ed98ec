"""Problems reported with answers: kept within bounds, and printed for whoever has no page to see them on."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from small_council import QUESTION

from assistant.exports.answers import answer_json
from webapp.live import LiveAssistant
from webapp.records import reported
from webapp.records.__main__ import main
from webapp.records.database import FILE, Records
from webapp.records.reported import State, Wrong

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def answer(live: LiveAssistant) -> dict[str, Any]:
    return answer_json(live.current().answer(QUESTION))


def add(records: Records, answered: dict[str, Any], comment: str = "", now: datetime = NOON, wrong: str = "") -> None:
    reported.add(records, QUESTION, answered, "generation-1", wrong, comment, now)


def test_a_report_is_kept_as_it_was_made(tmp_path: Path, live: LiveAssistant) -> None:
    records = Records(tmp_path)
    add(records, answer(live), "“Twelve” – it was\ntwenty.", NOON, Wrong.QUOTE)
    (report,) = reported.newest(Records(tmp_path))
    assert report.answer == answer(live)
    assert report.answer["evidence"][0]["quote"].endswith("twelve foster carers were recruited.")
    assert (report.time, report.question, report.generation) == (NOON, QUESTION, "generation-1")
    assert (report.wrong, report.comment) == ("wrong quote", "“Twelve” – it was\ntwenty.")
    assert (report.state, report.note) == (State.NEW, "")


def test_the_newest_come_first_a_page_at_a_time(tmp_path: Path, live: LiveAssistant) -> None:
    records, answered = Records(tmp_path), answer(live)
    for number in range(5):
        add(records, answered, f"report {number}", NOON + timedelta(minutes=number))
    assert reported.count(records) == 5
    assert [one.comment for one in reported.newest(records, 0, 2)] == ["report 4", "report 3"]
    assert [one.comment for one in reported.newest(records, 4, 2)] == ["report 0"]


def test_a_report_is_marked_and_deleted_for_good(tmp_path: Path, live: LiveAssistant) -> None:
    records, answered = Records(tmp_path), answer(live)
    add(records, answered, "stays")
    add(records, answered, "goes away Quillfeather")
    newer, older = reported.newest(records)
    assert reported.mark(records, older.id, State.LOOKED_AT, "asked the clerk")
    assert reported.delete(records, newer.id)
    assert not reported.delete(records, newer.id)
    assert not reported.mark(records, newer.id, State.NEW, "")
    (left,) = reported.newest(records)
    assert (left.comment, left.state, left.note) == ("stays", State.LOOKED_AT, "asked the clerk")
    # The words of what was deleted are not left in any of the files.
    assert b"Quillfeather" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_at_the_bound_those_put_right_go_first_and_the_new_last(
    tmp_path: Path, live: LiveAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reported, "MOST", 4)
    records, answered = Records(tmp_path), answer(live)
    for name in "abcd":
        add(records, answered, name)
    ids = {one.comment: one.id for one in reported.newest(records)}
    reported.mark(records, ids["c"], State.PUT_RIGHT, "")
    reported.mark(records, ids["b"], State.LOOKED_AT, "")
    left = []
    for name in "efgh":
        add(records, answered, name)
        left.append("".join(sorted(one.comment for one in reported.newest(records))))
    assert left == ["abde", "adef", "defg", "efgh"]


LONG = "x" * 150_000


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ({}, {}),
        ({"related": [LONG], "nearest": [LONG]}, {"related": None, "nearest": None}),
        ({"evidence": [LONG, LONG]}, {"related": None, "evidence": None}),
    ],
    ids=["short", "much beside it", "much quoted"],
)
def test_an_answer_too_long_is_kept_in_part(
    tmp_path: Path, live: LiveAssistant, given: dict[str, Any], left: dict[str, Any]
) -> None:
    records, answered = Records(tmp_path), answer(live)
    add(records, answered | given)
    (report,) = reported.newest(records)
    assert {name: report.answer[name] for name in left} == left
    assert report.answer["message"] == answered["message"]
    assert (tmp_path / FILE).stat().st_size < 300_000


def test_an_answer_of_nothing_but_length_is_cut(tmp_path: Path, live: LiveAssistant) -> None:
    records = Records(tmp_path)
    add(records, answer(live) | {"message": LONG * 2})
    (report,) = reported.newest(records)
    assert report.answer == {"status": "answered", "message": "x" * 1_000}


def test_the_command_prints_the_reports(
    tmp_path: Path, live: LiveAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["problems", "--records", str(tmp_path / "none")]) == 0
    assert capsys.readouterr().out.startswith("0 problems reported in ")
    assert not (tmp_path / "none").exists()
    records = Records(tmp_path)
    add(records, answer(live), "It was\ntwenty \x1b[2J.", NOON, Wrong.QUOTE)
    reported.mark(records, 1, State.PUT_RIGHT, "corrected")
    records.close()
    assert main(["problems", "--records", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    for words in (
        "1 problem reported in ",
        "1  2026-03-04 12:00 UTC  PUT RIGHT",
        f"Asked: {QUESTION}",
        "twelve foster carers were recruited.” – Westmarch Council",
        "What is wrong: wrong quote",
        "Comment: It was / twenty \ufffd[2J.",
        "Note: corrected",
    ):
        assert words in printed
    (tmp_path / FILE).write_bytes(b"no database" * 1000)
    assert main(["problems", "--records", str(tmp_path)]) == 2
    assert "file is not a database" in capsys.readouterr().err
