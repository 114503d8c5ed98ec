"""BM25 laid out by term: held equal to the library whose score it is."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.words.lexical import Lexical, Okapi

PASSAGES = [
    ["ofsted", "inspect", "social", "work"],
    ["ofsted", "health", "partner", "health"],
    ["ofsted", "caseload"],
    [],
]
TERMS = st.sampled_from(["ofsted", "health", "social", "work", "visit", "plan"])


def test_scores_are_those_of_the_formula() -> None:
    # "health" twice in a passage of 4, mean length 2.5: idf ln(1 + 3.5 / 1.5), then 2 * 2.5 / (2 + 1.5 * 1.45).
    scores = Lexical.build(PASSAGES).scores(["health"])
    assert scores.tolist() == pytest.approx([0, math.log(1 + 3.5 / 1.5) * 5 / 4.175, 0, 0], abs=1e-6)


@pytest.mark.parametrize(
    "question",
    [["health"], ["ofsted", "social"], ["health", "health", "ofsted"], ["absent"], ["absent", "work"], []],
    ids=" ".join,
)
def test_scores_are_those_of_rank_bm25(question: list[str]) -> None:
    assert Lexical.build(PASSAGES).scores(question) == pytest.approx(Okapi(PASSAGES).get_scores(question), abs=1e-5)


@given(st.lists(st.lists(TERMS, max_size=12), min_size=1, max_size=12).filter(any), st.lists(TERMS, max_size=8))
def test_scores_are_those_of_rank_bm25_for_any_passages(passages: list[list[str]], question: list[str]) -> None:
    assert Lexical.build(passages).scores(question) == pytest.approx(Okapi(passages).get_scores(question), abs=1e-5)


def test_a_term_that_most_passages_hold_weighs_less_than_a_rare_one_and_more_than_nothing() -> None:
    lexical = Lexical.build(PASSAGES)
    assert lexical.weight("ofsted") == pytest.approx(math.log(1 + 1.5 / 3.5))
    assert lexical.weight("health") == pytest.approx(math.log(1 + 3.5 / 1.5))
    assert lexical.weight("absent") == pytest.approx(math.log(1 + 4.5 / 0.5))
    assert 0 < lexical.weight("ofsted") < lexical.weight("health") < lexical.weight("absent")


@pytest.mark.parametrize("passages", [[], [[]], [[], []]], ids=["no passages", "an empty one", "two empty ones"])
def test_nothing_to_find(passages: list[list[str]], tmp_path: Path) -> None:
    Lexical.build(passages).save(tmp_path)
    lexical = Lexical.open(tmp_path)
    assert len(lexical) == len(passages)
    assert lexical.scores(["ofsted"]).tolist() == [0.0] * len(passages)
    assert not lexical.holds("ofsted")


def test_a_corpus_of_one_passage_still_scores() -> None:
    assert Lexical.build([["ofsted"]]).scores(["ofsted"])[0] > 0


def test_what_is_found_of_each_row_asked() -> None:
    lexical = Lexical.build(PASSAGES)
    terms = ["ofsted", "health", "caseload", "absent", "health"]
    rows = np.array([3, 1, 2])
    matched = lexical.matched(terms, rows)
    assert lexical.scores_of(terms, rows) == pytest.approx(lexical.scores(terms)[rows], abs=1e-5)
    assert matched == [frozenset(), frozenset({"ofsted", "health"}), frozenset({"ofsted", "caseload"})]


def test_what_is_opened_is_what_was_saved_and_stays_on_disk(tmp_path: Path) -> None:
    built = Lexical.build(PASSAGES)
    built.save(tmp_path)
    opened = Lexical.open(tmp_path)
    assert isinstance(opened._scores.base, np.memmap)
    assert opened.scores(["ofsted", "health"]).tolist() == built.scores(["ofsted", "health"]).tolist()
    assert opened.holds("partner")
    assert opened.weight("partner") == built.weight("partner")
    assert len(opened) == 4
