"""How often a client may ask, counted for its address over the last minute, in this process's memory."""

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

from flask import Flask, request, session
from werkzeug.exceptions import TooManyRequests

from webapp import asked, conversation

_MINUTE = 60.0
# Addresses remembered at once. Whoever has more than these is held back by no count of addresses; the queue does that.
_CLIENTS = 20_000
# What searches the documents, once; the pages of a conversation do so for every question in it.
_SEARCHES = frozenset({"api.ask", "api.search", "chat.ask", "comparing.show", "feed.search", "search.search"})
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

    def wait(self, client: str, times: int = 1) -> float:
        """Let a client in so many times more, and 0.0; or the seconds until it would be, and do not count it.

        Whoever has been quiet for a minute is let in, however many times are asked for.
        """
        more = min(times, self._most)
        with self._lock:
            now = self._clock()
            before = self._times.setdefault(client, deque())
            self._times.move_to_end(client)
            while before and before[0] <= now - _MINUTE:
                before.popleft()
            if (over := len(before) + more - self._most) > 0:
                return before[over - 1] + _MINUTE - now
            before.extend([now] * more)
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
        searches = 0 if request.method == "OPTIONS" else _searches()
        if wait := requests.wait(client) or (questions.wait(client, searches) if searches else 0.0):
            raise TooManyRequests(retry_after=math.ceil(wait))


def _searches() -> int:
    """How often the documents are searched for a request."""
    once = int(request.endpoint in _SEARCHES)
    shows_all = request.endpoint == "chat.home" or (
        request.endpoint == "chat.ask" and not asked.wants_json(request) and not asked.wants_turn(request)
    )
    return max(once, len(conversation.read(session).turns)) if shows_all else once


def counted_as(address: str) -> str:
    """The client that an address belongs to: of IPv6 its /64, as whoever has one address there has them all."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:100]
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or ip_network((known, 64), strict=False))
    return str(known)
