"""Where words stand: every word of every passage, phrases, and nothing across passages."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.words.analysis import terms, word_spans
from index.words.expression import FARTHEST
from index.words.positions import GAP, Positions

TEXTS = (
    "The improvement board met. The Board's improvements are real.",
    "Children's services: an improvement board, not the board.",
    "",
    "Boards",
)


@pytest.fixture(scope="module")
def positions() -> Positions:
    return Positions.build(TEXTS)


def held(positions: Positions, places: np.ndarray) -> list[int]:
    return sorted(set(positions.passages_of(places).tolist()))


@pytest.mark.parametrize(
    ("word", "passages", "times"),
    [
        ("board", [0, 1], 4),
        ("boards", [3], 1),
        ("the", [0, 1], 3),
        ("children", [1], 1),
        ("Board", [], 0),
        ("absent", [], 0),
    ],
)
def test_a_word_as_written(positions: Positions, word: str, passages: list[int], times: int) -> None:
    assert held(positions, positions.of_word(word)) == passages
    assert len(positions.of_word(word)) == times


def test_a_term_stands_for_every_word_of_its_stem(positions: Positions) -> None:
    assert held(positions, positions.of_term("board")) == [0, 1, 3]
    assert held(positions, positions.of_term("improv")) == [0, 1]
    assert held(positions, positions.of_term("absent")) == []


@pytest.mark.parametrize(
    ("words", "passages"),
    [
        ("improvement board", [0, 1]),
        ("the board", [0, 1]),
        ("board improvements are", [0]),
        ("board the", []),
        ("board met the board", [0]),
        ("board children", []),
        ("board boards", []),
        ("absent board", []),
    ],
    ids=str,
)
def test_a_phrase(positions: Positions, words: str, passages: list[int]) -> None:
    assert held(positions, positions.of_phrase(words.split())) == passages


def test_places_inside_a_passage(positions: Positions) -> None:
    boards = positions.of_word("board")
    assert positions.inside((boards, boards), 1) == [(4, 4), (7, 7)]
    assert positions.inside((boards, boards), 3) == []
    phrase = positions.of_phrase(["the", "board"])
    assert positions.inside((phrase, phrase + 1), 1) == [(6, 7)]


def test_it_is_the_same_from_disk(tmp_path: Path, positions: Positions) -> None:
    positions.save(tmp_path)
    opened = Positions.open(tmp_path)
    assert len(opened) == len(positions) == 4
    assert list(opened.words()) == list(positions.words())
    for word in positions.words():
        assert opened.of_word(word).tolist() == positions.of_word(word).tolist()


def test_there_may_be_nothing() -> None:
    empty = Positions.build([])
    assert (len(empty), empty.of_word("a").tolist(), empty.of_phrase(["a", "b"]).tolist()) == (0, [], [])


WORDS = st.lists(st.sampled_from(["the", "board", "boards", "Board's", "improve", "improved", "not"]), max_size=12)


@given(st.lists(WORDS, max_size=6), st.lists(st.sampled_from(["the", "board", "improve"]), min_size=1, max_size=3))
def test_every_mention_is_what_reading_all_of_it_finds(texts: list[list[str]], phrase: list[str]) -> None:
    passages = [" ".join(words) for words in texts]
    positions = Positions.build(passages)
    read = [[word for word, _, _ in word_spans(text)] for text in passages]
    for term in {term for text in passages for term in terms(text)}:
        assert held(positions, positions.of_term(term)) == [n for n, text in enumerate(passages) if term in terms(text)]
    found = [n for n, words in enumerate(read) if any(words[i : i + len(phrase)] == phrase for i in range(len(words)))]
    assert held(positions, positions.of_phrase(phrase)) == found


@given(st.text())
def test_words_of_any_text_are_found_again(text: str) -> None:
    """A word's term is that of the word as it was folded: what is indexed and what is asked agree."""
    positions = Positions.build(["", text])
    for term in terms(text):
        assert held(positions, positions.of_term(term)) == [1]


def test_the_gap_is_wider_than_nearness_reaches() -> None:
    assert FARTHEST < GAP
