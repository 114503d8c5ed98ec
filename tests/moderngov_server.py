"""A small council's ModernGov on 127.0.0.1: it speaks the web service's XML, and can be told to be ill."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

PDF = b"%PDF-1.4\n% a paper\n%%EOF\n"
WORD = b"PK\x03\x04 word/document.xml"
SHEET = b"PK\x03\x04 xl/workbook.xml"
WEB_PAGE = b"<!DOCTYPE html>\n<html><head><title>Server busy</title></head><body><p>Please wait</body></html>"

MINUTES = (
    '<div class="WordSection1">\n<p class="MsoNormal">Officers confirmed that Ofsted had found\nimprovement in the '
    "front door.</p>\n</div>"
)
DECISION = "<p>The Cabinet agreed the action plan.</p>"


@dataclass
class Paper:
    """A ``linkeddoc``. Flags are written as they stand."""

    id: int
    title: str
    url: str
    restricted: str = "False"
    published: str = "02/09/2019"
    restriction: str = ""
    of_decision: str = "False"


@dataclass
class Item:
    """An ``agendaitem``."""

    id: int
    title: str
    number: str = "4."
    minutes: str = MINUTES
    decision: str = ""
    introduction: str = ""
    restricted: str = "False"
    displayed: str = "True"
    minutes_published: str = "True"
    decision_published: str = "False"
    status: str = ""
    papers: list[Paper] = field(default_factory=list)


@dataclass
class Sitting:
    """A ``meeting``."""

    id: int
    body: int = 115
    day: str = "03/09/2019"
    meeting_status: str = "Confirmed"
    displayed: str = "True"
    minutes_published: str = "True"
    decisions_published: str = "False"
    items: list[Item] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)


@dataclass
class Council:
    """What is published, what was asked for, and how ill the server is.

    ``faults`` are, by the start of a target without its slash, what is sent instead of the answers to come, one after
    the other; those in ``lasting`` are sent for ever. GetAttachment says of ``kept_back`` that they are restricted.
    """

    bodies: dict[int, str] = field(default_factory=lambda: {115: "Cabinet"})
    sittings: list[Sitting] = field(default_factory=list)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    faults: dict[str, list["Fault"]] = field(default_factory=dict)
    lasting: dict[str, "Fault"] = field(default_factory=dict)
    kept_back: set[int] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    address: str = ""

    def times_asked(self, start: str) -> int:
        return sum(target.startswith(start) for target in self.asked)


@contextmanager
def serving(council: Council) -> Iterator[Council]:
    """The council's server for as long as it is needed; ``council.address`` says where."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            target = self.path.lstrip("/")
            council.asked.append(target)
            council.agents.add(self.headers["User-Agent"])
            with suppress(OSError):
                (_fault(council, target) or _answer(council, target))(self)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    council.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield council
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


Fault = Callable[[BaseHTTPRequestHandler], None]


def send(body: bytes, media_type: str = "text/xml; charset=utf-8", status: int = 200, **headers: str) -> Fault:
    """An answer; ``Retry_After="7"`` is a header."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", media_type)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def status(code: int, **headers: str) -> Fault:
    return send(WEB_PAGE, "text/html", code, **headers)


def web_page() -> Fault:
    return send(WEB_PAGE, "text/html")


def redirect(to: str) -> Fault:
    return send(b"", "text/html", 302, Location=to)


def half(body: bytes = b"<committees><committee><committeeid>115") -> Fault:
    """Half an answer, and then nothing."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/xml")
        handler.send_header("Content-Length", str(2 * len(body)))
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True

    return answer


def drip(headers_too: bool = False) -> Fault:
    """A whole answer, a byte at a time, over five seconds or more."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        body = b"<committees></committees>" + b" " * 75
        head = b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 75 + b"\r\n" if headers_too else b"HTTP/1.1 200 OK\r\n"
        rest = b"Content-Type: text/xml\r\nContent-Length: 100\r\n\r\n"
        for byte in (head if headers_too else b"") + body:
            if not headers_too and rest:
                handler.wfile.write(head + rest)
                rest = b""
            handler.wfile.write(bytes([byte]))
            time.sleep(0.05)

    return answer


def silence() -> Fault:
    """Nothing at all for longer than anybody waits."""
    return lambda handler: time.sleep(3)


def endless() -> Fault:
    """More than anybody wants, without saying how much."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/pdf")
        handler.end_headers()
        handler.wfile.write(PDF)
        for _ in range(4_000):
            handler.wfile.write(b"x" * 65_536)

    return answer


def _fault(council: Council, target: str) -> Fault | None:
    for start, waiting in council.faults.items():
        if target.startswith(start) and waiting:
            return waiting.pop(0)
    return next((fault for start, fault in council.lasting.items() if target.startswith(start)), None)


