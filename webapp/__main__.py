"""Serve the chat page: ``python -m webapp [--index DIR | --milvus URI] [--settings FILE] [--host HOST] [--port PORT]``.

Secrets are in environment variables, or in files that those ending in ``_FILE`` name: ``ASSISTANT_SECRET_KEY`` signs
cookies. A Milvus that asks for a token gets that of ``MILVUS_TOKEN``.
Exit status: 0 after an ordinary stop; 2 when it cannot start, with the reason and what to do on standard error.
"""

import argparse
import logging
import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

from index.engines import engine
from index.generations import IndexUnusable
from index.milvus.connection import TOKEN_VARIABLE
from index.models import Models
from webapp import settings
from webapp.app import create_app
from webapp.live import LiveAssistant
from webapp.server import address, listening
from webapp.settings import SECRET_KEY, USUAL, SettingsWrong

INDEX = Path(__file__).resolve().parent.parent / "index" / "built"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("webapp").setLevel(logging.INFO)
    try:
        chosen = settings.read(options.settings) if options.settings else USUAL
        kept = engine(options.index, options.milvus, os.environ.get(TOKEN_VARIABLE, ""))
        live = LiveAssistant.of(kept)
        app = create_app(live.current, _secret_key(), lambda: live.loading, chosen, lambda: live.in_place_of)
        server = listening(app, options.host, options.port)
    except (IndexUnusable, SettingsWrong) as problem:
        print(problem, file=sys.stderr)
        return 2
    except (OSError, ValueError) as problem:
        print(
            f"Cannot listen on {options.host} port {options.port}: {problem}\n"
            "Another program may be using the port. Choose another with --port.",
            file=sys.stderr,
        )
        return 2
    print(f"Serving on {address(server, options.host)} (stop with Ctrl+C)", flush=True)
    live.load(lambda: Models.load(options.encoder))
    live.verify()
    server.run()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m webapp", description="Serve the chat page.")
    parser.add_argument("--index", type=Path, default=INDEX, metavar="DIR", help="the index to search")
    parser.add_argument("--milvus", metavar="URI", help="the Milvus that the index is in, instead of a folder")
    parser.add_argument("--settings", type=Path, metavar="FILE", help="what you have chosen: docs/deploying.md tells")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=_port, default=8000, help="the port to listen on (default: %(default)s)")
    parser.add_argument("--encoder", metavar="NAME_OR_FOLDER", help="the model that the index was built with")
    return parser


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 (any that is free) to 65535")
    return port


def _secret_key() -> str:
    key = settings.secret(SECRET_KEY)
    if not key:
        print(f"{SECRET_KEY} is not set: conversations end when this process ends.", file=sys.stderr)
        return secrets.token_hex(32)
    return key


if __name__ == "__main__":
    sys.exit(main())
