"""Headings that a file itself marks: what the outline makes of them."""

import pytest

from corpus.collection import read_document
from corpus.model import Form
from corpus.reading.reading import Heading, Page, Reading

LINES = ["Front page", "Placements", "It is", "1.1 Costs", "They rose.", "Minutes:", "2. Visits", "Seen by all.", "Pay"]
TEXT = "\n\n".join(LINES) + "\n\nPay is low and people leave.\n\nThey said so."


def reading(**levels: int) -> Reading:
    """The text, with headings marked where a line starts with these words."""
    starts = sorted((TEXT.index(words.replace("_", " ")), level) for words, level in levels.items())
    return Reading(TEXT, headings=tuple(Heading(*each) for each in starts))


@pytest.mark.parametrize(
    ("levels", "words", "expected"),
    [
        ({"Placements": 1}, "It is", ("Placements",)),
        ({"Placements": 1, "It_is": 2}, "They rose.", ("Placements", "It is")),
        ({"Placements": 1, "1.1": 2}, "They rose.", ("Placements", "1.1 Costs")),
        ({"Placements": 1, "2. V": 2}, "Seen", ("Placements", "2. Visits")),
        ({"Placements": 1, "2. V": 2, "Pay": 3}, "They said", ("Placements", "2. Visits", "Pay")),
        ({"Placements": 2, "Pay": 2}, "They said", ("Front page", "Pay")),
    ],
    ids=["the title", "a section", "a number", "a section's number", "inside a section", "another title"],
)
def test_what_stands_under_it(levels: dict[str, int], words: str, expected: tuple[str, ...]) -> None:
    (found,) = (p for p in read_document("a", "a.html", reading(**levels)).passages if p.text.startswith(words))
    assert found.headings == expected


def test_a_label_stays_a_label() -> None:
    (found,) = (p for p in read_document("a", "a.html", reading(Minutes=2)).passages if p.text == "Minutes:")
    assert found.form is Form.LABEL


def test_the_title_is_the_one_marked() -> None:
    source = read_document("a", "a.html", reading(Placements=1, Pay=2)).source
    assert source.title.value == "Placements"


def test_pages_are_those_that_blocks_begin_on() -> None:
    pages = (Page(0, 1), Page(TEXT.index("Minutes"), 3))
    found = read_document("a", "a.pdf", Reading(TEXT, pages)).passages
    assert [p.page for p in found if p.text in ("They rose.", "Minutes:")] == [1, 3]