def _answer(council: Council, target: str) -> Fault:
    if target in council.files:
        media_type, content = council.files[target]
        return send(content, media_type)
    parts = urlsplit(target)
    wanted = {name: values[0] for name, values in parse_qs(parts.query).items()}
    operation = parts.path.removeprefix("mgWebService.asmx/")
    if operation == "GetCommittees":
        return _xml(_committees(council))
    if operation == "GetMeetings":
        return _xml(_meetings(council, int(wanted["lCommitteeId"])))
    if operation == "GetMeeting":
        found = [s for s in council.sittings if str(s.id) == wanted["lMeetingId"]]
        return _xml(_meeting(found[0])) if found else status(404)
    if operation == "GetAttachment":
        return _xml(_attachment(council, wanted["lAttachmentId"]))
    return status(404)


def _xml(body: str) -> Fault:
    return send(f'<?xml version="1.0" encoding="utf-8"?>\n{body}'.encode())


def _committees(council: Council) -> str:
    bodies = "".join(
        f"<committee><committeeid>{number}</committeeid>{_title('committeetitle', title)}"
        "<committeedeleted>False</committeedeleted></committee>"
        for number, title in council.bodies.items()
    )
    return f"<committees><committeescount> {len(council.bodies)}</committeescount>{bodies}</committees>"


def _meetings(council: Council, body: int) -> str:
    """Every meeting, whatever days were asked for, as some installations have it."""
    sittings = "".join(
        f"<meeting><meetingid>{s.id}</meetingid><meetingdate>{s.day}</meetingdate>"
        f"<meetingstatus>{s.meeting_status}</meetingstatus></meeting>"
        for s in council.sittings
        if s.body == body
    )
    return (
        f"<getmeetings><committee><committeeid>{body}</committeeid>"
        f"<committeemeetings>{sittings}</committeemeetings></committee></getmeetings>"
    )


def _meeting(sitting: Sitting) -> str:
    items = "".join(map(_item, sitting.items))
    return (
        f"<meeting><meetingid>{sitting.id}</meetingid><meetingdate>{sitting.day}</meetingdate>"
        f"<isdisplayallowed>{sitting.displayed}</isdisplayallowed><agendapublished>True</agendapublished>"
        f"<decisionpublished>{sitting.decisions_published}</decisionpublished>"
        f"<minutepublished>{sitting.minutes_published}</minutepublished>"
        f"<agendaitems>{items}</agendaitems>{_papers(sitting.papers)}</meeting>"
    )


def _item(item: Item) -> str:
    stated = f"<minutesstatus>{item.status}</minutesstatus>" if item.status else ""
    return (
        f"<agendaitem><agendaitemid>{item.id}</agendaitemid>{_title('agendaitemtitle', item.title)}"
        f"<agendatext>{escape(item.introduction)}</agendatext><agendaitemnumber>12</agendaitemnumber>"
        f"<fulldisplaynumberformat>{item.number}</fulldisplaynumberformat>"
        f"<minutesnonemptyhtmlbody>{escape(item.minutes)}</minutesnonemptyhtmlbody>"
        f"<decisionnonemptyhtmlbody>{escape(item.decision)}</decisionnonemptyhtmlbody>"
        f"<isdecisionpublished>{item.decision_published}</isdecisionpublished>"
        f"<isminutepublished>{item.minutes_published}</isminutepublished>"
        f"<isrestricted>{item.restricted}</isrestricted><isdisplayallowed>{item.displayed}</isdisplayallowed>"
        f"{stated}{_papers(item.papers)}</agendaitem>"
    )


def _papers(papers: list[Paper]) -> str:
    return f"<linkeddocuments>{''.join(f'<linkeddoc>{_paper(p)}</linkeddoc>' for p in papers)}</linkeddocuments>"


def _paper(paper: Paper) -> str:
    return (
        f"<attachmentid>{paper.id}</attachmentid>{_title('title', paper.title)}<isurl>False</isurl>"
        f"<url>{escape(paper.url)}</url><isrestricted>{paper.restricted}</isrestricted>"
        f"<restrictionsRef>{paper.restriction}</restrictionsRef>"
        f"<publicationdate>{paper.published}</publicationdate>"
        f"<isdecisionattachment>{paper.of_decision}</isdecisionattachment>"
    )


def _attachment(council: Council, identity: str) -> str:
    """As GetAttachment has it: the listed paper, at an address that the list did not give."""
    papers = [p for s in council.sittings for i in s.items for p in i.papers if str(p.id) == identity]
    restricted = str(papers[0].id in council.kept_back)
    found = Paper(papers[0].id, papers[0].title, f"documents/s{identity}/paper.pdf", restricted)
    return f"<attachment><attachmentdetails>{_paper(found)}</attachmentdetails></attachment>"


def _title(name: str, title: str) -> str:
    """A title escaped twice, as real ones are."""
    return f"<{name}>{escape(escape(title))}</{name}>"
