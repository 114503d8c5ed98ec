"""Search by cosine, filtered inside the search: exact in a small corpus, and through rough copies in a large one."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.vectors.dense import PASSAGES, Dense, Sentences

# Angles from the question (1, 0, 0, 0): 0, 60, 90 and 180 degrees.
VECTORS = np.array([[1, 0, 0, 0], [0.5, 0.75**0.5, 0, 0], [0, 1, 0, 0], [-1, 0, 0, 0]], dtype=np.float32)
QUESTION = np.array([1, 0, 0, 0], dtype=np.float32)
# From how many vectors on they are compressed: with 0 all are, whatever there are.
EXACT, COMPRESSED = 50_000, 0
FORMS = pytest.mark.parametrize("exact_up_to", [EXACT, COMPRESSED], ids=["exact", "compressed"])
# What eight bits a number do to a cosine.
NEAR = 0.004


def dense(folder: Path, vectors: NDArray[np.float32], exact_up_to: int) -> Dense:
    """Vectors written in two blocks, and opened."""
    blocks = np.array_split(vectors, 2)
    Dense.write(folder, PASSAGES, vectors.shape[1], len(vectors), blocks, exact_up_to=exact_up_to)
    return Dense.open(folder)


def directions(rows: int, dimension: int = 32, seed: int = 0) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).normal(size=(rows, dimension)).astype(np.float32)
    unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


@FORMS
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
def test_nearest(
    tmp_path: Path, exact_up_to: int, top: int, allowed: list[bool] | None, rows: list[int], cosines: list[float]
) -> None:
    flags = None if allowed is None else np.array(allowed)
    found, near = dense(tmp_path, VECTORS, exact_up_to).nearest(QUESTION, top, flags)
    assert found.tolist() == rows
    assert near.tolist() == pytest.approx(cosines, abs=NEAR)


@FORMS
def test_equal_vectors_come_by_row(tmp_path: Path, exact_up_to: int) -> None:
    vectors = np.tile(VECTORS[1], (40, 1))
    assert dense(tmp_path, vectors, exact_up_to).nearest(QUESTION, 40)[0].tolist() == list(range(40))


@FORMS
def test_cosines_of_given_rows_are_in_their_order(tmp_path: Path, exact_up_to: int) -> None:
    held = dense(tmp_path, VECTORS, exact_up_to)
    assert held.cosines(QUESTION, np.array([3, 0, 1])).tolist() == pytest.approx([-1.0, 1.0, 0.5], abs=NEAR)
    assert held.cosines(QUESTION, np.array([], dtype=np.int64)).tolist() == []


@FORMS
def test_what_is_opened_is_what_was_written(tmp_path: Path, exact_up_to: int) -> None:
    held = dense(tmp_path, VECTORS, exact_up_to)
    assert (len(held), held.dimension, held.exact) == (4, 4, exact_up_to == EXACT)
    assert np.concatenate(list(held.blocks())) == pytest.approx(VECTORS, abs=NEAR)
    assert held.vectors(np.array([2, 0])) == pytest.approx(VECTORS[[2, 0]], abs=NEAR)


def test_what_was_compressed_once_is_not_changed_by_being_compressed_again(tmp_path: Path) -> None:
    """A rebuild takes its vectors from the generation before, however often."""
    (tmp_path / "again").mkdir()
    once = np.concatenate(list(dense(tmp_path, directions(100), COMPRESSED).blocks()))
    again = np.concatenate(list(dense(tmp_path / "again", once, COMPRESSED).blocks()))
    assert np.abs(again - once).max() < 1e-6


@FORMS
def test_an_index_of_nothing_finds_nothing(tmp_path: Path, exact_up_to: int) -> None:
    assert dense(tmp_path, np.empty((0, 2), np.float32), exact_up_to).nearest(QUESTION[:2], 5)[0].tolist() == []


def test_vectors_that_cannot_be_grouped_are_kept_as_they_are(tmp_path: Path) -> None:
    assert dense(tmp_path, directions(10, dimension=7), COMPRESSED).exact


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32 - 1), st.integers(1, 70), st.integers(1, 20))
def test_the_nearest_are_those_that_sorting_every_cosine_gives(tmp_path: Path, seed: int, rows: int, top: int) -> None:
    vectors = directions(rows, 8, seed)
    allowed = np.random.default_rng(seed).random(rows) < 0.5
    found, cosines = dense(tmp_path, vectors, EXACT).nearest(vectors[0], top, allowed)
    every = np.where(allowed, vectors @ vectors[0], -np.inf)
    assert len(found) == min(top, allowed.sum())
    assert allowed[found].all()
    assert cosines == pytest.approx(np.sort(every)[::-1][: len(found)], abs=1e-5)


def subjects(rows: int, seed: int) -> NDArray[np.float32]:
    """Vectors in 128 dimensions that lie, as those of sentences do, mostly in fewer."""
    mixed = np.random.default_rng(seed).normal(size=(rows, 24)) @ np.random.default_rng(9).normal(size=(24, 128))
    unit: NDArray[np.float32] = (mixed / np.linalg.norm(mixed, axis=1, keepdims=True)).astype(np.float32)
    return unit


# A corpus that is gone through by rough copies.
ROWS = 20_000


@pytest.fixture(scope="module")
def vectors() -> NDArray[np.float32]:
    return subjects(ROWS, seed=0)


@pytest.fixture(scope="module")
def held(vectors: NDArray[np.float32], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dense]:
    yield dense(tmp_path_factory.mktemp("large"), vectors, COMPRESSED)


@pytest.mark.parametrize("share", [1.0, 0.5, 0.3, 0.01, 0.001], ids=lambda share: f"{share:.1%}")
def test_nearly_all_of_the_nearest_are_found_whatever_the_filter(
    held: Dense, vectors: NDArray[np.float32], share: float
) -> None:
    allowed = None if share == 1.0 else np.random.default_rng(1).random(ROWS) < share
    hits = 0
    for question in subjects(50, seed=2):
        rows, cosines = held.nearest(question, 10, allowed)
        every = vectors @ question
        if allowed is not None:
            assert allowed[rows].all()
            every[~allowed] = -2
        assert cosines == pytest.approx(every[rows], abs=NEAR)
        assert cosines.tolist() == sorted(cosines.tolist(), reverse=True)
        assert len(rows) == 10
        hits += len(np.intersect1d(rows, np.argsort(-every)[:10]))
    assert hits / 500 >= 0.97


def test_a_filter_leaves_a_full_list(held: Dense) -> None:
    allowed = np.zeros(ROWS, np.bool_)
    allowed[::3] = True
    assert len(held.nearest(subjects(1, seed=3)[0], 1_000, allowed)[0]) == 1_000


def test_it_tells_what_share_of_the_nearest_it_finds(held: Dense) -> None:
    assert 0.97 <= held.recall(subjects(50, seed=2)) <= 1.0


def test_an_exact_search_finds_all(tmp_path: Path) -> None:
    assert dense(tmp_path, VECTORS, EXACT).recall(VECTORS) == 1.0


def sentences(folder: Path, vectors: NDArray[np.float32], counts: list[int], exact_up_to: int = EXACT) -> Sentences:
    Sentences.write(folder, vectors.shape[1], counts, [vectors], exact_up_to=exact_up_to)
    return Sentences.open(folder)


@FORMS
def test_each_row_has_the_cosines_of_its_sentences(tmp_path: Path, exact_up_to: int) -> None:
    opened = sentences(tmp_path, VECTORS, [1, 2, 1], exact_up_to)
    found = [cosines.tolist() for cosines in opened.cosines(QUESTION, np.array([2, 1]))]
    assert found == [pytest.approx([-1.0], abs=NEAR), pytest.approx([0.5, 0.0], abs=NEAR)]
    assert opened.best(QUESTION, np.array([1, 2, 0])) == pytest.approx([0.5, -1.0, 1.0], abs=NEAR)
    assert opened.cosines(QUESTION, np.array([], np.int64)) == []
    assert opened.best(QUESTION, np.array([], np.int64)).tolist() == []
    assert opened.vectors(np.array([3])) == pytest.approx(VECTORS[[3]], abs=NEAR)
    assert len(opened) == 4
