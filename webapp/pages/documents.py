"""The documents: what there is, and each one whole, with the words that a citation points at marked."""

from dataclasses import dataclass

from flask import Blueprint, abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assistant.questions.personal import refusal
from corpus.folding import fold
from corpus.model import Document, Form, Source, Span
from webapp.layout.passages import laid_out
from webapp.pages.paging import Page
from webapp.records import opened

pages = Blueprint("documents", __name__)

# So many documents are on a page of the list, and so many characters looked for in it.
_ON_A_PAGE = 100
_LONGEST = 200

_HEADINGS = (Form.HEADING, Form.LABEL)


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation in the page's address asked for: the span to mark, or why there is none."""

    span: Span | None = None
    problem: str = ""


@pages.get("/documents")
def listing() -> ResponseReturnValue:
    """The documents, with what is known of each and how: those that have the words looked for, a page at a time."""
    sources = g.assistant.index.sources
    wanted = request.args.get("find", "").strip()[:_LONGEST]
    mistake = refusal(wanted, "What you looked for", "Look for it without that.")
    found = [source for source in sources if _has(source, wanted)] if wanted and not mistake else sources
    page = Page.of(found, request.args.get("page", default=1, type=int), _ON_A_PAGE)

    def address(number: int) -> str:
        return url_for("documents.listing", find=wanted or None, page=number if number > 1 else None)

    shown = render_template(
        "documents.html",
        held=len(sources),
        found=len(found),
        page=page,
        wanted=wanted,
        mistake=mistake,
        long=len(sources) > _ON_A_PAGE,
        address=address,
    )
    return (shown, 422) if mistake else shown


@pages.get("/documents/<id>")
def show(id: str) -> ResponseReturnValue:
    """One document, laid out as its outline says."""
    document = g.assistant.index.document(id)
    if document is None:
        abort(404, description="document")
    opened.note([document.source])
    cited = _cited(document)
    return render_template(
        "document.html",
        document=document,
        parts=laid_out(document.text, document.passages, [cited.span] if cited.span else []),
        contents=[passage for passage in document.passages if passage.form in _HEADINGS and passage.level],
        cited=cited,
        turn=request.args.get("turn", type=int),
    )


def _has(source: Source, words: str) -> bool:
    """Whether a document's name and facts have each of some words, or of their beginnings and ends."""
    facts = (source.title, source.council, source.body, source.date, source.kind)
    known = fold(" ".join([source.id, source.path, *(fact.value or "" for fact in facts)])).casefold()
    return all(word in known for word in fold(words).casefold().split())


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
