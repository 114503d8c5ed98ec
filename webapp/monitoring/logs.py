"""What the server says on standard error: a line of text, or of JSON, for each request and each event.

A request's line has its method, its route, its status and how long it took. It has no address of a client, nothing of
what was asked, and of the address asked for only the pattern, such as ``/documents/<id>``: so the lines are no record
of who read what, and can be kept and passed on.
"""

import logging
import sys

from flask import Flask, request
from pythonjsonlogger.json import JsonFormatter

FORMS = ("text", "json")
_TEXT = "%(asctime)s %(levelname)s %(message)s"
# The names of the fields that every line of JSON has.
_JSON = {"levelname": "level", "name": "from", "message": "event", "exc_info": "traceback"}

_log = logging.getLogger(__name__)


def configure(form: str) -> None:
    """Say what happens on standard error, in one of ``FORMS``."""
    handler = logging.StreamHandler(sys.stderr)
    if form == "json":
        handler.setFormatter(JsonFormatter(list(_JSON)[:3], rename_fields=_JSON, timestamp="time"))
    else:
        handler.setFormatter(logging.Formatter(_TEXT))
    logging.basicConfig(handlers=[handler])
    logging.getLogger("webapp").setLevel(logging.INFO)
    # It tells of every request that waits for a thread; the requests' own lines tell how long each took.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def told(method: str, route: str, status: int, seconds: float) -> None:
    """Say that a request was answered."""
    ms = round(seconds * 1000)
    facts = {"method": method, "route": route, "status": status, "ms": ms}
    _log.info("%s %s %d in %d ms", method, route, status, ms, extra=facts)


def name_routes(app: Flask) -> None:
    """Have the application log what fails by its route too, where Flask would log the address."""

    def failed(exc_info: object) -> None:
        app.logger.error("Failed: %s %s", request.method, request.url_rule, exc_info=exc_info)  # type: ignore[arg-type]

    app.log_exception = failed  # type: ignore[method-assign]
