"""How a corpus spells its words, gathered one text at a time: with what a question's words are held against.

Everything is sorted and memory-mapped, so that opening takes no time whatever there is, and a word is looked up in it.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.folding import fold
from corpus.passages.acronyms import definitions
from index.files.strings import Strings
from index.words.analysis import terms

WORD = re.compile(r"\w+(?:'\w+)*")
CAPITAL = re.compile(r"[A-Z][a-z']{2,}")
# A word that opens a sentence or a line, as far as what stands in front of it tells.
OPENING = re.compile(r"(?<!\w)(?<!\w')(?<![\w,)\]] )(?<![\w,)\]] ['\"(])\w+(?:'\w+)*")
# A long form that a text gives is no longer than this. The longest found in twelve inspection reports has 69 letters.
_LONGEST_LONG_FORM = 100

_WORDS, _USUAL, _COMMON, _NAMES = "spellings_words", "spellings_usual", "spellings_common", "spellings_names"
_COUNTS, _CAPITALS, _DEFINED = "spellings_counts.npy", "spellings_capitals.npy", "spellings_defined.json"


class Spellings:
    """The words of a corpus, in lower case and sorted, and beside each of them how it is usually written and how often.

    ``capitals`` flags those usually written in capitals alone. ``common`` are the terms of words that are no names:
    written in small letters somewhere, or only with a capital because they open a sentence. ``names`` are pairs of
    words that follow each other in a name. ``defined`` gives the long form that is given most often for an acronym.
    """

    def __init__(
        self,
        words: Strings,
        usual: Strings,
        counts: NDArray[np.int64],
        capitals: NDArray[np.bool_],
        common: Strings,
        names: Strings,
        defined: Mapping[str, str],
    ) -> None:
        self._words = words
        self._usual = usual
        self._counts = counts
        self._capitals = capitals
        self._common = common
        self._names = names
        self.defined = defined

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Spellings":
        """The spellings of some texts, kept in memory."""
        gathering = Gathering()
        for text in texts:
            gathering.add(text)
        return gathering.spellings()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The files that a gathering saved, memory-mapped."""
        words, usual, common, names = (Strings.open(folder, name) for name in (_WORDS, _USUAL, _COMMON, _NAMES))
        counts, capitals = (np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in (_COUNTS, _CAPITALS))
        return cls(words, usual, counts, capitals, common, names, json.loads((folder / _DEFINED).read_bytes()))

    def save(self, folder: Path) -> None:
        """Write what ``open`` reads."""
        for strings, name in (
            (self._words, _WORDS),
            (self._usual, _USUAL),
            (self._common, _COMMON),
            (self._names, _NAMES),
        ):
            strings.save(folder, name)
        np.save(folder / _COUNTS, self._counts, allow_pickle=False)
        np.save(folder / _CAPITALS, self._capitals, allow_pickle=False)
        (folder / _DEFINED).write_text(json.dumps(self.defined), encoding="ascii")

    def __contains__(self, word: str) -> bool:
        """Whether the corpus has a word, given in lower case."""
        return self._words.place(word) is not None

    def __len__(self) -> int:
        return len(self._words)

    def usual(self, word: str) -> str | None:
        """A word as the corpus usually writes it; None where it does not have it."""
        place = self._words.place(word)
        return None if place is None else self._usual[place]

    def count(self, word: str) -> int:
        """How often the corpus has a word."""
        place = self._words.place(word)
        return 0 if place is None else int(self._counts[place])

    def starting(self, letter: str) -> tuple[list[str], list[str]]:
        """The words that start with a letter, those usually written in capitals alone apart: acronyms, most of them."""
        these = self._words.starting(letter)
        words, capitals = self._words[these], self._capitals[these].tolist()
        others = [word for word, capital in zip(words, capitals, strict=True) if not capital]
        return others, [word for word, capital in zip(words, capitals, strict=True) if capital]

    def common(self, term: str) -> bool:
        """Whether a term is of a word that is no name."""
        return self._common.place(term) is not None

    def name(self, before: str, word: str) -> bool:
        """Whether a word follows another in a name, both in lower case."""
        return self._names.place(f"{before} {word}") is not None


class Gathering:
    """Spellings as they are gathered: what it holds grows with the words that differ, and not with the texts."""

    def __init__(self) -> None:
        self._written: Counter[str] = Counter()
        self._opening: set[str] = set()
        self._follow: set[tuple[str, str]] = set()
        self._long_forms: dict[str, Counter[str]] = {}

    def add(self, text: str) -> None:
        """Take the next text."""
        folded = fold(text)
        words = WORD.findall(folded)
        self._written.update(words)
        self._opening.update(OPENING.findall(folded))
        self._follow.update(_in_names(words))
        for one in definitions(folded):
            mostly_capitals = sum(letter.isupper() for letter in one.short) * 2 > len(one.short)
            if mostly_capitals and one.short.isalnum() and len(one.long) <= _LONGEST_LONG_FORM:
                self._long_forms.setdefault(one.short.upper(), Counter())[one.long] += 1

    def spellings(self) -> Spellings:
        """What has been gathered."""
        spelt: dict[str, Counter[str]] = {}
        for written, times in self._written.items():
            word = written.removesuffix("'s")
            spelt.setdefault(word.lower(), Counter())[word] += times
        usual = {word: max(forms, key=lambda form: (not form.isupper(), forms[form])) for word, forms in spelt.items()}
        common = {term for forms in spelt.values() for form in forms if form.islower() for term in terms(form)}
        common.update(term for word in self._opening for term in terms(word.removesuffix("'s")))
        names = [f"{before} {word}" for before, word in self._follow if not set(terms(word)) & common]
        words = sorted(spelt)
        return Spellings(
            Strings.of(words),
            Strings.of(usual[word] for word in words),
            np.array([spelt[word].total() for word in words], np.int64),
            np.array([usual[word].isupper() for word in words], np.bool_),
            Strings.of(sorted(common)),
            Strings.of(sorted(names)),
            {short: forms.most_common(1)[0][0] for short, forms in self._long_forms.items()},
        )

    def save(self, folder: Path) -> None:
        """Write what :meth:`Spellings.open` reads."""
        self.spellings().save(folder)


def _in_names(words: Sequence[str]) -> Iterable[tuple[str, str]]:
    """The pairs of words with a capital that follow each other, in lower case."""
    capitals = {
        word: plain.lower()
        for word in set(words)
        if "A" <= word < "[" and CAPITAL.fullmatch(plain := word.removesuffix("'s"))
    }
    return ((capitals[one], capitals[next]) for one, next in pairwise(words) if one in capitals and next in capitals)
