"""Cutting: passages are exact slices that cover their document, whatever its text."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.collection import read_document
from corpus.model import Document, Form, Known
from corpus.passages.passages import LONGEST, LONGEST_ROW

SENTENCE = "The Director spoke at length of fostering. "


def read(text: str) -> Document:
    return read_document("a", "a.txt", text)


def test_a_short_paragraph_is_one_passage() -> None:
    (only,) = read("1.1 " + "x" * (LONGEST - 4)).passages
    assert len(only.text) == LONGEST


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    text = "1.1 " + SENTENCE * 60
    found = read(text).passages
    assert len(found) == 3
    assert all(p.text.endswith("fostering.") and len(p.text) <= LONGEST for p in found)
    assert [p.text[:7] for p in found] == ["1.1 The", "The Dir", "The Dir"]
    assert [text[p.body : p.body + 7] for p in found] == ["The Dir"] * 3


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("word " * 300, [999, 500 - 1]),
        ("x" * 2500, [1000, 1000, 500]),
        ("a" + " " * 3000 + "b", [1, 1]),
        ("1. " + "x" * 999, [2, 999]),
        ("x" * 600 + ". " + "Y" * 600, [601, 600]),
        ("a\t" + "x " * 1500, [3001]),
        ("a\t" + "x " * 3000, [3999, 2001]),
    ],
    ids=[
        "no full stop",
        "no white space",
        "nothing but white space",
        "a marker and one long word",
        "two sentences",
        "a row is cited whole",
        "a row too long for any table",
    ],
)
def test_what_has_no_sentence_to_cut_at(text: str, lengths: list[int]) -> None:
    assert [len(p.text) for p in read(text).passages] == lengths


def test_only_the_last_cut_of_an_introduction_opens_its_list() -> None:
    found = read("1.1 " + SENTENCE * 30 + "It said:\n\n- one").passages
    assert [p.opens for p in found] == [None, 1, None]
    assert found[2].lead_in == found[1].span


def test_a_topic_labels_all_that_it_was_cut_into() -> None:
    text = "- Pay – " + SENTENCE * 30 + "\n- Training – it grew."
    assert [p.label.of(text) if p.label else "" for p in read(text).passages] == ["Pay", "Pay", "Training"]


def test_ids_survive_a_change_elsewhere_in_the_document() -> None:
    before, after = read("One thing.\n\nAnother thing."), read("Something new.\n\nAnother  thing.")
    assert before.passages[1].id == after.passages[1].id
    assert before.passages[0].id != after.passages[0].id


def test_the_same_words_twice_have_two_ids_and_anchors() -> None:
    found = read("One thing.\n\nOne thing.\n\nOne thing.").passages
    assert len({p.id for p in found}) == len({p.anchor for p in found}) == 3


def test_an_anchor_is_safe_in_an_address() -> None:
    text = "Agenda item\n\nPay\n\nMinutes:\n\nPoints <of> “Zoë”:\n\n- one/two"
    assert read(text).passages[-1].anchor == "points-of-zoe-first-bullet"


def test_headings_labels_and_headers_are_found_through_what_is_beneath_them() -> None:
    text = "Agenda item\n\nPay\n\nMinutes:\n\nText.\n\nA\tB\n--\t--\nc\td\n"
    assert [(p.form, p.searched) for p in read(text).passages] == [
        (Form.LABEL, False),
        (Form.HEADING, False),
        (Form.LABEL, False),
        (Form.PARAGRAPH, True),
        (Form.HEADER, False),
        (Form.RULE, False),
        (Form.ROW, True),
    ]


def test_a_discussion_and_its_decision_share_an_item() -> None:
    text = "Agenda item\n\nPay\n\nMinutes:\n\nText.\n\nRESOLVED:\n\nThat it be noted."
    assert {(p.item.number, p.item.title) for p in read(text).passages} == {(1, "Pay")}


def test_a_document_without_text_has_no_passages() -> None:
    document = read(" \r\n\u00a0\n")
    assert document.passages == ()
    assert document.source.title.known is Known.NOT_STATED


# Pieces that the reader gives a meaning to, in every order, among characters it gives none.
MARKERS = ["- ", "· ", "\u00a0" * 7, "1. ", "1.1 ", "- 1.2 ", "2.2.1 ", "i) ", "ii) ", "a) ", "h) ", "(1) ", "–", " – "]
BREAKS = [
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " \u00a0\n",
    "\x0c",
    "\u2028",
    "\x00",
    "\ufeff",
    "\t",
    "--\t---",
    "<p>",
    "</p>",
    "🙂",
]
LABELS = [
    "Agenda item",
    "Minutes:",
    "Decision:",
    "RESOLVED",
    "AGREED",
    "Title",
    "Author:\tPat",
    "Contact",
    "following:",
]
SPEECH = [
    "Officers confirmed that ",
    "He said so. ",
    "Ofsted found it inadequate. ",
    "May 2020",
    "Act (x) ",
    "word " * 250,
]
ITEMS = [
    "1. Apologies\n\n",
    "2. Ofsted\n\n",
    "3\nMinutes\n",
    "22/1\tApologies\n\n",
    "22/2 Pay\n\n",
    "4. PAY – It rose.\n\n",
    "5. Declarations were made.\n\n",
    "Pay (Item 6)\n\n",
    "(Item 7)\n",
    "RESOVLED:\n\n",
    "Reasons:\n\n",
]
PIECES = st.sampled_from([*MARKERS, *BREAKS, *LABELS, *SPEECH, *ITEMS])
TEXTS = st.one_of(
    st.lists(PIECES, max_size=40).map("".join),
    st.text(alphabet=" \t\n\r\u00a0\u2003\x00\x85-·•1.2)(aiIvA:;<>é’“\ufeff", max_size=200),
    st.text(max_size=200),
)


@given(TEXTS)
@example("i) x:\n" * 3000)
@example("1. x:\na) y:\n" * 1500)
@example("".join(ITEMS) * 3)
@example("paragraph 1-2\n\nx\n\nx")
@example("a" + "\u2003" * 2500 + "b")
def test_whatever_the_text(text: str) -> None:
    document = read(text)
    found = document.passages
    for passage in found:
        start, end = passage.span
        assert passage.text == text[start:end] == passage.text.strip() != ""
        assert start <= passage.body <= end
        assert len(passage.text) <= (LONGEST_ROW if passage.form is Form.ROW else LONGEST)
        assert all(start <= v.start < v.end <= end for v in passage.voices)
        assert all(left.end <= right.start for left, right in pairwise(passage.voices))
        for span in (passage.label, passage.lead_in, *passage.columns):
            assert span is None or 0 <= span.start <= span.end <= len(text)
        assert (passage.group is None) == (passage.position == 0)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert "".join("".join(p.text.split()) for p in found) == "".join(text.removeprefix("\ufeff").split())
    assert [p.ordinal for p in found] == list(range(len(found)))
    assert len({p.id for p in found}) == len({p.anchor for p in found}) == len(found)
    assert set("".join(p.anchor for p in found)) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-")
    assert read(text) == document


@given(TEXTS)
@example("RESOLVED:\n\n\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\n(Item 7)\ni) ")
def test_whatever_the_text_its_line_ends_change_no_words(text: str) -> None:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    read_plain, read_windows = read(plain), read(plain.replace("\n", "\r\n"))
    assert [(p.form, p.role, p.reference) for p in read_plain.passages] == [
        (p.form, p.role, p.reference) for p in read_windows.passages
    ]


# Far more of each than a council paper holds: a step whose work grew with the square of it would hardly come to an end.
HOSTILE = {
    "one line": "word " * 40_000,
    "one word": "x" * 200_000,
    "spaces": "a" + " " * 200_000 + "b",
    "tabs": "x\t" * 100_000,
    "full stops": "." * 200_000,
    "spaced full stops": ". " * 100_000,
    "initials": "a." * 100_000,
    "brackets after an Act": "act " + "(" * 200_000,
    "pairs of brackets": "Act " + "() " * 60_000 + "2020",
    "markers in a line": "1. a) i) - " * 18_000,
    "lists in turn": "- x\na) y\ni) z\n1. q\n" * 5_000,
    "lists each introduced": "1. x:\na) y:\n" * 15_000,
    "a long introduction": "word " * 20_000 + "as follows:\n" + "- x\n" * 15_000,
    "a long title": "Agenda item\n\n" + "word " * 20_000 + "\n\n" + "x\n\n" * 15_000,
    "a long line above a field": "word " * 20_000 + "\nAuthor:\tx\n" + "x\n\n" * 15_000,
    "short lines": "ab\n" * 50_000,
    "headings": "Heading\n\n" * 20_000,
    "capitals": "AB\n\n" * 40_000,
    "torn lines": "this is a long line that never stops at all and\n" * 4_000,
    "outcomes": "RESOLVED\nthat\n" * 14_000,
    "rows of two widths": "a\tb\na\tb\tc\n" * 15_000,
    "titles of officers": "director of " * 16_000,
    "names of councillors": "Councillor A and " * 12_000,
    "adverbs": "officers " + "also " * 40_000,
    "dates": "20/" * 60_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    document = read(text)
    assert document.passages[-1].end == len(text.rstrip())
