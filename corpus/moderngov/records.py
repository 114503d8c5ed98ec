"""What the web service answers, read from its XML: committees, their meetings, the items of one, and attachments.

The elements, as public installations answer (``…/mgWebService.asmx/NAME?…``; every value is an element's text):

- GetCommittees: ``committee`` with ``committeeid``, ``committeetitle``, ``committeedeleted``
- GetMeetings (lCommitteeId, sFromDate, sToDate): ``meeting`` with ``meetingid``, ``meetingdate`` (dd/mm/yyyy),
  ``meetingstatus``, in ``committeemeetings`` or ``meetings``; some installations pass over the days asked for
- GetMeeting (lMeetingId): ``meeting`` with ``isdisplayallowed``, ``minutepublished``,
  ``decisionpublished`` and, in ``agendaitems``, ``agendaitem`` with ``agendaitemid``, ``agendaitemtitle``,
  ``fulldisplaynumberformat`` ("9."), ``agendaitemnumber``, ``agendatext``, ``minutesnonemptyhtmlbody``,
  ``decisionnonemptyhtmlbody`` (HTML, escaped), ``isrestricted``, ``isdisplayallowed``, ``isminutepublished``,
  ``isdecisionpublished`` and, in ``linkeddocuments``, ``linkeddoc``
- a ``linkeddoc``, and what GetAttachment (lAttachmentId) says in ``attachmentdetails``: ``attachmentid``, ``title``,
  ``url``, ``isrestricted``, ``restrictionsref``, ``publicationdate``, ``isdecisionattachment``

Names are read in any case and with any prefix. Whether minutes are draft is read from ``minutesstatus`` or
``minutestatus``, of an item or of the meeting, where an installation has it; many do not (see ``confirming.py``).
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar
from xml.etree.ElementTree import Element, TreeBuilder  # a tree is built, and nothing parsed  # nosec B405
from xml.parsers import expat

from corpus.folding import on_one_line

# Titles come escaped twice ("&amp;amp;"); more than this is no escaping any more.
_TIMES_ESCAPED = 5
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
# Word's control characters, which no XML may hold, and this service's sometimes does ("&#x1F;").
_NO_CHARACTER = re.compile(rb"&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[1245-9]|2[0-9]|3[01]));", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z]")
_ESCAPED_TAG = re.compile(r"&lt;/?[a-zA-Z]")
_YES, _NO = {"true", "1", "yes"}, {"false", "0", "no", ""}

T = TypeVar("T")


class NotUnderstood(ValueError):
    """An answer that is not the web service's XML; the text says what it is instead."""


class Status(StrEnum):
    """Whether minutes are a draft, or have been confirmed as a correct record."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    NOT_STATED = ""


@dataclass(frozen=True, slots=True)
class Committee:
    """A body that meets; ``deleted`` where the council has taken it down."""

    id: str
    title: str
    deleted: bool


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting as it is listed, before it has been read."""

    id: str
    day: date
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Attachment:
    """A paper put before a meeting. ``url`` is empty where only GetAttachment says it; ``day`` is its publication's."""

    id: str
    title: str
    url: str
    restricted: bool
    day: date | None
    of_decision: bool


