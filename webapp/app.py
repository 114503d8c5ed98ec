"""The web application: its parts put together."""

import re
import threading
from collections.abc import Callable

from flask import Flask, current_app, g, request
from markupsafe import Markup

from assistant.assistant import Assistant
from assistant.exports.pack import printable
from corpus.display import plain
from webapp import conversation, errors
from webapp.access import signing_in, visitors
from webapp.api import api
from webapp.guard import busy, rates, security, tokens
from webapp.guard.incoming import Incoming
from webapp.guard.proxy import Proxied
from webapp.layout import facts, taken_out
from webapp.monitoring import health, logs
from webapp.pages import (
    about,
    chat,
    comparing,
    corpus_report,
    documents,
    feed,
    inspections,
    packs,
    permalinks,
    reporting,
    searching,
)
from webapp.records.database import Records
from webapp.settings import USUAL, Settings, check_key

# A question of 100,000 characters, each of which a form may send as 12 bytes, must still get an answer in words.
MAX_BODY_BYTES = 2 * 1024 * 1024
_LONE = re.compile("[\ud800-\udfff]")
_WITHOUT_INDEX = {"static", *about.WITHOUT_INDEX}


def create_app(
    assistant: Callable[[], Assistant],
    secret_key: str,
    loading: Callable[[], bool] = lambda: False,
    settings: Settings = USUAL,
    records: Records | None = None,
    in_place_of: Callable[[], str | None] = lambda: None,
) -> Flask:
    """The application. ``assistant`` is called once a request, and ``g.visitor`` says for whom.

    ``secret_key`` signs the cookie, which holds recent questions and who has signed in.

    ``loading`` tells whether the models of an assistant that has none are on their way, for the pages to say;
    ``in_place_of`` which generation of the index is damaged, where another serves in its place.

    ``records`` is where problem reports and the like are kept; without it, none can be.

    ``assistant`` may raise ``IndexMissing`` or ``IndexDamaged``: the page then says so, with status 503.
    Raises :class:`webapp.settings.SettingsWrong` for a key that can be guessed.
    """
    check_key(secret_key)
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=secret_key,
        SESSION_COOKIE_NAME="questions",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES,
        ASSISTANT=assistant,
        LOADING=loading,
        IN_PLACE_OF=in_place_of,
        SETTINGS=settings,
        RECORDS=records or Records(None),
        STOPPING=threading.Event(),
    )
    app.request_class = Incoming
    app.session_interface = conversation.Cookie()
    app.jinja_options = {"finalize": _sendable}
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        fact_line=facts.line,
        facts=facts.entries,
        folded=plain,
        pieces=taken_out.pieces,
        printed=printable,
        source_title=facts.title,
        web_address=facts.web_address,
    )
    app.jinja_env.tests["taken_out"] = taken_out.any_taken
    app.wsgi_app = Proxied(app.wsgi_app, settings.proxy)  # type: ignore[method-assign]
    busy.register(app)
    logs.name_routes(app)
    rates.limit(app)
    security.protect(app)
    tokens.protect(app)
    visitors.register(app)
    signing_in.register(app, settings)
    app.before_request(_take_assistant)
    app.context_processor(_common)
    parts = (
        chat,
        documents,
        searching,
        comparing,
        inspections,
        packs,
        permalinks,
        feed,
        reporting,
        corpus_report,
        about,
    )
    for module in (*parts, api, health):
        app.register_blueprint(module.pages)
    errors.register(app)
    return app


def _take_assistant() -> None:
    """Give the request one assistant for its whole length, whatever generation the next request gets."""
    if request.endpoint not in _WITHOUT_INDEX:
        g.assistant = current_app.config["ASSISTANT"]()


def _sendable(value: object) -> object:
    """Text as UTF-8 can carry it: the half of a surrogate pair that a PDF may yield becomes a replacement character."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _LONE.sub("\ufffd", value)
    return value


def _common() -> dict[str, object]:
    """What every page may show."""
    held = g.get("assistant")
    words_only = held is not None and not held.dense
    return {
        "service": current_app.config["SETTINGS"].service,
        "visitor": g.get("visitor", visitors.PUBLIC),
        "signs_in_here": bool(current_app.config["SETTINGS"].openid.issuer),
        "words_only": words_only,
        "loading": words_only and current_app.config["LOADING"](),
    }
