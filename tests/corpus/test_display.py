"""What a page shows of a slice: only white space and known tags may be lost, and marks survive."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.display import Segment, cells, plain, shown
from corpus.model import Span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The report be noted.", "The report be noted."),
        ("  exercise of its\n\nChildren's  Social\tCare ", "exercise of its Children's Social Care"),
        ("·\u00a0\u00a0\u00a0 Quality\u202fof practice", "· Quality of practice"),
        ("<p>The Council loses control.</p>", "The Council loses control."),
        ("one</p><p>two<br/>three<BR>four", "one two three four"),
        ("H<sub>2</sub>O and <b>bold</b> text", "H2O and bold text"),
        ("<span class=\"x\" id='y'>kept</span>", "kept"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("fewer <than> 5 and < 6, <b and c>", "fewer <than> 5 and < 6, <b and c>"),
        ("<p>\n</p>", ""),
    ],
    ids=["plain", "folded", "spaces", "p", "line tags", "word tags", "attributes", "script stays", "not tags", "none"],
)
def test_white_space_is_folded_and_remnants_are_dropped(text: str, expected: str) -> None:
    assert plain(text) == expected
    assert "".join(segment.text for segment in shown(text)) == expected


@pytest.mark.parametrize(
    ("text", "start", "marks", "expected"),
    [
        ("one two three", 0, [Span(4, 7)], [("one ", False), ("two", True), (" three", False)]),
        ("one two three", 100, [Span(104, 107)], [("one ", False), ("two", True), (" three", False)]),
        ("one two", 10, [Span(0, 14)], [("one", True), (" two", False)]),
        ("one two", 0, [Span(4, 99)], [("one ", False), ("two", True)]),
        ("one two", 0, [Span(0, 3), Span(4, 7)], [("one two", True)]),
        ("one  two", 0, [Span(3, 5)], [("one two", False)]),
        ("<p>one</p> <p>two</p>", 0, [Span(0, 10)], [("one", True), (" two", False)]),
        ("o<b>n</b>e", 0, [Span(4, 5)], [("o", False), ("n", True), ("e", False)]),
        ("one", 50, [Span(0, 10)], [("one", False)]),
    ],
    ids=["inside", "offset", "from before", "past the end", "two", "blank", "tags", "in a word", "elsewhere"],
)
def test_marks_survive(text: str, start: int, marks: list[Span], expected: list[tuple[str, bool]]) -> None:
    assert list(shown(text, marks, start)) == [Segment(*segment) for segment in expected]


def test_a_row_is_split_at_its_tabs() -> None:
    text = "xx Risk\t\tHigh yy"
    assert [cell.of(text) for cell in cells(Span(3, 13), text)] == ["Risk", "", "High"]


# Without angle brackets of its own, so that the only tags are those of the list.
_TEXT = st.text(st.characters(exclude_characters="<>"))
_WORDS = st.lists(
    st.one_of(st.sampled_from(["<p>", "</p>", "<br>", "<b>", " ", "\n", "\u00a0", "\t", "<", "&", "<script>"]), _TEXT),
    max_size=12,
).map("".join)
_SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: Span(*pair)), max_size=4)


@given(_WORDS, _SPANS, st.integers(0, 30))
def test_no_character_is_lost_and_order_is_kept(text: str, marks: list[Span], start: int) -> None:
    whole = "".join(segment.text for segment in shown(text, marks, start))
    left = re.sub(r"</?(?:p|br|b)>", "", text, flags=re.IGNORECASE)
    assert re.sub(r"\s", "", whole) == re.sub(r"\s", "", left)
    assert whole == plain(text)


@given(_WORDS, _SPANS)
def test_every_marked_character_is_one_that_was_marked(text: str, marks: list[Span]) -> None:
    marked = "".join(segment.text for segment in shown(text, marks) if segment.marked)
    # Letters that a mark covers, with those of tags: what is shown as marked is drawn from them, in order.
    covered = iter([c for n, c in enumerate(text) if any(s.start <= n < s.end for s in marks)])
    assert all(any(letter == other for other in covered) for letter in marked if not letter.isspace())


@given(_WORDS, _SPANS)
def test_segments_alternate_and_marks_do_not_begin_or_end_with_a_space(text: str, marks: list[Span]) -> None:
    segments = shown(text, marks)
    assert all(one.marked != other.marked for one, other in pairwise(segments))
    assert all(segment.text and segment.text == segment.text.strip() for segment in segments if segment.marked)
