"""Permalinks: an address of a passage that survives rebuilds, and says so where the passage has changed."""

from flask import Blueprint, abort, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp.layout.facts import place

pages = Blueprint("permalinks", __name__)


@pages.get("/passages/<path:id>")
def show(id: str) -> ResponseReturnValue:
    """The document with the passage marked; or the passage that is nearest to it now, or word that it has gone."""
    index = g.assistant.index
    if passage := index.passage(id):
        return redirect(place(passage.document, passage.span))
    document = index.document(id.rpartition("/")[0])
    if nearest := index.passage(index.moved(id) or ""):
        return render_template(
            "moved.html", document=document, nearest=nearest, url=place(nearest.document, nearest.span)
        )
    if document is None:
        abort(404, description="document")
    return render_template(
        "moved.html", document=document, nearest=None, url=url_for("documents.show", id=document.id)
    ), 404
