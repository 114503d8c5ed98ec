"""What a person, or a program, is told when something cannot be done."""

import logging
import sqlite3
from dataclasses import dataclass

from flask import Flask, Response, jsonify, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from index.files.generations import IndexUnusable
from webapp import asked
from webapp.api import problems
from webapp.guard import busy, tokens
from webapp.monitoring import health
from webapp.records.database import CannotKeep

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Trouble:
    """The heading of an error page, and what to do about it."""

    heading: str
    words: str

    def __str__(self) -> str:
        return f"{self.heading}. {self.words}"


_TROUBLES = {
    400: Trouble("The request could not be understood", "Go back and try again."),
    403: Trouble(
        "This request came from another website", "Open this service itself and ask your question in its own box."
    ),
    404: Trouble("Page not found", "Check the address, or start from the list of documents."),
    405: Trouble("This address cannot be used that way", "Ask a question in the box on the first page."),
    413: Trouble("The question is far too long", "Send less than two million bytes: a few words are enough."),
    415: Trouble("The request is of a kind that is not understood", "Send a form or JSON."),
    429: Trouble(
        "Too many requests have come from your address",
        "A computer, or the computers that share an address, may ask so often in a minute and no more. "
        "Wait a minute and try again.",
    ),
    500: Trouble("Something went wrong", "Try again. If it happens again, start again with a new question."),
    503: Trouble(
        "The documents cannot be searched at the moment",
        "The index of the documents is missing or damaged, so no question can be answered. "
        "Whoever runs this service can put it right by building the index again. Try again later.",
    ),
}
_BUSY = Trouble("Busy: many people are asking at the moment", "Try again in a few seconds.")
_UNLOGGED = Trouble(
    "This document cannot be shown at the moment",
    "It is not public, so each time it is opened is logged, and the log cannot be written. Tell whoever runs this "
    "service, and try again later.",
)
# Of what there is not, by the description that a page gives with its 404.
_NOT_THERE = {
    "document": Trouble(
        "Document not found",
        "No document has that name. It may have been taken out since the link was made. Look for it in the list.",
    ),
    "turn": Trouble(
        "Answer not found",
        "This browser no longer keeps that question. Ask it again, and report the problem below its answer.",
    ),
}
_OUT_OF_DATE = Trouble(
    "This was not sent, because the page was out of date",
    "The service was started again, or its cookie was removed or replaced, after the page was opened. "
    "Nothing that you typed is lost: send it again.",
)
_NO_TOKEN = (
    f"This request has the cookie of this service's pages, and not their token. Send it without the cookie, or with "
    f"the token of a page's form in the header {tokens.HEADER}."
)
# A form that was refused is shown again, to be sent again, unless it has more fields or characters than any of ours.
_MOST_FIELDS = 60
_MOST_CHARACTERS = 20_000


def register(app: Flask) -> None:
    """Answer every error in the service's own layout, or as JSON: below ``/api/`` as problem details."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(IndexUnusable, _unavailable)
    # A file of the index that is lost or overwritten while it is open is first noticed by the library that reads it.
    app.register_error_handler(sqlite3.Error, _unavailable)
    app.register_error_handler(CannotKeep, _unlogged)


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    trouble = _TROUBLES.get(code, _TROUBLES[400 if code < 500 else 500])
    if code == 404:
        trouble = _NOT_THERE.get(error.description or "", trouble)
    if error.description == busy.DESCRIPTION:
        trouble = _BUSY
    if isinstance(error, tokens.OutOfDate):
        return _out_of_date()
    # "Allow" and its like belong to the answer; its type is the new body's.
    told = _told(trouble, code)
    for name, value in error.get_headers():
        if name.lower() != "content-type":
            told.headers[name] = value
    return told


def _unavailable(error: Exception) -> Response:
    _log.error("The index cannot be used: %s", error)
    told = _told(_TROUBLES[503], 503)
    told.headers["Retry-After"] = "60"
    return told


def _unlogged(error: Exception) -> Response:
    return _told(_UNLOGGED, 503)


def _told(trouble: Trouble, code: int) -> Response:
    if problems.to_a_program(request):
        return problems.problem(code, str(trouble) if trouble in (_BUSY, _UNLOGGED) else "")
    if asked.wants_json(request) or asked.wants_turn(request) or request.path in health.ADDRESSES:
        return make_response(jsonify(error=str(trouble)), code)
    again = _sent() if code == 429 or trouble is _OUT_OF_DATE else None
    return make_response(render_template("error.html", trouble=trouble, code=code, again=again), code)


def _out_of_date() -> Response:
    """Word that a token is missing, with the one that will do: for the page's script, or in the form shown again."""
    if problems.to_a_program(request):
        return problems.problem(403, _NO_TOKEN)
    if asked.wants_turn(request):
        return make_response(jsonify(error=str(_OUT_OF_DATE), token=tokens.fresh()), 403)
    if asked.wants_json(request):
        return make_response(jsonify(error=_NO_TOKEN), 403)
    return _told(_OUT_OF_DATE, 403)


def _sent() -> tuple[str, list[tuple[str, str]]] | None:
    """Where a refused form was to go, and its fields; nothing of what was no form, or larger than ours."""
    if request.endpoint is None or request.method != "POST" or request.is_json:
        return None
    try:
        form = request.form
    except HTTPException:  # too large to be read
        return None
    fields = [(name, value) for name, value in form.items(multi=True) if name != tokens.FIELD]
    if len(fields) > _MOST_FIELDS or sum(len(name) + len(value) for name, value in fields) > _MOST_CHARACTERS:
        return None
    return url_for(request.endpoint, **(request.view_args or {})), fields
