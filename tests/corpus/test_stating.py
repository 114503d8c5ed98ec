"""What an inspection report says of itself: council, title, date and kind, each by its own words."""

import pytest
from builders import source

from corpus.collection import read_document
from corpus.model import Fact, Kind, Known
from corpus.reading.reading import Reading
from corpus.sources.stating import stated

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
        (
            "Medway Children’s Services\n\n" + OLDER.partition("\n\n")[2],
            "Medway Council",
            "2019-10-18",
            "Inspection of",
        ),
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


def letter(title: str, day: str = "20 December 2016") -> str:
    """A letter of Ofsted's, as its PDF is read: its own address, its day, whom it is to, and its title."""
    return (
        f"Ofsted\n\nAgora\n\n6 Cumberland Place\n\nT 0300 123 1231\n\n{day}\n\nPat Example\n\nDirector of Children’s "
        f"Services, Eastmarch City Council\n\nDear Pat\n\n{title}\n\nThis letter gives the findings of the visit to "
        "Westmarch on 1 and 2 December 2016, the first since the local authority was judged inadequate in May 2016.\n"
    )


@pytest.mark.parametrize(
    ("title", "council"),
    [
        ("Monitoring visit of Westmarch children’s services", "Westmarch"),
        ("Monitoring visit to Westmarch City Council children’s services", "Westmarch City Council"),
        ("Monitoring visit of the London Borough of Croydon children's services", "London Borough of Croydon"),
        ("Monitoring visit of children’s services in Westmarch", "Westmarch"),
        ("Second monitoring visit to Westmarch", "Westmarch"),
        ("Focused visit to Westmarch local authority children’s services", "Westmarch"),
        ("Ofsted focused visit to Westmarch children's social care services", "Westmarch"),
        ("Focused assurance visit to Westmarch local authority children’s services", "Westmarch"),
        ("Assurance visit to Westmarch", "Westmarch"),
        ("Joint local area SEND inspection in Westmarch", "Westmarch"),
        ("Joint area SEND revisit in Brighton & Hove", "Brighton and Hove City Council"),
        ("Joint area special educational needs and/or disabilities (SEND) revisit in Westmarch", "Westmarch"),
        ("Joint targeted area inspection of the response to neglect in families in Westmarch", "Westmarch"),
    ],
)
def test_what_a_letter_states(title: str, council: str) -> None:
    text = letter(title)
    read = read_document("a", "a.pdf", text).source
    assert (read.title.value, read.council.value, read.date.value) == (title, council, "2016-12-20")
    assert (read.kind.value, read.kind.known) == (Kind.INSPECTION, Known.STATED)


def test_a_letter_without_a_day_has_that_of_its_visit() -> None:
    read = read_document("a", "a.pdf", letter("Monitoring visit of Westmarch children’s services", "")).source
    assert (read.date.value, read.date.known) == ("2016-12-02", Known.STATED)


@pytest.mark.parametrize(
    ("text", "council", "day"),
    [
        (
            "Westmarch City Council Re-inspection of services for children in need of help and protection, children "
            "looked after and care leavers\n\nInspection dates: 9 October to 2 November 2017\n\n"
            "Report published: 21 December 2017\n",
            "Westmarch City Council",
            "2017-12-21",
        ),
        (
            "Inspection of local authority arrangements for the protection of children\n\nWestmarch Borough Council\n\n"
            "Inspection dates: 4 to 13 February 2013\n\nLead inspector Pat Example\n",
            "Westmarch Borough Council",
            "2013-02-13",
        ),
        (
            "Focused visit to Westmarch children’s services\n\nInspection dates: 12 to 13 May 2022\n\n"
            "Lead inspector: Pat Example\n\nHeadline findings\n\nIt was good.\n",
            "Westmarch",
            "2022-05-13",
        ),
    ],
    ids=["name and title in one line", "before 2013", "a visit set as a report"],
)
def test_other_forms_of_report(text: str, council: str, day: str) -> None:
    read = read_document("a", "a.pdf", text).source
    assert (read.council.value, read.date.value, read.kind.value) == (council, day, Kind.INSPECTION)


@pytest.mark.parametrize(
    "text",
    [
        "CABINET\n\nOfsted Inspection of Westmarch's Children's Services\n",
        "The inspection of children's services took place in May 2019.\n",
        "Agenda item\n\nInspection of the board's plan\n",
        "Agenda item\n\nMonitoring visit of Westmarch children's services\n\nMinutes:\n\nMembers heard of it.\n",
        "Report to: Cabinet\n\nFocused visit to Westmarch children’s services\n\nPurpose of report\n\nTo tell of it.\n",
    ],
)
def test_other_documents_are_no_inspections(text: str) -> None:
    assert read_document("a", "a.txt", text).source.kind.value != Kind.INSPECTION


def test_one_council_has_one_name() -> None:
    """However a report, a minute, a catalogue or a folder writes it; the words that state it are as they stand."""
    texts = ("Inspection of Medway local authority children’s services\n", "MEDWAY COUNCIL\n\nCABINET\n\n3 MAY 2019\n")
    read = [read_document("a", "a.txt", text).source.council for text in texts]
    assert [(fact.value, fact.span.of(text)) for fact, text in zip(read, texts, strict=True) if fact.span] == [
        ("Medway Council", "Medway"),
        ("Medway Council", "MEDWAY COUNCIL"),
    ]
    assert read_document("a", "medway/a.txt", "Members met.\n").source.council == Fact("Medway Council", Known.UNSURE)
    assert stated(source("a", council="Medway"), "Members met.\n").council.value == "Medway Council"


def test_where_a_file_lies_says_more_than_a_council_that_is_mentioned() -> None:
    text = "The visit by Leeds City Council went well.\n"
    assert read_document("a", "a.txt", text).source.council == Fact("Leeds City Council", Known.UNSURE)
    assert read_document("a", "medway/a.txt", text).source.council == Fact("Medway Council", Known.UNSURE)


def test_what_the_words_state_goes_before_what_the_file_suggests() -> None:
    about = {"title": "Cabinet - Eastmarch Council", "url": "https://democracy.eastmarch.gov.uk/mgAi.aspx?ID=1"}
    text = "Westmarch Council\n\nCorporate Parenting Board\n\n4 May 2020\n\nMINUTES\n"
    read = read_document("a", "cabinet-2019-09-03.html", Reading(text, about=about)).source
    assert (read.council.value, read.body.value, read.date.value) == (
        "Westmarch Council",
        "Corporate Parenting Board",
        "2020-05-04",
    )
    assert read.url == Fact(about["url"], Known.UNSURE)


def test_the_catalogue_goes_first() -> None:
    known = source("a", council="Westmarch Council", title="Ofsted", date="2020-01-01", kind="report")
    assert stated(known, ILACS) == known
