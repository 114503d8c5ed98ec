"""Readings kept between builds: given back as they were, forgotten when nobody asks, made anew when damaged."""

from pathlib import Path

import pytest

from corpus.kept import keeping, key
from corpus.reading.reading import Heading, Page, Reading
from corpus.reading.workers import Stopped

READING = Reading(
    "Pay\n\nIt is low \ud800.",
    (Page(0, 1), Page(5, 3)),
    (Heading(0, 1),),
    {"title": "Pay", "url": "https://example.gov.uk/1"},
    ("page 2: scanned, not readable",),
)


@pytest.mark.parametrize("reading", [READING, Reading("Pay"), Stopped("takes longer than 600 seconds to read")])
def test_what_is_kept_comes_back(reading: Reading | Stopped, tmp_path: Path) -> None:
    with keeping(tmp_path / "kept") as known:
        known.put("a", reading)
    with keeping(tmp_path / "kept") as known:
        assert known.get("a") == reading
        assert known.get("b") is None


def test_what_nobody_asks_for_is_forgotten(tmp_path: Path) -> None:
    with keeping(tmp_path / "kept") as known:
        known.put("a", READING)
        known.put("b", READING)
    with keeping(tmp_path / "kept") as known:
        known.get("a")
        known.forget_others()
        assert (known.get("a"), known.get("b")) == (READING, None)


@pytest.mark.parametrize("damage", [b"no database at all, and long enough to be looked at", b""], ids=["junk", "empty"])
def test_a_damaged_file_is_made_anew(damage: bytes, tmp_path: Path) -> None:
    (tmp_path / "kept").write_bytes(damage)
    with keeping(tmp_path / "kept") as known:
        assert known.get("a") is None
        known.put("a", READING)
        assert known.get("a") == READING


def test_a_reading_is_kept_for_its_content_and_its_reader() -> None:
    assert key("0a", ".PDF") == key("0a", ".pdf")
    assert len({key("0a", ".pdf"), key("0b", ".pdf"), key("0a", ".txt")}) == 3
