"""Any search as an Atom feed, so that a feed reader or a mail rule can watch it (RFC 4287).

An entry is a passage that the search finds, newest first by the day it was first indexed: one that a later document
brings appears at the top. Its id is its permalink, which does not change when the index is built again.
"""

from dataclasses import replace
from datetime import UTC, datetime

from flask import Blueprint, Response, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assistant.search.query import BadQuery
from assistant.search.search import Order
from webapp.layout.facts import line
from webapp.pages import addresses

pages = Blueprint("feed", __name__)

# A reader that looks once a week misses nothing of a search that finds fewer new passages than this.
MOST_ENTRIES = 100


@pages.get("/search.atom")
def search() -> ResponseReturnValue:
    """The feed of the search that the same address without ".atom" shows."""
    try:
        address = addresses.read(request.args)
    except BadQuery as mistake:
        return Response(f"{mistake}\n", 422, mimetype="text/plain")
    searcher = g.assistant.searcher
    newest = searcher.newest(replace(address.search, order=Order.BEST), MOST_ENTRIES) if address.asks else []
    told = make_response(
        render_template(
            "feed.xml",
            entries=[(result, since, line(result.evidence.source)) for result, since in newest],
            query=address.typed["q"],
            page=url_for("search.search", _external=True) + address.query(page=1),
            feed=url_for("feed.search", _external=True) + address.query(page=1),
            updated=newest[0][1] if newest else _made(g.assistant.index.generation),
            root=request.url_root.rstrip("/"),
        )
    )
    told.mimetype = "application/atom+xml"
    return told


def _made(generation: str) -> str:
    """When a generation was made, as its name says: ISO 8601 in UTC."""
    return datetime.strptime(generation[:15], "%Y%m%dT%H%M%S").replace(tzinfo=UTC).isoformat()
