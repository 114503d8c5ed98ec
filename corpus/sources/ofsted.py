"""What a report or letter of Ofsted's own says of itself on its first page: council, title and date."""

import re
from collections.abc import Mapping
from datetime import date

from corpus.dates import DateSpan, find_dates
from corpus.folding import fold, on_one_line
from corpus.model import Fact, Kind, Known, Span
from corpus.sources.councils import whole_names

# How much of a document is its first page, at most.
FIRST_PAGE = 3000
_OF = r"(?:looked after children|children's social care|local authority children's|children's)"
_SERVICES = (
    r"(?:'s)?(?:,? local authority)?"
    r"(?:,? children(?:'s|s')?(?: social care)?(?: services)?|,? services for children)"
)
_SEND = r"(?:SEND|special educational needs and(?:/or)? disabilit(?:y|ies)(?: \(SEND\))?)"
_VISIT = (
    r"(?:(?:Ofsted|ILACS|COVID-19|the)(?:'s)?:? )?(?:(?:first|second|third|fourth|fifth|sixth|final) )?"
    r"(?:Focused assurance|Focus+ed|Monitoring|Assurance|Interim) visit"
)
_SIF = r"(?:Re-?)?Inspection of services for children in need of help and protection"
# "of" whom the report is where its title says; otherwise the line before the title, or after it, names the council.
_TITLES = tuple(
    re.compile(pattern, re.MULTILINE | re.IGNORECASE)
    for pattern in (
        r"^Area SEND (?:full |monitoring |priority action )*(?:inspection|visit|revisit) (?:of|to) "
        r"(?P<council>[^\n]{2,80}?) Local Area Partnership$",
        rf"^(?:Joint )?(?:local )?area {_SEND} (?:inspection|re-?visit|interim visit|visit) (?:in|of|to) "
        r"(?:the )?(?:local area of )?(?P<council>[^\n]{2,80}?)(?: local area)?$",
        r"^Joint targeted area inspection (?:of|into) "
        r"(?:(?:the|services|how) [^\n]{5,200} in |children and [^\n]{5,160} in )?"
        r"(?:the )?(?P<council>(?!the\b)[^\n]{2,60})$",
        rf"^(?:Re-?)?Inspection of {_OF} services$",
        r"^Inspection of (?:safeguarding and looked after children services|local authority arrangements for the "
        r"protection of children)$",
        rf"^(?P<council>[^\n]{{3,60}}?) (?P<title>{_SIF}[^\n]{{0,120}})$",
        rf"^{_SIF}[^\n]{{0,120}}$",
        r"^(?:Short |Standard |Re-?)?Inspection of (?:the )?(?P<council>[^\n]{2,80}?)(?: local authority)? "
        r"children's (?:social care )?services$",
        rf"^{_VISIT} (?:of|to) (?:local authority )?children's (?:social care )?services (?:in|at|of) (?:the )?"
        r"(?P<council>[^\n]{2,80}?)$",
        rf"^{_VISIT} (?:of|to|in|at) (?:the )?(?P<council>[^\n]{{2,80}}?)(?: local authority)?{_SERVICES}$",
        rf"^{_VISIT} (?:of|to|in|at) (?:the )?(?P<council>[^\n.,;:]{{2,60}}?)$",
    )
)
# What only a council's own paper says: it may have the title of the letter that it is about.
_COUNCILS_OWN = re.compile(
    r"^\s*(?:agenda item\b|agenda$|minutes:?$|minutes of\b|draft minutes\b|present:|report (?:to|by|author|title)\b|"
    r"report (?:of|from) (?:the |[A-Z][^\n]{2,40},)|author:|portfolio holder\b|committee:|meeting(?: date)?:|"
    r"date of (?:the )?(?:meeting|committee|decision)\b|wards? affected|decision[- ]maker|lead officer\b|"
    r"purpose of (?:the )?report)",
    re.MULTILINE | re.IGNORECASE,
)
_LINE = re.compile(r"[^\n]+")
_ENDS_SERVICES = re.compile(r"(?:\s+(?:local authority|council))?\s+children's services$", re.IGNORECASE)
_CHAPTER = re.compile(r"(?:judgement|inspection|lead inspector|report|published|dear)\b", re.IGNORECASE)
_DEAR = re.compile(r"^\s*Dear\b", re.MULTILINE)
_PUBLISHED = re.compile(r"\b(?:report )?published(?: on)?:?\s*(?=\d)", re.IGNORECASE)
_INSPECTED = re.compile(
    r"^(?:(?:inspection|visit) dates?:?|dates?(?: of (?:the )?(?:visit|inspection))?:) ?[^\n]+",
    re.MULTILINE | re.IGNORECASE,
)
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,?", re.IGNORECASE)
_BEFORE_DATE = re.compile(r"(?:date:?|published:?)?", re.IGNORECASE)
# A letter that is not dated says at the start when the visit was.
_VISITED = re.compile(r"\b(?:visit|inspection)\b[^.\n]{0,160}? (?:on|between|from)(?: the)? (?=\d)", re.IGNORECASE)


