"""Exact search by cosine, filtered inside the search."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.dense import Dense, Sentences

# Angles from the question (1, 0): 0, 60, 90 and 180 degrees.
VECTORS = np.array([[1, 0], [0.5, 0.75**0.5], [0, 1], [-1, 0]], dtype=np.float32)
QUESTION = np.array([1, 0], dtype=np.float32)


@pytest.mark.parametrize(
    ("top", "allowed", "rows", "cosines"),
    [
        (2, None, [0, 1], [1.0, 0.5]),
        (9, None, [0, 1, 2, 3], [1.0, 0.5, 0.0, -1.0]),
        (2, [False, False, True, True], [2, 3], [0.0, -1.0]),
        (9, [False, True, False, True], [1, 3], [0.5, -1.0]),
        (9, [False] * 4, [], []),
        (0, None, [], []),
    ],
    ids=["best two", "all", "filtered", "filtered, all", "nothing allowed", "none wanted"],
)
def test_nearest(top: int, allowed: list[bool] | None, rows: list[int], cosines: list[float]) -> None:
    flags = None if allowed is None else np.array(allowed)
    found, near = Dense.build(VECTORS).nearest(QUESTION, top, flags)
    assert (found.tolist(), near.tolist()) == (rows, cosines)


def test_equal_vectors_come_by_row() -> None:
    dense = Dense.build(np.tile(VECTORS[1], (40, 1)))
    assert dense.nearest(QUESTION, 40)[0].tolist() == list(range(40))


def test_cosines_of_given_rows_are_in_their_order() -> None:
    dense = Dense.build(VECTORS)
    assert dense.cosines(QUESTION, np.array([3, 0, 1])).tolist() == [-1.0, 1.0, 0.5]
    assert dense.cosines(QUESTION, np.array([], dtype=np.int64)).tolist() == []


def test_what_is_opened_is_what_was_saved(tmp_path: Path) -> None:
    Dense.build(VECTORS).save(tmp_path)
    dense = Dense.open(tmp_path)
    assert (len(dense), dense.dimension) == (4, 2)
    assert dense.vectors().tolist() == VECTORS.tolist()
    assert dense.nearest(QUESTION, 1)[0].tolist() == [0]


def test_an_index_of_nothing_finds_nothing(tmp_path: Path) -> None:
    Dense.build(np.empty((0, 2), np.float32)).save(tmp_path)
    assert Dense.open(tmp_path).nearest(QUESTION, 5)[0].tolist() == []


@settings(max_examples=30)
@given(st.integers(0, 2**32 - 1), st.integers(1, 70), st.integers(1, 20))
def test_the_nearest_are_those_that_sorting_every_cosine_gives(seed: int, rows: int, top: int) -> None:
    random = np.random.default_rng(seed)
    vectors: NDArray[np.float32] = random.normal(size=(rows, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    allowed = random.random(rows) < 0.5
    found, cosines = Dense.build(vectors).nearest(vectors[0], top, allowed)
    every = np.where(allowed, vectors @ vectors[0], -np.inf)
    assert len(found) == min(top, allowed.sum())
    assert allowed[found].all()
    assert cosines == pytest.approx(np.sort(every)[::-1][: len(found)], abs=1e-5)


# Row 0 has one sentence, row 1 two, row 2 one.
SENTENCES = Sentences.build(VECTORS, [1, 2, 1])


@pytest.mark.parametrize(
    ("top", "allowed", "rows"),
    [
        (1, None, [0]),
        (3, None, [0, 1]),
        (4, None, [0, 1, 2]),
        (1, [False, True, True], [1]),
        (9, [False, False, False], []),
    ],
    ids=["the nearest", "a row once", "all", "filtered", "nothing allowed"],
)
def test_the_rows_of_the_nearest_sentences(top: int, allowed: list[bool] | None, rows: list[int]) -> None:
    flags = None if allowed is None else np.array(allowed)
    assert SENTENCES.nearest(QUESTION, top, flags).tolist() == rows


def test_each_row_has_the_cosines_of_its_sentences(tmp_path: Path) -> None:
    SENTENCES.save(tmp_path)
    opened = Sentences.open(tmp_path)
    found = opened.cosines(QUESTION, np.array([2, 1]))
    assert [cosines.tolist() for cosines in found] == [[-1.0], [0.5, 0.0]]
    assert opened.cosines(QUESTION, np.array([], np.int64)) == []
    assert opened.vectors().tolist() == VECTORS.tolist()


def test_sentences_of_nothing_find_nothing() -> None:
    assert Sentences.build(np.empty((0, 2), np.float32), []).nearest(QUESTION, 5).tolist() == []
