"""Serve the chat page: ``python -m webapp [--index DIR | --milvus URI] [--host HOST] [--port PORT] [--encoder NAME]``.

A Milvus that asks for a token gets that of the environment variable ``MILVUS_TOKEN``.
Exit status: 0 after an ordinary stop; 2 when it cannot start, with the reason and what to do on standard error.
"""

import argparse
import logging
import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

import waitress

from index.encoder import EncoderUnavailable, SentenceEncoder
from index.engines import engine
from index.generations import IndexUnusable
from index.milvus.connection import TOKEN_VARIABLE
from index.reader import Reader
from webapp.app import WeakSecret, create_app
from webapp.live import LiveAssistant

SECRET_VARIABLE = "ASSISTANT_SECRET_KEY"
INDEX = Path(__file__).resolve().parent.parent / "index" / "built"
# One answer keeps one thread busy for some tens of milliseconds.
_THREADS = 8
# More than this is refused before it is read; the application itself refuses what is over two million bytes, in words.
_MOST_BYTES = 16 * 1024 * 1024


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("webapp").setLevel(logging.INFO)
    try:
        kept = engine(options.index, options.milvus, os.environ.get(TOKEN_VARIABLE, ""))
        kept.check()  # a missing index is told at once, before the seconds that the model takes
        live = LiveAssistant.of(kept, *_models(options.encoder))
        app = create_app(live.current, _secret_key())
        server = waitress.create_server(
            app,
            host=options.host,
            port=options.port,
            threads=_THREADS,
            max_request_body_size=_MOST_BYTES,
            ident=None,
        )
    except (IndexUnusable, WeakSecret) as problem:
        print(problem, file=sys.stderr)
        return 2
    except (OSError, ValueError) as problem:
        print(
            f"Cannot listen on {options.host} port {options.port}: {problem}\n"
            "Another program may be using the port. Choose another with --port.",
            file=sys.stderr,
        )
        return 2
    print(f"Serving on {_address(options.host, server)} (stop with Ctrl+C)", flush=True)
    server.run()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m webapp", description="Serve the chat page.")
    parser.add_argument("--index", type=Path, default=INDEX, metavar="DIR", help="the index to search")
    parser.add_argument("--milvus", metavar="URI", help="the Milvus that the index is in, instead of a folder")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=_port, default=8000, help="the port to listen on (default: %(default)s)")
    parser.add_argument("--encoder", metavar="NAME_OR_FOLDER", help="the model that the index was built with")
    return parser


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 (any that is free) to 65535")
    return port


def _models(name: str | None) -> tuple[SentenceEncoder | None, Reader | None]:
    """The models, or None where they cannot be loaded: answers then come by words alone, and the pages say so."""
    try:
        return SentenceEncoder.load(name), Reader.load()
    except EncoderUnavailable as problem:
        print(f"{problem}\nAnswering by words alone.", file=sys.stderr)
        return None, None


def _secret_key() -> str:
    key = os.environ.get(SECRET_VARIABLE)
    if key is None:
        print(f"{SECRET_VARIABLE} is not set: conversations end when this process ends.", file=sys.stderr)
        return secrets.token_hex(32)
    return key


def _address(host: str, server: waitress.server.BaseWSGIServer) -> str:
    """Where to point a browser. A server of several sockets has no port of its own, but all of them have one."""
    port = server.effective_port if hasattr(server, "effective_port") else server.effective_listen[0][1]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


if __name__ == "__main__":
    sys.exit(main())