def of_inspection(text: str) -> Mapping[str, Fact]:
    """The facts that an inspection report or letter states, by name; none of any other document."""
    page = fold(text[:FIRST_PAGE]).replace("\r", "\n")
    title = next((match for pattern in _TITLES if (match := pattern.search(page))), None)
    if title is None or _COUNCILS_OWN.search(page):
        return {}
    span = Span(*title.span("title" if "title" in title.re.groupindex else 0))
    return {
        "title": Fact(on_one_line(span.of(text)), Known.STATED, span),
        "council": _council(text, page, title),
        "date": _date(page),
        "kind": Fact(Kind.INSPECTION.value, Known.STATED, span),
    }


def _council(text: str, page: str, title: re.Match[str]) -> Fact:
    if "council" in title.re.groupindex:
        return _named(text, Span(*title.span("council")))
    before = [line for line in _LINE.finditer(page, 0, title.start()) if line[0].strip()]
    for line in (*reversed(before[-1:]), *_next(page, title.end())):
        named = line[0].strip()
        if find_dates(named) or named.endswith((".", ":")) or len(named) > 80 or _CHAPTER.match(named):
            continue
        end = ends.start() if (ends := _ENDS_SERVICES.search(line[0])) else len(line[0])
        return _named(text, Span(line.start(), line.start() + end))
    whole = next(whole_names(page), None)
    return Fact(whole.council, Known.STATED, whole.span) if whole else Fact()


def _next(page: str, position: int) -> list[re.Match[str]]:
    line = _LINE.search(page, position)
    return [line] if line else []


def _named(text: str, span: Span) -> Fact:
    return Fact(on_one_line(span.of(text)), Known.STATED, span)


def _date(page: str) -> Fact:
    """The day that it was published, or its letter's; failing that, the last day of the inspection or visit."""
    found = find_dates(page)
    days = [one for one in found if one.first == one.last]
    published = [match.end() for match in _PUBLISHED.finditer(page)]
    dear = _DEAR.search(page)
    letter = [one for one in days if _is_dated(page, one, dear.start() if dear else 0)]
    chosen: tuple[date, Span] | None = None
    if of := [one for one in days if one.start in published] or letter:
        chosen = of[0].last, Span(of[0].start, of[0].end)
    elif (inspected := _INSPECTED.search(page)) and (
        of := [one for one in found if inspected.start() <= one.start < inspected.end()]
    ):
        chosen = of[-1].last, Span(of[0].start, of[-1].end)
    elif dear and (visited := _VISITED.search(page, dear.start())):
        of = [one for one in found if one.start == visited.end()]
        chosen = (of[0].last, Span(of[0].start, of[0].end)) if of and (of[0].last - of[0].first).days < 28 else None
    return Fact(chosen[0].isoformat(), Known.STATED, chosen[1]) if chosen else Fact()


def _is_dated(page: str, day: DateSpan, letter: int) -> bool:
    """Whether a day stands where a letter has its own: it opens the page, or has a line to itself above "Dear"."""
    start, end = page.rfind("\n", 0, day.start) + 1, page.find("\n", day.end)
    before = _WEEKDAY.sub("", page[start : day.start]).strip()
    after = page[day.end : end if end >= 0 else len(page)].strip(" .,")
    if not page[: day.start].strip():
        return True
    return day.start < letter and not after and _BEFORE_DATE.fullmatch(before) is not None
