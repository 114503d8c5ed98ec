"""What was changed between a recommendation and the decision on it, word by word."""

import pytest
from builders import passage
from hypothesis import given
from hypothesis import strategies as st

from assistant.search.differences import Change, differences

SAME, ADDED, OUT = "same", "added", "left out"


def changes(before: str, after: str) -> list[tuple[str, str]]:
    found = differences([passage(before)] if before else [], [passage(after)] if after else [])
    return [(change.kind, change.words) for change in found]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("That the report be noted.", "That the report be noted.", [(SAME, "That the report be noted.")]),
        ("that the REPORT be noted", "That the report be noted;", [(SAME, "That the report be noted;")]),
        (
            "That the report be noted.",
            "That the report be noted and brought back in March.",
            [(SAME, "That the report be noted"), (ADDED, "and brought back in March.")],
        ),
        (
            "That the plan be approved and funded in full.",
            "That the plan be approved.",
            [(SAME, "That the plan be approved."), (OUT, "and funded in full.")],
        ),
        (
            "That 8 posts be funded in 2019.",
            "That 6 posts be funded in 2019.",
            [(SAME, "That"), (OUT, "8"), (ADDED, "6"), (SAME, "posts be funded in 2019.")],
        ),
        (
            "That the council’s plan be noted",
            "That the council's plan be noted",
            [(SAME, "That the council's plan be noted")],
        ),
        ("Members noted the report.", "Approve a budget of ten million pounds.", []),
        ("Members noted the report.", "", []),
        ("", "Members noted the report.", []),
        ("<p>That the report be noted</p>", "That the report be noted", [(SAME, "That the report be noted")]),
    ],
    ids=[
        "the same",
        "case and full stops",
        "added",
        "left out",
        "another word",
        "apostrophes",
        "two texts",
        "no decision",
        "no recommendation",
        "markup",
    ],
)
def test_words(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    assert changes(before, after) == expected


def test_nothing_is_compared_with_nothing() -> None:
    assert differences([], []) == ()


def test_markers_are_no_differences() -> None:
    before = [passage("2.1 Note the report;", body=4), passage("2.2 Approve the plan.", body=4)]
    after = [passage("a) Note the report;", body=3), passage("b) Approve the plan.", body=3)]
    assert differences(before, after) == (Change(SAME, "Note the report; Approve the plan."),)


WORDS = st.lists(st.sampled_from(["that", "the", "report", "be", "noted", "not", "<script>", "\x00"]), max_size=12)


@given(WORDS, WORDS)
def test_the_changes_hold_all_words_of_both(before: list[str], after: list[str]) -> None:
    found = changes(" ".join(before), " ".join(after))
    if found:
        assert " ".join(words for kind, words in found if kind != OUT).split() == after
        assert " ".join(words for kind, words in found if kind != ADDED).split() == before
    if before == after and before:
        assert found == [(SAME, " ".join(after))]
