"""Words held against a corpus: what is mended, what never is, what is added, and which are names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.vocabulary import Vocabulary, expansions

CORPUS = (
    "The recruitment and retention of social workers remained a concern. Recruitment was slow.",
    "Members met the MACH, and the recruitment of social workers from India was agreed. Caseloads fell.",
    "Staffing is tight, said the Director. Sue Butcher spoke.",
)
VOCABULARY = Vocabulary.of(CORPUS, ["Middlesbrough", "Isle of Wight", "Norfolk"])


@pytest.mark.parametrize(
    ("question", "text", "mended"),
    [
        (
            "recrutment adn retension",
            "recruitment adn retention",
            {"recrutment": "recruitment", "retension": "retention"},
        ),
        ("caselaods in Midlesbrough", "Caseloads in Middlesbrough", None),
        ("social workers’ retension", "social workers' retention", {"retension": "retention"}),
        ("recruiting workers", "recruiting workers", {}),
        ("concerned about retention", "concerned about retention", {}),
        ("pulling their weight", "pulling their weight", {}),
        ("the isle of wight", "the isle of wight", {}),
        ("what is RETENSION", "what is RETENSION", {}),
        ("overseas turnover", "overseas turnover", {}),
        ("zebra crossings", "zebra crossings", {}),
    ],
    ids=[
        "two slips",
        "a council misspelt",
        "apostrophes are folded only when mended",
        "another form of a known word",
        "a known stem",
        "no part of a name is spelt toward",
        "a part of a name is known",
        "capitals are acronyms",
        "words of the glossary",
        "nothing near",
    ],
)
def test_spelling(question: str, text: str, mended: dict[str, str] | None) -> None:
    words = VOCABULARY.read(question)
    assert words.text == text
    if mended is not None:
        assert words.mended == mended


def test_a_misspelt_council_is_mended_to_its_name() -> None:
    assert VOCABULARY.read("has Midlesbrough improved").mended == {"Midlesbrough": "Middlesbrough"}


@pytest.mark.parametrize("text", CORPUS)
def test_words_of_the_corpus_are_never_changed(text: str) -> None:
    assert VOCABULARY.read(text).mended == {}
    assert VOCABULARY.read(text).text == text


@pytest.mark.parametrize(
    ("question", "also"),
    [
        ("what is the MASH", (("MASH", "multi-agency safeguarding hub"),)),
        ("what is the mash", ()),
        ("what is the MACH", ()),
        ("is HR involved", (("HR", "human resources"),)),
        ("HR human resources", ()),
        ("what kids said", (("kids", "children"),)),
    ],
    ids=["written out", "not in capitals", "not in the glossary", "two letters", "said already", "an ordinary word"],
)
def test_official_words(question: str, also: tuple[tuple[str, str], ...]) -> None:
    assert VOCABULARY.read(question).also == also


def test_an_acronym_that_a_searched_document_writes_is_looked_up_as_it_is() -> None:
    words = VOCABULARY.read("who runs the MASH with HR")
    assert words.besides({"MASH"}).also == (("HR", "human resources"),)
    assert words.besides(()).also == words.also != ()


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("how many came from India", ("India",)),
        ("what did she say about Gloucester Cathedral", ("Gloucester", "Cathedral")),
        ("what did Sue Butcher say to them", ("Butcher",)),
        ("India sent some", ()),
        ("what of Recruitment and Retention in it", ()),
        ("what did Councillors and the Director say", ()),
        ("what about Recrutment here", ()),
        ("Social Workers From India", ()),
        ("what did it say about Staffing", ()),
    ],
    ids=[
        "written only with a capital",
        "unknown",
        "a surname; Sue opens a sentence of the corpus",
        "first in a sentence",
        "common words",
        "posts",
        "misspelt",
        "all in capitals",
        "capital only where a sentence opens",
    ],
)
def test_names(question: str, names: tuple[str, ...]) -> None:
    assert VOCABULARY.read(question).names == names


def test_expansions_are_of_whole_words() -> None:
    assert expansions("kidskin") == ()
    assert ("went well", "positives") in expansions("what went well?")


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    words = VOCABULARY.read(text)
    assert words == VOCABULARY.read(text)
    assert (words.text == text) == (not words.mended) or words.mended


@pytest.mark.parametrize(
    "text", ["a" * 1000, "'" * 1000, "recrutmen" * 111, "ab'" * 333, "\u202erecruit\u0000ment", "<b>retension</b>"]
)
def test_hostile_words_are_read(text: str) -> None:
    assert isinstance(VOCABULARY.read(text).text, str)
