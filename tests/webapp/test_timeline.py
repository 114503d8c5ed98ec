"""Timelines: what happened and what was planned, from the five documents and from invented ones, and the drawing."""

from itertools import pairwise

import pytest
from asking import reading
from five_documents import FIVE

from corpus.inspections.statements import Event, Happening, Status
from corpus.inspections.timeline import events
from webapp.layout.timeline import WIDTH, drawn

HAPPENED, PLANNED, POSSIBLE = Status.HAPPENED, Status.PLANNED, Status.POSSIBLE
CLERKS = {
    "gloucestershire": [
        ("Monitoring visit", PLANNED, ["30 April 2019"]),
        ("Inspection", PLANNED, ["the Autumn"]),
        ("Fifth monitoring visit", HAPPENED, []),
        ("Children and Families Overview and Scrutiny Committee: Ofsted Outcome Letter", HAPPENED, []),
    ],
    "leicestershire": [
        ("Single inspection (SIF)", HAPPENED, ["November 2016", "2016", "2016"]),
        ("Inspection", HAPPENED, ["September and October 2019"]),
        ("Report to the Committee", PLANNED, ["21 January 2020"]),
        ("Action plan to Ofsted", PLANNED, ["10 February 2020"]),
        (
            "Children and Families Overview and Scrutiny Committee: Progress Report: Ofsted Recommendations as Part of "
            "the Ofsted Continuous Improvement Action Plan 2017-2020 - The Road to Excellence",
            HAPPENED,
            [],
        ),
        ("Report to the Committee", PLANNED, ["the next meeting of the Committee"]),
    ],
    "medway": [
        ("ILACS inspection", HAPPENED, ["15 to 26 July 2019", "15 to 26 July 2019", "July 2019"]),
        ("Report published: ILACS inspection", HAPPENED, ["27 August 2019"]),
        ("Statutory direction", HAPPENED, ["27 August 2019", "August 2019"]),
        ("Cabinet: Ofsted Inspection of Medway's Children's Services", HAPPENED, ["3 SEPTEMBER 2019"]),
        ("Action plan to Ofsted", PLANNED, ["28 November 2019"]),
        (
            "Report to the Parliamentary Under Secretary of State for Children and Families",
            PLANNED,
            ["1 December 2019"],
        ),
        ("Report to Cabinet", PLANNED, ["December 2019"]),
        ("First monitoring visit", HAPPENED, ["20 and 21 August 2020"]),
        ("Second monitoring visit", PLANNED, ["early 2021 at the earliest"]),
        ("Assurance visit", PLANNED, ["early 2021 at the earliest"]),
        ("Focused visit", HAPPENED, ["February"]),
        (
            "Children and Young People Overview and Scrutiny Committee: Report on Ofsted Monitoring Visit",
            HAPPENED,
            [],
        ),
    ],
    "middlesbrough": [
        ("Inspection", HAPPENED, ["November/December 2019"]),
        ("Report published: inspection", HAPPENED, ["Jan 2020"]),
        ("Fifth monitoring visit", HAPPENED, ["July 2022", "13/14th July 2022"]),
        ("Corporate Parenting Board: Ofsted update", HAPPENED, ["2022-09-14"]),
        ("Monitoring visit", PLANNED, ["November 2022"]),
        ("Annual engagement conversation", PLANNED, ["December 2022"]),
        ("Inspection", POSSIBLE, ["February 2023"]),
        ("Information to the Board", PLANNED, ["a future meeting"]),
    ],
}
QUOTED = {
    ("medway", "Second monitoring visit"): "second monitoring visit would not take place until the assurance visit in "
    "Medway was completed, which would be early 2021 at the earliest",
    ("medway", "Report to Cabinet"): "The Cabinet is asked to note that a further report will be submitted to Cabinet "
    "in December 2019",
    ("middlesbrough", "Inspection"): "Judgement inspection – possible February 2023",
    ("middlesbrough", "Monitoring visit"): "Next monitoring visit would take place in November 2022",
    ("gloucestershire", "Inspection"): "full inspection in the Autumn",
    ("leicestershire", "Action plan to Ofsted"): "Six recommendations had been set out in the report and the "
    "Department would need to submit an action plan to Ofsted by 10 February 2020",
}


