"""The documents: what there is, and each one whole, with the words that a citation points at marked."""

from dataclasses import dataclass

from flask import Blueprint, abort, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from corpus.model import Document, Form, Span
from webapp.layout import laid_out

pages = Blueprint("documents", __name__)

_HEADINGS = (Form.HEADING, Form.LABEL)


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation in the page's address asked for: the span to mark, or why there is none."""

    span: Span | None = None
    problem: str = ""


@pages.get("/documents")
def listing() -> ResponseReturnValue:
    """Every document, with what is known of it and how."""
    return render_template("documents.html", sources=g.assistant.index.sources)


@pages.get("/documents/<id>")
def show(id: str) -> ResponseReturnValue:
    """One document, laid out as its outline says."""
    document = g.assistant.index.document(id)
    if document is None:
        abort(404, description="document")
    cited = _cited(document)
    return render_template(
        "document.html",
        document=document,
        parts=laid_out(document.text, document.passages, [cited.span] if cited.span else []),
        contents=[passage for passage in document.passages if passage.form in _HEADINGS and passage.level],
        cited=cited,
        turn=request.args.get("turn", type=int),
    )


@pages.get("/healthz")
def health() -> ResponseReturnValue:
    """Whether the service answers, for the machine that watches it."""
    index = g.assistant.index
    return jsonify(
        status="ok",
        generation=index.generation,
        documents=len(index.sources),
        passages=index.facts.passages,
        model=index.facts.encoder if index.dense else None,
    )


def _cited(document: Document) -> Cited:
    """The span that ``?start=…&end=…`` names, where it names words of the document."""
    if "start" not in request.args and "end" not in request.args:
        return Cited()
    start, end = request.args.get("start", type=int), request.args.get("end", type=int)
    if start is None or end is None or not 0 <= start < end <= len(document.text):
        return Cited(problem="The link does not point at a place in this document. The whole document is below.")
    span = Span(start, end)
    if not span.of(document.text).strip():
        return Cited(problem="The link points at an empty line of this document. The whole document is below.")
    return Cited(span)
