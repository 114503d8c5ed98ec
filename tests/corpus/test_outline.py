"""What each line of a page is, and where it stands."""

import pytest

from corpus.model import Form, Kind
from corpus.passages.entry import Part
from corpus.passages.outline import Outline, outline
from corpus.reading.text import blocks

PARTS = {
    "agenda item": "Agenda item",
    "title": "Fostering update",
    "introduction": "To tell the Panel how fostering was doing.",
    "minutes": "Minutes:",
    "discussion": "Discussion:",
    "body": "The Panel heard that fourteen carers had left in the year.",
    "outcome": "Decision:\n\nThe Panel noted the update.",
    "documents": "Supporting documents:",
}


def outlined(text: str) -> Outline:
    return outline(text, blocks(text))


def shape(text: str) -> list[str]:
    """Each entry as ``form/part`` and its words."""
    return [f"{e.form}/{e.part} {e.words(text)}" for e in outlined(text).entries]


def page(*without: str) -> str:
    return "\n\n".join(text for name, text in PARTS.items() if name not in without)


WHOLE = {
    "agenda item": "label/front Agenda item",
    "title": "heading/front Fostering update",
    "introduction": "paragraph/introduction To tell the Panel how fostering was doing.",
    "minutes": "label/body Minutes:",
    "discussion": "label/body Discussion:",
    "body": "paragraph/body The Panel heard that fourteen carers had left in the year.",
    "outcome": "paragraph/outcome The Panel noted the update.",
    "documents": "label/tail Supporting documents:",
}


@pytest.mark.parametrize(
    "without",
    ["", "agenda item", "introduction", "minutes", "discussion", "body", "outcome", "documents"],
    ids=lambda name: name or "nothing",
)
def test_an_agenda_page_without_a_part(without: str) -> None:
    assert shape(page(without)) == [line for name, line in WHOLE.items() if name != without]


def test_an_agenda_page_without_labels_has_one_paragraph_of_introduction() -> None:
    assert shape(page("minutes", "discussion"))[2:4] == [WHOLE["introduction"], WHOLE["body"]]


def test_numbers_end_the_introduction_where_there_is_no_label() -> None:
    text = "Agenda item\n\nLetter\n\nTo hear of it.\n\nIt came late.\n\n11.1    The Director spoke."
    assert shape(text)[2:] == [
        "paragraph/introduction To hear of it.",
        "paragraph/introduction It came late.",
        "paragraph/body The Director spoke.",
    ]


def test_notes_without_labels_or_numbers_are_body() -> None:
    text = "Fostering update\n\nOfficers confirmed that carers had left.\n\nMembers were sorry."
    assert [entry.part for entry in outlined(text).entries[1:]] == [Part.BODY, Part.BODY]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (page(), "Fostering update"),
        ("CABINET\n\n4 MARCH 2021\n\nFOSTERING IN WESTMARCH\n\nAuthor:\tPat Example\n\nSummary\n\nIt went well.", None),
        ("CABINET\n\n4 MARCH 2021\n\nFOSTERING IN WESTMARCH\n\nSummary\n\nIt went well.", None),
        ("\ufeffFostering update\n\nIt went well.", "Fostering update"),
        ("Fostering update\r\n\r\nIt went well.", "Fostering update"),
        ("It went well.\n\nVery well.", ""),
        ("Agenda item\n\nMinutes:\n\nIt went well.", ""),
        ("", ""),
    ],
    ids=[
        "agenda page",
        "above the fields",
        "last of the opening capitals",
        "byte order mark",
        "CRLF",
        "none",
        "agenda page without",
        "empty",
    ],
)
def test_the_title(text: str, title: str | None) -> None:
    found = outlined(text)
    words = "" if found.title is None else found.entries[found.title].words(text)
    assert words == ("FOSTERING IN WESTMARCH" if title is None else title)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (page(), Kind.MINUTES),
        ("Notes\n\nRESOLVED that the update be noted.", Kind.MINUTES),
        ("Author:\tPat Example\n\nText.", Kind.REPORT),
        ("Title\n\nText here.\n\nRecommendations\n\nText.", Kind.REPORT),
        ("Title\n\nText here.", Kind.OTHER),
    ],
    ids=["agenda page", "an outcome", "fields", "recommendations", "neither"],
)
def test_the_kind_of_document(text: str, kind: Kind) -> None:
    assert outlined(text).kind is kind


REPORT = """CABINET

4 MARCH 2021

FOSTERING IN WESTMARCH

Report from:\tAlex Sample, Director
Author:\tPat Example

Summary

This report is about fostering.

1. Background

- 1.1 This was marked with a stroke.
1.2 This was not.

2. Findings

2.1 The steps are as follows:

1. Recruit more carers
2. Train those there are
3. Pay them better

2.2 Judgement Grade

Leadership\tGood
Fostering\tInadequate

2.2.1 A third number.

3. Risks

3.1 None.

Lead officer contact

Pat Example, 01234 567890

Appendices

None
"""


