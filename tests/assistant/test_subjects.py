"""What the documents call a passage's matter: its label, or the heading above it."""

import pytest
from asking import reading
from builders import document

from assistant.answers.subjects import Subject, nearest, subjects
from corpus.model import Document
from index.model import Hit

REPORT = """CABINET

OFSTED INSPECTION OF WESTMARCH

1. Background

1.1 The inspectors came.

2. Risk management

2.1 The budget may be overspent.

2.2 Posts may stay empty.
"""
MINUTES = """Agenda item

Focused visit

Minutes:

Members asked about:

·       School attendance – officers confirmed that attendance had risen.

·       Caseloads – officers confirmed that they had fallen.

The visit went well.
"""


def found(text: str) -> tuple[Document, list[Subject]]:
    one = reading("a", text)
    return one, list(subjects(one.passages, {"a": one}))


@pytest.mark.parametrize(
    ("text", "words"),
    [(REPORT, ["Risk management"]), (MINUTES, ["School attendance"])],
    ids=["headings of two words or more, not the title", "labels of two words or more, not the minutes’ own"],
)
def test_subjects_are_in_the_documents_own_words(text: str, words: list[str]) -> None:
    one, named = found(text)
    assert [subject.words for subject in named] == words
    assert [subject.span.of(one.text) for subject in named] == words


def test_the_best_hits_of_each_search_are_nearest() -> None:
    one, named = found(REPORT + "\n3. Care leavers\n\n3.1 Care leavers were positive.\n")
    assert [subject.words for subject in named] == ["Risk management", "Care leavers"]
    by_reference = {p.reference: Hit(p, 1.0, 1.0, 1.0, frozenset()) for p in one.passages}
    searches = [
        [by_reference["para 1.1"], by_reference["para 2.1"]],
        [by_reference["para 3.1"], by_reference["para 2.2"]],
    ]
    assert [s.words for s in nearest(searches, {"a": one})] == ["Care leavers", "Risk management"]
    assert nearest([], {"a": one}) == []


def test_a_passage_under_no_heading_has_no_subject() -> None:
    one = document("Caseloads were high.", "Placements were few.")
    assert list(subjects(one.passages, {"a": one})) == []
