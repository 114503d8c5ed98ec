"""The ways that the benchmarks compare find the same: what is faster is worth nothing where it finds something else."""

import importlib.util
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from fakes import FakeEncoder
from numpy.typing import NDArray

from benchmarks import candidates, dense, lexical, lexical_forms
from benchmarks.dense_forms import Form, forms
from benchmarks.dense_measured import ask, recall
from benchmarks.dense_vectors import Vectors, kept, nearest, shares
from benchmarks.lexical_made import Postings, made
from corpus.collection import Collection
from index.words.lexical import Lexical, Okapi

WORDS = ["ofsted", "health", "social", "work", "visit", "plan", "court", "police", "school", "carer"]
QUESTIONS = [["ofsted"], ["carer", "plan"], ["health", "health", "ofsted", "absent"], WORDS]
# Those that see every vector as it is, and those that are rough in the order of near ones.
EXACT = {"exact", "ours"}
FEW, DIMENSION = 1_500, 32


def _passages(count: int) -> list[list[str]]:
    """Passages in which the first words are in nearly all, and the last in few."""
    chance = np.random.default_rng(3)
    weights = 1 / np.arange(1, len(WORDS) + 1)
    return [chance.choice(WORDS, chance.integers(5, 40), p=weights / weights.sum()).tolist() for _ in range(count)]


@pytest.fixture(scope="module")
def postings() -> Postings:
    return made(_passages(50), 700)


def _compiled() -> list[lexical_forms.Form]:
    found, missing, _ = lexical.available()
    return [] if missing else found[len(lexical_forms.forms()) :]


def test_made_passages_are_real_ones_without_a_fifth_of_their_words(postings: Postings) -> None:
    real = _passages(50)
    made_of = list(postings.passages())
    assert len(postings) == len(made_of) == 700
    for number, terms in enumerate(made_of):
        assert all(terms.count(word) <= real[number % 50].count(word) for word in WORDS)
    assert 0.75 < sum(map(len, made_of)) / (14 * sum(map(len, real))) < 0.85


def test_made_postings_are_scored_as_the_product_and_the_library_score_them(postings: Postings) -> None:
    passages = list(postings.passages())
    okapi, product = Okapi(passages), Lexical.build(passages)
    for question in QUESTIONS:
        assert lexical.scores(postings, question) == pytest.approx(okapi.get_scores(question), abs=1e-5)
        assert postings.lexical().scores(question) == pytest.approx(product.scores(question), abs=1e-5)


@pytest.mark.parametrize("form", [*lexical_forms.forms(), *_compiled()], ids=lambda form: form.name)
@pytest.mark.parametrize("top", [1, 10, 100, 699])
def test_every_way_finds_the_best_by_plain_scores(form: lexical_forms.Form, top: int, postings: Postings) -> None:
    search = form.ready(postings)
    for question in QUESTIONS:
        assert lexical.equal(search(question, top), lexical.scores(postings, question), top)


def test_what_numba_compiles_is_among_the_ways_where_it_is_installed() -> None:
    assert len(_compiled()) == (3 if importlib.util.find_spec("numba") else 0)


@pytest.mark.parametrize(
    ("rows", "scores", "same"),
    [
        ([2, 0], [3.0, 1.0], True),
        ([2, 3], [3.0, 1.0], True),
        ([0, 2], [1.0, 3.0], False),
        ([2, 1], [3.0, 1.0], False),
        ([2, 2], [3.0, 3.0], False),
        ([2], [3.0], False),
    ],
    ids=["the best", "an equal one", "out of order", "a wrong row", "one row twice", "too few"],
)
def test_what_is_the_same_as_the_best(rows: list[int], scores: list[float], same: bool) -> None:
    every = np.array([1.0, 0.0, 3.0, 1.0])
    assert lexical.equal((np.array(rows), np.array(scores)), every, 2) is same


@pytest.fixture(scope="module")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("vectors") / "vectors.npy"
    drawn = np.random.default_rng(5).standard_normal((FEW, DIMENSION))
    np.save(path, (drawn / np.linalg.norm(drawn, axis=1)[:, None]).astype(np.float16))
    return path


@pytest.fixture(scope="module")
def questions() -> NDArray[np.float32]:
    drawn = np.random.default_rng(6).standard_normal((5, DIMENSION)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1)[:, None]


