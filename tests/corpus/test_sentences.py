"""Sentences as spans: where one ends, and where a full stop does not end it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Span
from corpus.sentences import sentences, trim


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  \n ", []),
        ("One sentence", ["One sentence"]),
        ("It met. It agreed.", ["It met.", "It agreed."]),
        ("It met.  \u00a0It agreed.", ["It met.", "It agreed."]),
        ("Was it so? Yes! Good.", ["Was it so?", "Yes!", "Good."]),
        ("He said ‘it is so.’ They left.", ["He said ‘it is so.’", "They left."]),
        ("(It closed in May.) Nobody came.", ["(It closed in May.)", "Nobody came."]),
        ("It rose. 20 people left.", ["It rose.", "20 people left."]),
        ("It cost 2.5 million. £3 was spent.", ["It cost 2.5 million.", "£3 was spent."]),
        ("areas of weakness eg. The MASH", ["areas of weakness eg. The MASH"]),
        ("such as (i.e. The Hub) and more", ["such as (i.e. The Hub) and more"]),
        ("Mrs. Jones and Cllr. Smith spoke.", ["Mrs. Jones and Cllr. Smith spoke."]),
        ("A. N. Other spoke. B. Smith left.", ["A. N. Other spoke.", "B. Smith left."]),
        ("see para. 4 and No. 7", ["see para. 4 and No. 7"]),
        ("it stopped. then went on", ["it stopped. then went on"]),
        ("Wait... What?", ["Wait...", "What?"]),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in sentences(text)] == expected


def test_within_counts_from_the_start_of_the_text() -> None:
    text = "Before it. One here. Two here. After it."
    assert sentences(text, Span(11, 30)) == [Span(11, 20), Span(21, 30)]


def test_trim_leaves_an_empty_span_of_white_space() -> None:
    assert trim("  \n", Span(0, 3)) == Span(3, 3)


@given(st.text(alphabet=" .?!\n\u00a0\"'’)(aAb1£", max_size=60))
def test_sentences_cover_all_that_is_not_blank_in_order(text: str) -> None:
    found = sentences(text)
    assert "".join("".join(span.of(text).split()) for span in found) == "".join(text.split())
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert all(span == trim(text, span) and span.start < span.end for span in found)