def test_a_cabinet_report() -> None:
    entries = outlined(REPORT).entries
    assert [(e.form, e.level, e.number, e.words(REPORT)) for e in entries if e.level and e.form is not Form.ITEM] == [
        (Form.HEADING, 2, "", "CABINET"),
        (Form.HEADING, 2, "", "4 MARCH 2021"),
        (Form.HEADING, 1, "", "FOSTERING IN WESTMARCH"),
        (Form.HEADING, 2, "", "Summary"),
        (Form.HEADING, 2, "1", "Background"),
        (Form.HEADING, 2, "2", "Findings"),
        (Form.HEADING, 2, "3", "Risks"),
        (Form.HEADING, 2, "", "Lead officer contact"),
        (Form.HEADING, 2, "", "Appendices"),
    ]
    assert [e.number for e in entries if e.form is Form.PARAGRAPH and e.number] == ["1.1", "1.2", "2.1", "2.2.1", "3.1"]
    assert [e.words(REPORT) for e in entries if e.form is Form.ITEM] == [
        "Recruit more carers",
        "Train those there are",
        "Pay them better",
    ]
    assert [e.words(REPORT) for e in entries if e.part is Part.TAIL] == [
        "Lead officer contact",
        "Pat Example, 01234 567890",
        "Appendices",
        "None",
    ]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("1. Background\n\nText.\n\n2. Findings\n\nText.", ["Background", "Findings"]),
        ("1. Background\n\nText.\n\n3. Findings\n\nText.", ["Background"]),
        ("1. Background\n\nThe list:\n\n2. not one\n\nText.", ["Background"]),
        ("1. Background\n\nThe list:\n\n2. Alone\n\nText.", ["Background"]),
        ("1. Background\n\n4 things:\n\n1. One\n2. Two\n\nText.", ["Background"]),
        ("1. Background\n\nText.\n\n2. That it be noted.\n\nText.", ["Background"]),
        ("Plan\n\nBackground\n\n1.1 Text here.\n\n1.2 More text.", ["Plan", "Background"]),
        ("Plan\n\nA short line\nstraight above text.", ["Plan"]),
        ("Plan\n\nLeadership\nFostering\n\nText.", ["Plan"]),
        ("Plan\n\nSee someone@westmarch.example\n\nText.", ["Plan"]),
        ("RESOLVED:\n\n1. That the report be noted\n\nSupporting documents:", []),
        ("Plan\n\nThose there:\n\nPat Example\n\nAlex Sample\n\nJo Person\n\nThey met.", ["Plan", "Jo Person"]),
        ("It was done.\n\nIt was seen.\n\nClerk:\tPat Example\n\nThe end.", []),
        ("FOSTERING UPDATE", []),
    ],
    ids=[
        "in turn",
        "out of turn",
        "lower case",
        "introduced",
        "nested",
        "a sentence",
        "above numbered paragraphs",
        "no blank line",
        "two lines together",
        "an address",
        "a single resolution",
        "a list of names",
        "text above a field",
        "nothing beneath",
    ],
)
def test_headings(text: str, headings: list[str]) -> None:
    assert [e.words(text) for e in outlined(text).entries if e.form is Form.HEADING] == headings


def test_a_heading_above_numbered_paragraphs_governs_them_all() -> None:
    text = "Plan\n\nBackground\n\n1.1 Text here.\n\n1.2 More text."
    entries = outlined(text).entries
    assert [entries[n].words(text) for n in entries[3].headings] == ["Plan", "Background"]


def test_a_heading_straight_above_a_list_governs_the_list_alone() -> None:
    text = "Agenda item\n\nPlan\n\nMinutes:\n\nPositives\n\n- Carers stay\n- Children settle\n\nThe Panel met."
    entries = outlined(text).entries
    under = {e.words(text): [entries[n].words(text) for n in e.headings] for e in entries}
    assert under["Children settle"] == ["Plan", "Minutes:", "Positives"]
    assert under["The Panel met."] == ["Plan", "Minutes:"]


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("Decision:\n\nThe Panel noted it.\n\nTwo voted against.", ["decision", "decision"]),
        ("AGREED\nThat it be noted.", ["agreed"]),
        ("RESOLVED:\n\na) That it be noted;\n\nb) That it return.", ["", "resolved", "resolved"]),
        ("RESOLVED:\n\n5.1 That it be noted.\n\n5.2 That it return.", ["", "resolved", "resolved"]),
        ("AGREED\n\nThat it be noted.\n\n6.1 The next item.", ["agreed", ""]),
        ("RESOLVED that it be noted.\n\nMembers went on to talk.", ["resolved", ""]),
        ("The Committee RESOLVED to note it.", ["resolved"]),
        ("It was AGREED that it be noted:\n\n- now\n- later", ["agreed", "agreed", "agreed"]),
        ("RESOLVED: That it be noted.", ["resolved"]),
        ("RECOMMENDED – That Cabinet note it.", ["recommended"]),
        ("Members agreed that it was good.", [""]),
        ("It was agreed that it was good.", [""]),
        ("Members noted that it was good.", [""]),
        ("The Cabinet is asked to note it.", [""]),
        ("Resolved problems were few.", [""]),
        ("Decision:\n\nSupporting documents:", ["", ""]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_outcomes(text: str, outcomes: list[str]) -> None:
    assert [entry.outcome for entry in outlined(text).entries] == outcomes


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("The Board will support the Plan and\n\nmonitor how it is carried out.", 1),
        ("It is required to comply in the exercise of its\n\nChildren's Social Care function.", 1),
        ("- 8.2 It is required to comply in the exercise of its\n\nSocial Care function.", 1),
        ("The Board will support the Plan in full.\n\nmonitoring will follow.", 2),
        ("The Board will support the Plan in full\n\nMonitoring will follow.", 2),
        ("Here is what\n\nfollows a short line.", 2),
        ("The Board will support the following and more:\n\nmonitoring of the plan.", 2),
        ("- The system for tracking children who go missing\n\n- Services to help care leavers", 2),
    ],
    ids=[
        "lower case",
        "capital after a small word",
        "numbered",
        "a full stop",
        "neither",
        "too short to be torn",
        "a colon",
        "a list",
    ],
)
def test_torn_paragraphs_are_made_whole(text: str, paragraphs: int) -> None:
    assert len(outlined(text).entries) == paragraphs


def test_line_ends_of_windows_change_nothing() -> None:
    assert shape(REPORT.replace("\n", "\r\n")) == shape(REPORT)
