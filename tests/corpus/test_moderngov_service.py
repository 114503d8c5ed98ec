"""The polite client: what it tries again, what it does not, and where it never goes."""

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from moderngov_server import (
    Council,
    Fault,
    drip,
    endless,
    half,
    redirect,
    send,
    serving,
    silence,
    status,
    web_page,
)

from corpus.moderngov import asking
from corpus.moderngov.faults import Gone, NotFetched, NotWanted
from corpus.moderngov.service import Answer, Service

LIST = "mgWebService.asmx/GetCommittees"


@pytest.fixture
def council() -> Iterator[Council]:
    with serving(Council()) as council:
        yield council


class Rests(list[float]):
    """The clock stands still but for the sleeping, which takes no time and is written down."""

    def clock(self) -> float:
        return sum(self)


def service(council: Council, rests: Rests, rate: float = 0.0, time_limit: float = 0.5) -> Service:
    return Service.open(council.address, rate, time_limit, rests.clock, rests.append)


@pytest.mark.parametrize(
    "fault",
    [
        status(500),
        status(502),
        status(429),
        status(503),
        half(),
        web_page(),
        silence(),
        drip(),
        drip(headers_too=True),
        send(b"<committees><committee>"),
        send(b""),
        send(b"<other/>"),
        send(b'<!DOCTYPE c [<!ENTITY a "b">]><committees>&a;</committees>'),
    ],
    ids=[
        "500", "502", "429", "503", "half a response", "a web page", "silence", "a slow drip", "a drip of headers",
        "half XML", "nothing", "other XML", "a document type",
    ],
)  # fmt: skip
def test_a_fault_that_passes_is_tried_again(council: Council, fault: Fault) -> None:
    council.faults[LIST] = [fault]
    rests = Rests()
    (cabinet,) = asking.committees(service(council, rests))
    assert cabinet.title == "Cabinet"
    assert rests == [5.0]
    assert council.times_asked(LIST) == 2


def test_each_rest_before_another_attempt_is_twice_as_long(council: Council) -> None:
    council.lasting[LIST] = status(500)
    rests = Rests()
    with pytest.raises(NotFetched, match=r"the host says 500 \(Internal Server Error\), 4 times"):
        asking.committees(service(council, rests))
    assert rests == [5.0, 10.0, 20.0]
    assert council.times_asked(LIST) == 4


@pytest.mark.parametrize(
    ("fault", "rest"),
    [
        (status(503, Retry_After="7"), 7.0),
        (status(429, Retry_After="2"), 5.0),
        (status(503, Retry_After="soon"), 5.0),
    ],
    ids=["longer than ours", "shorter than ours", "not a time"],
)
def test_the_rest_that_the_host_asks_for_is_kept(council: Council, fault: Fault, rest: float) -> None:
    council.faults[LIST] = [fault]
    rests = Rests()
    asking.committees(service(council, rests))
    assert rests == [rest]


def test_a_rest_until_a_day_is_counted_from_the_answers_own_day(council: Council) -> None:
    def fault(handler) -> None:  # type: ignore[no-untyped-def]
        handler.send_response_only(503)
        handler.send_header("Date", "Tue, 03 Sep 2019 10:00:00 GMT")
        handler.send_header("Retry-After", "Tue, 03 Sep 2019 10:02:00 GMT")
        handler.end_headers()

    council.faults[LIST] = [fault]
    rests = Rests()
    asking.committees(service(council, rests))
    assert rests == [120.0]


def test_a_host_that_asks_for_a_long_rest_is_left_alone(council: Council) -> None:
    council.faults[LIST] = [status(503, Retry_After="3600")]
    rests = Rests()
    with pytest.raises(NotFetched, match="left alone for 3600 seconds"):
        asking.committees(service(council, rests))
    assert rests == []


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        (status(403), NotFetched, r"403 \(Forbidden\)"),
        (status(401), NotFetched, r"401 \(Unauthorized\)"),
        (status(404), Gone, r"404 \(Not Found\)"),
        (status(410), Gone, r"410 \(Gone\)"),
        (redirect("http://127.0.0.2/elsewhere"), NotWanted, "another host"),
        (redirect("http://127.0.0.1:9/elsewhere"), NotWanted, "another port"),
        (redirect("file:///etc/passwd"), NotWanted, "another host"),
        (redirect("http://[half"), NotWanted, "not an address"),
        (endless(), NotWanted, "larger than 20 MB"),
        (send(b"x", Content_Encoding="gzip"), NotFetched, "compressed"),
    ],
    ids=["403", "401", "404", "410", "other host", "other port", "a file", "no address", "endless", "compressed"],
)
def test_what_is_refused_is_not_asked_for_again(
    council: Council, fault: Fault, error: type[Exception], words: str
) -> None:
    council.lasting[LIST] = fault
    rests = Rests()
    with pytest.raises(error, match=words):
        asking.committees(service(council, rests, time_limit=20))
    assert rests == []
    assert council.times_asked(LIST) == 1


