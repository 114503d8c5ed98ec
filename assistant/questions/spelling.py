"""Spelling: the word that a misspelt one was meant to be, where there is one to be seen.

A word that the corpus knows is never changed, nor one that English knows, save where nobody would ask with it.
"""

from collections.abc import Collection, Mapping
from functools import cache, lru_cache
from pathlib import Path

import symspellpy
from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.knowledge.spellings import Spellings
from index.words.analysis import LONGEST_WORD, terms

# How alike two spellings must be: no more than one slip in so many letters of the longer.
LETTERS_A_SLIP = 4
# Words of three and four letters have many neighbours, and are mended only where there is no choice.
SHORTEST, SHORT = 3, 4
# "Meting" and "minuets" are English, but are typed for "meeting" and "minutes": the word list has them at most this
# often in its 23 thousand million words, and the word meant so many times more often. Of the words English knows and
# the five documents do not, 77 are changed by this, such as "regrading"; at twice as often "staid" would be, too.
RARE, OFTENER = 100_000, 1_000
# What a question cannot do without: one letter short, they are mended even where that is a word ("wat", "wen").
_ASKING = frozenset(["what", "when", "where", "which", "who", "whom", "whose", "why", "how"])
_WORD_LIST = Path(symspellpy.__file__).with_name("frequency_dictionary_en_82_765.txt")

# Words are read by their first letter, and those of so many letters are kept: a million bytes each in a large corpus.
_LETTERS_KEPT = 8

# Kinds of slip, the likeliest first.
_SWAPPED, _MISSING, _EXTRA, _REPLACED = range(4)


class Spelling:
    """The words that a misspelt one may be meant for, and those that are right as they are."""

    def __init__(self, corpus: Spellings, asking: Collection[str] = (), known: Collection[str] = ()) -> None:
        """Meant may be the words of ``corpus``, and those that questions are asked with, ``asking``.

        What the corpus writes in capitals alone and is no word is an acronym, which nothing is mended to: "Coram" is
        not meant for CORAG. ``known`` are further words in lower case that are right.
        """
        self._corpus = corpus
        self._asking = frozenset(asking)
        self._others = frozenset(known) | self._asking
        self._starting = lru_cache(maxsize=_LETTERS_KEPT)(self._meant)

    def right(self, word: str, before: str = "") -> str | None:
        """The word that ``word`` was meant to be, behind the word ``before``; None where it is right, or like none.

        All of them are in lower case. Of several the one with the fewest slips is taken, then one with two letters
        swapped, then with one missing, then with one too many, then the commonest in the corpus.
        """
        if not SHORTEST <= len(word) <= LONGEST_WORD or self._knows(word):
            return None
        found = sorted(
            (slips, _kind(word, meant), -self._count(meant), meant) for meant, slips in self._near(word).items()
        )
        if word in english():
            found = [one for one in found if one[0] == 1 and self._is_meant(word, one[-1], before)]
        elif len(word) <= SHORT:
            found = _without_choice(word, found)
        return found[0][-1] if found else None

    def _knows(self, word: str) -> bool:
        return self._has(word) or self._has(word.removesuffix("s")) or not terms(word)

    def _has(self, word: str) -> bool:
        return word in self._others or word in self._corpus

    def _count(self, word: str) -> int:
        """How often the corpus has a word that may be meant."""
        usual = self._corpus.usual(word)
        return 0 if usual is None or (usual.isupper() and word not in english()) else self._corpus.count(word)

    def _meant(self, letter: str) -> list[str]:
        """The words that start with a letter and may be meant."""
        words, capitals = self._corpus.starting(letter)
        words += [word for word in capitals if word in english()]
        return [*words, *({word for word in self._asking if word[:1] == letter} - set(words))]

    def _near(self, word: str) -> dict[str, int]:
        """The words like ``word`` that start as it does, or with its first two letters swapped, and the slips."""
        swapped = [other for other in self._starting(word[1]) if other[1:2] == word[0] != word[1]]
        # A word of n letters, and one of n + s that it is s slips from, have s <= (n + s) / 4, which is s <= n / 3.
        most = max(1, len(word) // (LETTERS_A_SLIP - 1))
        meant = [*self._starting(word[0]), *swapped]
        near = process.extract(word, meant, scorer=OSA.distance, score_cutoff=most, limit=None)
        return {
            right: int(slips)
            for right, slips, _ in near
            if slips <= max(1, max(len(word), len(right)) // LETTERS_A_SLIP)
        }

    def _is_meant(self, word: str, meant: str, before: str) -> bool:
        """Whether ``word``, which is English, is yet one slip from what is meant."""
        kind = _kind(word, meant)
        if meant in _ASKING:
            return kind == _MISSING
        if len(word) <= SHORT:
            return False
        often = english()[word]
        rare = often <= RARE and english().get(meant, 0) >= OFTENER * often
        return self._corpus.name(before, meant) or (rare and kind != _REPLACED)


def _kind(word: str, meant: str) -> int:
    """What sort of slip turned ``meant`` into ``word``; of several slips, what they come to."""
    if len(word) != len(meant):
        return _MISSING if len(word) < len(meant) else _EXTRA
    return _SWAPPED if sorted(word) == sorted(meant) else _REPLACED


def _without_choice(word: str, found: list[tuple[int, int, int, str]]) -> list[tuple[int, int, int, str]]:
    """What a word of three or four letters may be mended to: the one swap, or else the one with a letter more or less.

    One of three letters gains a letter only where that makes a word that asks ("wht").
    """
    swapped = [one for one in found if one[1] == _SWAPPED]
    lettered = [one for one in found if one[1] in (_MISSING, _EXTRA) and (len(word) == SHORT or one[-1] in _ASKING)]
    best = swapped or lettered
    return best if len(best) == 1 else []


@cache
def english() -> Mapping[str, int]:
    """The words of English, in British and American spelling, and how often each occurs in a large body of text.

    The list comes with SymSpell (https://github.com/wolfgarbe/SymSpell): Google's counts of what a spelling list has.
    """
    if not _WORD_LIST.exists():
        raise FileNotFoundError(f"{_WORD_LIST} is not there: install symspellpy again.")
    # One word and its count a line. The package's own reading makes an index of misspellings, in ten times the time.
    rows = (line.split(" ") for line in _WORD_LIST.read_text(encoding="utf-8-sig").splitlines())
    return {word: int(times) for word, times in rows}