def test_the_truly_nearest_are_those_of_all_cosines(vectors: Path, questions: NDArray[np.float32]) -> None:
    file = np.load(vectors).astype(np.float32)
    for number, rows in enumerate(nearest(Vectors.open(vectors, FEW), questions, 0.1)):
        flags = kept(FEW, 0.1, number)
        assert flags is not None
        cosines = np.where(flags, file @ questions[number], -2)
        assert rows.tolist() == np.argsort(-cosines, kind="stable")[: flags.sum()].tolist()


@pytest.mark.parametrize(("share", "expected"), [(0.5, 1_000), (0.1, 200), (0.001, 100)], ids=str)
def test_a_filter_keeps_whole_documents(share: float, expected: int) -> None:
    flags = kept(2_000, share, 0)
    assert flags is not None
    assert flags.sum() == expected
    assert set(flags.reshape(20, 100).sum(axis=1)) <= {0, 100}
    assert shares(2_000) == [1.0, 0.5, 0.1]


@pytest.mark.parametrize(("name", "form"), forms().items(), ids=list(forms()))
def test_every_way_finds_the_nearest(
    name: str, form: Form, vectors: Path, questions: NDArray[np.float32], tmp_path: Path
) -> None:
    given = Vectors.open(vectors, FEW)
    form.build(given, tmp_path)
    truth = tmp_path / "truth.npz"
    np.savez(truth, **{"1.0": np.array(nearest(given, questions, 1.0))})  # type: ignore[arg-type]
    for way, opened in form.ways.items():
        found = ask(partial(opened, tmp_path), FEW, questions, truth)
        probed_or_followed = name.startswith(("ivf", "hnsw"))
        assert found.recalls[0] >= (1.0 if name in EXACT else 0.3 if probed_or_followed else 0.9), way
        search = opened(tmp_path)
        flags = kept(FEW, 0.1, 0)
        assert flags is not None
        rows = search(questions[0], 10, flags)
        assert flags[rows].all()
        assert len(rows) == 10 or probed_or_followed


def test_recall_is_the_share_of_the_best_that_are_found() -> None:
    found: Sequence[NDArray[np.int64]] = [np.array([4, 2, 9]), np.array([1])]
    true = [np.array([2, 3]), np.array([1])]
    assert recall(found, true, 2) == pytest.approx((0.5 + 1.0) / 2)


def test_a_way_is_measured_in_processes_of_its_own(
    vectors: Path, questions: NDArray[np.float32], tmp_path: Path
) -> None:
    np.save(tmp_path / "questions.npy", questions)
    (row,) = dense._size(vectors, FEW, {"exact": forms()["exact"]}, tmp_path, 60.0)
    assert row.measured is not None
    assert row.measured.recalls == (1.0, 1.0, 1.0)
    assert [(one.share, one.recall, one.full) for one in row.measured.filtered] == [(0.5, 1.0, 1.0), (0.1, 1.0, 1.0)]
    (late,) = dense._size(vectors, FEW, {"exact": forms()["exact"]}, tmp_path, 0.01)
    assert (late.seconds, late.measured) == ({1: None}, None)


def test_candidates_that_only_a_sentence_finds() -> None:
    # Twenty passages of one sentence each, but the first, whose second sentence is the nearest of all.
    bm25 = np.zeros(20)
    near = np.linspace(0.1, 0.5, 20, dtype=np.float32)
    by_sentence = np.concatenate([[0.1, 0.99], near[1:]]).astype(np.float32)
    counts = np.array([2] + [1] * 19)
    assert candidates.found(bm25, near, by_sentence, counts, [10, 20]) == [(0.9, 1.0), (1.0, 1.0)]


def test_the_table_of_candidates_is_of_growing_parts_of_the_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "SIZES", (50, 100, 5_000))
    monkeypatch.setattr(candidates, "DEPTHS", (10, 1_000))
    five = Collection.open([dense.DOCUMENTS]).read().documents
    rows = [line.split(" | ") for line in candidates.table(FakeEncoder(dimension=64), five, lexical.questions(5))][-3:]
    assert [row[0] for row in rows] == ["| 50", "| 100", "| 170"]
    for row in rows:
        without, with_them, *all_of_them = [float(cell.strip(" |%")) for cell in row[1:]]
        assert 50 < without <= with_them <= 100
        assert all_of_them == [100.0, 100.0]
