"""How often a client may ask, counted for its address over the last minute, in this process's memory."""

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

from flask import Flask, request
from werkzeug.exceptions import TooManyRequests

_MINUTE = 60.0
# Addresses remembered at once. Whoever has more than these is held back by no count of addresses; the queue does that.
_CLIENTS = 20_000
# What searches the documents; each page of a conversation does so for every question in it.
_SEARCHED = frozenset(
    {"api.ask", "api.search", "chat.ask", "chat.home", "comparing.show", "feed.search", "search.search"}
)
# What machines watch the service by must answer when a client of the same address is refused.
_UNCOUNTED = frozenset({"/healthz", "/readyz"})


class Rate:
    """So many a minute for each client. It forgets a client after a quiet minute, and the quietest when there are many.

    ``clock`` tells seconds. All of it takes the memory of ``clients`` clients at most, and of no more requests than
    were let in within a minute.
    """

    def __init__(self, most: int, clients: int = _CLIENTS, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clients = clients
        self._clock = clock
        self._times: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        """How many clients are remembered."""
        return len(self._times)

    def wait(self, client: str) -> float:
        """Let one more request of a client in, and 0.0; or the seconds until it would be, and do not count it."""
        with self._lock:
            now = self._clock()
            times = self._times.setdefault(client, deque())
            self._times.move_to_end(client)
            while times and times[0] <= now - _MINUTE:
                times.popleft()
            if len(times) >= self._most:
                return times[0] + _MINUTE - now
            times.append(now)
            self._forget(now)
            return 0.0

    def _forget(self, now: float) -> None:
        """Drop those unheard of for a minute, who stand first, and the next where there are too many."""
        while len(self._times) > self._clients or self._times[next(iter(self._times))][-1] <= now - _MINUTE:
            self._times.popitem(last=False)


def limit(app: Flask) -> None:
    """Have the application refuse, with 429, what goes beyond its settings; files and health checks are not counted."""
    limits = app.config["SETTINGS"].limits
    requests, questions = Rate(limits.requests_a_minute), Rate(limits.questions_a_minute)

    @app.before_request
    def count() -> None:
        if request.endpoint == "static" or request.path in _UNCOUNTED:
            return
        client = counted_as(request.remote_addr or "")
        searched = request.endpoint in _SEARCHED and request.method != "OPTIONS"
        wait = requests.wait(client) or (questions.wait(client) if searched else 0.0)
        if wait:
            raise TooManyRequests(retry_after=math.ceil(wait))


def counted_as(address: str) -> str:
    """The client that an address belongs to: of IPv6 its /64, as whoever has one address there has them all."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:100]
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or ip_network((known, 64), strict=False))
    return str(known)
