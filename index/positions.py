"""Where every word of every passage stands: for exact words, phrases and nearness, complete where ranking is not.

Words are as written, folded, stop words included; a stemmed term stands wherever any word of its stem does. Places
count words through the whole corpus in order, with a gap between passages, so that nothing is near across them.
"""

import json
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from index import analysis
from index.analysis import term
from index.arrays import mapped

FILES = ("words.json", "words_starts.npy", "words_places.npy", "words_first.npy")

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
        # A compressed matrix of one row: turning it round sorts the places by word, and leaves them in order.
        by_place = csr_array(
            (places, rank[np.frombuffer(self._words, np.int32)], [0, len(places)]), shape=(1, max(len(words), 1))
        )
        by_word = by_place.tocsc()
        starts = by_word.indptr.astype(np.int64) if words else np.zeros(1, np.int64)
        return Positions(words, starts, by_word.data, first)


class Positions:
    """The places of word w are ``places[starts[w]:starts[w + 1]]``, ascending; passage p begins at ``first[p]``."""

    def __init__(self, words: Sequence[str], starts: Places, places: Places, first: Places) -> None:
        self._words = words
        self._starts = starts
        self._places = places
        self._first = first
        self._stems: dict[str, list[int]] = {}
        for number, word in enumerate(words):
            self._stems.setdefault(term(word), []).append(number)

    @classmethod
    def build(cls, texts: Iterable[str]) -> "Positions":
        """The places of all the words of all passages, given each passage's text."""
        occurrences = Occurrences()
        for text in texts:
            occurrences.add(text)
        return occurrences.laid_out()

    def save(self, folder: Path) -> None:
        """Write the files named in ``FILES``."""
        (folder / FILES[0]).write_text(json.dumps(self._words), encoding="ascii")
        for name, values in zip(FILES[1:], (self._starts, self._places, self._first), strict=True):
            np.save(folder / name, values, allow_pickle=False)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The files that ``save`` wrote, the arrays memory-mapped."""
        words = json.loads((folder / FILES[0]).read_text(encoding="ascii"))
        return cls(words, *(mapped(folder / name) for name in FILES[1:]))

    def __len__(self) -> int:
        """How many passages there are."""
        return len(self._first)

    def of_word(self, word: str) -> Places:
        """Every place of a word as written, folded."""
        number = bisect_left(self._words, word)
        if number == len(self._words) or self._words[number] != word:
            return np.empty(0, np.int64)
        return self._of(number)

    def of_term(self, stemmed: str) -> Places:
        """Every place of a word whose stem this is."""
        found = [self._of(number) for number in self._stems.get(stemmed, ())]
        return np.sort(np.concatenate(found)) if found else np.empty(0, np.int64)

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


def _holds(places: Places, wanted: Places) -> NDArray[np.bool_]:
    """For each of ``wanted``, whether it is among ``places``, which ascend."""
    if not len(places):
        return np.zeros(len(wanted), np.bool_)
    at = np.minimum(np.searchsorted(places, wanted), len(places) - 1)
    return np.asarray(places[at] == wanted)
