"""What an inspection report says of itself on its first page: council, title, kind and date, each with its words."""

import re
from dataclasses import replace
from datetime import date

from corpus.dates import find_dates
from corpus.folding import fold, on_one_line
from corpus.model import Fact, Kind, Known, Source, Span

# How much of a document is its first page, at most.
_FIRST_PAGE = 3000
_OF = r"(?:looked after children|children's social care|local authority children's|children's)"
# "of" whom the report is where its title says; otherwise the line before the title, or after it, names the council.
_TITLES = tuple(
    re.compile(pattern, re.MULTILINE | re.IGNORECASE)
    for pattern in (
        r"^Area SEND inspection of (?P<council>[^\n]{2,80}?) Local Area Partnership$",
        r"^Joint targeted area inspection of (?:the [^\n]{5,160}? in )?(?P<council>(?!the\b)[^\n]{2,60})$",
        rf"^Inspection of {_OF} services$",
        r"^Inspection of services for children in need of help and protection[^\n]{0,120}$",
        r"^Inspection of (?:the )?(?P<council>[^\n]{2,80}?)(?: local authority)? children's services$",
        r"^(?:Focused|Monitoring) visit (?:of|to) (?:the )?(?P<council>[^\n]{2,80}?)(?: local authority)?"
        r"(?: children's services)?$",
    )
)
_LINE = re.compile(r"[^\n]+")
_SERVICES = re.compile(r"\s+children's services$", re.IGNORECASE)
_PUBLISHED = re.compile(r"\b(?:report )?published(?: on)?:?\s*(?=\d)", re.IGNORECASE)
_INSPECTED = re.compile(
    r"^(?:date|inspection date)s?(?: of (?:visit|inspection))?:[^\n]+", re.MULTILINE | re.IGNORECASE
)


def stated(source: Source, text: str) -> Source:
    """``source`` with what the document states of itself, where nothing is known from a catalogue.

    Only an inspection report or letter states anything here: any other document comes back as it was.
    """
    page = fold(text[:_FIRST_PAGE])
    title = next((match for pattern in _TITLES if (match := pattern.search(page))), None)
    if title is None:
        return source
    found = {
        "title": _fact(text, Span(*title.span())),
        "council": _council(text, page, title),
        "date": _date(text, page),
        "kind": Fact(Kind.INSPECTION.value, Known.STATED, Span(*title.span())),
    }
    # A heading that the outline takes for the title is less than the line that says what the report is.
    own_title = source.title.value is None or (source.title.known is Known.STATED and source.council.value is None)
    return replace(
        source,
        title=found["title"] if own_title else source.title,
        council=source.council if source.council.value else found["council"],
        date=source.date if source.date.value else found["date"],
        kind=source.kind if source.kind.value else found["kind"],
    )


def _council(text: str, page: str, title: re.Match[str]) -> Fact:
    if "council" in title.re.groupindex:
        return _fact(text, Span(*title.span("council")))
    before = [line for line in _LINE.finditer(page, 0, title.start()) if line[0].strip()]
    named = before[-1] if before else _LINE.search(page, title.end())
    if named is None:
        return Fact()
    end = services.start() if (services := _SERVICES.search(named[0])) else len(named[0])
    return _fact(text, Span(named.start(), named.start() + end))


def _date(text: str, page: str) -> Fact:
    """The day that it was published, or its letter's; failing that, the last day of the inspection."""
    found = find_dates(page)
    days = [one for one in found if one.first == one.last]
    published = [match.end() for match in _PUBLISHED.finditer(page)]
    inspected = [match.span() for match in _INSPECTED.finditer(page)]
    letter = [one for one in days if one.start == len(page) - len(page.lstrip())]
    chosen: tuple[date, Span] | None = None
    if of := [one for one in days if one.start in published] or letter:
        chosen = of[0].last, Span(of[0].start, of[0].end)
    elif inspected and (of := [one for one in found if inspected[0][0] <= one.start < inspected[0][1]]):
        chosen = of[-1].last, Span(of[0].start, of[-1].end)
    return Fact(chosen[0].isoformat(), Known.STATED, chosen[1]) if chosen else Fact()


def _fact(text: str, span: Span) -> Fact:
    return Fact(on_one_line(span.of(text)), Known.STATED, span)
