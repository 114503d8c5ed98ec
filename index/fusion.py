"""Two rankings into one score: reciprocal rank, or a convex combination of normalised scores."""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


class Way(StrEnum):
    """How passages are ranked: by one signal alone, or by a fusion of both."""

    BM25 = "bm25"
    DENSE = "dense"
    RRF = "rrf"
    CONVEX = "convex"


# The share of the cosine in the convex combination, chosen on evaluation/questions/tuning.jsonl: 0.7 to 0.9 are within
# a question or two of each other there, and the table is in evaluation/results.md.
DENSE_WEIGHT = 0.8

# How far down the ranks still differ much; 60 is the value of the paper that proposed the method.
RANK_CONSTANT = 60

DEFAULT = Way.CONVEX

# The least a score can be, whatever the question: BM25 of no term matched, cosine of opposite vectors.
LEAST_BM25 = 0.0
LEAST_COSINE = -1.0


def reciprocal_rank(*rankings: NDArray[np.int64], size: int, constant: int = RANK_CONSTANT) -> NDArray[np.float64]:
    """Scores of candidates 0..size-1: the sum over rankings of 1 / (constant + rank), ranks from 1.

    Each ranking lists candidates best first; one that it leaves out gets nothing from it. Cormack, Clarke and
    Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods", SIGIR 2009.
    """
    scores = np.zeros(size)
    for ranking in rankings:
        scores[ranking] += 1.0 / (constant + 1.0 + np.arange(len(ranking)))
    return scores


def convex(
    bm25: NDArray[np.floating], cosine: NDArray[np.floating], weight: float = DENSE_WEIGHT
) -> NDArray[np.float64]:
    """``weight`` of the cosine and the rest of BM25, each scaled from its theoretical least to its best candidate.

    Both arrays give the same candidates, in the same order. Bruch, Gai and Ingber, "An Analysis of Fusion Functions
    for Hybrid Retrieval", ACM TOIS 2023, section 4 (TM2C2).
    """
    return weight * _scaled(cosine, LEAST_COSINE) + (1.0 - weight) * _scaled(bm25, LEAST_BM25)


def _scaled(scores: NDArray[np.floating], least: float) -> NDArray[np.float64]:
    """Scores moved to 0..1, where 0 is ``least`` and 1 the highest present; all 0 where nothing exceeds ``least``."""
    raised = np.asarray(scores, dtype=np.float64) - least
    highest = raised.max(initial=0.0)
    return raised / highest if highest > 0 else np.zeros_like(raised)
