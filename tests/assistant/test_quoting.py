"""How a hit is quoted: the list it opens or belongs to, the sentences of it, and which of them are marked."""

import pytest
from asking import reading
from fakes import FakeEncoder

from assistant.answers.quoting import Chosen, as_lists, items_of, marked, only_introduces, words_of
from assistant.questions.question import Question
from assistant.questions.wants import Want
from corpus.model import Document, Form, Span
from index.build import build
from index.local import LocalIndex
from index.model import Hit

TEXT = """1. Visit

1.1 The team did three things:

- Read the case files of children. It took all day.
- Met the carers
- Saw the court team

1.2 It was cold. Social workers were few, eg. in the duty team. They left.
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LocalIndex:
    folder = tmp_path_factory.mktemp("index")
    build([reading("a", TEXT)], folder, FakeEncoder())
    return LocalIndex.open(folder, FakeEncoder())


def read(index: LocalIndex) -> Document:
    document = index.document("a")
    assert document is not None
    return document


def hit(index: LocalIndex, start: str) -> Hit:
    """A hit on the passage that holds ``start``."""
    passage = next(p for p in read(index).passages if start in p.text)
    return Hit(passage, 1.0, 1.0, 1.0, frozenset())


def question(*topic: str, wants: Want = Want.FACT) -> Question:
    return Question(asked="", text="", terms=topic, topic=dict.fromkeys(topic, ()), wants=wants)


@pytest.mark.parametrize(
    ("asked", "hits", "shown"),
    [
        (question("thing"), ["three things"], [("three things", "court team\n")]),
        (question("team"), ["Met the"], [("- Met the carers", "- Met the carers")]),
        (question("do", wants=Want.LIST), ["Met the"], [("three things", "court team\n")]),
        (question("carer", wants=Want.LIST), ["Met the"], [("- Met the carers", "- Met the carers")]),
        (question("do"), ["Met the", "Saw the"], [("three things", "court team\n")]),
        (question("do"), ["Met the", "three things", "Saw the"], [("three things", "court team\n")]),
        (question("cold"), ["It was cold"], [("1.2 It was cold", "They left.")]),
    ],
    ids=[
        "the passage that opens a list",
        "one item of three",
        "an item, where a list is asked for",
        "an item that a word singles out",
        "most of the items",
        "the list once",
        "a passage of no list",
    ],
)
def test_lists(index: LocalIndex, asked: Question, hits: list[str], shown: list[tuple[str, str]]) -> None:
    text = read(index).text
    found = [one.quote.of(text) for one in as_lists(asked, [hit(index, start) for start in hits], index)]
    assert len(found) == len(shown)
    for quote, (first, last) in zip(found, shown, strict=True):
        assert first in quote
        assert quote.endswith(last.rstrip())


def test_a_list_item_keeps_its_lead_in(index: LocalIndex) -> None:
    (one,) = as_lists(question("carer"), [hit(index, "Met the")], index)
    assert one.lead_in is not None
    assert one.lead_in.of(read(index).text) == "1.1 The team did three things:"


@pytest.mark.parametrize(
    ("start", "sentences"),
    [
        ("It was cold", ["It was cold.", "Social workers were few, eg. in the duty team.", "They left."]),
        ("Met the", ["Met the carers"]),
        ("Read the", ["Read the case files of children.", "It took all day."]),
    ],
    ids=["a paragraph", "a bullet", "a bullet of two"],
)
def test_sentences_are_without_the_marker(index: LocalIndex, start: str, sentences: list[str]) -> None:
    assert words_of(hit(index, start).passage) == sentences


@pytest.mark.parametrize(
    ("topic", "start", "marks"),
    [
        (("social", "worker"), "It was cold", ["Social workers were few, eg. in the duty team."]),
        (("cold", "left"), "It was cold", ["It was cold.", "They left."]),
        (("bin",), "It was cold", []),
        (("bin",), "Met the", ["Met the carers"]),
    ],
    ids=["the best", "two as good", "none", "the only one"],
)
def test_marks(index: LocalIndex, topic: tuple[str, ...], start: str, marks: list[str]) -> None:
    found = hit(index, start)
    chosen = Chosen(found, (found.passage,), found.passage.span, None)
    highlights = marked(question(*topic), chosen, index, lambda sentence: True).highlights
    assert [mark.of(read(index).text) for mark in highlights] == marks


def test_a_sentence_that_cannot_supply_what_is_wanted_is_not_marked(index: LocalIndex) -> None:
    found = hit(index, "It was cold")
    chosen = Chosen(found, (found.passage,), found.passage.span, None)
    highlights = marked(question("cold", "left"), chosen, index, lambda sentence: "left" in sentence).highlights
    assert [mark.of(read(index).text) for mark in highlights] == ["They left."]


def test_a_whole_list_is_not_marked(index: LocalIndex) -> None:
    (one,) = as_lists(question("thing"), [hit(index, "three things")], index)
    assert marked(question("carer"), one, index, lambda sentence: True) == one


def test_the_items_of_a_list(index: LocalIndex) -> None:
    document = read(index)
    group = hit(index, "three things").passage.opens
    assert [one.text[:5] for one in items_of(document, group)] == ["- Rea", "- Met", "- Saw"]
    assert items_of(document, None) == []
    assert items_of(document, 99) == []


LONG = "\n".join(f"- Item {n} " + "of many words " * 20 for n in range(20))


@pytest.mark.parametrize(
    ("text", "start", "alone"),
    [
        (f"1. Visit\n\n1.1 They did these things:\n\n{LONG}\n", "They did", True),
        (f"1. Visit\n\n1.1 It was cold. They did these things:\n\n{LONG}\n", "They did", False),
        ("1. Visit\n\n1.1 They did these things:\n\n- One\n- Two\n", "They did", False),
        ("1. Visit\n\n1.1 They did these things:\n\n- One\n- Two\n", "- One", False),
        ("1. Visit\n\n1.1 They did it.\n", "They did", False),
        ("Area\tGrade\n" + "".join(f"Area {n}\t{'good ' * 50}\n" for n in range(20)), "Area\tGrade", True),
        ("Area\tGrade\nLeaders\tGood\nCare\tGood\n", "Area\tGrade", False),
    ],
    ids=[
        "a sentence before a long list",
        "a sentence that says more",
        "a list that is quoted",
        "an item",
        "a paragraph",
        "the headers of a long table",
        "the headers of a table that is quoted",
    ],
)
def test_what_only_leads_up_to_what_is_not_shown(text: str, start: str, alone: bool) -> None:
    document = reading("a", text)
    passage = next(passage for passage in document.passages if start in passage.text)
    assert only_introduces(passage, document) is alone


def test_a_quote_is_known_by_its_document_and_place(index: LocalIndex) -> None:
    (one,) = as_lists(question("cold"), [hit(index, "It was cold")], index)
    start = TEXT.index("1.2 It")
    assert one.quote_key == ("a", Span(start, TEXT.index("They left.") + len("They left.")))
    assert one.hit.passage.form is Form.PARAGRAPH