def test_a_size_that_is_announced_is_not_even_read(council: Council) -> None:
    council.files["large.pdf"] = ("application/pdf", b"x" * 1001)
    read: list[Answer] = []
    with pytest.raises(NotWanted, match="larger than"):
        service(council, Rests()).get("large.pdf", 1000, read.append)
    assert read == []


def test_a_redirect_on_the_same_host_is_followed(council: Council) -> None:
    council.files["new place/committees"] = ("text/xml", b"<committees></committees>")
    council.files["new%20place/committees"] = council.files["new place/committees"]
    council.faults[LIST] = [redirect("/new place/committees")]
    assert asking.committees(service(council, Rests())) == []


def test_redirects_in_a_circle_end(council: Council) -> None:
    council.lasting[LIST] = redirect(f"/{LIST}")
    with pytest.raises(NotFetched, match="redirects more than 5 times"):
        asking.committees(service(council, Rests()))
    assert council.times_asked(LIST) == 6


def test_it_rests_after_each_answer(council: Council) -> None:
    rests = Rests()
    asked = service(council, rests, rate=1.0)
    for _ in range(3):
        asking.committees(asked)
    assert rests == [1.0, 1.0]


def test_it_says_who_it_is(council: Council) -> None:
    asking.committees(service(council, Rests()))
    (agent,) = council.agents
    assert agent.startswith("inspection-records-assistant/")


def test_failures_in_a_row_are_counted(council: Council) -> None:
    asked = service(council, Rests())
    council.faults[LIST] = [status(403), status(403)]
    council.faults["documents/"] = [status(404)]
    counts = []
    for ask in (_list, _list, _paper, _list):
        ask(asked)
        counts.append(asked.failures)
    assert counts == [1, 2, 2, 0]


def _list(asked: Service) -> None:
    _quietly(lambda: asking.committees(asked))


def _paper(asked: Service) -> None:
    _quietly(lambda: asking.paper(asked, "documents/s1/x.pdf", (".pdf",)))


def _quietly(ask: Callable[[], object]) -> None:
    with suppress(NotFetched):
        ask()


def test_nobody_at_home_is_a_failure() -> None:
    with serving(Council()) as council:
        pass
    rests = Rests()
    with pytest.raises(NotFetched, match=r"the connection failed .*, 4 times"):
        asking.committees(service(council, rests))


@pytest.mark.parametrize(
    ("given", "base"),
    [
        ("https://democracy.example.gov.uk", "https://democracy.example.gov.uk"),
        ("https://democracy.example.gov.uk/", "https://democracy.example.gov.uk"),
        ("democracy.example.gov.uk", "https://democracy.example.gov.uk"),
        ("https://example.gov.uk/council/mgWebService.asmx", "https://example.gov.uk/council"),
        ("https://example.gov.uk/ieListDocuments.aspx?CId=115&MId=4378", "https://example.gov.uk"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
    ],
    ids=["plain", "slash", "no scheme", "the service", "a page", "a port"],
)
def test_the_address_of_a_site_is_taken_from_any_page_of_it(given: str, base: str) -> None:
    assert Service.open(given).base == base


@pytest.mark.parametrize(
    "given", ["ftp://example.gov.uk", "file:///etc/passwd", "https://", "https://a:b@example.gov.uk"]
)
def test_what_is_no_website_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match="is not the address of a website"):
        Service.open(given)


@pytest.mark.parametrize(
    ("link", "full"),
    [
        ("mgAi.aspx?ID=24253", "https://example.gov.uk/mgAi.aspx?ID=24253"),
        ("http://example.gov.uk/documents/s1/A b.pdf", "https://example.gov.uk/documents/s1/A%20b.pdf"),
        ("https://elsewhere.gov.uk/a.pdf", "https://elsewhere.gov.uk/a.pdf"),
    ],
    ids=["of the site", "without encryption", "elsewhere"],
)
def test_links_are_written_in_full_and_encrypted(link: str, full: str) -> None:
    assert Service.open("https://example.gov.uk").address(link) == full
