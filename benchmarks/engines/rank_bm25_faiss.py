"""rank_bm25 and faiss's exact search, the two libraries that examples of hybrid search put together.

The BM25 object is pickled, as its users do, for the library has no file of its own. A narrowed search scores the
passages kept alone (``get_batch_scores``) and gives faiss a selector.
"""

import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from benchmarks.engines.engine import CANDIDATES
from benchmarks.engines.joined import Columns, fused, highest
from benchmarks.engines.nearest import Nearest
from benchmarks.prepared import Corpus, Only

_FILE = "bm25.pickle"


class RankBM25:
    """Both libraries opened."""

    def __init__(self, bm25: Any, nearest: Nearest, columns: Columns) -> None:
        self._bm25 = bm25
        self._nearest = nearest
        self._columns = columns

    @classmethod
    def build(cls, folder: Path, corpus: Corpus) -> None:
        """Count every passage's terms, and hold its vector."""
        bm25 = BM25Okapi(list(corpus.terms()))
        with (folder / _FILE).open("wb") as file:
            pickle.dump(bm25, file, pickle.HIGHEST_PROTOCOL)
        Nearest.build(folder, corpus, graph=False)
        Columns.build(folder, corpus)

    @classmethod
    def open(cls, folder: Path, corpus: Corpus) -> Self:
        """Read all of it into memory."""
        with (folder / _FILE).open("rb") as file:
            bm25 = pickle.load(file)
        return cls(bm25, Nearest.open(folder), Columns.open(folder))

    def search(
        self, terms: Sequence[str], vector: NDArray[np.float32], top: int, only: Only | None = None
    ) -> list[int]:
        """The best of the candidates of both, all of which have both signals."""
        allowed = self._columns.allowed(only)
        if allowed is None:
            scores = np.asarray(self._bm25.get_scores(list(terms)))
        else:
            kept = np.flatnonzero(allowed)
            scores = np.zeros(len(allowed))
            scores[kept] = self._bm25.get_batch_scores(list(terms), kept.tolist())
        rows = np.union1d(highest(scores, CANDIDATES), self._nearest.nearest(vector, CANDIDATES, allowed))
        return list(fused(rows, scores[rows], self._nearest.cosines(vector, rows), top))
