"""The search page: a form, filters with their counts, and results; every state has its own address."""

from dataclasses import dataclass

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from assistant.search.facets import NOT_STATED, Count, Facet
from assistant.search.query import HELP, BadQuery
from assistant.search.results import Result
from assistant.search.search import SIZES, Order, Reading, Results
from corpus.display import Segment, plain, shown
from corpus.model import Source
from webapp.layout.answers import Link
from webapp.layout.bars import bars
from webapp.layout.facts import place
from webapp.layout.passages import Part, laid_out
from webapp.pages import addresses, paging
from webapp.pages.addresses import Address

pages = Blueprint("search", __name__)

FACET_NAMES = {
    Facet.OUTCOME: "What was decided",
    Facet.COUNCIL: "Council",
    Facet.BODY: "Body",
    Facet.KIND: "Kind of document",
    Facet.ROLE: "What the passage is",
    Facet.VOICE: "Whose words",
}
# So many values of a facet are shown at first, and the rest behind a line that opens.
FEW = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """A result ready to show: its words with the search's words marked, and where its links lead."""

    result: Result
    source: Source
    lead_in: tuple[Segment, ...]
    parts: list[Part]
    url: str
    decisions: list[Link]
    advice: list[tuple[str, list[Link]]]
    heading: str = ""


@pages.get("/search")
def search() -> ResponseReturnValue:
    """The page of a search: the form alone, where nothing is asked for yet."""
    try:
        address = addresses.read(request.args)
    except BadQuery as mistake:
        return _page(addresses.unread(request.args), None, str(mistake)), 422
    if not address.asks:
        return _page(address, None)
    return _page(address, g.assistant.searcher.search(address.search, address.page, address.size))


def _page(address: Address, results: Results | None, mistake: str = "") -> str:
    return render_template(
        "search.html",
        address=address,
        results=results,
        mistake=mistake,
        help=HELP,
        sizes=SIZES,
        readings=Reading,
        orders=Order,
        facet_names=FACET_NAMES,
        few=FEW,
        shown=_shown(results) if results else [],
        years=bars(results.years) if results else (),
        numbers=paging.numbers(results.page, results.pages) if results else (),
        liked=g.assistant.index.passage(address.search.like) if address.search.like else None,
        in_words=in_words,
    )


def in_words(count: Count) -> str:
    """A facet's value for a person."""
    return "Not stated" if count.value == NOT_STATED else count.value[:1].upper() + count.value[1:]


def _shown(results: Results) -> list[Shown]:
    """The results of a page; where every mention is read, each council and year has a heading above its first."""
    listed = []
    before = ""
    by_council = results.search.reading is Reading.EVERY and results.search.order is Order.BEST
    for one in results.results:
        source = one.evidence.source
        year = (source.date.value or "")[:4] or "date not stated"
        heading = f"{source.council.value or 'Council not stated'}, {year}" if by_council else ""
        listed.append(laid(one, heading if heading != before else ""))
        before = heading
    return listed


def laid(one: Result, heading: str) -> Shown:
    """A result as the page shows it, under ``heading`` if there is one."""
    document = g.assistant.index.document(one.evidence.source.id)
    evidence, source = one.evidence, one.evidence.source
    lead_in = shown(evidence.lead_in.text, (), evidence.lead_in.start) if evidence.lead_in else ()
    return Shown(
        one,
        source,
        lead_in,
        laid_out(document.text, [one.passage], evidence.highlights),
        place(source.id, one.passage.span),
        [Link(plain(passage.text), place(source.id, passage.span)) for passage in evidence.outcome.passages],
        [
            (plain(advice.heading), [Link(plain(p.text), place(source.id, p.span)) for p in advice.passages])
            for advice in one.advice
        ],
        heading,
    )
