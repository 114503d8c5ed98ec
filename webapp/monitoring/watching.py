"""Every request is watched: a line in the log and a place in the figures, with its route and never its address."""

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from webapp.guard.busy import BUSY
from webapp.monitoring import logs
from webapp.monitoring.metrics import Metrics

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_NOWHERE = "none"
# A method of a client's own making is not a name to log or to count by.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Watched:
    """A WSGI application whose requests are logged and counted, with the time they waited."""

    def __init__(self, app: "WSGIApplication", metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer, and tell of it."""
        status, route = 500, _NOWHERE  # of what fails before it has any

        def started(line: str, *more: Any) -> Any:
            nonlocal status, route
            status, route = int(line[:3]), _route(environ)
            return start_response(line, *more)

        at = time.perf_counter()
        with self._metrics.in_progress.track_inprogress():
            try:
                return self._app(environ, started)
            finally:
                seconds = time.perf_counter() - at
                method = environ["REQUEST_METHOD"]
                logs.told(method if method in _METHODS else "other", route, status, seconds)
                self._metrics.count(route, status, seconds, BUSY in environ)


def _route(environ: "WSGIEnvironment") -> str:
    """The pattern that the application's router matched: its request is in the environment until it is answered."""
    rule = getattr(environ.get("werkzeug.request"), "url_rule", None)
    return _NOWHERE if rule is None else str(rule.rule)
