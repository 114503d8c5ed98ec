"""Where every word of every passage stands: for exact words, phrases and nearness, complete where ranking is not.

Words are as written, folded, stop words included; a stemmed term stands wherever any word of its stem does. Places
count words through the whole corpus in order, with a gap between passages, so that nothing is near across them.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from index.files.arrays import mapped
from index.files.strings import Strings
from index.words import analysis
from index.words.analysis import term

WORDS, STEMS = "positions_words", "positions_stems"
ARRAYS = tuple(f"positions_{name}.npy" for name in ("starts", "places", "first", "stem_starts", "stem_words"))

# Between the last word of a passage and the first of the next. Nearness is asked for in fewer words than this.
GAP = 100

Places = NDArray[np.int64]


class Occurrences:
    """The words of passages as they come: four bytes for each word that stands in one."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._words, self._ends = array("i"), array("q", [0])

    def add(self, text: str) -> None:
        """Take the text of the next passage."""
        numbers = self._numbers
        self._words.extend([numbers.setdefault(word, len(numbers)) for word in analysis.words(text)])
        self._ends.append(len(self._words))

    def laid_out(self) -> "Positions":
        """All that was added, laid out by word."""
        words = sorted(self._numbers)
        rank = np.empty(len(words), np.int32)
        rank[[self._numbers[word] for word in words]] = np.arange(len(words), dtype=np.int32)
        ends = np.frombuffer(self._ends, np.int64)
        passages = len(ends) - 1
        first = ends[:-1] + np.arange(passages) * GAP
        places = np.arange(ends[-1]) + np.repeat(np.arange(passages) * GAP, np.diff(ends))
        stems: dict[str, list[int]] = {}
        for number, word in enumerate(words):
            stems.setdefault(term(word), []).append(number)
        names = sorted(stems)
        # A compressed matrix of one row: turning it round sorts the places by word, and leaves them in order.
        by_place = csr_array(
            (places, rank[np.frombuffer(self._words, np.int32)], [0, len(places)]), shape=(1, max(len(words), 1))
        )
        by_word = by_place.tocsc()
        starts = by_word.indptr.astype(np.int64) if words else np.zeros(1, np.int64)
        of_stems = np.cumsum([0, *(len(stems[name]) for name in names)])
        numbers = np.array([number for name in names for number in stems[name]], np.int32)
        return Positions(words, starts, by_word.data, first, names, of_stems, numbers)


class Positions:
    """The places of word w are ``places[starts[w]:starts[w + 1]]``, ascending; passage p begins at ``first[p]``.

    The words of stem s are ``stem_words[stem_starts[s]:stem_starts[s + 1]]``. Words and stems are in order.
    """

    def __init__(
        self,
        words: Sequence[str],
        starts: Places,
        places: Places,
        first: Places,
        stems: Sequence[str],
        stem_starts: Places,
        stem_words: NDArray[np.int32],
    ) -> None:
        self._words = words
        self._starts = starts
        self._places = places
        self._first = first
        self._stems = stems
        self._stem_starts = stem_starts
        self._stem_words = stem_words

    @classmethod
    def build(cls, texts: Iterable[str]) -> "Positions":
        """The places of all the words of all passages, given each passage's text."""
        occurrences = Occurrences()
        for text in texts:
            occurrences.add(text)
        return occurrences.laid_out()

    def save(self, folder: Path) -> None:
        """Write the files of ``WORDS`` and ``STEMS`` (:mod:`index.files.strings`), and those of ``ARRAYS``."""
        Strings.of(self._words).save(folder, WORDS)
        Strings.of(self._stems).save(folder, STEMS)
        arrays: tuple[NDArray[Any], ...] = (
            self._starts,
            self._places,
            self._first,
            self._stem_starts,
            self._stem_words,
        )
        for name, values in zip(ARRAYS, arrays, strict=True):
            np.save(folder / name, values, allow_pickle=False)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The files that ``save`` wrote, all of them memory-mapped."""
        starts, places, first, stem_starts, stem_words = (mapped(folder / name) for name in ARRAYS)
        words, stems = Strings.open(folder, WORDS), Strings.open(folder, STEMS)
        return cls(words, starts, places, first, stems, stem_starts, stem_words)

    def __len__(self) -> int:
        """How many passages there are."""
        return len(self._first)

    def of_word(self, word: str) -> Places:
        """Every place of a word as written, folded."""
        number = _place(self._words, word)
        return np.empty(0, np.int64) if number is None else self._of(number)

    def of_term(self, stemmed: str) -> Places:
        """Every place of a word whose stem this is."""
        stem = _place(self._stems, stemmed)
        if stem is None:
            return np.empty(0, np.int64)
        words = self._stem_words[self._stem_starts[stem] : self._stem_starts[stem + 1]].tolist()
        return np.sort(np.concatenate([self._of(number) for number in words]))

    def of_phrase(self, words: Sequence[str]) -> Places:
        """Every place where these words, as written and folded, stand one after another: that of the first."""
        each = sorted(((self.of_word(word), offset) for offset, word in enumerate(words)), key=lambda one: len(one[0]))
        if not each:
            return np.empty(0, np.int64)
        rarest, offset = each[0]
        found = rarest - offset
        for places, after in each[1:]:
            found = found[_holds(places, found + after)]
        return found

    def passages_of(self, places: Places) -> NDArray[np.int64]:
        """The number of the passage that each of these places is in."""
        return np.searchsorted(self._first, places, side="right") - 1

    def inside(self, found: tuple[Places, Places], passage: int) -> list[tuple[int, int]]:
        """Those of ``found`` (first and last words, ascending) in a passage, counted from its first word."""
        start = int(self._first[passage])
        end = int(self._first[passage + 1]) if passage + 1 < len(self._first) else np.iinfo(np.int64).max
        mine = slice(*np.searchsorted(found[0], (start, end)))
        return [(int(one) - start, int(last) - start) for one, last in zip(found[0][mine], found[1][mine], strict=True)]

    def words(self) -> Sequence[str]:
        """Every word of the corpus, folded, in order."""
        return self._words

    def _of(self, number: int) -> Places:
        return np.asarray(self._places[self._starts[number] : self._starts[number + 1]])


def _place(texts: Sequence[str], wanted: str) -> int | None:
    """Where a text stands among these, which are in order; None where it does not."""
    place = bisect_left(texts, wanted)
    return place if place < len(texts) and texts[place] == wanted else None


def _holds(places: Places, wanted: Places) -> NDArray[np.bool_]:
    """For each of ``wanted``, whether it is among ``places``, which ascend."""
    if not len(places):
        return np.zeros(len(wanted), np.bool_)
    at = np.minimum(np.searchsorted(places, wanted), len(places) - 1)
    return np.asarray(places[at] == wanted)
