"""One request and its answer, over a connection of its own.

Written on ``http.client`` because nothing here may follow a redirect by itself, and because the whole of an answer is
limited in time: a library's time limit is for each piece, and a byte a second keeps it waiting for ever.
"""

import http.client
import socket
import ssl
import threading
from contextlib import ExitStack, suppress
from email.message import Message
from typing import NamedTuple

from corpus.moderngov.faults import Fault, NotWanted

USER_AGENT = "inspection-records-assistant/0.1 (reads what councils publish, for their councillors and officers)"
PORTS = {"http": 80, "https": 443}

CONNECT_LIMIT = 20.0  # seconds until the host must have taken the call
_PIECE = 1 << 16  # bytes


class Door(NamedTuple):
    """Where a host is asked: the scheme and the port."""

    scheme: str
    port: int

    def named(self, host: str) -> str:
        """The host as an address has it, with the port where it is not the usual one."""
        bracketed = f"[{host}]" if ":" in host else host
        return bracketed if self.port == PORTS[self.scheme] else f"{bracketed}:{self.port}"


class Response(NamedTuple):
    """An answer as it came; the body is read only of one that succeeded (200)."""

    status: int
    headers: Message
    body: bytes


def exchange(host: str, door: Door, target: str, limit: int, seconds: float) -> Response:
    """Ask ``host`` for ``target``, a path with its query. However it drips, it is cut off after ``seconds``.

    Raises :class:`Fault` where the connection fails or is cut off, :class:`NotWanted` where the body is longer than
    ``limit`` bytes.
    """
    late = threading.Event()
    with ExitStack() as closing:
        try:
            plain = closing.enter_context(socket.create_connection((host, door.port), timeout=CONNECT_LIMIT))
        except TimeoutError as error:
            raise Fault(f"it did not take the call within {CONNECT_LIMIT:g} seconds") from error
        except OSError as error:
            raise Fault(_said(error)) from error
        plain.settimeout(seconds)
        handle = closing.enter_context(plain.dup())  # encryption takes the socket over; this can still be cut

        def cut() -> None:
            late.set()
            with suppress(OSError):
                handle.shutdown(socket.SHUT_RDWR)

        timer = threading.Timer(seconds, cut)
        timer.daemon = True
        closing.callback(timer.cancel)
        timer.start()
        problem: Exception | None = None
        try:
            response = _asked(plain, host, door, target, limit, closing)
        except (OSError, http.client.HTTPException) as error:
            problem = error
        if late.is_set() or isinstance(problem, TimeoutError):
            raise Fault(f"no whole answer within {seconds:g} seconds") from problem
        if problem is not None:
            raise Fault(_said(problem)) from problem
        return response


def _asked(connected: socket.socket, host: str, door: Door, target: str, limit: int, closing: ExitStack) -> Response:
    if door.scheme == "https":
        connected = closing.enter_context(ssl.create_default_context().wrap_socket(connected, server_hostname=host))
    connection = http.client.HTTPConnection(host, door.port)
    connection.sock = connected
    headers = {
        "Host": door.named(host),
        "User-Agent": USER_AGENT,
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    connection.request("GET", target, headers=headers)
    response = closing.enter_context(connection.getresponse())
    body = bytearray()
    if response.status == 200:
        if (response.length or 0) > limit:
            raise NotWanted(f"it is larger than {limit / 1e6:g} MB")
        while piece := response.read1(_PIECE):
            body += piece
            if len(body) > limit:
                raise NotWanted(f"it is larger than {limit / 1e6:g} MB")
        if response.length:
            raise http.client.IncompleteRead(b"", response.length)
    return Response(response.status, response.headers, bytes(body))


def _said(error: Exception) -> str:
    if isinstance(error, http.client.IncompleteRead):
        return "the answer broke off"
    return f"the connection failed ({error or type(error).__name__})"
