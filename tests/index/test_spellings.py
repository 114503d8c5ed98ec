"""How a corpus spells its words: in memory and as saved, whatever the order in which texts come."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.questions.vocabulary import _in_sentence
from corpus.folding import fold
from index.knowledge.spellings import OPENING, WORD, Gathering, Spellings

TEXTS = (
    "Caseloads were high. The Corporate Parenting Board met in Medway; caseloads fell.",
    "The MASH (Multi Agency Safeguarding Hub) met. ofsted’s letter: Ofsted’s words, OFSTED.",
    "the multi-agency hub (MASH), a Multi Agency Safeguarding Hub (MASH), met Jackie Brown’s team",
)


@pytest.fixture(params=["gathered", "opened"])
def spellings(request: pytest.FixtureRequest, tmp_path: Path) -> Spellings:
    gathering = Gathering()
    for text in TEXTS:
        gathering.add(text)
    if request.param == "gathered":
        return gathering.spellings()
    gathering.save(tmp_path)
    return Spellings.open(tmp_path)


@pytest.mark.parametrize(
    ("word", "usual", "count"),
    [
        ("caseloads", "Caseloads", 2),
        ("ofsted", "ofsted", 3),
        ("mash", "MASH", 3),
        ("medway", "Medway", 1),
        ("brown", "Brown", 1),
        ("met", "met", 3),
        ("mas", None, 0),
    ],
    ids=["the first of equals", "not in capitals", "in capitals alone", "a name", "a possessive", "plain", "not there"],
)
def test_how_a_word_is_written_and_how_often(spellings: Spellings, word: str, usual: str | None, count: int) -> None:
    assert (spellings.usual(word), spellings.count(word), word in spellings) == (usual, count, usual is not None)


def test_words_by_their_first_letter(spellings: Spellings) -> None:
    assert spellings.starting("m") == (["medway", "met", "multi"], ["mash"])
    assert spellings.starting("x") == ([], [])


@pytest.mark.parametrize(
    ("term", "common"),
    [("caseload", True), ("medway", False), ("hub", True), ("jacki", False), ("corpor", False), ("the", False)],
    ids=["small letters", "a name", "small letters elsewhere", "a person", "a body", "no term at all"],
)
def test_terms_of_words_that_are_no_names(spellings: Spellings, term: str, common: bool) -> None:
    assert spellings.common(term) is common


@pytest.mark.parametrize(
    ("before", "word", "follows"),
    [
        ("corporate", "parenting", True),
        ("jackie", "brown", True),
        ("brown", "jackie", False),
        ("safeguarding", "hub", False),
    ],
    ids=["a body", "a person's possessive", "the other way about", "the second is no name"],
)
def test_words_that_follow_each_other_in_names(spellings: Spellings, before: str, word: str, follows: bool) -> None:
    assert spellings.name(before, word) is follows


def test_an_acronym_has_the_long_form_that_is_given_most_often(spellings: Spellings) -> None:
    assert spellings.defined == {"MASH": "Multi Agency Safeguarding Hub"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Medway met", False),
        ("in Medway", True),
        ("it met. Medway did", False),
        ("(Medway)", False),
        ("of (Medway)", True),
        ("of “Medway’s", True),
        ("a\nMedway", False),
    ],
    ids=["opens a text", "in a sentence", "opens a sentence", "in brackets", "a bracket within", "quoted", "a line"],
)
def test_a_capital_that_opens_nothing_is_a_names(text: str, names: bool) -> None:
    assert Spellings.of([text]).common("medway") is not names


@given(st.text("Aab' .,)(\n-’é", max_size=30))
def test_corpus_and_questions_agree_on_what_opens_a_sentence(text: str) -> None:
    folded = fold(text)
    opening = [match[0] for match in WORD.finditer(folded) if not _in_sentence(folded, match)]
    assert OPENING.findall(folded) == opening
