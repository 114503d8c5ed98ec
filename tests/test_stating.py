"""What an inspection report says of itself: council, title, date and kind, each by its own words."""

import pytest
from builders import source

from corpus.collection import read_document
from corpus.model import Kind, Known
from corpus.stating import stated

ILACS = "Inspection of Westmarch local authority children’s services\n\nInspection dates: 12 to 23 May 2025\n"
OLDER = (
    "London Borough of Westmarch\n\nInspection of children’s social care services\n\n"
    "Inspection dates: 14 October 2019 to 18 October 2019\n"
)
SINGLE = (
    "Westmarch City Council\n\nInspection of services for children in need of help and protection, children looked "
    "after and care leavers\n\nand\n\nReview of the effectiveness of the local safeguarding children board\n\n"
    "Inspection date: 11 March 2014 – 2 April 2014\n\nReport published: 14 May 2014\n"
)
EARLIEST = (
    "Inspection of looked after children services\n\nWestmarch Council\n\nInspection dates: 15-19 July 2013\n\n"
    "Published: 23 August 2013\n"
)
SEND = (
    "Local area partnership report\n\nArea SEND inspection of Westmarch Local Area Partnership\n\n"
    "Inspection dates: 8 to 12 July 2024\n\nDates of previous inspection: 27 to 31 March 2017\n"
)
JOINT = (
    "15 January 2018\n\nDear local partnership\n\n"
    "Joint targeted area inspection of the multi-agency response to abuse and neglect in Westmarch\n"
)


@pytest.mark.parametrize(
    ("text", "council", "day", "title"),
    [
        (ILACS, "Westmarch", "2025-05-23", "Inspection of Westmarch local authority children’s services"),
        (OLDER, "London Borough of Westmarch", "2019-10-18", "Inspection of children’s social care services"),
        (SINGLE, "Westmarch City Council", "2014-05-14", "Inspection of services for children in need of help"),
        (EARLIEST, "Westmarch Council", "2013-08-23", "Inspection of looked after children services"),
        (SEND, "Westmarch", "2024-07-12", "Area SEND inspection of Westmarch Local Area Partnership"),
        (JOINT, "Westmarch", "2018-01-15", "Joint targeted area inspection of the multi-agency response"),
        ("Medway Children’s Services\n\n" + OLDER.partition("\n\n")[2], "Medway", "2019-10-18", "Inspection of"),
        ("Inspection of children’s services\n", None, None, "Inspection of children’s services"),
    ],
    ids=["ILACS", "its first years", "single", "earliest", "SEND", "joint", "services named", "nobody named"],
)
def test_what_a_report_states(text: str, council: str | None, day: str | None, title: str) -> None:
    read = read_document("a", "a.pdf", text).source
    assert (read.council.value, read.date.value, read.kind.value) == (council, day, Kind.INSPECTION)
    assert (read.title.value or "").startswith(title)
    for fact in (read.council, read.title, read.kind, read.date):
        if fact.value is not None:
            assert fact.known is Known.STATED and fact.span is not None and fact.span.of(text).strip()


@pytest.mark.parametrize(
    "text",
    [
        "CABINET\n\nOfsted Inspection of Westmarch's Children's Services\n",
        "The inspection of children's services took place in May 2019.\n",
        "Agenda item\n\nInspection of the board's plan\n",
    ],
)
def test_other_documents_state_nothing_here(text: str) -> None:
    assert stated(source("a"), text) == source("a")


def test_the_catalogue_goes_first() -> None:
    known = source("a", council="Westmarch Council", title="Ofsted", date="2020-01-01", kind="report")
    assert stated(known, ILACS) == known
