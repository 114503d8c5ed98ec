"""The web server that the pages are served by."""

import logging
import tempfile
import threading
import time
from contextlib import suppress

from flask import Flask
from waitress import create_server, wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer

from webapp.guard.busy import Turns
from webapp.monitoring.metrics import Metrics
from webapp.monitoring.watching import Watched

with suppress(ImportError):  # Windows has none
    import resource

# Threads besides those that hold a waiting request: for static files, health checks, and telling who comes too many.
_ASIDE = 8
# Connections that are open at once; more wait until the system's own line of them moves. Each is one open file, or up
# to three when it sends or is sent megabytes, which are kept on disk meanwhile.
_CONNECTIONS = 2000
# Where the system does not say how many files may be open: fewer than ``select`` can watch.
_FEW_CONNECTIONS = 400
# A connection on which nothing moves is closed after this: longer than a proxy in front keeps its own for the next use,
# which is a minute with nginx, or requests would be lost on connections that are just being closed.
_IDLE_SECONDS = 75
# More than this is refused before it is read; the application itself refuses what is over two million bytes, in words.
_MOST_BYTES = 16 * 1024 * 1024
# Of a request so many bytes are held in memory, and the rest on disk.
_IN_MEMORY = 512 * 1024
# How long a server that stops goes on with what it has accepted. It must be shorter than what stops it would wait
# before it kills: 30 seconds with Kubernetes, 90 with systemd.
DRAINING_SECONDS = 20.0
_LOOKS_EVERY_SECONDS = 0.2

_log = logging.getLogger(__name__)


def listening(app: Flask, host: str, port: int, metrics: Metrics | None = None) -> BaseWSGIServer:
    """A server of ``app`` that listens, and answers once it is run; port 0 is any that is free.

    Raises ``OSError`` or ``ValueError`` where it cannot listen there.
    """
    limits = app.config["SETTINGS"].limits
    return create_server(
        Watched(Turns(app, limits), metrics or Metrics(app.config["ASSISTANT"])),
        host=host,
        port=port,
        threads=limits.answered_at_once + limits.waiting + _ASIDE,
        connection_limit=_most_connections(),
        channel_timeout=_IDLE_SECONDS,
        max_request_body_size=_MOST_BYTES,
        inbuf_overflow=_in_memory(app.config["MAX_CONTENT_LENGTH"]),
        ident=None,
        # Those headers are dropped, or believed, by webapp.guard.proxy.
        clear_untrusted_proxy_headers=False,
        # ``select`` fails for good once a process has 1,024 files open, and every open index holds thirty.
        asyncore_use_poll=True,
    )


def run(server: BaseWSGIServer, stopping: threading.Event, seconds: float = DRAINING_SECONDS) -> None:
    """Answer until ``stopping`` is set; then what has been accepted, for so many seconds at the most."""
    # A server of several sockets and one of a single socket have their table of what is open by different names.
    table = server.map if hasattr(server, "map") else server._map
    while not stopping.is_set():
        _turn(table)
    _log.info("Stopping: nobody else is let in, and what has been accepted is answered.")
    for listener in [one for one in table.values() if isinstance(one, BaseWSGIServer)]:
        _let_in(listener, table)
        wasyncore.dispatcher.close(listener)  # its own method would also close what wakes this loop
    _turn(table)  # what has arrived is read
    until = time.monotonic() + seconds
    while (left := _unanswered(table)) and time.monotonic() < until:
        _turn(table)
    if left:
        _log.error("Stopping although %d connections have no answer yet.", left)
    server.task_dispatcher.shutdown(timeout=1)
    wasyncore.close_all(table)


def address(server: BaseWSGIServer, host: str) -> str:
    """Where to point a browser. A server of several sockets has no port of its own, but all of them have one."""
    port = server.effective_port if hasattr(server, "effective_port") else server.effective_listen[0][1]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _most_connections() -> int:
    """How many connections may be open at once: half of the files that the process may have open, which are raised."""
    if "resource" not in globals():
        return _FEW_CONNECTIONS
    files, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files < 2 * _CONNECTIONS and files != resource.RLIM_INFINITY:
        files = 2 * _CONNECTIONS if most == resource.RLIM_INFINITY else min(2 * _CONNECTIONS, most)
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, most))
    return _CONNECTIONS if files == resource.RLIM_INFINITY else min(_CONNECTIONS, files // 2)


def _in_memory(longest: int) -> int:
    """How many bytes of a request are held in memory: the ``longest`` there is, where nothing can be put on disk."""
    try:
        tempfile.gettempdir()
    except FileNotFoundError:
        _log.warning("There is no folder for temporary files, so large requests take memory. Name one in TMPDIR.")
        return longest
    return _IN_MEMORY


def _turn(table: dict[int, wasyncore.dispatcher]) -> None:
    wasyncore.loop(_LOOKS_EVERY_SECONDS, use_poll=True, map=table, count=1)


def _let_in(listener: BaseWSGIServer, table: dict[int, wasyncore.dispatcher]) -> None:
    """Accept the connections that the system has made already: it would cut them with the listening socket."""
    before = -1
    while len(table) != before:
        before = len(table)
        listener.handle_accept()


def _unanswered(table: dict[int, wasyncore.dispatcher]) -> int:
    """How many connections have a request that is not answered whole; the others are closed."""
    left = 0
    for channel in [one for one in table.values() if isinstance(one, HTTPChannel)]:
        if channel.requests or channel.request is not None or channel.total_outbufs_len:
            left += 1
        else:
            channel.handle_close()
    return left
