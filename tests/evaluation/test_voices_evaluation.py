"""Measuring how often a sentence's voice is the right one."""

import json
from collections import Counter
from pathlib import Path

import pytest

from corpus.model import Voice
from evaluation.voices import LABELS, BadLabels, main, mistakes, read, table

NOTES = (
    "Agenda item\n\nPay\n\nMinutes:\n\nOfficers confirmed it.\n\nMembers asked why.\n\nHe left.\n\nDaily, they said."
)
WHOLE = {"document": "pay", "kind": "minutes", "text": NOTES}
SENTENCES = ["Officers confirmed it.", "Members asked why.", "He left.", "Daily, they said."]


def labelled(folder: Path, voices: list[str]) -> Path:
    """A file of labels for the sentences of ``NOTES``."""
    rows: list[dict[str, object]] = [WHOLE]
    for sentence, voice in zip(SENTENCES, voices, strict=True):
        start = NOTES.index(sentence)
        rows.append(
            {"document": "pay", "start": start, "end": start + len(sentence), "voice": voice, "by": "not stated"}
        )
    path = folder / "voices.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_the_table_gives_precision_and_coverage_by_voice_for_each_half(tmp_path: Path) -> None:
    given = table(labelled(tmp_path, ["officer", "officer", "member", "member"]))
    reporting, mending = given.split("For mending: 2 sentences.")
    assert "For reporting: 2 sentences." in reporting
    assert "| officer | 1 | 0 | 0 |  | 0.00 |" in reporting
    assert "| member | 1 | 1 | 0 | 0.00 | 0.00 |" in reporting
    assert "| all, in the corpus | 0 | 0 | 0 |  |  |" in reporting
    assert "| all, in invented documents | 2 | 1 | 0 | 0.00 | 0.00 |" in reporting
    assert "| **all** | 2 | 1 | 0 | 0.00 | 0.00 |" in reporting
    assert "| officer | 1 | 1 | 1 | 1.00 | 1.00 |" in mending
    assert "| **all** | 2 | 1 | 1 | 1.00 | 0.50 |" in mending


def test_mistakes_are_named(tmp_path: Path) -> None:
    heard = read(labelled(tmp_path, ["officer", "officer", "member", "not stated"]))
    assert mistakes(heard) == (
        "- pay, 52: “Members asked why.” is officer, and was taken for member.\n"
        "- pay, 72: “He left.” is member, and was taken for not stated."
    )


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "line 2"),
        ('{"document": "none", "start": 0, "end": 3, "voice": "officer", "by": "not stated"}', "'none'"),
        ('{"document": "pay", "start": 0, "end": 3, "voice": "clerk", "by": "not stated"}', "'clerk'"),
        ('{"document": "pay", "start": 900, "end": 903, "voice": "officer", "by": "not stated"}', "900 to 903"),
        ('{"document": "pay", "start": 0, "voice": "officer", "by": "not stated"}', "'end'"),
    ],
    ids=["not JSON", "no such document", "no such voice", "outside the text", "no end"],
)
def test_labels_that_cannot_be_used(tmp_path: Path, line: str, problem: str) -> None:
    path = tmp_path / "voices.jsonl"
    path.write_text(f"{json.dumps(WHOLE)}\n{line}", encoding="utf-8")
    with pytest.raises(BadLabels, match=problem):
        read(path)


def test_the_committed_labels_cover_every_voice_and_five_documents() -> None:
    heard = read(LABELS)
    assert len(heard) == 255
    assert len({(one.label.document, one.label.span) for one in heard}) == 255
    assert all(one.text == one.text.strip() for one in heard)
    assert {one.label.voice for one in heard} == set(Voice)
    spread = Counter(one.label.document for one in heard if not one.invented)
    assert len(spread) == 5
    assert min(spread.values()) >= 15
    assert sum(not one.invented for one in heard) == 176


def test_nineteen_of_twenty_voices_given_are_right() -> None:
    """On the half that the rules are not mended on, and in what is left to the corpus's own documents."""
    for half in (read()[1::2], [one for one in read()[1::2] if not one.invented]):
        given = [one for one in half if one.voice is not Voice.NOT_STATED]
        assert sum(one.right for one in given) / len(given) >= 0.95


def test_the_command_prints_the_table_and_what_to_mend(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--mistakes"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("For reporting: 127 sentences.")
    assert "\n- " in printed
