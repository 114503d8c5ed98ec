"""About: what a web page says of itself outside its words: title, council, body, day and address."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from corpus.dates import find_dates
from corpus.reading.html_characters import plain
from corpus.reading.html_flow import Line
from corpus.reading.html_front import Front, meeting, parts, said_title
from corpus.reading.html_markup import Element, Page

_ADDRESS = re.compile(r"https?://[^\s/\"'<>]+[^\s\"'<>]*")
_SAVED = re.compile(r"\s*(?:saved from url=\(\d+\)|page saved with singlefile\s+url:\s*)(\S+)", re.IGNORECASE)
_LONGEST_ADDRESS = 2000
_COUNCIL = re.compile(r"\b(?:Council|Borough|Corporation|Combined Authority|County|City of)\b")
_NO_COUNCIL = re.compile(
    r"(?:Modern(?:\.?Gov)?|Full|County|City|Borough|District|The|Your|My)? ?(?:Council|Borough|County)"
    r"|(?:Agenda|Minutes|Decision|Issue|Meeting|Report)\b.*",
    re.IGNORECASE,
)
_AROUND_NAME = re.compile(
    r"^(?:home - |welcome to )|(?:['’]s)? ?(?:- home|home ?page|web ?site|logo|crest)$", re.IGNORECASE
)
_MOST_WORDS, _MOST_WAYS = 9, 10
_FOR_MEETING = re.compile(
    r"(?:agenda|minutes|decisions|meeting|item)\w*(?: item)? (?:for|of)(?: the)? (?P<body>.{3,120}?)"
    r" on (?P<when>(?:\w+day\b|\d).{4,60})",
    re.IGNORECASE,
)
_FACT_LINE = re.compile(
    r"(?:Decided at meeting|Meeting|Meeting date): ?(?P<when>\d\d/\d\d/\d{4})(?: - (?P<body>[^(]{3,120}))?.*"
    r"|Date of (?:decision|meeting): ?(?P<day>.{6,40})|(?:Decision Maker|Committee): ?(?P<maker>.{3,120})",
    re.IGNORECASE,
)
_DAY_NAMES = ("dc.date", "dcterms.date", "dc.date.issued", "dcterms.issued", "article:published_time", "date")


def about(page: Page, front: Front, lines: Sequence[Line]) -> tuple[dict[str, str], tuple[str, ...]]:
    """What a page says of itself, by the names of a catalogue's facts, and where it says two things.

    The day is that of the meeting in its heading; failing that, of the meeting that its way there names, of a line
    such as "Date of decision: 7 March 2017", or of its properties. A title is given where no heading is one.
    """
    metas = _metas(page.root)
    named = said_title(page.root)
    found: dict[str, str] = {}
    if not any(line.level == 1 for line in lines) and (title := metas.get("og:title", "") or _own_part(named)):
        found["title"] = title
    council = next(_councils(page.root, metas, named), "")
    meetings = [*_meetings(page.root, metas, named, front), *_facts(lines)]
    body = next((name for name, _ in meetings if name), "")
    days = [day for _, words in meetings if (day := _day(words))]
    stated = [day for name in _DAY_NAMES if (day := _day(metas.get(name, "")[:10]))]
    found |= {"council": council, "body": body, "date": next(iter(days + stated), ""), "url": _address(page, metas)}
    differing = sorted({*days, *stated[:1]}) if days else []
    notes = (f"the page gives more than one date: {', '.join(differing)}",) if len(differing) > 1 else ()
    return {name: value for name, value in found.items() if value}, notes


def _metas(root: Element) -> dict[str, str]:
    """What the page's properties say, by their names in lower case; the first where a name is used twice."""
    found: dict[str, str] = {}
    for element in root.elements():
        if element.tag == "meta":
            name = (element.get("property") or element.get("name")).lower()
            found.setdefault(name, plain(element.get("content"))[:_LONGEST_ADDRESS])
        elif element.tag == "link" and "canonical" in element.get("rel").lower().split():
            found.setdefault("canonical", element.get("href").strip())
    return found


def _address(page: Page, metas: dict[str, str]) -> str:
    saved = (match[1] for comment in page.comments if (match := _SAVED.match(comment)))
    for address in (metas.get("canonical", ""), metas.get("og:url", ""), *saved):
        if len(address) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(address):
            return address
    return ""


def _own_part(named: str) -> str:
    """A <title> without the name of the site at its end, or at its start."""
    own = parts(named)
    if len(own) > 1:
        own = own[1:] if _COUNCIL.search(own[0]) and not _COUNCIL.search(own[-1]) else own[:-1]
    return " - ".join(own)


def _councils(root: Element, metas: dict[str, str], named: str) -> Iterator[str]:
    """Names that may be the council's: the ends of the title, the site's own name, what its logo stands for."""
    ends = parts(named)
    logos = (
        element.get("alt")
        for element in root.elements()
        if element.tag == "img"
        and "logo" in f"{element.get('alt')} {element.get('class')} {element.get('src')}".lower()
    )
    for name in (*ends[-1:], metas.get("og:site_name", ""), *ends[:1], *logos):
        name = _AROUND_NAME.sub("", plain(name)).strip()
        if _COUNCIL.search(name) and not _NO_COUNCIL.fullmatch(name) and len(name.split()) <= _MOST_WORDS:
            yield name


def _meetings(root: Element, metas: dict[str, str], named: str, front: Front) -> Iterator[tuple[str, str]]:
    """Each body and the words of its day that the page's heading, its way there and its title name."""
    if front.title and (found := meeting(plain(front.title.words()))):
        yield found
    for words in (*islice(_ways_there(root), _MOST_WAYS), metas.get("dc.title", ""), named):
        if match := _FOR_MEETING.search(words):
            yield match["body"], match["when"]


def _ways_there(root: Element) -> Iterator[str]:
    """The words of the page's breadcrumbs."""
    for element in root.elements():
        if element.tag in ("nav", "div", "ul", "ol", "p"):
            names = f"{element.get('aria-label')} {element.get('class')} {element.get('id')}".lower()
            if "breadcrumb" in names or (element.tag != "nav" and "crumb" in names):
                yield plain(element.words())


def _facts(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """The bodies and days in lines of a decision's or an issue's page, those of one meeting together."""
    found = [match for line in lines if (match := _FACT_LINE.fullmatch(_fact(line)))]
    if len({match["when"] for match in found if match["when"]}) > 1:  # an issue at several meetings is of none
        return
    for match in found:
        yield (match["body"] or match["maker"] or "").strip(), match["when"] or match["day"] or ""


def _fact(line: Line) -> str:
    """A line without its bullet, and without the tab of a term in front of what is said of it."""
    return line.text.removeprefix("- ").replace("\t", " ")


def _day(words: str) -> str:
    dates = find_dates(words)
    return dates[0].first.isoformat() if dates and dates[0].first == dates[0].last else ""
