"""What was decided of an item: its kind in a word, in whose words, and of which item."""

from dataclasses import replace

import pytest
from asking import reading
from builders import document

from corpus.model import Document, Item, Role
from corpus.passages.outcomes import outcome


def minutes(outcome: str, id: str = "a") -> Document:
    """The minutes of one item with an outcome, as plain text."""
    text = f"Agenda item\n\nCaseloads\n\nMinutes:\n\nCaseloads were high.\n\n{outcome}\n"
    return reading(id, text, council="Westmarch Council", kind="minutes")


@pytest.mark.parametrize(
    ("text", "badge", "words"),
    [
        ("RESOLVED:\n\na) That the report be noted;\n\nb) That it return.", "resolved", 2),
        ("AGREED\n\nThat the update be noted.", "agreed", 1),
        ("Decision:\n\nThe Committee noted the report.", "noted", 1),
        ("Decision:\n\nThe Committee noted the report and agreed to meet.\n\nVotes were recorded.", "noted", 2),
        ("Decision:\n\nThe Committee deferred the report.", "decided", 1),
        ("Decision:\n\nThe report was not agreed.", "decided", 1),
        ("Decision:\n\nThe members disagreed.", "decided", 1),
        ("Members noted that it was high.", "none recorded", 0),
    ],
    ids=[
        "resolved",
        "agreed",
        "noted",
        "the first word counts",
        "another word",
        "not agreed",
        "disagreed",
        "noted in the discussion is no decision",
    ],
)
def test_badges(text: str, badge: str, words: int) -> None:
    one = minutes(text)
    came = outcome(one, next(p for p in one.passages if "Caseloads were high" in p.text))
    assert (came.badge, len(came.passages)) == (badge, words)


REPORT = """CABINET

CASELOADS

1. Findings

1.1 Caseloads were high. The Cabinet is asked to accept this item as urgent.

2. Recommendations

2.1 The Cabinet is asked to note the report.
"""


def test_a_report_only_recommends() -> None:
    one = reading("a", REPORT, kind="report")
    came = outcome(one, next(p for p in one.passages if p.reference == "para 1.1"))
    assert came.badge == "recommended only"
    assert [p.reference for p in came.passages] == ["para 2.1"]


def test_recommendations_in_minutes_are_no_outcome() -> None:
    one = reading("a", REPORT, kind="minutes")
    assert outcome(one, one.passages[-1]).badge == "none recorded"


def test_an_outcome_is_of_the_passages_own_item() -> None:
    one = document("Caseloads were high.", "That it be agreed.")
    first, second = one.passages
    other = replace(second, role=Role.DECISION, item=Item(2, "Placements"))
    both = replace(one, passages=(first, other))
    assert outcome(both, first).badge == "none recorded"
    assert outcome(both, other).badge == "agreed"
