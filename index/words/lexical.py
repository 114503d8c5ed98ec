"""BM25, scored when the index is built and summed when a question is asked."""

import json
import math
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi
from scipy.sparse import csc_array, csr_array

from index.files.arrays import mapped

FILES = ("bm25_terms.json", "bm25_idf.npy", "bm25_starts.npy", "bm25_rows.npy", "bm25_scores.npy")

# So many scores are computed at once while building: some 200 MB of numbers.
_AT_ONCE = 5_000_000


class Okapi(BM25Okapi):
    """`rank_bm25`'s Okapi with an idf that is never negative: log(1 + (N - n + 0.5) / (n + 0.5)).

    The library's own idf is negative for a term that more than half the passages hold, and the floor it sets in place
    is higher than a topic word's weight. This one is Lucene's; it also gives sense to a corpus of one passage. It
    takes an empty corpus as well, which the library does not. k1 and b are the library's (1.5 and 0.75).
    """

    def _initialize(self, corpus: Sequence[Sequence[str]]) -> dict[str, int]:
        return super()._initialize(corpus) if corpus else {}

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {term: inverse_frequency(self.corpus_size, count) for term, count in nd.items()}


def inverse_frequency(passages: int, holding: int) -> float:
    """The weight of a term that ``holding`` of ``passages`` passages hold."""
    return math.log(1.0 + (passages - holding + 0.5) / (holding + 0.5))


