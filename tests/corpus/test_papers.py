"""What a council's own paper says of itself on its first page."""

import pytest

from corpus.collection import read_document
from corpus.model import Fact, Known

FORMAL = (
    "NORTHBRIDGE COUNTY COUNCIL\n\nMinutes of a meeting of the Children’s Services Overview and Scrutiny Committee "
    "held on 4 March 2020 at County Hall\n\nPresent:\n\nCouncillor Example\n\n1. Apologies for absence\n\nNone.\n\n"
    "2. Minutes\n\nThe minutes of the meeting held on 5 February 2020 were agreed.\n"
)
CAPITALS = "CABINET\n\n3 SEPTEMBER 2019\n\nPresent:\n\nCouncillor Example\n\nRESOLVED that it be noted.\n"
BOROUGH = (
    "LONDON BOROUGH OF CROYDON\n\nCHILDREN AND YOUNG PEOPLE SCRUTINY SUB-COMMITTEE\n\nDate: Tuesday 10th March 2020\n\n"
    "Time: 6.30pm\n\nPresent: Councillor Example\n\n12 APOLOGIES FOR ABSENCE\n\nNone\n"
)
PAGE = (
    "Agenda and minutes: Cabinet, Tuesday, 3rd September 2019 3.00 pm\n\nVenue: Civic Hall\n\n1. Apologies\n\nNone.\n"
)
OLDER_PAGE = (
    "Agenda and minutes\n\nChildren and Families Committee - Monday, 28th September, 2015 2.00 pm\n\nVenue: Room 1\n\n"
    "11.\n\nAlso Present\n\nMinutes:\n\nCouncillor Example\n"
)
ITEM = (
    "Agenda item\n\nOfsted update\n\nMeeting of Corporate Parenting Board, Wednesday 14th September 2022 10.00 am "
    "(Item 5.)\n\nMinutes:\n\nMembers heard.\n"
)
FIELDS = (
    "Northbridge City Council\n\nReport to:\tCabinet\nMeeting date:\t14 July 2021\nReport of:\tDirector\n"
    "Report title:\tOfsted focused visit\n\n1. Purpose\n\nThis report sets out the visit in May 2021.\n"
)
LABELS = (
    "Committee:\n\nChildren and Young People Scrutiny Panel\n\nDate of meeting:\n\n5 June 2018\n\n"
    "Subject: Improvement plan update\n\nReport of the Director\n\nPurpose of report\n\nTo update members.\n"
)
SENTENCE = (
    "Report of the Director of Children's Services to the meeting of the Children's Scrutiny Board to be held on "
    "12 January 2023\n\nSubject: Ofsted outcome\n\nThe outcome.\n"
)
IN_A_SENTENCE = (
    "MINUTES of the meeting of the Corporate Parenting Panel of Northbridge Borough Council held at the Town Hall on "
    "Monday, 9 May 2022 at 6 pm\n\nPRESENT: Councillor Example\n\nDate of next meeting: 8 July 2022\n"
)
PUBLISHED = (
    "Date of publication: 3 June 2020\n\nCorporate Parenting Committee\n\nWednesday, 27 May 2020\n\nPRESENT\n\n"
    "The minutes were confirmed on 29 June 2020.\n"
)
TWO_LINES = (
    "Cheshire East Council\n\nMinutes of a meeting of the Children and Families Committee\nheld on Monday, 16th "
    "September, 2024 in the Long Room\n\nPRESENT\n"
)
INITIALS = "Devon CC Children's Scrutiny Committee\n\n14 January 2020\n\nMinutes\n\nPublished: 20 January 2020\n"
NAME_ALONE = "Medway\n\nServing You\n\nCABINET MEETING\n\nTuesday 3 September 2019\n3.00pm to 4.05pm\n"
DRAFT = (
    "Agenda and draft minutes\n\nCorporate Parenting Panel - Tuesday, 29th September, 2020 5.00 pm\n\nVenue: Online\n\n"
    "Minutes of the previous meeting\n\nTo approve the minutes of the meeting held on 4 March 2020.\n"
)
ISSUE = (
    "Issue - meetings\n\nOfsted update\n\nMeeting: 23/01/2020 - Children and Families Scrutiny Panel (Item 25)\n\n"
    "25 Ofsted update\n\nThe Panel heard of it.\n\nRESOLVED that it be noted.\n"
)
RECORD = (
    "Decision Maker: Cabinet\n\nDecision status: Recommendations Approved\n\nPublication date: 08/03/2017\n\n"
    "Date of decision: 07/03/2017\n\nThat the plan be endorsed.\n"
)
LATER = (
    "Children's Services Scrutiny Committee\n\nTuesday, 11 December 2007\n\n"
    "MINUTES of the meeting held on 30 October 2007 commencing at 10.00 am\n\nPresent:\n\nCouncillor Example\n"
)
DASH = "Children Scrutiny Panel – 13 December 2010\n\nPRESENT:  Councillor Example in the chair.\n\n187  DECLARATIONS\n"

