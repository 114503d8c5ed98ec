"""What passages hold: words, phrases, nearness, and these together; and the places to mark."""

import pytest
from builders import passage
from hypothesis import given
from hypothesis import strategies as st

from index.words.expression import All, Any, Expression, Near, Phrase, Without, Word, holding, marks
from index.words.positions import Positions

TEXTS = (
    "The improvement board will have an independent chair.",
    "An independent person chairs the panel. The board met.",
    "Improvement is needed. The chair of a board spoke to the improvement board.",
    "Caseloads were high.",
)
BOARD, CHAIR, IMPROVEMENT = Word("board"), Word("chair"), Word("improv")
INDEPENDENT_CHAIR = Phrase(("independent", "chair"))


@pytest.fixture(scope="module")
def positions() -> Positions:
    return Positions.build(TEXTS)


@pytest.mark.parametrize(
    ("expression", "passages"),
    [
        (BOARD, [0, 1, 2]),
        (Word("absent"), []),
        (INDEPENDENT_CHAIR, [0]),
        (All(), [0, 1, 2, 3]),
        (All((BOARD, IMPROVEMENT)), [0, 2]),
        (Any((INDEPENDENT_CHAIR, Word("caseload"))), [0, 3]),
        (Any(()), []),
        (Without(BOARD), [3]),
        (All((BOARD, Without(INDEPENDENT_CHAIR))), [1, 2]),
        (All((BOARD, Without(Any((IMPROVEMENT, Word("panel")))))), []),
        (Near(IMPROVEMENT, BOARD, 1), [0, 2]),
        (Near(BOARD, IMPROVEMENT, 1), [0, 2]),
        (Near(CHAIR, BOARD, 2), []),
        (Near(CHAIR, BOARD, 4), [1, 2]),
        (Near(CHAIR, BOARD, 3), [2]),
        (Near(BOARD, CHAIR, 5), [0, 1, 2]),
        (Near(BOARD, BOARD, 50), [2]),
        (Near(BOARD, INDEPENDENT_CHAIR, 4), [0]),
        (Near(BOARD, INDEPENDENT_CHAIR, 3), []),
        (Near(Near(BOARD, IMPROVEMENT, 1), CHAIR, 6), [0]),
        (Near(Word("caseload"), Word("improv"), 50), []),
    ],
    ids=str,
)
def test_what_holds_it(positions: Positions, expression: Expression, passages: list[int]) -> None:
    assert [number for number, holds in enumerate(holding(expression, positions)) if holds] == passages


@pytest.mark.parametrize(
    ("expression", "marked"),
    [
        (BOARD, ["board"]),
        (INDEPENDENT_CHAIR, ["independent chair"]),
        (Any((BOARD, Word("panel"))), ["board"]),
        (All((BOARD, Without(CHAIR))), ["board"]),
        (All((IMPROVEMENT, Near(BOARD, CHAIR, 9))), ["improvement", "board", "chair"]),
        (Near(BOARD, CHAIR, 2), []),
    ],
    ids=str,
)
def test_what_is_marked(expression: Expression, marked: list[str]) -> None:
    """In a passage that does not begin its document, after another."""
    found = marks(expression, [passage(TEXTS[1]), passage(TEXTS[0], start=7)])[1]
    assert [TEXTS[0][start - 7 : end - 7] for start, end in found] == marked


LETTERS = st.lists(st.sampled_from("abc"), max_size=8)


@given(st.lists(LETTERS, max_size=4), st.integers(1, 5))
def test_nearness_is_what_counting_finds(texts: list[list[str]], reach: int) -> None:
    positions = Positions.build([" ".join(letters) for letters in texts])

    def near(letters: list[str]) -> bool:
        return any(
            one == "a" and other == "b" and 0 < abs(m - n) <= reach
            for m, one in enumerate(letters)
            for n, other in enumerate(letters)
        )

    found = holding(Near(Phrase(("a",)), Phrase(("b",)), reach), positions)
    assert found.tolist() == [near(letters) for letters in texts]
