"""What an index knows of the one before: since when a passage is held, and where one that has gone is now."""

from pathlib import Path

import numpy as np
import pytest
from builders import document, passage
from fakes import FakeEncoder

from corpus.model import Document
from index.build import build
from index.history import History, continued
from index.local import LocalIndex

OLD = passage("The board will meet each month.", document="a", ordinal=9)


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
def test_where_a_passage_has_gone(documents: list[Document], moved: dict[str, str | None]) -> None:
    assert continued("2021", {"a-9": "2020"}, {}, [OLD], documents) == History("2021", {}, moved)


def test_what_was_there_before_is_nothing_that_changed() -> None:
    after = continued("2021", {"a-0": "2020", "a-9": "2020"}, {}, [OLD], [document("The board will meet each week.")])
    assert after.moved == {"a-9": None}


def test_moves_are_followed_and_forgotten_when_a_passage_comes_back() -> None:
    documents = [document("Caseloads are high.", "The board will meet each quarter.")]
    before = {"a-7": "a-9", "a-5": None, "a-0": "a-9", "a-4": "a-0"}
    after = continued("2021", {"a-0": "2020"}, before, [OLD], documents)
    assert after.moved == {"a-7": "a-1", "a-5": None, "a-4": "a-0", "a-9": "a-1"}
    assert after.since == {"a-0": "2020"}


def test_a_build_carries_it_on(tmp_path: Path) -> None:
    build([document("One passage about boards.", "Another about caseloads.")], tmp_path, FakeEncoder())
    first = LocalIndex.open(tmp_path, FakeEncoder())
    (when,) = {since for _, since in first.newest(np.arange(2), 2)}
    changed = document("One passage about boards.", "Another about caseloads.", "A third about placements.")
    build([changed], tmp_path, FakeEncoder())
    second = LocalIndex.open(tmp_path, FakeEncoder())
    assert second.newest(np.array([1, 0]), 2) == [(1, when), (0, when)]
    assert second.newest(np.array([2]), 1)[0][1] >= when
