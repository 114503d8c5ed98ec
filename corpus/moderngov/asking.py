"""The requests, each with what its answer must be: the four of the web service, and an attachment's own file."""

import hashlib
from collections.abc import Callable, Container
from datetime import date
from pathlib import PurePosixPath
from typing import NamedTuple, TypeVar
from urllib.parse import unquote, urlsplit

from corpus.moderngov import records
from corpus.moderngov.faults import NotWanted
from corpus.moderngov.service import Answer, Service

_SERVICE = "mgWebService.asmx"

# In bytes. A meeting of thirty items is a third of a megabyte of XML; a long agenda pack of scans is 40 MB of PDF.
LARGEST_ANSWER = 20_000_000
LARGEST_PAPER = 60_000_000

# Endings of addresses that say nothing of the file behind them.
_PROGRAMS = {"", ".aspx", ".asmx", ".ashx", ".asp"}

T = TypeVar("T")


class Paper(NamedTuple):
    """An attachment's file, and the ending for its name: ".pdf"."""

    content: bytes
    suffix: str


def committees(service: Service) -> list[records.Committee]:
    """The bodies of the council that it has not taken down."""
    found = service.get(f"{_SERVICE}/GetCommittees", LARGEST_ANSWER, _read(records.committees))
    return [committee for committee in found if not committee.deleted]


def sittings(service: Service, committee: str, first: date, last: date) -> list[records.Sitting]:
    """The meetings of a committee on the days from ``first`` to ``last``, which some installations disregard."""
    days = f"sFromDate={first:%d/%m/%Y}&sToDate={last:%d/%m/%Y}"
    link = f"{_SERVICE}/GetMeetings?lCommitteeId={committee}&{days}"
    found = service.get(link, LARGEST_ANSWER, _read(records.sittings))
    return [sitting for sitting in found if first <= sitting.day <= last]


def meeting(service: Service, identity: str) -> records.Meeting | None:
    """A meeting with its items; None where there is none (any more) that the public may see."""

    def read(xml: bytes) -> records.Meeting | None:
        found = records.meeting(xml)
        if found and found.id != identity:
            raise ValueError(f"the answer is of another meeting, {found.id}")
        return found if found and found.displayed else None

    return service.get(f"{_SERVICE}/GetMeeting?lMeetingId={identity}", LARGEST_ANSWER, _read(read))


def attachment(service: Service, identity: str) -> records.Attachment | None:
    """What GetAttachment says of an attachment."""
    link = f"{_SERVICE}/GetAttachment?lAttachmentId={identity}"
    return service.get(link, LARGEST_ANSWER, _read(records.attachment))


def paper(service: Service, link: str, readable: Container[str]) -> Paper:
    """The file of an attachment; NotWanted where it is of a kind not among ``readable`` (".pdf")."""
    suffix = _suffix(link)
    if suffix not in _PROGRAMS | {".htm"} and suffix not in readable:
        raise NotWanted(f"not a kind of file that is read ({suffix})")

    def read(answer: Answer) -> Paper:
        kind = _kind(answer)
        if kind not in readable:
            raise NotWanted(f"not a kind of file that is read ({kind or answer.media_type or 'unknown'})")
        return Paper(answer.body, kind)

    return service.get(link, LARGEST_PAPER, read)


def digest(*parts: str | bytes) -> str:
    """A short digest of words or bytes, to see whether they have changed."""
    joined = b"\0".join(part.encode() if isinstance(part, str) else part for part in parts)
    return hashlib.sha256(joined).hexdigest()[:32]


def _read(parse: Callable[[bytes], T]) -> Callable[[Answer], T]:
    return lambda answer: parse(answer.body)


def _kind(answer: Answer) -> str:
    """The kind of a file by what is in it; ValueError where a web page came instead of it, as an overload sends."""
    suffix, start = _suffix(answer.url), answer.body[:1024]
    suffix = "" if suffix in _PROGRAMS else suffix
    if b"%PDF-" in start:
        return ".pdf"
    if start.startswith(b"PK\x03\x04"):
        return ".docx" if b"word/document.xml" in answer.body else suffix
    if not answer.body:
        raise ValueError("the answer is empty")
    if answer.media_type == "text/html" or start.lstrip().lower().startswith((b"<!doctype html", b"<html")):
        if suffix not in (".htm", ".html"):
            raise ValueError("the answer is a web page and not the document")
        return ".html"
    if suffix == ".pdf":
        raise ValueError("the answer is no PDF")
    return ".txt" if answer.media_type == "text/plain" and not suffix else suffix


def _suffix(link: str) -> str:
    return PurePosixPath(unquote(urlsplit(link).path)).suffix.lower()
