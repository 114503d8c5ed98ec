"""The agenda items of a meeting's minutes: where each begins, what is formal, what was decided, how it is called."""

import minutes
import pytest
from builders import source

from corpus.collection import read_document
from corpus.model import Document, Form, Passage, Role
from corpus.passages.outcomes import outcomes
from corpus.passages.outline import outline
from corpus.passages.passages import passages
from corpus.reading.reading import Heading, Reading
from corpus.reading.text import blocks


def read(text: str) -> Document:
    return read_document("a", "a.txt", text)


def found(document: Document, words: str) -> Passage:
    """The passage that holds ``words``."""
    (passage,) = (p for p in document.passages if words in p.text)
    return passage


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            minutes.CAPITALS,
            [
                "APOLOGIES FOR ABSENCE: none recorded",
                "DECLARATIONS OF INTEREST: none recorded",
                "MINUTES: resolved",
                "OFSTED MONITORING VISIT: resolved",
                "FOSTERING ANNUAL REPORT: resolved",
                "DATE OF NEXT MEETING: none recorded",
            ],
        ),
        (
            minutes.SLASHED,
            [
                "Apologies for absence: none recorded",
                "Minutes of the last meeting: none recorded",
                "Ofsted focused visit: resolved",
                "Care leavers: agreed",
            ],
        ),
        (
            minutes.LETTERED,
            [
                "Apologies for Absence: none recorded",
                "Declarations of Interest: none recorded",
                "Ofsted Improvement Plan: noted",
                "Work Programme: agreed",
            ],
        ),
        (
            minutes.DOTTED,
            [
                "Apologies: none recorded",
                "Minutes of the previous meeting: none recorded",
                "Children's services update: agreed",
                "Any other business: none recorded",
            ],
        ),
        (
            minutes.RUN_IN,
            [
                "DECLARATIONS OF INTEREST: none recorded",
                "PUBLIC REQUESTS TO SPEAK: none recorded",
                "OFSTED ASSESSMENT: resolved",
                "HOME EDUCATION: resolved",
            ],
        ),
        (
            minutes.PAGE,
            [
                "Also Present: none recorded",
                "Declarations of Interest: none recorded",
                "Ofsted Action Plan: noted",
                "Work Programme: resolved",
            ],
        ),
        (
            minutes.BEHIND,
            [
                "Apologies and Substitutes: none recorded",
                "Ofsted ILACS Readiness: resolved",
                "Performance Dashboard: resolved",
            ],
        ),
        (
            minutes.WORDED,
            [
                "Apologies for absence: none recorded",
                "Minutes of the previous meeting: none recorded",
                "Ofsted monitoring visit feedback: agreed",
                "Any other business: none recorded",
            ],
        ),
        (
            minutes.LISTED,
            [
                "Apologies: none recorded",
                "Declarations: none recorded",
                "Ofsted inspection outcome: resolved",
                "Early help: resolved",
                "Date of next meeting: none recorded",
            ],
        ),
    ],
    ids=["capitals", "slashed", "lettered", "dotted", "run in", "page", "behind", "worded", "listed"],
)
def test_each_item_has_its_own_outcome(text: str, expected: list[str]) -> None:
    document = read(text)
    came = {item: outcome for item, outcome in outcomes(document).items() if item.number}
    assert [f"{item.title}: {outcome.badge}" for item, outcome in came.items()] == expected
    assert [item.number for item in came] == list(range(1, len(expected) + 1))
    for item, outcome in came.items():
        assert all(passage.item == item for passage in outcome.passages)


@pytest.mark.parametrize(
    ("text", "words", "reference"),
    [
        (minutes.CAPITALS, "804. OFSTED", "minute 804"),
        (minutes.CAPITALS, "caseloads too high", "minute 804, paragraph 1"),
        (minutes.CAPITALS, "presented in June", "minute 804, resolution (b)"),
        (minutes.CAPITALS, "fostering report be welcomed", "minute 805, resolution"),
        (minutes.SLASHED, "plans were clear", "minute 22/3, paragraph 1"),
        (minutes.SLASHED, "Visits were on time", "minute 22/3, “The following points were made”, second bullet"),
        (minutes.SLASHED, "its next meeting", "minute 22/4, decision"),
        (minutes.LETTERED, "presented the plan", "minute PEOS.20/26, paragraph 1"),
        (minutes.LETTERED, "noted the plan", "minute PEOS.20/26, decision"),
        (minutes.DOTTED, "Ofsted was expected", "minute 20.1.3, paragraph 1"),
        (minutes.RUN_IN, "numbers had risen", "minute 190, paragraph 1"),
        (minutes.PAGE, "To consider the plan", "minute 13, introduction"),
        (minutes.PAGE, "audits weak", "minute 13, paragraph 1"),
        (minutes.BEHIND, "note the dashboard", "minute 56, resolution"),
        (minutes.WORDED, "gone well", "item 3, paragraph 1"),
        (minutes.LISTED, "Councillor Juniper", "minute 1"),
        (minutes.LISTED, "Train managers", "minute 3, “The Panel heard that leaders would”, point 2"),
        (minutes.LISTED, "brought back", "minute 3, resolution (2)"),
        (minutes.CAPITALS, "Councillor Cedar", "paragraph 5"),
    ],
)
def test_a_reference_names_its_minute(text: str, words: str, reference: str) -> None:
    assert found(read(text), words).reference == reference


