"""What the service says of itself: accessibility, privacy, cookies, how it works, and its transparency record."""

import json
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, g, render_template
from flask.typing import ResponseReturnValue
from markdown_it import MarkdownIt

from corpus.dates import in_words
from webapp.conversation import MAX_TURNS
from webapp.settings import Settings

pages = Blueprint("about", __name__)

# These say what holds whether or not there is an index, so they are there without one.
WITHOUT_INDEX = frozenset({"about.accessibility", "about.privacy", "about.cookies", "about.record"})
# How good the answers are, with the models they were measured with. A test holds it to evaluation/results.md.
FIGURES = Path(__file__).with_name("figures.json")
RECORD = Path(__file__).parents[2] / "docs" / "algorithmic-transparency.md"
# When the statement was written, and last held against the pages: change it when you have done that.
PREPARED = date(2026, 11, 22)
REVIEWED = date(2026, 11, 22)


@pages.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    """The accessibility statement, in the order and with the sentences that the regulations of 2018 prescribe."""
    return render_template("accessibility.html", prepared=in_words(PREPARED), reviewed=in_words(REVIEWED))


@pages.get("/privacy")
def privacy() -> ResponseReturnValue:
    """What is kept of a person and what is not, as this service is set up."""
    settings = _settings()
    return render_template("privacy.html", days=settings.privacy.keep_questions_days, signs_in=signs_in(settings))


@pages.get("/cookies")
def cookies() -> ResponseReturnValue:
    """The one cookie."""
    name = current_app.config["SESSION_COOKIE_NAME"]
    return render_template("cookies.html", name=name, turns=MAX_TURNS, signs_in=signs_in(_settings()))


@pages.get("/how-it-works")
def how_it_works() -> ResponseReturnValue:
    """How an answer is made, of which documents, by which models, and how often it is right."""
    index = g.assistant.index
    built = datetime.fromisoformat(index.report.built) if index.report else None
    return render_template(
        "how_it_works.html",
        index=index,
        built=f"{in_words(built.date())}, {built:%H:%M} UTC" if built else "",
        dense=g.assistant.dense,
        figures=figures(),
    )


@pages.get("/how-it-works/record")
def record() -> ResponseReturnValue:
    """The transparency record, docs/algorithmic-transparency.md, as it stands there."""
    return render_template("record.html", record=_record())


@cache
def figures() -> dict[str, Any]:
    """What was measured, as the file holds it."""
    found: dict[str, Any] = json.loads(FIGURES.read_text(encoding="utf-8"))
    return found


def signs_in(settings: Settings) -> bool:
    """Whether people can sign in."""
    return bool(settings.openid.issuer or settings.proxy.user)


@cache
def _record() -> str:
    # The file is the project's own; what is HTML in it is escaped all the same.
    text = RECORD.read_text(encoding="utf-8")
    return MarkdownIt("commonmark", {"html": False}).render(text)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
