"""The order of what a search finds: the best by both signals, then the others by their words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index import ranking
from index.model import Matches


def matches(bm25: list[float], near: list[int] | None = None, first: int = 0) -> Matches:
    """Matches with these scores, numbered from ``first``; those of ``near`` places are near."""
    flags = np.zeros(len(bm25), np.bool_)
    flags[near or []] = True
    codes = np.zeros(len(bm25), np.uint8)
    numbers = np.arange(first, first + len(bm25))
    return Matches(numbers, numbers.astype(np.int32), codes, codes, codes, np.array(bm25, np.float64), flags)


def nothing(_: NDArray[np.int64]) -> None:
    return None


def of(nearness: dict[int, float]) -> ranking.Nearness:
    """The nearness of passages by number; 0 of others."""
    return lambda numbers: np.array([nearness.get(int(number), 0.0) for number in numbers])


@pytest.mark.parametrize(
    ("found", "nearness", "order"),
    [
        (matches([1, 3, 2]), nothing, [1, 2, 0]),
        (matches([2, 2, 3, 2]), nothing, [2, 0, 1, 3]),
        # 0.8 of the nearness, moved to 0..1, and 0.2 of BM25: 0.59, 0.73, 0.80
        (matches([1, 3, 0], [2]), of({2: 0.5}), [2, 1, 0]),
        (matches([1, 3, 0], [2]), of({}), [1, 0, 2]),
        (matches([0, 0, 0], [0, 2]), of({2: 0.9, 0: 0.1}), [2, 0, 1]),
        (matches([]), of({}), []),
        (matches([5, 1], first=70), of({71: 1.0}), [1, 0]),
    ],
    ids=["words alone", "equals by number", "fused", "none is near", "no words", "nothing", "asked by number"],
)
def test_the_order(found: Matches, nearness: ranking.Nearness, order: list[int]) -> None:
    assert ranking.ranked(found, nearness).tolist() == order


def test_those_after_the_fused_come_by_their_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "FUSED", 2)
    asked: list[list[int]] = []

    def nearness(numbers: NDArray[np.int64]) -> NDArray[np.float64]:
        asked.append(numbers.tolist())
        return np.zeros(len(numbers))

    assert ranking.ranked(matches([1, 5, 2, 4, 3], [0]), nearness).tolist() == [1, 3, 0, 4, 2]
    assert asked == [[0, 1, 3]]


@given(st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.5]), max_size=30), st.integers(1, 5))
def test_every_match_has_one_place(scores: list[float], fused: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranking, "FUSED", fused)
        order = ranking.ranked(matches(scores, list(range(0, len(scores), 4))), of({0: 0.3}))
    assert sorted(order.tolist()) == list(range(len(scores)))


def test_what_a_narrower_search_finds_near_is_near() -> None:
    wide = matches([1, 1, 1, 1], [0], first=10)
    narrow = matches([1, 0, 1, 0], [0, 1, 3], first=12)
    assert ranking.nearest(wide, narrow).near.tolist() == [False, False, True, True]
    assert ranking.nearest(matches([]), narrow).near.tolist() == []


@pytest.mark.parametrize(("holding", "more"), [(300, False), (301, True)])
def test_where_more_hold_a_word_than_are_fused(holding: int, more: bool) -> None:
    assert ranking.outnumbers(matches([1.0] * holding + [0.0] * 10)) is more
