"""The sentences around the quotes: what was found and where, what was not, what was searched, and what to ask next."""

from dataclasses import replace

import pytest
from builders import document, passage, source
from test_compose import shown

from assistant import wording
from assistant.answer import Chip, Evidence, Outcome
from assistant.compose import evidence
from assistant.question import Question, Want
from assistant.scope import Scope
from assistant.vocabulary import Words
from corpus.model import Role, Source

CABINET = {"council": "Medway Council", "body": "Cabinet", "date": "2019-09-03", "kind": "report"}
VISIT = {"council": "Medway Council", "body": "Scrutiny Committee", "kind": "minutes"}
BOARD = {"council": "Middlesbrough Council", "body": "Parenting Board", "date": "2022-09-14", "kind": "minutes"}


def question(wants: Want = Want.FACT) -> Question:
    return Question(asked="", text="", terms=(), topic={}, wants=wants)


def found(*facts: dict[str, str], role: Role = Role.DISCUSSION) -> tuple[Evidence, ...]:
    """A piece of evidence from a document of each of these facts."""
    documents = [document("Caseloads were high.", id=str(n), facts=of, role=role) for n, of in enumerate(facts)]
    return evidence([shown(one) for one in documents], {one.id: one for one in documents})


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        (
            [BOARD],
            "One passage in one document: Middlesbrough Council, minutes of the Parenting Board, 14 September 2022 "
            "(supplied).",
        ),
        (
            [VISIT, CABINET],
            "Two passages in two documents, both of Medway Council: minutes of the Scrutiny Committee, date not "
            "stated; report to the Cabinet, 3 September 2019 (supplied).",
        ),
        (
            [VISIT, BOARD],
            "Two passages in two documents: Medway Council, minutes of the Scrutiny Committee, date not stated; "
            "Middlesbrough Council, minutes of the Parenting Board, 14 September 2022 (supplied).",
        ),
        (
            [VISIT, CABINET, BOARD],
            "Three passages in three documents of two councils: Medway Council (2) and Middlesbrough Council.",
        ),
        ([VISIT, VISIT, CABINET], "Three passages in three documents, all of Medway Council."),
        ([{}], "One passage in one document: council not stated, document, date not stated."),
        ([{"kind": "unheard of", "council": "A"}], "One passage in one document: A, document, date not stated."),
        ([VISIT] * 11, "11 passages in 11 documents, all of Medway Council."),
    ],
    ids=[
        "one",
        "two of one council",
        "two of two",
        "more than two",
        "more than two of one",
        "nothing known",
        "another kind",
        "many",
    ],
)
def test_the_answer_in_short(facts: list[dict[str, str]], message: str) -> None:
    assert wording.message(question(), found(*facts)) == message


@pytest.mark.parametrize(
    ("role", "kind", "opening"),
    [
        (Role.DECISION, "minutes", "One passage"),
        (Role.RECOMMENDATION, "report", "No decision is recorded, only what was recommended. One passage"),
        (Role.DISCUSSION, "minutes", "No decision is recorded. One passage"),
    ],
    ids=["a decision", "a recommendation", "neither"],
)
def test_a_decision_asked_for_and_not_recorded(role: Role, kind: str, opening: str) -> None:
    assert wording.message(question(Want.DECISION), found({"kind": kind}, role=role)).startswith(opening)
    assert wording.message(question(), found({"kind": kind}, role=role)).startswith("One passage")


def test_a_decision_asked_for_and_recorded_of_the_item_only() -> None:
    one = document("Caseloads were high.", "That it be noted.")
    decided = document("That it be noted.", id="a", role=Role.DECISION).passages[0]
    (piece,) = evidence([shown(one)], {"a": one})
    piece = replace(piece, outcome=Outcome("noted", (decided,)))
    assert wording.message(question(Want.DECISION), [piece]).startswith(
        "No recorded decision speaks of that; what was decided of each item is shown with it. One passage"
    )


@pytest.mark.parametrize(
    ("wants", "related", "said"),
    [
        (Want.FACT, False, "I did not find this in the documents."),
        (Want.HOW_MANY, False, "I did not find this in the documents."),
        (Want.HOW_MANY, True, "The documents do not state a number for that. The nearest passages are below."),
        (Want.WHO, True, "The documents do not say who. The nearest passages are below."),
        (Want.WHEN, True, "The documents do not state a date for that. The nearest passages are below."),
        (Want.DECISION, False, "I did not find this in the documents. They record no decision on it."),
    ],
    ids=["nothing", "no number, nothing near", "no number", "nobody", "no date", "no decision"],
)
def test_what_is_not_found(wants: Want, related: bool, said: str) -> None:
    assert wording.nothing(question(wants), found({}) if related else ()) == said