@pytest.mark.parametrize(
    ("text", "words", "role"),
    [
        (minutes.CAPITALS, "Councillor Birch\n", None),
        (minutes.CAPITALS, "from Councillor Dale", Role.HEADING),
        (minutes.CAPITALS, "her daughter worked", Role.HEADING),
        (minutes.CAPITALS, "5 February 2020", Role.DECISION),
        (minutes.CAPITALS, "caseloads too high", Role.FINDING),
        (minutes.CAPITALS, "from agencies", Role.DISCUSSION),
        (minutes.CAPITALS, "fostering report be welcomed", Role.DECISION),
        (minutes.CAPITALS, "1 April 2020", Role.HEADING),
        (minutes.SLASHED, "Councillors Elm and Fir", Role.HEADING),
        (minutes.SLASHED, "There were none", Role.HEADING),
        (minutes.PAGE, "Portfolio Holder", Role.HEADING),
        (minutes.PAGE, "no declarations of interest", Role.HEADING),
        (minutes.PAGE, "report on fostering", Role.DISCUSSION),
        (minutes.LISTED, "Councillor Juniper", Role.HEADING),
        (minutes.DOTTED, "Ofsted was expected", Role.DISCUSSION),
    ],
)
def test_what_is_of_the_meeting_itself_is_heading_matter(text: str, words: str, role: Role | None) -> None:
    document = read(text)
    if role is None:
        assert {p.role for p in document.passages if not p.item.number} == {Role.HEADING}
    else:
        assert found(document, words).role is role


def test_above_the_first_item_is_the_document_itself() -> None:
    document = read(minutes.CAPITALS)
    assert found(document, "Councillor Cedar").item.number == 0
    assert found(document, "Councillor Cedar").item.title == document.source.title.value


def test_a_heading_that_text_follows_on_its_line_is_parted_from_it() -> None:
    document = read(minutes.RUN_IN)
    heading = found(document, "OFSTED ASSESSMENT")
    assert (heading.form, heading.text) == (Form.HEADING, "189  OFSTED ASSESSMENT –")
    assert found(document, "The chair welcomed").text.startswith("The chair welcomed")


@pytest.mark.parametrize(
    ("lines", "titles"),
    [
        (["4. Ofsted update", "5. Care leavers"], ["Ofsted update", "Care leavers"]),
        (["Apologies for absence", "Ofsted update"], ["Apologies for absence", "Ofsted update"]),
        (["Ofsted update", "Care leavers"], ["Ofsted update", "Care leavers"]),
    ],
    ids=["numbered", "one of them formal", "decided one by one"],
)
def test_headings_that_the_file_marks_are_items(lines: list[str], titles: list[str]) -> None:
    text = "Agenda and minutes: Cabinet, 3 May 2022\n\n"
    headings = [Heading(0, 1)]
    for line in lines:
        headings.append(Heading(len(text), 2))
        text += f"{line}\n\nTo hear of it.\n\nMinutes:\n\nMembers heard.\n\nDecision:\n\nThe report was noted.\n\n"
    document = read_document("a", "a.html", Reading(text, headings=tuple(headings)))
    assert [item.title for item in outcomes(document) if item.number] == titles
    assert document.source.title.value == "Agenda and minutes: Cabinet, 3 May 2022"
    assert {p.level for p in document.passages if p.form is Form.HEADING} == {1, 2}


ONE_ITEM = (
    "Agenda item\n\nOfsted\n\nMinutes:\n\n1. Apologies\n\nNone.\n\n2. Pay\n\nIt rose.\n\nRESOLVED:\n\nThat it be noted."
)
REPORT = (
    "Report to: Cabinet\n\n1. Purpose of report\n\nTo tell.\n\n2. Declarations of interest\n\nNone.\n\n"
    "3. Recommendations\n\nThat it be noted.\n"
)
RISES = "Notes\n\n1. Recruit more\n\nIt rose.\n\n2. Train managers\n\nIt fell.\n\n3. Audit cases\n\nIt stayed.\n"
DAYS = "Diary\n\n4 March 2020\n\nMinutes were agreed.\n\n5 March 2020\n\nApologies were sent.\n"


@pytest.mark.parametrize("text", [ONE_ITEM, REPORT, RISES, DAYS, "1. Apologies\n\nNone.\n"])
def test_what_is_one_item_stays_one(text: str) -> None:
    assert {p.item.number for p in read(text).passages} == {1}


def test_a_report_by_its_catalogue_is_one_item() -> None:
    placed = outline(minutes.CAPITALS, blocks(minutes.CAPITALS), several=False)
    assert placed.items == {}
    cut = passages(source("a", kind="report"), minutes.CAPITALS, placed)
    assert {passage.item.number for passage in cut} == {1}
