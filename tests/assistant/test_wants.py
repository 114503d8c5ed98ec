"""The kind of answer that a question asks for, read from its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.questions.wants import Want, asks_ahead, roles_named, speakers, speaking, wanted
from corpus.model import Role, Voice

ASKED: dict[Want, list[str]] = {
    Want.PRECEDENT: [
        "any precedents for this",
        "is there a precedent for a commissioner",
        "has any council done this before",
        "did anyone else lose control of their services",
        "has any committee asked for this",
    ],
    Want.DECISION: [
        "what did the committee decide about caseloads",
        "which committees noted the report",
        "what was agreed",
        "what was the decision on the budget",
        "did the board approve the plan, and what was resolved",
        "cabinet resolutions on early help",
    ],
    Want.MEANING: [
        "what does MASH stand for",
        "what is an IRO",
        "what's DCS?",
        "what does LAC mean",
    ],
    Want.HOW_MANY: [
        "how many social workers",
        "what percentage are agency",
        "agency staff %",
        "how much did it cost",
        "what is she paid",
        "how many children who go missing",
        "what number of children are in care",
        "the number of foster carers",
        "foster carer numbers?",
        "average caseload",
        "what is the turnover rate",
        "what was the vote",
        "how much was spent on placements",
    ],
    Want.WHICH: [
        "which council is helping medway",
        "which organisation runs the hub",
        "under what legislation was this done",
        "what other authority supports them",
        "which act applies",
    ],
    Want.WHO: [
        "who is the chair",
        "whos the lead member",
        "medway who is the chair",
        "can you tell me who the chair is",
        "what is the plan and who leads it",
        "phone number for the author",
        "what was his name",
        "name of the director",
        "which officer spoke",
        "whose idea was it",
    ],
    Want.WHEN: [
        "when is the next visit",
        "do you know when they are back",
        "how often are they monitored",
        "what date is it due",
        "how long do assessments take",
        "deadline for the plan",
        "when will they say what they did",
        "date of the visit",
    ],
    Want.WHY: [
        "why has the number of children in care risen",
        "And why did the committee decide to defer the item",
        "How come who is in charge keeps changing",
        "why is progress to date slow",
        "why do staff leave",
        "how come caseloads rose",
        "reasons for the delay",
        "what caused the overspend",
        "what is behind the rise",
    ],
    Want.GRADE: [
        "what grade did medway get",
        "how was leadership rated",
        "ofsted rating for care leavers",
        "ofsted result",
        "overall effectiveness",
        "outcome of the inspection",
        "what was the judgement on leaders",
    ],
    Want.LIST: [
        "list the areas for improvement",
        "please name the strengths",
        "which actions are amber",
        "what are the strengths",
        "everything they must improve",
        "all the recommendations",
    ],
    Want.FACT: [
        "what does permanence mean",
        "outcome of the consultation",
        "contact with families",
        "was any action taken",
        "did anyone say anything about covid",
        "how much progress was made",
        "what did ofsted say about children who go missing",
        "which families whose children are in care",
        "what happens when a child is hurt",
        "when a worker leaves what happens to the child",
        "is there an up to date plan",
        "health partners",
        "whole families",
        "WHAT ABOUT HEALTH",
        "judgement inspection framework",
        "which university rule",
        "",
    ],
}


@pytest.mark.parametrize(
    ("asked", "wants"),
    [pytest.param(asked, wants, id=asked or "nothing") for wants, questions in ASKED.items() for asked in questions],
)
def test_what_is_wanted(asked: str, wants: Want) -> None:
    assert wanted(asked) is wants


OFSTED = {Voice.OFSTED, Voice.OFSTED_REPORTED}


@pytest.mark.parametrize(
    ("asked", "voices"),
    [
        ("what did Ofsted say about caseloads", OFSTED),
        ("what did the inspectors find", OFSTED),
        ("what did members say", {Voice.MEMBER}),
        ("did any councillors raise it", {Voice.MEMBER}),
        ("what did the director say", {Voice.OFFICER}),
        ("what did officers tell members about", {Voice.OFFICER}),
        ("caseloads of officers", set()),
        ("what does the report say", set()),
        ("", set()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_whose_words_are_asked_for(asked: str, voices: set[Voice]) -> None:
    assert speakers(asked) == voices


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("what did Ofsted say about caseloads", {"ofst"}),
        ("ofsteds view of early help", {"ofst"}),
        ("what did the inspectors tell members", {"inspector"}),
        ("is Ofsted coming back", set()),
        ("caseloads", set()),
    ],
)
def test_who_speaks_is_named(asked: str, named: set[str]) -> None:
    assert speaking(asked) == named


@pytest.mark.parametrize(
    ("asked", "ahead"),
    [
        ("when is the next visit", True),
        ("when will it end", True),
        ("when are they due back", True),
        ("when did they visit", False),
        ("when was the last visit", False),
    ],
)
def test_what_is_yet_to_be(asked: str, ahead: bool) -> None:
    assert asks_ahead(asked) is ahead


def test_every_kind_is_in_the_table() -> None:
    assert ASKED.keys() == set(Want)


@pytest.mark.parametrize(
    "part", ["who ", "what ", "which council ", "when ", "what does A", "name ", "has any ", "and "]
)
def test_long_questions_are_read_to_their_end(part: str) -> None:
    """Were any pattern to go back over the text again and again, these would take hours."""
    assert wanted(part * (1_000 // len(part))) in Want


@given(st.text(max_size=200))
def test_any_text_wants_something(asked: str) -> None:
    assert wanted(asked) in Want
    assert wanted(asked.replace("'", "’")) is wanted(asked)


@pytest.mark.parametrize(
    ("question", "roles"),
    [
        ("what were the recommendations", {Role.RECOMMENDATION}),
        ("what was cabinet asked to note", {Role.RECOMMENDATION}),
        ("which risks are rated B2", {Role.RISK}),
        ("is there a risk that they leave", set()),
        ("what grade did they get", {Role.JUDGEMENT}),
        ("which actions are amber", {Role.ACTION}),
        ("when is the action plan due", set()),
        ("what did Ofsted say", set()),
    ],
)
def test_the_roles_that_are_asked_for_by_name(question: str, roles: set[Role]) -> None:
    assert roles_named(question) == roles
