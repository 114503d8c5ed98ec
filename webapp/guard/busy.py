"""Requests take turns: so many are answered at once, so many wait, and whoever comes after that is told so at once.

The web server reads a request whole before any of its threads has to do with it, and sends what it answers by itself,
so people on slow lines take up no turn. How long the line gets is settings.Limits.
"""

import threading
from collections.abc import Iterable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TYPE_CHECKING

from flask import Flask, request
from werkzeug.exceptions import ServiceUnavailable

from webapp.settings import Limits

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# In the environment of a request that is not answered because others are, for the application to say so.
BUSY = "webapp.guard.busy"
# What an error is described as, for the words to be found.
DESCRIPTION = "busy"
# An answer takes 65 ms of a processor, so two cores answer a line of a hundred in four seconds: benchmarks/load.md.
RETRY_AFTER_SECONDS = 5
# These are answered whoever else asks: they take no time, and whoever watches the service needs them most then.
_ASIDE = ("/static/", "/healthz", "/readyz")


class Turns:
    """A WSGI application that gives another its requests by turns.

    The threads that answer are its own, and stay the same: each holds what a thread needs of the index. They are
    daemons, as those of an executor are not, so an answer that never ends does not keep a server from stopping.
    """

    def __init__(self, app: "WSGIApplication", limits: Limits) -> None:
        self._app = app
        self._longest = limits.longest_wait_seconds
        self._places = threading.Semaphore(limits.answered_at_once + limits.waiting)
        self._line: SimpleQueue[tuple[Future[Iterable[bytes]], WSGIEnvironment, StartResponse]] = SimpleQueue()
        for number in range(limits.answered_at_once):
            threading.Thread(target=self._answer, name=f"answering-{number}", daemon=True).start()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer in turn, or say that the service is busy."""
        if environ["PATH_INFO"].startswith(_ASIDE):
            return self._app(environ, start_response)
        if self._places.acquire(blocking=False):
            try:
                turn: Future[Iterable[bytes]] = Future()
                self._line.put((turn, environ, start_response))
                try:
                    return turn.result(self._longest)
                except TimeoutError:
                    if not turn.cancel():  # its turn has come
                        return turn.result()
            finally:
                self._places.release()
        environ[BUSY] = True
        return self._app(environ, start_response)

    def _answer(self) -> None:
        while True:
            turn, environ, start_response = self._line.get()
            if turn.set_running_or_notify_cancel():
                try:
                    turn.set_result(self._app(environ, start_response))
                except BaseException as error:  # it is raised again where the answer is waited for
                    turn.set_exception(error)
            del turn, environ, start_response  # or they would be kept until the next request


def register(app: Flask) -> None:
    """Have the application refuse what is not answered because others are: 503, before it does anything else."""
    app.before_request(_refuse)


def _refuse() -> None:
    if BUSY in request.environ:
        raise ServiceUnavailable(DESCRIPTION, retry_after=RETRY_AFTER_SECONDS)
