"""The glossary: every entry can be reached from a question, adds something, and leads to words that are written."""

import re
import tomllib

import pytest
from asking import DOCUMENTS

from assistant.questions.vocabulary import expansions
from index.words.analysis import terms

_FILE = DOCUMENTS.parent.parent / "assistant" / "questions" / "glossary.toml"
_READ = tomllib.loads(_FILE.read_text(encoding="utf-8"))
WORDS: dict[str, list[str]] = _READ["words"]
ACRONYMS: dict[str, str] = _READ["acronyms"]
# The rest is of subjects that a few documents happen not to touch, such as refugees.
LEAST_WRITTEN = 0.7


def test_it_has_words_and_acronyms_and_nothing_else() -> None:
    assert list(_READ) == ["words", "acronyms"]
    assert WORDS and ACRONYMS


@pytest.mark.parametrize("word", WORDS)
def test_a_question_of_the_word_alone_gets_its_official_words(word: str) -> None:
    assert re.fullmatch(r"[a-z]+(?: [a-z]+)*", word)
    assert 1 <= len(WORDS[word]) <= 3
    assert {(word, official) for official in WORDS[word]} <= set(expansions(word))


@pytest.mark.parametrize("word", WORDS)
def test_each_official_word_adds_a_term(word: str) -> None:
    assert terms(word)
    assert [official for official in WORDS[word] if set(terms(official)) <= set(terms(word))] == []


@pytest.mark.parametrize("acronym", ACRONYMS)
def test_an_acronym_is_in_capitals_and_written_out(acronym: str) -> None:
    assert re.fullmatch(r"[A-Z]{2,}", acronym)
    assert (acronym, ACRONYMS[acronym]) in expansions(f"the {acronym}")
    assert (acronym, ACRONYMS[acronym]) in expansions(f"two {acronym}s")
    assert len(ACRONYMS[acronym].split()) > 1


@pytest.mark.parametrize("word", ["good", "mark", "police", "may", "left", "pay", "visit", "better"])
def test_a_word_with_another_sense_has_no_entry(word: str) -> None:
    assert expansions(word) == ()


def test_most_words_lead_to_words_of_the_corpus() -> None:
    written = {term for file in DOCUMENTS.glob("*.txt") for term in terms(file.read_text(encoding="utf-8"))}
    unwritten = [word for word in WORDS if not any(set(terms(official)) <= written for official in WORDS[word])]
    assert len(unwritten) <= (1 - LEAST_WRITTEN) * len(WORDS), unwritten
