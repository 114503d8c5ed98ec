"""What the web service's XML says, in the forms in which it is met."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.moderngov import records
from corpus.moderngov.confirming import confirmed
from corpus.moderngov.records import Attachment, Item, Meeting, NotUnderstood, Status


def meeting(inside: str = "", items: str = "") -> Meeting:
    """The meeting of 3 September 2019, with ``inside`` beside its id and day."""
    found = records.meeting(
        f"<meeting><meetingid>4378</meetingid><meetingdate>03/09/2019</meetingdate>{inside}"
        f"<agendaitems>{items}</agendaitems></meeting>".encode()
    )
    assert found
    return found


def item(inside: str, of_meeting: str = "<minutepublished>True</minutepublished>") -> Item:
    (found,) = meeting(of_meeting, f"<agendaitem><agendaitemid>24253</agendaitemid>{inside}</agendaitem>").items
    return found


def paper(inside: str) -> Attachment:
    row = f"<linkeddoc><attachmentid>60860</attachmentid>{inside}</linkeddoc>"
    (found,) = item(f"<linkeddocuments>{row}</linkeddocuments>").attachments
    return found


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Cabinet", "Cabinet"),
        ("Children &amp;amp; Young People", "Children & Young People"),
        ("Children &amp; Young People", "Children & Young People"),
        ("Members&amp;amp;#39; questions", "Members' questions"),
        ("&amp;lt;script&amp;gt;", "<script>"),
        ("  Ofsted\n   update&#160;2019 ", "Ofsted update 2019"),
        ("Ofsted&#x1F;update", "Ofsted update"),
        ("&amp;amp;amp;amp;amp;amp;amp;amp;", "&amp;amp;"),
    ],
    ids=["plain", "twice", "once", "three times", "markup", "white space", "Word's control character", "without end"],
)
def test_titles_are_unescaped_as_often_as_they_were_escaped(written: str, title: str) -> None:
    row = f"<committee><committeeid>115</committeeid><committeetitle>{written}</committeetitle></committee>"
    (committee,) = records.committees(f"<committees>{row}</committees>".encode())
    assert committee.title == title


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("True", True), ("true", True), ("1", True), (" True ", True),
        ("False", False), ("false", False), ("0", False), ("", False),
    ],
)  # fmt: skip
def test_a_flag_is_read_in_every_form(written: str, read: bool) -> None:
    assert item(f"<isrestricted>{written}</isrestricted>").restricted is read
    assert item(f"<isminutepublished>{written}</isminutepublished>").minutes_published is read


@pytest.mark.parametrize(
    ("inside", "restricted"),
    [
        ("", False),
        ("<isrestricted>perhaps</isrestricted>", True),
        ("<isdisplayallowed>False</isdisplayallowed>", True),
        ("<isdisplayallowed>perhaps</isdisplayallowed>", True),
        ("<restrictionsRef>Paragraph 3</restrictionsRef>", True),
        ("<restrictionsRef> </restrictionsRef>", False),
    ],
    ids=["nothing said", "unclear", "hidden", "unclear whether hidden", "exempt by a paragraph", "exempt by none"],
)
def test_what_is_not_clearly_public_is_restricted(inside: str, restricted: bool) -> None:
    assert item(inside).restricted is restricted


@pytest.mark.parametrize(
    ("of_meeting", "of_item", "minutes", "decision"),
    [
        ("", "", False, False),
        ("<minutepublished>True</minutepublished>", "", True, False),
        ("<minutepublished>True</minutepublished>", "<isminutepublished>False</isminutepublished>", False, False),
        ("", "<isminutepublished>True</isminutepublished>", False, False),
        ("<decisionpublished>True</decisionpublished>", "", False, True),
        ("", "<isdecisionpublished>True</isdecisionpublished>", False, True),
        (
            "<decisionpublished>True</decisionpublished>",
            "<isdecisionpublished>False</isdecisionpublished>",
            False,
            False,
        ),
    ],
    ids=["neither", "minutes", "minutes but not this", "minutes of this alone", "decisions", "this", "but not this"],
)
def test_what_is_published_of_an_item(of_meeting: str, of_item: str, minutes: bool, decision: bool) -> None:
    found = item(of_item, of_meeting)
    assert (found.minutes_published, found.decision_published) == (minutes, decision)


@pytest.mark.parametrize(
    ("inside", "status"),
    [
        ("", Status.NOT_STATED),
        ("<minutesstatus>Draft</minutesstatus>", Status.DRAFT),
        ("<minutestatus>Confirmed</minutestatus>", Status.CONFIRMED),
        ("<MinutesStatus>Approved</MinutesStatus>", Status.CONFIRMED),
        ("<minutesstatus>Awaiting approval: not confirmed</minutesstatus>", Status.DRAFT),
        ("<meetingstatus>Confirmed</meetingstatus>", Status.NOT_STATED),
    ],
    ids=["not said", "draft", "confirmed", "approved", "not yet", "the meeting's own"],
)
def test_the_status_of_minutes_where_it_is_said(inside: str, status: Status) -> None:
    assert meeting(inside).status is status
    assert meeting("", f"<agendaitem><agendaitemid>1</agendaitemid>{inside}</agendaitem>").status is status


@pytest.mark.parametrize(
    ("inside", "minutes"),
    [
        ("&lt;p&gt;Noted &amp;amp; agreed&lt;/p&gt;", "<p>Noted &amp; agreed</p>"),
        ("&amp;lt;p&amp;gt;Noted&amp;lt;/p&amp;gt;", "<p>Noted</p>"),
        ("&lt;p&gt;less than &amp;lt;b&lt;/p&gt;", "<p>less than &lt;b</p>"),
        ("Noted", "Noted"),
    ],
    ids=["escaped once", "escaped twice", "an escaped tag among tags", "no markup"],
)
def test_the_html_of_minutes_keeps_its_own_escaping(inside: str, minutes: str) -> None:
    assert item(f"<minutesnonemptyhtmlbody>{inside}</minutesnonemptyhtmlbody>").minutes == minutes


def test_an_attachment_as_it_is_listed() -> None:
    found = paper(
        "<title>Ofsted letter</title><isurl>False</isurl>"
        "<url>https://democracy.example.gov.uk/mgConvert2PDF.aspx?ID=60860</url><isrestricted>False</isrestricted>"
        "<publicationdate>02/09/2019 10:00</publicationdate><isdecisionattachment>True</isdecisionattachment>"
    )
    assert found == Attachment(
        "60860",
        "Ofsted letter",
        "https://democracy.example.gov.uk/mgConvert2PDF.aspx?ID=60860",
        False,
        date(2019, 9, 2),
        True,
    )


@pytest.mark.parametrize(
    "xml",
    [
        "<getmeetings><committee><committeemeetings>{}</committeemeetings></committee></getmeetings>",
        "<getmeetings><committee><meetings>{}</meetings></committee></getmeetings>",
        '<m:GetMeetings xmlns:m="urn:x">{}</m:GetMeetings>',
        "<Envelope><Body><getmeetings>{}</getmeetings></Body></Envelope>",
    ],
    ids=["committeemeetings", "meetings", "prefixes and capitals", "in an envelope"],
)
def test_meetings_are_listed_in_several_forms(xml: str) -> None:
    row = "<meeting><meetingid>4378</meetingid><meetingdate>03/09/2019</meetingdate><meetingstatus>{}</meetingstatus>"
    rows = "".join(f"{row.format(status)}</meeting>" for status in ("Confirmed", "Cancelled"))
    held, cancelled = records.sittings(xml.format(rows).encode())
    assert (held.id, held.day, held.cancelled) == ("4378", date(2019, 9, 3), False)
    assert cancelled.cancelled


@pytest.mark.parametrize("identity", ["", "../../x", "12 or 1=1", "-5", "1234567890123"])
def test_an_id_is_a_number_or_the_record_is_none(identity: str) -> None:
    row = f"<committee><committeeid>{identity}</committeeid><committeetitle>Cabinet</committeetitle></committee>"
    assert records.committees(f"<committees>{row}</committees>".encode()) == []


def test_a_meeting_that_is_no_more_is_none() -> None:
    assert records.meeting(b"<meeting></meeting>") is None
    assert records.attachment(b"<attachment></attachment>") is None


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (b"", "not whole XML"),
        (b"<committees><committee>", "not whole XML"),
        (b"<html><body>Busy</body></html>", "no committees in it"),
        (b"<!DOCTYPE html><html><body><p>Busy</body></html>", "a web page"),
        (b"Just a moment...", "not whole XML"),
        (b'<!DOCTYPE x [<!ENTITY a "aaaa">]><committees>&a;</committees>', "document type"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><committees/>', "document type"),
    ],
    ids=["nothing", "half", "XHTML", "HTML", "text", "an entity", "an outer entity"],
)
def test_another_answer_is_said_to_be_one(xml: bytes, words: str) -> None:
    with pytest.raises(NotUnderstood, match=words):
        records.committees(xml)


@given(st.binary(max_size=300))
def test_no_bytes_are_more_than_not_understood(xml: bytes) -> None:
    with pytest.raises(NotUnderstood):
        records.meeting(xml)


@pytest.mark.parametrize(
    ("title", "minutes", "days"),
    [
        (
            "Minutes",
            "<p>RESOLVED that the minutes of the meeting held on\n9 July 2019 be agreed as a correct record.</p>",
            {date(2019, 7, 9)},
        ),
        (
            "Minutes of the last meeting",
            "The Minutes of the meetings held on 9 July 2019 and 2 June 2019 were approved and signed by the Chair.",
            {date(2019, 7, 9), date(2019, 6, 2)},
        ),
        (
            "Record of Meeting",
            "<p>The record of the meeting held on 9 July 2019 was agreed by the Committee as correct and signed.</p>",
            {date(2019, 7, 9)},
        ),
        ("Minutes", "<p>The minutes of 9 July 2019 were not agreed and will come to the next meeting.</p>", set()),
        ("Minutes", "<p>The minutes of the meeting held on 9 July 2020 were agreed.</p>", set()),
        ("Minutes", "<p>The minutes of the last meeting were agreed as a correct record.</p>", set()),
        ("Minutes", "<p>The minutes were read.</p><p>A plan of 9 July 2019 was agreed.</p>", set()),
        ("Ofsted update", "<p>The minutes of the meeting held on 9 July 2019 be agreed.</p>", set()),
    ],
    ids=["one", "two", "a record", "not agreed", "a later day", "no day", "another sentence", "another item"],
)
def test_what_minutes_confirm(title: str, minutes: str, days: set[date]) -> None:
    found = Item("1", "1.", title, "", minutes, "", False, True, False, ())
    later = Meeting("4378", date(2019, 9, 3), True, True, Status.NOT_STATED, (found,), ())
    assert confirmed(later) == days
