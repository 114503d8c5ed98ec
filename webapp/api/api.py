"""The same by program: questions, searches, documents and inspections as JSON, described in ``openapi.json``."""

import json
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, g, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from werkzeug.routing import RequestRedirect

from assistant.exports.answers import answer_json
from assistant.exports.documents import document_json, source_json
from assistant.exports.inspections import inspection_json
from assistant.exports.searches import result_json, results_json
from assistant.questions.question import BadQuestion
from assistant.search.facets import Facet
from assistant.search.query import BadQuery
from assistant.search.results import result
from assistant.search.search import SIZES, Order, Reading
from corpus.model import Kind, Role, Voice
from corpus.passages.outcomes import Badge
from webapp import asked
from webapp.api.problems import problem, to_a_program
from webapp.pages import addresses
from webapp.pages.addresses import Address
from webapp.records import kept_questions, opened

pages = Blueprint("api", __name__, url_prefix="/api/v1")

_DESCRIPTION = Path(__file__).with_name("openapi.json")
# The arguments of a search that have few values. A page leaves others aside, but a program's are a mistake.
_VALUES: Mapping[str, Collection[str]] = {
    "read": [one.value for one in Reading],
    "sort": [one.value for one in Order],
    "undated": ["0", "1"],
    "size": [str(size) for size in SIZES],
    "kind": [one.value for one in Kind],
    "role": [one.value for one in Role],
    "voice": [one.value for one in Voice],
    "outcome": [one.value for one in Badge],
}
_MANY = frozenset(facet.value for facet in Facet)
_ONCE = frozenset({"q", "like", "read", "sort", "from", "to", "undated", "size", "page"})
_NO_DOCUMENT = "No document has this id. They are listed at /api/v1/documents."
_NO_PASSAGE = "No passage has this id, nor is any like one that had it: the passage was taken out of the documents."


@pages.before_app_request
def _mend_nothing() -> ResponseReturnValue | None:
    """An address that a person would be sent on from, as from "//" to "/", is for a program one with nothing there."""
    mended = isinstance(request.routing_exception, RequestRedirect)
    return problem(404) if mended and to_a_program(request) else None


@pages.get("/openapi.json")
def openapi() -> ResponseReturnValue:
    """What there is, for programs that read such descriptions."""
    return jsonify(_described())


@pages.post("/ask")
def ask() -> ResponseReturnValue:
    """One question answered; the body and the answer are those of ``POST /ask`` in JSON."""
    if not request.is_json:
        return problem(415)
    try:
        question = asked.read(request)
        answer = g.assistant.answer(question.question, question.history, question.without)
    except BadQuestion as mistake:
        return problem(422, str(mistake))
    except RecursionError:  # JSON nested deeper than its reader goes
        return problem(422, "The JSON is nested too deeply.")
    kept_questions.note(current_app, question.question, answer)
    return jsonify(answer_json(answer, question.id))


@pages.get("/search")
def search() -> ResponseReturnValue:
    """A page of what a search finds; its arguments are those of ``/search``."""
    try:
        address = _searched(request.args)
    except BadQuery as mistake:
        return problem(422, str(mistake))
    return jsonify(results_json(g.assistant.searcher.search(address.search, address.page, address.size)))


@pages.get("/documents")
def documents() -> ResponseReturnValue:
    """Every document, with what is known of it and how."""
    index = g.assistant.index
    listed = [source_json(source) for source in index.sources]
    return jsonify(generation=index.generation, total=len(listed), documents=listed)


@pages.get("/documents/<id>")
def document(id: str) -> ResponseReturnValue:
    """One document, with all its passages."""
    found = g.assistant.index.document(id)
    if found is None:
        return problem(404, _NO_DOCUMENT)
    opened.note([found.source])
    return jsonify(document_json(found))


@pages.get("/passages/<path:id>")
def passage(id: str) -> ResponseReturnValue:
    """The passage of this id or, where its document has changed, the one that is nearest to it now."""
    index = g.assistant.index
    found = index.passage(id)
    moved_from = None if found else id
    found = found or index.passage(index.moved(id) or "")
    if found is None:
        return problem(404, _NO_PASSAGE)
    document = index.document(found.document)
    opened.note([document.source])
    shown = result(1, found, document)
    return jsonify({**result_json(shown), "moved_from": moved_from})


@pages.get("/inspections")
def register() -> ResponseReturnValue:
    """Every inspection and visit that the documents tell of."""
    index = g.assistant.index
    sources = index.holdings.by_id
    rows = [inspection_json(row, sources) for row in g.assistant.register.rows]
    return jsonify(generation=index.generation, total=len(rows), inspections=rows)


def _searched(arguments: "MultiDict[str, str]") -> Address:
    """What the arguments ask for; :class:`BadQuery` also for what the page's reading of them leaves aside."""
    for name, values in arguments.lists():
        if name not in _MANY | _ONCE:
            raise BadQuery(f"“{name[:40]}” is no argument. They are: {', '.join(sorted(_MANY | _ONCE))}.")
        if name in _ONCE and len(values) > 1:
            raise BadQuery(f"“{name}” is given {len(values)} times: give it once.")
        if any(value not in _VALUES.get(name, [value]) for value in values):
            raise BadQuery(f"“{name}” can be: {', '.join(_VALUES[name])}.")
    address = addresses.read(arguments)
    if arguments.get("page", "1") != str(address.page):
        raise BadQuery("“page” is a number from 1.")
    if arguments.get("like", "") != address.search.like:
        raise BadQuery("“like” is too long to be the id of a passage.")
    if {(facet, value) for facet in Facet for value in arguments.getlist(facet.value)} != address.search.chosen:
        raise BadQuery("The filters are too many, too long or empty.")
    if not address.asks:
        raise BadQuery("Nothing is asked for: give words in q that are not too common, like, or a filter.")
    return address


@cache
def _described() -> dict[str, Any]:
    described: dict[str, Any] = json.loads(_DESCRIPTION.read_text(encoding="utf-8"))
    return described
