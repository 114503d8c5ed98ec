"""Fusion by hand-worked numbers, and the properties that the papers claim for it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import convex, reciprocal_rank


@pytest.mark.parametrize(
    ("rankings", "expected"),
    [
        ([[0, 1], [0, 1]], [2 / 61, 2 / 62]),
        ([[0, 1], [1, 0]], [1 / 61 + 1 / 62, 1 / 61 + 1 / 62]),
        ([[1], []], [0, 1 / 61]),
        ([[], []], [0, 0]),
    ],
    ids=["agreed", "opposed", "found by one", "found by none"],
)
def test_reciprocal_rank(rankings: list[list[int]], expected: list[float]) -> None:
    arrays = [np.array(ranking, dtype=np.int64) for ranking in rankings]
    assert reciprocal_rank(*arrays, size=2).tolist() == pytest.approx(expected)


def test_a_smaller_constant_favours_the_first_rank() -> None:
    assert reciprocal_rank(np.array([0, 1]), size=2, constant=0).tolist() == [1.0, 0.5]


@pytest.mark.parametrize(
    ("bm25", "cosine", "weight", "expected"),
    [
        ([4.0, 2.0], [0.5, 0.8], 0.5, [0.5 + 0.5 * 1.5 / 1.8, 0.25 + 0.5]),
        ([4.0, 2.0], [0.5, 0.8], 0.0, [1.0, 0.5]),
        ([4.0, 2.0], [0.5, 0.8], 1.0, [1.5 / 1.8, 1.0]),
        ([0.0, 0.0], [1.0, 0.0], 0.7, [0.7, 0.35]),
        ([3.0, 0.0], [-1.0, -1.0], 0.7, [0.3, 0.0]),
        ([], [], 0.7, []),
    ],
    ids=["halves", "BM25 alone", "cosine alone", "no term matched", "opposite vectors", "no candidates"],
)
def test_convex(bm25: list[float], cosine: list[float], weight: float, expected: list[float]) -> None:
    assert convex(np.array(bm25), np.array(cosine), weight).tolist() == pytest.approx(expected)


@given(
    # BM25 is 0 or some hundredths at least: a score near the least of floats is of no passage.
    st.lists(st.tuples(st.just(0.0) | st.floats(0.01, 50), st.floats(-1, 1)), min_size=2, max_size=20),
    st.floats(0, 1),
    st.floats(0.01, 100),
)
def test_convex_lies_in_0_to_1_and_ignores_the_scale_of_bm25(
    signals: list[tuple[float, float]], weight: float, scale: float
) -> None:
    bm25, cosine = (np.array(side) for side in zip(*signals, strict=True))
    fused = convex(bm25, cosine, weight)
    assert ((fused >= 0) & (fused <= 1 + 1e-9)).all()
    assert convex(bm25 * scale, cosine, weight) == pytest.approx(fused, abs=1e-6)