@pytest.mark.parametrize("council", CLERKS)
def test_the_timeline_is_the_clerks(council: str) -> None:
    found = [event for event in events(FIVE) if event.slug == council]
    assert [(e.title, e.status, [dated.words for dated in e.dates]) for e in found] == CLERKS[council]


def test_plans_are_quoted() -> None:
    found = {(e.slug, e.title): e.stated[0].words for e in events(FIVE) if e.status is not HAPPENED}
    assert {key: found[key] for key in QUOTED} == QUOTED


def test_every_statement_is_a_slice_of_its_document() -> None:
    texts = {document.id: document.text for document in FIVE}
    for event in events(FIVE):
        for stated in (*event.stated, *(dated.stated for dated in event.dates)):
            assert stated.span is None or stated.span.of(texts[stated.document]) == stated.words


def told(*sentences: str, **facts: str) -> list[Event]:
    """The events of invented minutes, but for the meeting itself."""
    given = {"council": "Westmarch Council", "kind": "minutes"} | facts
    document = reading("minutes", "\n\n".join(sentences) + "\n", **given)
    return [event for event in events([document]) if event.happening is not Happening.COMMITTEE]


TOLD: dict[str, tuple[str, list[tuple[str, Status, str]]]] = {
    "a notice": (
        "The Department issued an improvement notice to the Council on 4 May 2021.",
        [("Improvement notice", HAPPENED, "4 May 2021")],
    ),
    "a plan due": (
        "The Council must submit its improvement plan to the Board by 4 May 2021.",
        [("Improvement plan to the Board", PLANNED, "4 May 2021")],
    ),
    "a later meeting": (
        "An update would be brought back to the Committee at a future meeting.",
        [("Update to the Committee", PLANNED, "a future meeting")],
    ),
    "presented already": ("A report was presented to the Committee on 4 May 2021.", []),
    "no date": ("A monitoring visit would take place.", []),
    "to come": ("A focused visit is due to take place in May 2023.", [("Focused visit", PLANNED, "May 2023")]),
    "possible": ("A focused visit is possible in May 2023.", [("Focused visit", POSSIBLE, "May 2023")]),
    "after the meeting": ("A focused visit in May 2023 was noted.", [("Focused visit", PLANNED, "May 2023")]),
}


@pytest.mark.parametrize(("sentence", "expected"), TOLD.values(), ids=TOLD)
def test_what_a_sentence_tells(sentence: str, expected: list[tuple[str, Status, str]]) -> None:
    found = told(sentence, date="2022-01-01")
    assert [(event.title, event.status, event.dates[0].words) for event in found] == expected


def test_a_plan_stays_a_plan_when_the_visit_took_place() -> None:
    planned = reading("one", "The next monitoring visit will take place in May 2021.\n", council="Westmarch")
    held = reading("two", "The monitoring visit took place on 4 and 5 May 2021.\n", council="Westmarch Council")
    found = [e for e in events([planned, held]) if e.happening is Happening.VISIT]
    assert [(e.status, e.dates[0].words) for e in found] == [(PLANNED, "May 2021"), (HAPPENED, "4 and 5 May 2021")]


def test_the_drawing_has_every_entry_in_order_and_nothing_overlaps() -> None:
    found = [event for event in events(FIVE) if event.slug == "medway"]
    drawing = drawn(found)
    baselines = [line.y for mark in drawing.marks for line in mark.lines]
    assert len(drawing.marks) == 12
    assert all(below - above >= 20 for above, below in pairwise(baselines))
    assert baselines[-1] < drawing.height
    assert [mark.year for mark in drawing.marks if mark.year] == ["2019", "2020", "2021"]
    assert drawing.divided is not None
    assert drawing.marks[9].y < drawing.divided < drawing.marks[10].y
    # A letter of this size is 9 units wide at most, bold or not.
    assert max(len(line.words) for mark in drawing.marks for line in mark.lines) * 9 <= WIDTH - drawing.words + 30


def test_a_plan_is_drawn_as_one() -> None:
    found = [event for event in events(FIVE) if event.slug == "middlesbrough"]
    marks = drawn(found).marks
    assert [mark.happened for mark in marks] == [True, True, True, True, False, False, False, False]
    assert [mark.lines[0].words for mark in marks[4:7]] == [
        "Planned: Monitoring visit",
        "Planned: Annual engagement",
        "Possible: Inspection",
    ]


def test_no_events_make_an_empty_drawing() -> None:
    assert drawn([]).marks == ()