class Postings:
    """The terms of passages as they come: some twelve bytes for each that a passage holds, and no text."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._term, self._count = array("i"), array("I")
        self._ends, self._lengths = array("q", [0]), array("i")

    def add(self, terms: Sequence[str]) -> None:
        """Take the terms of the next passage."""
        counts = Counter(terms)
        self._term.extend([self._numbers.setdefault(term, len(self._numbers)) for term in counts])
        self._count.extend(counts.values())
        self._ends.append(len(self._term))
        self._lengths.append(len(terms))

    def scored(self) -> "Lexical":
        """All that was added, scored and laid out by term."""
        size, terms = len(self._lengths), sorted(self._numbers)
        rank = np.empty(len(terms), np.int32)
        rank[[self._numbers[term] for term in terms]] = np.arange(len(terms), dtype=np.int32)
        by_row = csr_array(
            (np.frombuffer(self._count, np.uint32), rank[np.frombuffer(self._term, np.int32)], self._ends),
            shape=(size, len(terms)),
        )
        by_term = by_row.tocsc()
        del by_row
        holding = np.diff(by_term.indptr)
        okapi = Okapi([])  # what the library makes of these counts, without a copy of every passage in its memory
        okapi.corpus_size = size
        okapi._calc_idf(dict(zip(terms, holding.tolist(), strict=True)))
        idf = np.array([okapi.idf[term] for term in terms], np.float64)
        lengths = np.frombuffer(self._lengths, np.int32).astype(np.float64)
        # Where every passage is empty the mean length is 0; there are no entries then, so any other number will do.
        long = okapi.k1 * (1 - okapi.b + okapi.b * lengths / (lengths.mean() if lengths.any() else 1.0))
        scores = np.empty(len(by_term.data), np.float32)
        of_entry = np.repeat(np.arange(len(terms), dtype=np.int32), holding)
        for first in range(0, len(scores), _AT_ONCE):
            part = slice(first, first + _AT_ONCE)
            count = by_term.data[part].astype(np.float64)
            saturation = count * (okapi.k1 + 1) / (count + long[by_term.indices[part]])
            scores[part] = idf[of_entry[part]] * saturation
        return Lexical(size, terms, idf, by_term.indptr.astype(np.int64), by_term.indices.astype(np.int32), scores)


class Lexical:
    """What each term adds to the score of each row (a searched passage), laid out by term.

    Term t's rows are ``rows[starts[t]:starts[t + 1]]``, ascending, and ``scores`` runs beside them: the columns of a
    compressed sparse matrix. Opened from disk the arrays stay memory-mapped, so only what a question touches is read.
    """

    def __init__(
        self,
        size: int,
        terms: Sequence[str],
        idf: NDArray[np.float64],
        starts: NDArray[np.int64],
        rows: NDArray[np.int32],
        scores: NDArray[np.float32],
    ) -> None:
        self._size = size
        self._terms = terms
        self._numbers = {term: number for number, term in enumerate(terms)}
        self._idf = idf
        self._starts = starts
        self._rows = rows
        self._scores = scores

    @classmethod
    def build(cls, passages: Iterable[Sequence[str]]) -> "Lexical":
        """Score every term of every passage, given each passage's terms."""
        postings = Postings()
        for terms in passages:
            postings.add(terms)
        return postings.scored()

    def save(self, folder: Path) -> None:
        """Write the files named in ``FILES``."""
        vocabulary = json.dumps({"passages": self._size, "terms": self._terms})
        (folder / FILES[0]).write_text(vocabulary, encoding="ascii")
        arrays: tuple[NDArray[Any], ...] = (self._idf, self._starts, self._rows, self._scores)
        for name, values in zip(FILES[1:], arrays, strict=True):
            np.save(folder / name, values, allow_pickle=False)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The arrays that ``save`` wrote, memory-mapped."""
        vocabulary = json.loads((folder / FILES[0]).read_text(encoding="ascii"))
        return cls(vocabulary["passages"], vocabulary["terms"], *(mapped(folder / name) for name in FILES[1:]))

    def __len__(self) -> int:
        return self._size

    def holds(self, term: str) -> bool:
        """Whether any passage holds the term (as analysed)."""
        return term in self._numbers

    def weight(self, term: str) -> float:
        """The idf of a term; of one that no passage holds, the highest there is."""
        number = self._numbers.get(term)
        return inverse_frequency(self._size, 0) if number is None else float(self._idf[number])

    def scores(self, terms: Iterable[str]) -> NDArray[np.float32]:
        """The BM25 score of every row, in single precision: to order them by. A term asked twice counts twice.

        Every posting of every term is added up, in scipy's compiled code. Of the ways that skip postings, in
        benchmarks/lexical.md, one is faster for a hundred of a million; but it needs a compiler when it runs, and a
        search that counts what it finds needs every score.
        """
        asked = self._asked(terms)
        if not asked:
            return np.zeros(self._size, np.float32)
        scores = np.concatenate([self._scores[part] for _, part, _ in asked])
        rows = np.concatenate([self._rows[part] for _, part, _ in asked])
        ends = np.cumsum([0, *(part.stop - part.start for _, part, _ in asked)])
        columns = csc_array((scores, rows, ends), shape=(self._size, len(asked)))
        total: NDArray[np.float32] = columns @ np.array([times for _, _, times in asked], np.float32)
        return total

    def scores_of(self, terms: Iterable[str], rows: NDArray[np.integer]) -> NDArray[np.float64]:
        """The BM25 score of each of ``rows``, in double precision: equal to `rank_bm25`'s."""
        total = np.zeros(len(rows))
        for _, part, times in self._asked(terms):
            holding, places = self._holding(part, rows)
            total[holding] += times * self._scores[part][places].astype(np.float64)
        return total

    def matched(self, terms: Iterable[str], rows: NDArray[np.integer]) -> list[frozenset[str]]:
        """For each of ``rows``, which of the terms it holds."""
        found: list[set[str]] = [set() for _ in rows]
        for term, part, _ in self._asked(terms):
            for place in self._holding(part, rows)[0]:
                found[place].add(term)
        return [frozenset(one) for one in found]

    def _holding(self, part: slice, rows: NDArray[np.integer]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The places of those of ``rows`` that hold a term, and where each is among the term's rows."""
        all_holding = self._rows[part]
        at = np.minimum(np.searchsorted(all_holding, rows), len(all_holding) - 1)
        places = np.flatnonzero(all_holding[at] == rows)
        return places, at[places]

    def _asked(self, terms: Iterable[str]) -> list[tuple[str, slice, int]]:
        """Those of the terms that any passage holds, with where their rows are and how often they are asked."""
        known = [(term, self._numbers[term], times) for term, times in Counter(terms).items() if term in self._numbers]
        return [(term, slice(int(self._starts[n]), int(self._starts[n + 1])), times) for term, n, times in known]
