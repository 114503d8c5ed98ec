"""Text to terms: what counts as a word, what is folded, and that hostile text costs no more than its length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.words.analysis import LONGEST_WORD, STOP_WORDS, term_spans, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Inspections INSPECTED inspecting", ("inspect", "inspect", "inspect")),
        ("the council's plan", ("council", "plan")),
        ("the council’s plan", ("council", "plan")),
        ("childrens children's children’s", ("child", "child", "child")),
        ("foster\u00a0carers", ("foster", "carer")),
        ("well-being of care-leavers", ("well", "care", "leaver")),
        ("covid-19", ("covid", "19")),
        ("class B2, 45 of 2019", ("class", "b2", "45", "2019")),
        ("a child, people, a person's", ("child", "person", "person")),
        ("men, women's, a woman, man", ("man", "woman", "woman", "man")),
        ("peoples, mens, womens", ("person", "man", "woman")),
        ("10,000 children", ("10000", "child")),
        ("in 2019,2020", ("2019", "2020")),
        ("minute 11.4, para 3.3.1.", ("minut", "11.4", "para", "3.3.1")),
        ("ended 2019. Then", ("end", "2019")),
        ("on 13.02.2019", ("13", "02", "2019")),
        ("13/14th July, 3rd, 21st", ("13", "14", "juli", "3", "21")),
        ("Siân, Sia\u0302n, O’Brien", ("sian", "sian", "obrien")),
        ("in\u00adspection", ("inspect",)),
        ("ﬁndings", ("find",)),
        ("snake_case", ("snake", "case")),
        ("what is it? don't, don’t, dont", ()),
        ("May", ("may",)),
        ("", ()),
        ("\x00 … – £ %", ()),
        ("\ud800", ()),
    ],
    ids=lambda value: ascii(value) if isinstance(value, str) else "",
)
def test_terms(text: str, expected: tuple[str, ...]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize("word", sorted(STOP_WORDS))
def test_a_stop_word_is_no_term_however_it_is_written(word: str) -> None:
    assert terms(f"{word} {word.upper()} {word.capitalize()}") == ()


def test_spans_are_of_the_text_as_written() -> None:
    text = "The DCS’s Re\u00adport – 10,000 words"
    assert [(term, text[start:end]) for term, start, end in term_spans(text)] == [
        ("dcs", "DCS’s"),
        ("report", "Re\u00adport"),
        ("10000", "10,000"),
        ("word", "words"),
    ]


@given(st.text())
def test_spans_ascend_and_give_the_terms(text: str) -> None:
    spans = term_spans(text)
    edges = [edge for _, start, end in spans for edge in (start, end)]
    assert edges == sorted(edges)
    assert all(start < end for _, start, end in spans)
    assert tuple(term for term, _, _ in spans) == terms(text)


@given(st.text(alphabet="aeinst' é9,."))
def test_a_no_break_space_is_a_space_and_a_curly_apostrophe_a_straight_one(text: str) -> None:
    assert terms(text.replace(" ", "\u00a0").replace("'", "\u2019")) == terms(text)


@pytest.mark.parametrize(
    "pattern",
    ["a", "a'", "1,111", ",111", "1.1", "1.", "1", "e\u0301", "\ud800", "\x00", "_", "’", "\u00ad", "ß", "1,11"],
    ids=ascii,
)
def test_hostile_text_is_read_in_steps_that_grow_with_its_length(pattern: str) -> None:
    # A quadratic reading of a million characters would not end while anyone waited.
    text = "1" + pattern * (1_000_000 // len(pattern)) + "x"
    assert all(len(term) <= 3 * LONGEST_WORD for term in terms(text))
