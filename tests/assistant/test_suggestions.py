"""Questions to ask next: only such as the documents answer by their structure, and none that was asked before."""

import pytest
from builders import passage, source

from assistant.answers.subjects import Subject
from assistant.answers.suggestions import suggestions
from corpus.model import Source, Span
from corpus.passages.outcomes import Badge, Outcome

CABINET = {"council": "Medway Council", "body": "Cabinet", "date": "2019-09-03", "kind": "report"}
VISIT = {"council": "Medway Council", "body": "Scrutiny Committee", "kind": "minutes"}
DECIDED = Outcome(Badge.NOTED, (passage("The Committee noted the report."),))
RECOMMENDED = Outcome(Badge.RECOMMENDED, (passage("The Cabinet is asked to note it."),))
NONE = Outcome(Badge.NONE)
ON_VISIT = "What was decided on “Visit” at Medway Council?"


def subject(words: str, council: str | None = "Medway Council") -> Subject:
    return Subject(words, Span(0, len(words)), passage(), source("a", council=council))


@pytest.mark.parametrize(
    ("outcomes", "asked"),
    [
        ([(source("a", title="Visit", **VISIT), DECIDED)], (ON_VISIT,)),
        ([(source("a", **CABINET), RECOMMENDED)], ("What was the Cabinet at Medway Council asked to decide?",)),
        ([(source("a", title="Visit", **VISIT), NONE)], ()),
        ([(source("a", **VISIT), DECIDED)], ()),
        ([(source("a", title="Visit"), DECIDED)], ()),
        ([(source("a", title="Visit", **VISIT), DECIDED)] * 3, (ON_VISIT,)),
        (
            [(source("a", title=title, **VISIT), DECIDED) for title in ("Hubs", "Costs", "Carers", "Homes")],
            tuple(f"What was decided on “{title}” at Medway Council?" for title in ("Hubs", "Costs", "Carers")),
        ),
        ([(source("a", title="Long " * 300, **VISIT), DECIDED)], ()),
        ([(source("a", title="Esc\x1b[2J", **VISIT), DECIDED)], ()),
    ],
    ids=[
        "decided",
        "recommended",
        "no outcome",
        "no title",
        "no council",
        "the same once",
        "no more than three",
        "a title too long to ask for",
        "a title that cannot be typed",
    ],
)
def test_what_came_of_items(outcomes: list[tuple[Source, Outcome]], asked: tuple[str, ...]) -> None:
    assert suggestions(outcomes, [], []) == asked


@pytest.mark.parametrize(
    ("words", "council", "asked"),
    [
        ("Foster carers", "Medway Council", ("What was said about “Foster carers” at Medway Council?",)),
        ("Foster carers", None, ("What was said about “Foster carers”?",)),
        ("How many carers left", "Medway Council", ()),
        ("Who the carers are", "Medway Council", ()),
        ("Decisions on carers", "Medway Council", ()),
        ("Comparing carers: which councils pay", "Medway Council", ()),
        ("Carers and their children", "Medway Council", ()),
        ("Foster \x1b[2J carers", "Medway Council", ()),
    ],
    ids=[
        "a subject",
        "no council",
        "asks for a number",
        "asks for a name",
        "asks for a decision",
        "asks of several councils",
        "leans on another question",
        "cannot be typed",
    ],
)
def test_what_was_said_about_subjects(words: str, council: str | None, asked: tuple[str, ...]) -> None:
    assert suggestions([], [subject(words, council)], []) == asked


def test_decisions_and_subjects_take_turns() -> None:
    outcomes = [(source("a", title=title, **VISIT), DECIDED) for title in ("Visit", "Costs")]
    found = suggestions(outcomes, [subject("Foster carers"), subject("Care leavers")], [])
    assert found == (
        ON_VISIT,
        "What was said about “Foster carers” at Medway Council?",
        "What was decided on “Costs” at Medway Council?",
    )


@pytest.mark.parametrize(
    "earlier",
    ["how many foster carers were recruited?", "What was said about “Foster carers” at Medway Council?"],
    ids=["in other words", "as suggested"],
)
def test_what_was_asked_before_is_not_suggested(earlier: str) -> None:
    outcomes = [(source("a", title="Visit", **VISIT), DECIDED)]
    assert suggestions(outcomes, [subject("Foster carers")], [earlier, ON_VISIT.lower()]) == ()
