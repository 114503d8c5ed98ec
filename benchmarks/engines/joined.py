"""Two libraries made one engine: what their user writes besides."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.prepared import Corpus, Only, allowed
from index import fusion

_COUNCILS, _YEARS = "councils.npy", "years.npy"


class Columns:
    """What documents are of, kept beside the libraries' files; the flags of a filter are made once."""

    def __init__(self, councils: NDArray[np.int32], years: NDArray[np.int32]) -> None:
        self._councils = councils
        self._years = years
        self._flags: dict[Only, NDArray[np.bool_]] = {}

    @staticmethod
    def build(folder: Path, corpus: Corpus) -> None:
        """Write the columns of a corpus."""
        np.save(folder / _COUNCILS, corpus.councils())
        np.save(folder / _YEARS, corpus.years())

    @classmethod
    def open(cls, folder: Path) -> "Columns":
        """What ``build`` wrote."""
        return cls(np.load(folder / _COUNCILS, allow_pickle=False), np.load(folder / _YEARS, allow_pickle=False))

    def allowed(self, only: Only | None) -> NDArray[np.bool_] | None:
        """One flag a row; None where all are allowed."""
        if only is None:
            return None
        if only not in self._flags:
            self._flags[only] = allowed(self._councils, self._years, only)
        return self._flags[only]


def highest(scores: NDArray[np.floating], top: int) -> NDArray[np.int64]:
    """The places of the ``top`` highest scores above 0."""
    places = np.flatnonzero(scores > 0)  # first, as numpy is slow to part what is mostly equal
    if len(places) > top:
        places = places[np.argpartition(scores[places], -top)[-top:]]
    return places.astype(np.int64)


def fused(
    rows: NDArray[np.int64], bm25: NDArray[np.floating], cosines: NDArray[np.floating], top: int
) -> Sequence[int]:
    """The best rows by the convex fusion of both signals."""
    score = fusion.convex(bm25, cosines)
    best: list[int] = rows[np.lexsort((rows, -score))[:top]].tolist()
    return best
