"""BM25, scored when the index is built and summed when a question is asked."""

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

FILES = ("bm25_terms.json", "bm25_idf.npy", "bm25_starts.npy", "bm25_rows.npy", "bm25_scores.npy")


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
    def build(cls, passages: Sequence[Sequence[str]]) -> Self:
        """Score every term of every passage, given each passage's terms."""
        okapi = Okapi(passages)
        terms = sorted(okapi.idf)
        numbers = {term: number for number, term in enumerate(terms)}
        idf = np.array([okapi.idf[term] for term in terms], dtype=np.float64)

        lengths = np.asarray(okapi.doc_len, dtype=np.float64)
        distinct = [len(counts) for counts in okapi.doc_freqs]
        entries = sum(distinct)
        term = np.fromiter((numbers[t] for t in chain.from_iterable(okapi.doc_freqs)), np.int64, entries)
        count = np.fromiter(chain.from_iterable(c.values() for c in okapi.doc_freqs), np.float64, entries)
        row = np.repeat(np.arange(len(passages), dtype=np.int32), distinct)

        # Where every passage is empty the mean length is 0; there are no entries then, so any other number will do.
        relative = lengths / (okapi.avgdl or 1.0)
        saturation = count * (okapi.k1 + 1) / (count + okapi.k1 * (1 - okapi.b + okapi.b * relative[row]))
        scores = (idf[term] * saturation).astype(np.float32)

        by_term = np.argsort(term, kind="stable")
        starts = np.concatenate(([0], np.cumsum(np.bincount(term, minlength=len(terms))))).astype(np.int64)
        return cls(len(passages), terms, idf, starts, row[by_term], scores[by_term])

    def save(self, folder: Path) -> None:
        """Write the files named in ``FILES``."""
        vocabulary = json.dumps({"passages": self._size, "terms": self._terms})
        (folder / FILES[0]).write_text(vocabulary, encoding="ascii")
        arrays: tuple[NDArray[Any], ...] = (self._idf, self._starts, self._rows, self._scores)
        for name, array in zip(FILES[1:], arrays, strict=True):
            np.save(folder / name, array, allow_pickle=False)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The arrays that ``save`` wrote, memory-mapped."""
        vocabulary = json.loads((folder / FILES[0]).read_text(encoding="ascii"))
        arrays = (np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in FILES[1:])
        return cls(vocabulary["passages"], vocabulary["terms"], *arrays)

    def __len__(self) -> int:
        return self._size

    def holds(self, term: str) -> bool:
        """Whether any passage holds the term (as analysed)."""
        return term in self._numbers

    def weight(self, term: str) -> float:
        """The idf of a term; of one that no passage holds, the highest there is."""
        number = self._numbers.get(term)
        return inverse_frequency(self._size, 0) if number is None else float(self._idf[number])

    def scores(self, terms: Iterable[str]) -> NDArray[np.float64]:
        """The BM25 score of every row. A term asked twice counts twice, as in `rank_bm25`."""
        total = np.zeros(self._size)
        for term, times in Counter(terms).items():
            postings = self._postings(term)
            if postings is not None:
                total[self._rows[postings]] += times * self._scores[postings].astype(np.float64)
        return total

    def matched(self, terms: Iterable[str], rows: NDArray[np.integer]) -> list[frozenset[str]]:
        """For each of ``rows``, which of the terms it holds."""
        found: list[set[str]] = [set() for _ in rows]
        for term in set(terms):
            postings = self._postings(term)
            if postings is None:
                continue
            holding = self._rows[postings]
            places = np.minimum(np.searchsorted(holding, rows), len(holding) - 1)
            for position in np.flatnonzero(holding[places] == rows):
                found[position].add(term)
        return [frozenset(terms) for terms in found]

    def _postings(self, term: str) -> slice | None:
        number = self._numbers.get(term)
        return None if number is None else slice(int(self._starts[number]), int(self._starts[number + 1]))
