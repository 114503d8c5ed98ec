"""bm25s, which scores when it indexes, with its numba backend, and faiss's graph of neighbours.

A narrowed search has both libraries' own filters: a mask over the scores, and a selector in the graph.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import bm25s
import numpy as np
from numpy.typing import NDArray

from benchmarks.engines.engine import CANDIDATES
from benchmarks.engines.joined import Columns, fused, highest
from benchmarks.engines.nearest import Nearest
from benchmarks.prepared import Corpus, Only
from index.ranking import LEAST_DEPTH


class BM25S:
    """Both libraries opened; bm25s's arrays are memory-mapped."""

    candidates = CANDIDATES

    def __init__(self, bm25: Any, nearest: Nearest, columns: Columns) -> None:
        self._bm25 = bm25
        self._nearest = nearest
        self._columns = columns

    @classmethod
    def build(cls, folder: Path, corpus: Corpus) -> None:
        """Score every term of every passage, and make the graph. The terms are given as numbers, which take less."""
        vocabulary: dict[str, int] = {}
        ids = [[vocabulary.setdefault(term, len(vocabulary)) for term in held] for held in corpus.terms()]
        bm25 = bm25s.BM25(method="lucene", k1=1.5, b=0.75, backend="numba")
        bm25.index((ids, vocabulary), show_progress=False)
        bm25.save(folder, show_progress=False)
        Nearest.build(folder, corpus, graph=True)
        Columns.build(folder, corpus)

    @classmethod
    def open(cls, folder: Path, corpus: Corpus) -> Self:
        """Map bm25s's arrays and read the rest."""
        bm25 = bm25s.BM25.load(folder, mmap=True)
        return cls(bm25, Nearest.open(folder), Columns.open(folder))

    def search(
        self, terms: Sequence[str], vector: NDArray[np.float32], top: int, only: Only | None = None
    ) -> list[int]:
        """The best of the candidates of both, all of which have both signals."""
        allowed = self._columns.allowed(only)
        known = [term for term in terms if term in self._bm25.vocab_dict]
        # No term at all is a mistake to it, and no score to us.
        none = np.zeros(self._bm25.scores["num_docs"])
        scores = self._bm25.get_scores(known, weight_mask=allowed) if known else none
        rows = np.union1d(highest(scores, self.candidates), self._nearest.nearest(vector, self.candidates, allowed))
        return list(fused(rows, scores[rows], self._nearest.cosines(vector, rows), top))


class BM25SDeeper(BM25S):
    """The same with as many candidates as our index takes, which finds more of the truly best among a million."""

    candidates = LEAST_DEPTH