COMMITTEE = "Children’s Services Overview and Scrutiny Committee"


@pytest.mark.parametrize(
    ("text", "council", "body", "day", "kind", "title"),
    [
        (
            FORMAL,
            "Northbridge County Council",
            COMMITTEE,
            "2020-03-04",
            "minutes",
            f"Minutes of a meeting of the {COMMITTEE} held on 4 March 2020",
        ),
        (CAPITALS, None, "Cabinet", "2019-09-03", "minutes", "CABINET 3 SEPTEMBER 2019"),
        (
            BOROUGH,
            "London Borough of Croydon",
            "Children and Young People Scrutiny Sub-Committee",
            "2020-03-10",
            "minutes",
            "CHILDREN AND YOUNG PEOPLE SCRUTINY SUB-COMMITTEE",
        ),
        (
            PAGE,
            None,
            "Cabinet",
            "2019-09-03",
            "minutes",
            "Agenda and minutes: Cabinet, Tuesday, 3rd September 2019 3.00 pm",
        ),
        (
            OLDER_PAGE,
            None,
            "Children and Families Committee",
            "2015-09-28",
            "minutes",
            "Children and Families Committee - Monday, 28th September, 2015",
        ),
        (ITEM, None, "Corporate Parenting Board", "2022-09-14", "minutes", "Ofsted update"),
        (FIELDS, "Northbridge City Council", "Cabinet", "2021-07-14", "report", "Ofsted focused visit"),
        (LABELS, None, "Children and Young People Scrutiny Panel", "2018-06-05", "report", "Improvement plan update"),
        (SENTENCE, None, "Children's Scrutiny Board", "2023-01-12", "report", "Ofsted outcome"),
        (
            IN_A_SENTENCE,
            "Northbridge Borough Council",
            "Corporate Parenting Panel",
            "2022-05-09",
            "minutes",
            "MINUTES of the meeting of the Corporate Parenting Panel of Northbridge Borough Council held at the Town "
            "Hall on Monday, 9 May 2022",
        ),
        (
            PUBLISHED,
            None,
            "Corporate Parenting Committee",
            "2020-05-27",
            "minutes",
            "Corporate Parenting Committee Wednesday, 27 May 2020",
        ),
        (
            TWO_LINES,
            "Cheshire East Council",
            "Children and Families Committee",
            "2024-09-16",
            "minutes",
            "Children and Families Committee held on Monday, 16th September, 2024",
        ),
        (
            INITIALS,
            "Devon County Council",
            "Children's Scrutiny Committee",
            "2020-01-14",
            "minutes",
            "Children's Scrutiny Committee 14 January 2020",
        ),
        (NAME_ALONE, "Medway Council", "Cabinet", "2019-09-03", None, "CABINET"),
        (
            DASH,
            None,
            "Children Scrutiny Panel",
            "2010-12-13",
            "minutes",
            "Children Scrutiny Panel – 13 December 2010",
        ),
        ("Members met Medway Council and Leeds City Council on 3 May 2020.\n", None, None, None, None, None),
        ("Members met.\n\nThe Board wrote to the Committee.\n", None, None, None, None, None),
    ],
    ids=[
        *("a formal heading", "capitals", "a borough", "a saved page", "an older page", "an agenda item", "fields"),
        *("labels", "a report's sentence", "minutes' sentence", "published before", "two lines", "initials"),
        *("a council's name alone", "a dash", "two councils mentioned", "nothing"),
    ],
)
def test_what_a_paper_states(
    text: str, council: str | None, body: str | None, day: str | None, kind: str | None, title: str | None
) -> None:
    read = read_document("a", "a.txt", text).source
    facts = (read.council, read.body, read.date, read.kind, read.title)
    assert tuple(fact.value for fact in facts) == (council, body, day, kind, title)
    for fact in facts:
        assert (fact.known is Known.STATED) == (fact.span is not None)
        assert fact.span is None or fact.span.of(text).strip() == fact.span.of(text) != ""


