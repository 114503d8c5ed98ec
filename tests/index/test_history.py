"""What an index knows of the one before: since when a passage is held, and where one that has gone is now."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from builders import document, passage
from fakes import FakeEncoder

from corpus.model import Document
from index.build import build
from index.files import store
from index.files.store import Store
from index.history import History
from index.local import LocalIndex

OLD = passage("The board will meet each month.", document="a", ordinal=9)


def after(tmp_path: Path, before: Document, moved: Mapping[str, str | None], documents: list[Document]) -> History:
    """The history of documents that follow others, at the times 2020 and 2021."""
    path = tmp_path / "before.sqlite"
    with store.writing(path) as written:
        written.add(before)
        written.finish(lambda held: moved)
    history = History(2021, Store.open(path), np.full(len(before.passages), 2020))
    for one in documents:
        history.since(one)
    return history


def held_by(documents: list[Document]) -> Callable[[str], bool]:
    return {passage.id for one in documents for passage in one.passages}.__contains__


@pytest.mark.parametrize(
    ("documents", "moved"),
    [
        ([document("Caseloads are high.", "The board will meet each quarter.")], {"a-9": "a-1"}),
        ([document("Caseloads are high.")], {"a-9": None}),
        ([document("The board will meet each month.", id="b")], {"a-9": None}),
        ([], {"a-9": None}),
    ],
    ids=["its words were changed", "it was taken out", "another document says it", "its document was taken out"],
)
def test_where_a_passage_has_gone(tmp_path: Path, documents: list[Document], moved: dict[str, str | None]) -> None:
    before = replace(document(), passages=(OLD,))
    assert after(tmp_path, before, {}, documents).moved(held_by(documents)) == moved


def test_what_was_there_before_is_nothing_that_changed(tmp_path: Path) -> None:
    now = document("The board will meet each week.")
    before = replace(now, passages=(*now.passages, OLD))
    assert after(tmp_path, before, {}, [now]).moved(held_by([now])) == {"a-9": None}


def test_moves_are_followed_and_forgotten_when_a_passage_comes_back(tmp_path: Path) -> None:
    now = document("Caseloads are high.", "The board will meet each quarter.")
    before = replace(now, passages=(now.passages[0], OLD))
    moved = {"a-7": "a-9", "a-5": None, "a-1": "a-9", "a-4": "a-0"}
    history = after(tmp_path, before, moved, [now])
    assert history.moved(held_by([now])) == {"a-7": "a-1", "a-5": None, "a-4": "a-0", "a-9": "a-1"}


def test_since_when_each_passage_is_held(tmp_path: Path) -> None:
    now = document("Caseloads are high.", "The board will meet each quarter.")
    history = after(tmp_path, replace(now, passages=(now.passages[0], OLD)), {}, [])
    assert history.since(now) == [2020, 2021]
    assert history.since(document("Another document.", id="b")) == [2021]


def test_a_build_carries_it_on(tmp_path: Path) -> None:
    build([document("One passage about boards.", "Another about caseloads.")], tmp_path, FakeEncoder())
    first = LocalIndex.open(tmp_path, FakeEncoder())
    (when,) = {since for _, since in first.newest(np.arange(2), 2)}
    changed = document("One passage about boards.", "Another about caseloads.", "A third about placements.")
    build([changed], tmp_path, FakeEncoder())
    second = LocalIndex.open(tmp_path, FakeEncoder())
    assert second.newest(np.array([1, 0]), 2) == [(1, when), (0, when)]
    assert second.newest(np.array([2]), 1)[0][1] >= when
