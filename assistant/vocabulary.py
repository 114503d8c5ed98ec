"""Words: spelling held against the corpus, and the official words for ordinary ones.

A word that the corpus knows is never changed. What is changed or added is kept, so that a page can show it.
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from assistant.topic import ACRONYM
from corpus.folding import fold
from index.analysis import terms

_GLOSSARY = Path(__file__).with_name("glossary.toml")
_WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*")
_CAPITAL = re.compile(r"[A-Z][a-z']{2,}")
# What stands in front of a word that does not open a sentence or a line.
_IN_SENTENCE = re.compile(r"[\w,)\]] ['\"(]?\Z")
# Posts have a capital out of courtesy, and are no names.
_POSTS = frozenset(terms("chair chairman chairwoman councillor cllr commissioner director inspector member officer"))
# How alike two spellings must be: one slip in five letters. Shorter words have too many neighbours.
LEAST_ALIKE = 0.8
_SHORTEST = 5


@dataclass(frozen=True, slots=True)
class Words:
    """A question's text with misspelt words mended, what was mended, and what is searched for as well.

    ``also`` holds pairs of the question's own word and the official one. ``names`` are the question's proper names.
    """

    text: str
    mended: Mapping[str, str]
    also: tuple[tuple[str, str], ...]
    names: tuple[str, ...] = ()

    def besides(self, written: Collection[str]) -> "Words":
        """These words, with the acronyms that the documents themselves have ``written`` looked up as they are.

        Written out, the common words of "inspection of local authority children's services" would drown ILACS.
        """
        return replace(self, also=tuple(pair for pair in self.also if pair[0] not in written))


class Vocabulary:
    """The words of a corpus, and of the names that questions may use."""

    def __init__(self, words: Mapping[str, str], known: frozenset[str], common: frozenset[str]) -> None:
        self._words = words
        self._known = known
        self._common = common

    @classmethod
    def of(cls, texts: Iterable[str], names: Iterable[str] = ()) -> "Vocabulary":
        """The vocabulary of ``texts``, and of ``names``.

        No spelling is mended to a part of a name: "weight" is not the Wight of the Isle of Wight.
        """
        names = list(names)
        words: dict[str, str] = {}
        common: set[str] = set()
        for text in (*texts, *(name for name in names if name.isalpha())):
            folded = fold(text)
            for match in _WORD.finditer(folded):
                word = match[0]
                if len(word) >= _SHORTEST and (word.islower() or word.lower() not in words):
                    words[word.lower()] = word
                if word.islower() or not _in_sentence(folded, match):
                    common.update(terms(word))
        return cls(words, frozenset(term for word in (*words, *names) for term in terms(word)), _POSTS | common)

    def read(self, question: str) -> Words:
        """Mend what is misspelt in ``question``, and find the official words for its ordinary ones."""
        mended: dict[str, str] = {}

        def spelling(match: re.Match[str]) -> str:
            right = self._nearest(match[0])
            if right is None:
                return match[0]
            mended[match[0]] = right
            return right

        text = _WORD.sub(spelling, fold(question))
        return Words(text if mended else question, mended, expansions(text), tuple(self._names(text, mended)))

    def _names(self, text: str, mended: Mapping[str, str]) -> list[str]:
        """The words with a capital that the corpus never writes without; a question all in Capitals has none."""
        written = list(_WORD.finditer(text))
        capital = [word for word in written if _CAPITAL.fullmatch(word[0]) and word[0] not in mended.values()]
        if len(capital) * 2 > len(written):
            return []
        return [word[0] for word in capital if _in_sentence(text, word) and not set(terms(word[0])) & self._common]

    def _knows(self, word: str) -> bool:
        return set(terms(word)) <= self._known

    def _nearest(self, word: str) -> str | None:
        if len(word) < _SHORTEST or word.isupper() or word.lower() in _ordinary():
            return None
        if self._knows(word):
            return None
        found = process.extractOne(
            word.lower(),
            self._words.keys(),
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=LEAST_ALIKE,
        )
        return self._words[found[0]] if found else None


def _in_sentence(text: str, word: re.Match[str]) -> bool:
    return bool(_IN_SENTENCE.search(text[max(0, word.start() - 3) : word.start()]))


def expansions(question: str) -> tuple[tuple[str, str], ...]:
    """What the glossary adds to ``question``: pairs of a word of it and an official one, acronyms written out."""
    words, acronyms = _glossary()
    folded = f" {' '.join(re.findall(r'[a-z]+', fold(question).lower()))} "
    found = [(ordinary, e) for ordinary, official in words.items() if f" {ordinary} " in folded for e in official]
    found += [(match[1], acronyms[match[1]]) for match in ACRONYM.finditer(question) if match[1] in acronyms]
    return tuple(pair for pair in dict.fromkeys(found) if f" {pair[1].lower()} " not in folded)


@cache
def _glossary() -> tuple[dict[str, list[str]], dict[str, str]]:
    read = tomllib.loads(_GLOSSARY.read_text(encoding="utf-8"))
    return read["words"], read["acronyms"]


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(word for phrase in _glossary()[0] for word in phrase.split())
