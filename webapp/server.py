"""The web server that the pages are served by."""

from flask import Flask
from waitress import create_server
from waitress.server import BaseWSGIServer

# One answer keeps one thread busy for some tens of milliseconds.
_THREADS = 8
# More than this is refused before it is read; the application itself refuses what is over two million bytes, in words.
_MOST_BYTES = 16 * 1024 * 1024


def listening(app: Flask, host: str, port: int) -> BaseWSGIServer:
    """A server of ``app`` that listens, and answers once it is run; port 0 is any that is free.

    Raises ``OSError`` or ``ValueError`` where it cannot listen there.
    """
    return create_server(
        app,
        host=host,
        port=port,
        threads=_THREADS,
        max_request_body_size=_MOST_BYTES,
        ident=None,
        # Those headers are dropped, or believed, by webapp.proxy.
        clear_untrusted_proxy_headers=False,
        # ``select`` fails for good once a process has 1,024 files open, and every open index holds thirty.
        asyncore_use_poll=True,
    )


def address(server: BaseWSGIServer, host: str) -> str:
    """Where to point a browser. A server of several sockets has no port of its own, but all of them have one."""
    port = server.effective_port if hasattr(server, "effective_port") else server.effective_listen[0][1]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
