"""The polite client of one host: one request at a time, not too often, limited in size and time, and to no other host.

A council's server may take ninety seconds over a meeting, answer an overload with a web page instead of XML, or send
half of it. Those are tried again, each time after twice as long. What the host refuses (403) or does not have (404) is
not asked for again.
"""

import http.client
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import NamedTuple, TypeVar
from urllib.parse import quote, urljoin, urlsplit

from corpus.moderngov.exchange import PORTS, Door, Response, exchange
from corpus.moderngov.faults import Fault, Gone, NotFetched, NotWanted

RATE = 1.0  # seconds of rest after each answer: a person reading page by page asks no more often

# Seconds until an answer must be whole, however slowly it drips: real ones of ninety have been seen.
TIME_LIMIT = 180.0

ATTEMPTS = 4  # of each request; the waits between them are 5, 10 and 20 seconds
FIRST_WAIT = 5.0
LONGEST_WAIT = 600.0  # a host that asks (Retry-After) for a longer rest than this is left alone
_REDIRECTS = 5

T = TypeVar("T")


class Answer(NamedTuple):
    """What the host sent: the bytes, their media type ("text/xml", or empty) and the address that they came from."""

    body: bytes
    media_type: str
    url: str


@dataclass(slots=True)
class Service:
    """One host, and when it was last asked. ``failures`` counts the requests in a row that it failed or refused."""

    base: str
    _host: str
    _door: Door
    _rate: float
    _time_limit: float
    _clock: Callable[[], float]
    _sleep: Callable[[float], object]
    failures: int = 0
    _rested: float | None = None

    @classmethod
    def open(
        cls,
        url: str,
        rate: float = RATE,
        time_limit: float = TIME_LIMIT,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> "Service":
        """The service at the address of a council's ModernGov site, or of any page of it; nothing is asked yet.

        ``rate`` and ``time_limit`` are in seconds. Raises ValueError where the address is not that of a website.
        """
        parts = urlsplit(url if "://" in url else f"https://{url}")
        if parts.scheme not in PORTS or not parts.hostname or parts.username is not None:
            raise ValueError(f"{url!r} is not the address of a website, such as https://democracy.example.gov.uk")
        folder = re.sub(r"/[^/]*\.as[mp]x(?:/.*)?$", "", parts.path, flags=re.IGNORECASE).rstrip("/")
        door = Door(parts.scheme, parts.port or PORTS[parts.scheme])
        return cls(f"{parts.scheme}://{parts.netloc}{folder}", parts.hostname, door, rate, time_limit, clock, sleep)

    def address(self, link: str) -> str:
        """A link of the site in full; one to this host is given the scheme of the site's own address.

        Councils' services go on naming their documents http:// where the site has long been https://.
        """
        try:
            full = urljoin(f"{self.base}/", link.strip())
            door, target = self._place(full)
        except NotWanted:
            return full
        except ValueError:  # no address at all
            return link
        return f"{door.scheme}://{door.named(self._host)}{target}"

    def get(self, link: str, limit: int, read: Callable[[Answer], T]) -> T:
        """What ``read`` makes of the answer, which has at most ``limit`` bytes.

        ``read`` raises ValueError for an answer that is not what was asked for, as half of it is not; it is asked for
        again. Raises :class:`NotFetched`: :class:`Gone`, :class:`NotWanted`, or itself where the host refuses or goes
        on failing.
        """
        try:
            found = self._get(link, limit, read)
        except (Gone, NotWanted):
            raise
        except NotFetched:
            self.failures += 1
            raise
        self.failures = 0
        return found

    def _get(self, link: str, limit: int, read: Callable[[Answer], T]) -> T:
        wait = FIRST_WAIT
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return read(self._follow(link, limit))
            except (Fault, ValueError) as fault:
                asked = fault.wait if isinstance(fault, Fault) else 0.0
                if asked > LONGEST_WAIT:
                    raise NotFetched(f"{fault}, and it asks to be left alone for {asked:.0f} seconds") from fault
                if attempt == ATTEMPTS:
                    raise NotFetched(f"{fault}, {ATTEMPTS} times") from fault
                self._sleep(max(wait, asked))
                wait *= 2
        raise AssertionError("every attempt returns or raises")

    def _follow(self, link: str, limit: int) -> Answer:
        url = f"{self.base}/"
        for _ in range(_REDIRECTS + 1):
            try:
                url = urljoin(url, link.strip())
                door, target = self._place(url)
            except ValueError as error:
                raise NotWanted(f"{link!r} is not an address ({error})") from error
            response = self._in_turn(door, target, limit)
            location = response.headers["Location"]
            if response.status in (301, 302, 303, 307, 308) and location:
                link = location
                continue
            _check(response)
            return Answer(response.body, _media_type(response), url)
        raise NotFetched(f"it redirects more than {_REDIRECTS} times")

    def _place(self, url: str) -> tuple[Door, str]:
        """Where to ask for ``url``, and the target to ask for; :class:`NotWanted` where that is not this service."""
        parts = urlsplit(url)
        if parts.scheme not in PORTS or parts.hostname != self._host:
            raise NotWanted(f"it lies on another host ({parts.scheme}://{parts.hostname or ''}), which is not asked")
        door = Door(parts.scheme, parts.port or PORTS[parts.scheme])
        if door != self._door:
            if {door, self._door} != {Door(scheme, port) for scheme, port in PORTS.items()}:
                raise NotWanted(f"it lies on another port of {self._host}, which is not asked")
            door = Door("https", 443)  # the same site, with and without encryption: never without
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
        return door, path + (f"?{quote(parts.query, safe='/?%:@!$&()*+,;=~')}" if parts.query else "")

    def _in_turn(self, door: Door, target: str, limit: int) -> Response:
        if self._rested is not None:
            rest = self._rested + self._rate - self._clock()
            if rest > 0:
                self._sleep(rest)
        try:
            return exchange(self._host, door, target, limit, self._time_limit)
        finally:
            self._rested = self._clock()


def _check(response: Response) -> None:
    status = response.status
    if status == 200:
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise NotFetched("the answer is compressed, which was not asked for")
        return
    said = f"the host says {status} ({http.client.responses.get(status, 'an unknown status')})"
    if status in (404, 410):
        raise Gone(said)
    if status in (408, 425, 429) or status >= 500:
        raise Fault(said, _retry_after(response.headers))
    raise NotFetched(said)


def _retry_after(headers: Message) -> float:
    """The rest that the host asks for, in seconds; 0 where it asks for none. A day is counted from the answer's own."""
    asked = headers.get("Retry-After", "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked[:9])
    try:
        return (parsedate_to_datetime(asked) - parsedate_to_datetime(headers["Date"])).total_seconds()
    except (TypeError, ValueError):
        return 0.0


def _media_type(response: Response) -> str:
    return response.headers.get_content_type() if "Content-Type" in response.headers else ""