@pytest.mark.parametrize(
    ("sources", "held", "said"),
    [
        ([source("a", **CABINET), source("b", **BOARD)], 2, "Searched 2 documents from 2 councils, 2019 to 2022."),
        ([source("a", **CABINET)], 1, "Searched 1 document from 1 council, 2019."),
        ([source("a", **CABINET)], 5, "Searched 1 of 5 documents from 1 council, 2019."),
        (
            [source("a", **CABINET), source("b", **VISIT)],
            2,
            "Searched 2 documents from 1 council, 2019 (1 without a stated date).",
        ),
        ([source("b", **VISIT)], 1, "Searched 1 document from 1 council (1 without a stated date)."),
        ([source("b")], 1, "Searched 1 document (1 without a stated date)."),
        ([], 0, "Searched 0 documents."),
    ],
    ids=["two", "one", "one of five", "one undated", "no dates", "no council", "none"],
)
def test_coverage(sources: list[Source], held: int, said: str) -> None:
    assert wording.coverage(sources, held) == said


@pytest.mark.parametrize(
    ("chips", "sources", "said"),
    [
        (
            [],
            [source("a", **VISIT), source("b", **BOARD)],
            "Say what you want to know: a subject, a decision, a person or a date. The documents here are from Medway "
            "Council and Middlesbrough Council.",
        ),
        ([], [], "Say what you want to know: a subject, a decision, a person or a date."),
        (
            ["Medway Council"],
            [source("a", **VISIT)],
            "Say what you want to know about Medway Council. There is one document: Medway Council, minutes of the "
            "Scrutiny Committee, date not stated.",
        ),
        (
            ["Medway Council", "2019"],
            [source("a", **VISIT), source("b", **VISIT), source("c", **VISIT)],
            "Say what you want to know about Medway Council and 2019. There are three documents, all of Medway "
            "Council.",
        ),
    ],
    ids=["no scope", "no documents", "one document", "three documents"],
)
def test_a_question_that_says_too_little(chips: list[str], sources: list[Source], said: str) -> None:
    scope = Scope(tuple(Chip("council", f"council:{label}", label) for label in chips))
    assert wording.detail(scope, sources) == said


@pytest.mark.parametrize(
    ("scope", "mended", "said"),
    [
        ("", {}, ""),
        ("No document here is from Kent.", {}, "No document here is from Kent."),
        ("", {"retension": "retention"}, "Read “retension” as “retention”."),
        ("No Kent.", {"a": "b", "c": "d"}, "No Kent. Read “a” as “b”. Read “c” as “d”."),
    ],
    ids=["nothing", "a council set aside", "a word mended", "all of it"],
)
def test_notice(scope: str, mended: dict[str, str], said: str) -> None:
    assert wording.notice(scope, Words("", mended, ())) == said


@pytest.mark.parametrize(
    ("also", "said"),
    [
        ((), "why do staff leave"),
        ((("staff", "workforce"), ("staff", "social workers")), "why do staff leave (also: workforce, social workers)"),
        ((("staff", "workforce"), ("staffing", "workforce")), "why do staff leave (also: workforce)"),
    ],
    ids=["as asked", "with official words", "each once"],
)
def test_what_was_searched_for(also: tuple[tuple[str, str], ...], said: str) -> None:
    assert wording.searched(Words("why do staff leave", {}, also)) == said


DECIDED = Outcome("noted", (passage("The Committee noted the report."),))
RECOMMENDED = Outcome("recommended only", (passage("The Cabinet is asked to note it."),))
NONE = Outcome("none recorded")


@pytest.mark.parametrize(
    ("outcomes", "asked"),
    [
        (
            [(source("a", title="Visit", **VISIT), DECIDED)],
            ("What was decided on “Visit” at Medway Council?",),
        ),
        ([(source("a", **CABINET), RECOMMENDED)], ("What was the Cabinet at Medway Council asked to decide?",)),
        ([(source("a", title="Visit", **VISIT), NONE)], ()),
        ([(source("a", **VISIT), DECIDED)], ()),
        ([(source("a", title="Visit"), DECIDED)], ()),
        ([(source("a", title="Visit", **VISIT), DECIDED)] * 3, ("What was decided on “Visit” at Medway Council?",)),
        (
            [(source("a", title=title, **VISIT), DECIDED) for title in ("One", "Two", "Three")],
            ("What was decided on “One” at Medway Council?", "What was decided on “Two” at Medway Council?"),
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
        "no more than two",
        "a title too long to ask for",
        "a title that cannot be typed",
    ],
)
def test_suggestions(outcomes: list[tuple[Source, Outcome]], asked: tuple[str, ...]) -> None:
    assert wording.suggestions(outcomes) == asked