@dataclass(frozen=True, slots=True)
class Item:
    """An item of an agenda. ``introduction``, ``minutes`` and ``decision`` are HTML as it was delivered, or empty."""

    id: str
    number: str
    title: str
    introduction: str
    minutes: str
    decision: str
    restricted: bool
    minutes_published: bool
    decision_published: bool
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as it was read. ``status`` is what is said of its minutes; ``attachments`` are of no item of it."""

    id: str
    day: date
    displayed: bool
    minutes_published: bool
    status: Status
    items: tuple[Item, ...]
    attachments: tuple[Attachment, ...]


def committees(xml: bytes) -> list[Committee]:
    """The committees of GetCommittees; :class:`NotUnderstood` where it is another answer."""
    root = _root(xml, "committees")
    return [
        Committee(_id(e, "committeeid"), _title(e, "committeetitle"), _flag(e, "committeedeleted", unclear=False))
        for e in _each(root, "committee", "committeeid")
    ]


def sittings(xml: bytes) -> list[Sitting]:
    """The meetings of GetMeetings; :class:`NotUnderstood` where it is another answer."""
    root = _root(xml, "getmeetings")
    return [
        Sitting(_id(e, "meetingid"), _day_of_meeting(e), "cancel" in _text(e, "meetingstatus").lower())
        for e in _each(root, "meeting", "meetingid")
    ]


def meeting(xml: bytes) -> Meeting | None:
    """The meeting of GetMeeting, None where there is none (any more); :class:`NotUnderstood` for another answer."""
    root = _root(xml, "meeting")
    found = next(_each(root, "meeting", "meetingid"), None)
    if found is None:
        return None
    minuted = _flag(found, "minutepublished", unclear=False)
    decided = _flag(found, "decisionpublished", unclear=False)
    entries = [e for part in found.findall("agendaitems") for e in _each(part, "agendaitem", "agendaitemid")]
    return Meeting(
        _id(found, "meetingid"),
        _day_of_meeting(found),
        _flag(found, "isdisplayallowed", unclear=False, unsaid=True),
        minuted,
        _status(found, *entries),
        tuple(_item(entry, minuted, decided) for entry in entries),
        _attachments(found),
    )


def attachment(xml: bytes) -> Attachment | None:
    """The attachment of GetAttachment, None where there is none; :class:`NotUnderstood` for another answer."""
    root = _root(xml, "attachment", "attachmentdetails")
    found = next((e for e in root.iter() if e.find("attachmentid") is not None), None)
    return _attachment(found) if found is not None and _id(found, "attachmentid") else None


def _item(element: Element, minuted: bool, decided: bool) -> Item:
    shown = _flag(element, "isdisplayallowed", unclear=False, unsaid=True)
    return Item(
        _id(element, "agendaitemid"),
        _title(element, "fulldisplaynumberformat") or _title(element, "agendaitemnumber"),
        _title(element, "agendaitemtitle"),
        _html(element, "agendatext"),
        _html(element, "minutesnonemptyhtmlbody"),
        _html(element, "decisionnonemptyhtmlbody"),
        _restricted(element) or not shown,
        minuted and _flag(element, "isminutepublished", unclear=False, unsaid=True),
        _flag(element, "isdecisionpublished", unclear=False, unsaid=decided),
        _attachments(element),
    )


def _attachments(element: Element) -> tuple[Attachment, ...]:
    return tuple(
        _attachment(e) for part in element.findall("linkeddocuments") for e in _each(part, "linkeddoc", "attachmentid")
    )


def _attachment(element: Element) -> Attachment:
    published = _flag(element, "ispublished", unclear=False, unsaid=True)
    return Attachment(
        _id(element, "attachmentid"),
        _title(element, "title"),
        html.unescape(_text(element, "url")),
        _restricted(element) or not published,
        _day(_text(element, "publicationdate")),
        _flag(element, "isdecisionattachment", unclear=False),
    )


def _restricted(element: Element) -> bool:
    """Whether something is kept from the public; where that is not clear, it is."""
    return _flag(element, "isrestricted", unclear=True) or bool(_text(element, "restrictionsref"))


def _status(*elements: Element) -> Status:
    """Draft where any of a meeting and its items says so."""
    said = " ".join(_text(e, "minutesstatus") or _text(e, "minutestatus") for e in elements).lower()
    if re.search(r"\b(?:draft|unconfirmed|unapproved|not|awaiting|provisional)\b", said):
        return Status.DRAFT
    return Status.CONFIRMED if re.search(r"\b(?:confirmed|approved|agreed|signed)\b", said) else Status.NOT_STATED


def _root(xml: bytes, *names: str) -> Element:
    """The root of an answer, names in lower case and without prefixes, if an element of ``names`` is in it.

    A document type is refused: the service sends none, and what it could declare is of no good to anybody.
    """
    builder = TreeBuilder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: builder.start(_plain(name), attributes)
    parser.EndElementHandler = lambda name: builder.end(_plain(name))
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _no_document_type
    try:
        parser.Parse(_NO_CHARACTER.sub(b" ", xml).lstrip(), True)
        root = builder.close()
    except (expat.ExpatError, ValueError, AssertionError) as error:
        if re.match(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+)?html", xml[:200], re.IGNORECASE):
            raise NotUnderstood("the answer is a web page and not XML") from error
        raise NotUnderstood(f"the answer is not whole XML ({error})") from error
    if not any(element.tag in names for element in root.iter()):
        raise NotUnderstood(f"the answer is XML, but has no {names[0]} in it")
    return root


def _no_document_type(*_: object) -> None:
    raise ValueError("it has a document type")


def _plain(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _each(root: Element, name: str, identity: str) -> Iterator[Element]:
    """The elements of a name that have an id: a number, because files and addresses are named after it."""
    return (element for element in root.iter(name) if _id(element, identity))


def _id(element: Element, name: str) -> str:
    found = _text(element, name)
    return found if re.fullmatch(r"[0-9]{1,12}", found) else ""


def _text(element: Element, name: str) -> str:
    return (element.findtext(name) or "").strip()


def _title(element: Element, name: str) -> str:
    """A text on one line, unescaped as often as it was escaped."""
    return on_one_line(_CONTROLS.sub(" ", _settled(_text(element, name), html.unescape)))


def _settled(value: T, step: Callable[[T], T]) -> T:
    """What is left of ``value`` when ``step`` changes it no more, or has been taken often enough."""
    for _ in range(_TIMES_ESCAPED):
        before, value = value, step(value)
        if value == before:
            break
    return value


def _html(element: Element, name: str) -> str:
    """HTML as it was delivered, unescaped once more only where all of its tags are still escaped."""
    found = _text(element, name)
    return _settled(found, lambda h: html.unescape(h) if _ESCAPED_TAG.search(h) and not _TAG.search(h) else h)


def _flag(element: Element, name: str, unclear: bool, unsaid: bool = False) -> bool:
    """A yes or no; ``unsaid`` where the element is not there, ``unclear`` where it says neither."""
    if element.find(name) is None:
        return unsaid
    said = _text(element, name).lower()
    return said in _YES if said in _YES | _NO else unclear


def _day_of_meeting(element: Element) -> date:
    day = _day(_text(element, "meetingdate"))
    if day is None:
        raise NotUnderstood(f"meeting {_id(element, 'meetingid')} has no day that can be read")
    return day


def _day(text: str) -> date | None:
    """A day as the service writes it, 03/09/2019, with or without a time behind it."""
    try:
        return datetime.strptime(text.split()[0], "%d/%m/%Y").date()
    except (ValueError, IndexError):
        return None
