"""Many short texts on disk: they come back as they were, and are found where they are sorted."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.files.strings import Strings

WORDS = ("", "board", "boards", "bury", "café", "zoë", "zz", "\U0001f600")
texts = st.lists(st.text(st.characters(exclude_characters="\n"), max_size=8), max_size=30)


@pytest.fixture
def held(tmp_path: Path) -> Strings:
    Strings.of(WORDS).save(tmp_path, "words")
    return Strings.open(tmp_path, "words")


def test_texts_come_back(held: Strings) -> None:
    assert tuple(held) == WORDS
    assert held[1:3] == ["board", "boards"]
    assert held[5:5] == []
    assert len(held) == 8


@pytest.mark.parametrize("place", [-1, 8], ids=["before the first", "after the last"])
def test_there_is_nothing_outside(held: Strings, place: int) -> None:
    with pytest.raises(IndexError):
        held[place]


@pytest.mark.parametrize(
    ("text", "place"),
    [("", 0), ("board", 1), ("bury", 3), ("zoë", 5), ("\U0001f600", 7), ("boa", None), ("zzz", None)],
    ids=["the empty one", "one", "another", "an accent", "the last", "an opening", "after all but one"],
)
def test_a_text_is_found_or_not(held: Strings, text: str, place: int | None) -> None:
    assert held.place(text) == place


@pytest.mark.parametrize(
    ("opening", "found"),
    [("b", ["board", "boards", "bury"]), ("board", ["board", "boards"]), ("x", []), ("", list(WORDS))],
    ids=["a letter", "a word", "none", "anything"],
)
def test_those_that_start_so(held: Strings, opening: str, found: list[str]) -> None:
    assert held[held.starting(opening)] == found


def test_no_texts_at_all(tmp_path: Path) -> None:
    Strings.of(()).save(tmp_path, "none")
    none = Strings.open(tmp_path, "none")
    assert (len(none), none.place("a"), none[none.starting("a")]) == (0, None, [])


@given(texts)
def test_any_texts_come_back_and_are_found(found: list[str]) -> None:
    ordered = sorted(set(found))
    held = Strings.of(ordered)
    assert list(held) == ordered
    assert [held.place(text) for text in ordered] == list(range(len(ordered)))
    assert held[: len(ordered)] == ordered


def test_texts_are_read_one_after_another(held: Strings) -> None:
    with pytest.raises(ValueError, match="one after another"):
        held[::2]
