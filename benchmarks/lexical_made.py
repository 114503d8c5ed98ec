"""Postings of as many passages as are wanted, made of real ones: what benchmarks/lexical.py searches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from index.words.lexical import Lexical, Okapi, inverse_frequency

# Each made passage is a real one without this share of its words, so that hardly two of them score the same.
DROPPED = 0.2


@dataclass(frozen=True, slots=True)
class Postings:
    """The terms of passages, scored and laid out by term: those of term t are at ``starts[t]`` to ``starts[t + 1]``.

    ``rows`` are ascending within a term, ``scores`` runs beside them, and ``counts`` says how often each passage (by
    row) holds each term (by column).
    """

    terms: dict[str, int]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    scores: NDArray[np.float32]
    counts: csr_array

    def __len__(self) -> int:
        return int(self.counts.shape[0])

    def asked(self, terms: Sequence[str]) -> list[tuple[int, int]]:
        """Those of a question's terms that any passage holds, as numbers, and how often it asks each."""
        known = [self.terms[term] for term in terms if term in self.terms]
        return [(term, known.count(term)) for term in dict.fromkeys(known)]

    def of(self, term: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The rows that hold a term, and what it adds to their scores."""
        part = slice(self.starts[term], self.starts[term + 1])
        return self.rows[part], self.scores[part]

    def lexical(self) -> Lexical:
        """The same as the product holds them."""
        holding = np.diff(self.starts)
        idf = np.array([inverse_frequency(len(self), int(count)) for count in holding])
        return Lexical(len(self), list(self.terms), idf, self.starts, self.rows, self.scores)

    def passages(self) -> Iterator[list[str]]:
        """The terms of each passage, in no order."""
        names = np.array(list(self.terms), object)
        for row in range(len(self)):
            part = slice(self.counts.indptr[row], self.counts.indptr[row + 1])
            yield np.repeat(names[self.counts.indices[part]], self.counts.data[part]).tolist()


def made(real: Sequence[Sequence[str]], passages: int, seed: int = 0) -> Postings:
    """Postings of so many passages, each of them one of the ``real`` in turn without a fifth of its words."""
    chance = np.random.default_rng(seed)
    names = {term: number for number, term in enumerate(sorted({term for terms in real for term in terms}))}
    flat = np.array([names[term] for terms in real for term in terms], np.int32)
    of_row = np.repeat(np.arange(len(real)), [len(terms) for terms in real])
    blocks = []
    for first in range(0, passages, len(real)):
        kept = (chance.random(len(flat)) >= DROPPED) & (of_row < passages - first)
        ends = np.searchsorted(of_row[kept], np.arange(min(len(real), passages - first) + 1))
        shape = (len(ends) - 1, len(names))
        block = csr_array((np.ones(np.count_nonzero(kept), np.uint8), flat[kept], ends), shape=shape)
        block.sum_duplicates()
        blocks.append(block)
    return scored(names, vstack(blocks, format="csr"))


def scored(names: dict[str, int], counts: csr_array) -> Postings:
    """What each term adds to the score of each passage: BM25 as ``index.words.lexical.Okapi`` has it."""
    by_term = counts.tocsc()
    holding = np.diff(by_term.indptr)
    passages = counts.shape[0]
    okapi = Okapi([])
    lengths = np.asarray(counts.sum(axis=1, dtype=np.int64), np.float64)
    long = okapi.k1 * (1 - okapi.b + okapi.b * lengths / lengths.mean())
    scores = np.empty(by_term.nnz, np.float32)
    for term in np.flatnonzero(holding):
        part = slice(by_term.indptr[term], by_term.indptr[term + 1])
        count = by_term.data[part].astype(np.float64)
        idf = inverse_frequency(passages, int(holding[term]))
        scores[part] = idf * count * (okapi.k1 + 1) / (count + long[by_term.indices[part]])
    return Postings(names, by_term.indptr.astype(np.int64), by_term.indices.astype(np.int32), scores, counts)
