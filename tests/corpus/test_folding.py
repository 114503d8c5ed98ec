"""Folding: one letter for one, and nothing else changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("plain", "plain"),
        ("Ofsted’s “letter” – 3\u00a0May", 'Ofsted\'s "letter" - 3 May'),
        ("\u202f\u2007\ufeff‘\u2010\u2011\u2012—", "   '----"),
        ("café\U0001f600\ud800", "café\U0001f600\ud800"),
    ],
    ids=["nothing to fold", "a sentence", "every other mark", "other letters"],
)
def test_marks_are_made_plain(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(st.sampled_from("a\u00a0’–\U0001f600\n\ud800")))
def test_offsets_stay(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
