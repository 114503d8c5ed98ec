"""Serve the chat page: ``python -m webapp [--index DIR | --milvus URI] [--settings FILE] [--host HOST] [--port PORT]``.

Problem reports, and what else the settings have kept, are in the folder that ``--records DIR`` names.

SIGTERM and Ctrl+C stop it: it lets nobody else in, answers what it has accepted, and ends.

Secrets are in environment variables, or in files that those ending in ``_FILE`` name: ``ASSISTANT_SECRET_KEY`` signs
cookies. A Milvus that asks for a token gets that of ``MILVUS_TOKEN``.
Exit status: 0 after an ordinary stop; 2 when it cannot start, with the reason and what to do on standard error.
"""

import argparse
import logging
import os
import secrets
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from flask import g

from index.engines import engines
from index.files.generations import IndexUnusable
from index.milvus.connection import TOKEN_VARIABLE
from index.models.models import Models
from webapp import settings
from webapp.access.audiences import Audiences
from webapp.app import create_app
from webapp.monitoring import logs
from webapp.monitoring.metrics import Metrics
from webapp.records import kept_questions
from webapp.records.database import KEPT, Records
from webapp.server import address, listening, run
from webapp.settings import SECRET_KEY, USUAL, SettingsWrong

_log = logging.getLogger("webapp")

INDEX = Path(__file__).resolve().parent.parent / "index" / "built"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    options = _parser().parse_args(arguments)
    logs.configure(options.log)
    try:
        chosen = settings.read(options.settings) if options.settings else USUAL
        audiences = Audiences.open(engines(options.index, options.milvus, os.environ.get(TOKEN_VARIABLE, "")))
        records = Records(options.records)
        app = create_app(
            lambda: audiences.current(g.visitor.access),
            _secret_key(),
            lambda: audiences.loading,
            chosen,
            records,
            lambda: audiences.public.in_place_of,
        )
        metrics = Metrics(audiences.public.current)
        server = listening(app, options.host, options.port, metrics)
        if chosen.metrics.port:
            metrics.serve(chosen.metrics.host, chosen.metrics.port)
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
    stopping = app.config["STOPPING"]
    _stop_on_signals(stopping)
    print(f"Serving on {address(server, options.host)} (stop with Ctrl+C)", flush=True)
    audiences.load(lambda: Models.load(options.encoder))
    audiences.verify()
    kept_questions.forget_daily(records, chosen.privacy.keep_questions_days)
    _log.info("Started.")
    run(server, stopping)
    _log.info("Stopped.")
    return 0


def _stop_on_signals(stopping: threading.Event) -> None:
    """Have SIGTERM and Ctrl+C stop the server in an orderly way; either of them once more stops it at once."""

    def stop(number: int, frame: object) -> None:
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, signal.SIG_DFL)
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m webapp", description="Serve the chat page.")
    parser.add_argument("--index", type=Path, default=INDEX, metavar="DIR", help="the index to search")
    parser.add_argument("--milvus", metavar="URI", help="the Milvus that the index is in, instead of a folder")
    parser.add_argument("--settings", type=Path, metavar="FILE", help="what you have chosen: docs/deploying.md tells")
    parser.add_argument("--records", type=Path, default=KEPT, metavar="DIR", help="where problem reports are kept")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=_port, default=8000, help="the port to listen on (default: %(default)s)")
    parser.add_argument("--log", choices=logs.FORMS, default="text", help="the form of what it tells on standard error")
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
        _log.warning("%s is not set: conversations end when this process ends.", SECRET_KEY)
        return secrets.token_hex(32)
    return key


if __name__ == "__main__":
    status = main()
    logging.shutdown()
    sys.stdout.flush()
    # Python's own way out aborts where a thread is inside torch, as one that loads the models is.
    os._exit(status)
