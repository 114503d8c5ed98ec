"""The sentences around the quotes: what was found, where and of when, what was not, and what was searched."""

from dataclasses import replace

import pytest
from builders import document, holdings, shown, source

from assistant.answer import Chip, Evidence, Nothing
from assistant.answers import wording
from assistant.answers.compose import evidence
from assistant.questions.question import Question
from assistant.questions.scope import Scope
from assistant.questions.vocabulary import Words
from assistant.questions.wants import Want
from corpus.model import Role, Source
from corpus.passages.outcomes import Badge, Outcome

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
            "Three passages in three documents of two councils: Medway Council (2 documents) and Middlesbrough "
            "Council. Their dates run from 3 September 2019 to 14 September 2022, and one document does not state a "
            "date.",
        ),
        (
            [VISIT, VISIT, CABINET],
            "Three passages in three documents, all of Medway Council. Two documents do not state a date.",
        ),
        ([CABINET] * 3, "Three passages in three documents, all of Medway Council."),
        (
            [CABINET, BOARD],
            "Two passages in two documents: Medway Council, report to the Cabinet, 3 September 2019 (supplied); "
            "Middlesbrough Council, minutes of the Parenting Board, 14 September 2022 (supplied). They are of "
            "different dates.",
        ),
        (
            [CABINET, BOARD, BOARD],
            "Three passages in three documents of two councils: Medway Council and Middlesbrough Council (2 "
            "documents). Their dates run from 3 September 2019 to 14 September 2022.",
        ),
        ([{}], "One passage in one document: council not stated, document, date not stated."),
        (
            [{"council": "Stoke-on-Trent", "date": "2019-08-27", "kind": "inspection report"}],
            "One passage in one document: Stoke-on-Trent, Ofsted’s inspection report, 27 August 2019 (supplied).",
        ),
        ([{"kind": "unheard of", "council": "A"}], "One passage in one document: A, document, date not stated."),
        (
            [VISIT] * 11,
            "11 passages in 11 documents, all of Medway Council. 11 documents do not state a date.",
        ),
    ],
    ids=[
        "one",
        "two of one council",
        "two of two",
        "more than two",
        "more than two of one",
        "of one date",
        "of two dates",
        "of several dates",
        "nothing known",
        "an inspection report, of no body",
        "another kind",
        "many",
    ],
)
def test_the_answer_in_short(facts: list[dict[str, str]], message: str) -> None:
    assert wording.message(question(), found(*facts)) == message


@pytest.mark.parametrize(
    ("councils", "said"),
    [
        ([], ""),
        (["Kent"], " No passage was found from Kent."),
        (["Kent", "Essex", "Devon"], " No passage was found from Kent, Essex or Devon."),
        (["Kent", "Essex", "Devon", "Leeds"], " No passage was found from 4 other councils."),
    ],
    ids=["none", "one", "three", "more"],
)
def test_the_councils_that_have_nothing_to_say_come_last(councils: list[str], said: str) -> None:
    silent = [Nothing(council, 1) for council in councils]
    assert wording.message(question(), found(BOARD), silent) == wording.message(question(), found(BOARD)) + said


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
    piece = replace(piece, outcome=Outcome(Badge.NOTED, (decided,)))
    assert wording.message(question(Want.DECISION), [piece]).startswith(
        "No recorded decision speaks of that. What was decided on each item is shown below its passages. One passage"
    )


@pytest.mark.parametrize(
    ("wants", "related", "said"),
    [
        (Want.FACT, False, "I did not find this in the documents."),
        (Want.HOW_MANY, False, "I did not find this in the documents."),
        (Want.HOW_MANY, True, "The documents do not state a number for that."),
        (Want.WHO, True, "The documents do not say who."),
        (Want.WHEN, True, "The documents do not state a date for that."),
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
    assert wording.coverage(holdings(sources).spread(None), held) == said


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


def test_what_was_done_to_the_words_can_be_taken_back() -> None:
    also = (("staff", "workforce"), ("staff", "social workers"), ("MASH", "Multi-Agency Safeguarding Hub"))
    words = Words("why did Eleanor's staff leave the MASH", {"elenor's": "Eleanor's"}, also)
    spelling = Chip("spelling", "spelling:elenor's", "searched for “Eleanor's” instead of “elenor's”")
    assert wording.readings(words) == (
        spelling,
        Chip("also", "also:staff", "also searched: workforce, social workers"),
        Chip("also", "also:MASH", "also searched: Multi-Agency Safeguarding Hub"),
    )
    assert wording.readings(words, searched=False) == (spelling,)
    assert wording.readings(Words("why did staff leave", {}, ())) == ()