@pytest.mark.parametrize(
    ("text", "body", "day", "kind"),
    [
        (DRAFT, "Corporate Parenting Panel", "2020-09-29", "minutes"),
        (ISSUE, "Children and Families Scrutiny Panel", "2020-01-23", "minutes"),
        (RECORD, "Cabinet", "2017-03-07", None),
        (LATER, "Children's Services Scrutiny Committee", "2007-10-30", "minutes"),
    ],
    ids=["draft minutes", "an issue's page", "a decision's page", "minutes agreed at a later meeting"],
)
def test_whose_meeting_and_when(text: str, body: str, day: str, kind: str | None) -> None:
    read = read_document("a", "a.txt", text).source
    assert (read.body.value, read.date.value, read.kind.value) == (body, day, kind)


@pytest.mark.parametrize(
    ("text", "body", "day", "title"),
    [
        (
            "CABINET – 16 OCTOBER 2018\n\nOFSTED VISIT\n\nREPORT OF THE DIRECTOR\n\nPART A\n\nPurpose\n\nTo tell.\n",
            "Cabinet",
            "2018-10-16",
            "OFSTED VISIT",
        ),
        (
            "Agenda Item 7\n\nCabinet\n\n12 February 2019\n\n"
            "Ofsted outcome\n\nReport of: Director\n\n1. Why\n\nTo tell.\n",
            "Cabinet",
            "2019-02-12",
            "Ofsted outcome",
        ),
        (
            "Report to Scrutiny Committee\n\n9 January 2018\n\nOfsted update\n\nReport by the Director\n\nIt is.\n",
            "Scrutiny Committee",
            "2018-01-09",
            "Ofsted update",
        ),
        (
            "NORTHBRIDGE COUNCIL\n\nCARE COMMITTEE – PUBLIC MEETING\n\n"
            "1000 hours on Wednesday 22 July 2020, Online\n\nPresent\n",
            "Care Committee",
            "2020-07-22",
            "CARE COMMITTEE",
        ),
        (
            "CABINET\n\nMEETING HELD AT THE TOWN HALL ON THURSDAY 5TH MARCH, 2020\n\nPRESENT: Councillor Example\n",
            "Cabinet",
            "2020-03-05",
            "CABINET",
        ),
        (
            "SCRUTINY BOARD (CHILDREN AND FAMILIES)\n\nWEDNESDAY, 6TH MARCH, 2019\n\nPRESENT: Councillor Example\n",
            "Scrutiny Board (Children and Families)",
            "2019-03-06",
            "SCRUTINY BOARD (CHILDREN AND FAMILIES) WEDNESDAY, 6TH MARCH, 2019",
        ),
        (
            "DECISION-MAKER:\tCABINET\nSUBJECT:\tOFSTED OUTCOME\nDATE OF DECISION:\t21 JANUARY 2020\n"
            "REPORT OF:\tDIRECTOR\n\nText.\n",
            "Cabinet",
            "2020-01-21",
            "OFSTED OUTCOME",
        ),
    ],
    ids=["a dash", "a report with its item", "a report to", "hours", "held at", "brackets", "fields in capitals"],
)
def test_headings_of_many_kinds(text: str, body: str, day: str, title: str) -> None:
    read = read_document("a", "a.txt", text).source
    assert (read.body.value, read.date.value, read.title.value) == (body, day, title)


def test_the_headings_day_goes_before_others() -> None:
    text = FORMAL.replace("Present:", "Published: 9 March 2020\n\nDate of next meeting: 1 April 2020\n\nPresent:")
    read = read_document("a", "a.txt", text).source
    assert read.date.span is not None
    assert read.date.span.of(text) == "4 March 2020"


def test_a_council_that_is_only_mentioned_is_unsure() -> None:
    text = CAPITALS.replace("Councillor Example", "Councillor Example, Medway Council")
    assert read_document("a", "a.txt", text).source.council == Fact("Medway Council", Known.UNSURE)


def test_minutes_by_their_outcome_alone_are_unsure() -> None:
    assert read_document("a", "a.txt", "Members met.\n\nRESOLVED that it be noted.\n").source.kind == Fact(
        "minutes", Known.UNSURE
    )
