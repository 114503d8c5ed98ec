"""Timelines: what happened around a council's inspections, and what was planned, each with the words that say so.

A plan stays a plan: that its day has passed, or that another document tells of a visit on that day, does not make it
an event that happened. Both are shown, each as its document tells it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.display import plain
from corpus.folding import fold
from corpus.inspections.inspections import dated, inspections, is_ofsteds, statement, supplied_date
from corpus.inspections.mentions import VISITS, Mention, mentions, status_in
from corpus.inspections.merging import Days, days_of, fullest
from corpus.inspections.periods import Period, find_periods
from corpus.inspections.statements import Dated, Event, Happening, Inspection, Statement, Status, Visit, slug
from corpus.model import Document, Span
from corpus.sentences import sentences_of

_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")
_DIRECTION = re.compile(
    r"\b(?=[dins])(?P<what>(?:non-)?statutory directions?|improvement notice|direction notice)\b", re.IGNORECASE
)
_CONVERSATION = re.compile(r"\b(?=[ae])(?:annual )?engagement (?:conversation|meeting)\b", re.IGNORECASE)
# What may stand between a direction or a conversation and its date.
_GAP = re.compile(
    r"(?: \([^()]{1,60}\))?(?: (?:to|of|for|with) [\w' ]{2,60}?)?(?: (?:was|were|had been|has been|would be|will be))?"
    r"(?: (?:issued|made|given|received|held|planned|scheduled|due))?(?:(?: (?:on|in|dated|of|for|by))?(?: the)? | - )",
    re.IGNORECASE,
)
_BODY = r"(?:(?:[\w-]+ ){0,7}?(?:committee|board|cabinet|council|panel))"
_DUE = re.compile(
    r"\b(?=[bmstw])(?:be|to|must|shall|will|would|should) (?:submit(?:ted)?|present(?:ed)?|"
    r"(?:brought|bring)(?: back)?|report(?:ed)?(?: back)?)"
    r"(?P<object> (?:an?|the|its|their) (?:[\w-]+ ){1,5}?)? ?to "
    rf"(?P<to>ofsted\b|the [\w ]{{0,30}}\bsecretary of state(?: for [\w ]+?)?(?= by | in | on |[.,;]|$)|"
    rf"(?P<meeting>(?:the|a) (?:next |future )?meeting of )?(?:the )?(?P<body>{_BODY})\b|(?P<next>the next meeting\b))"
    r"(?P<later> at (?:a future|the next) meeting\b)?",
    re.IGNORECASE,
)
# None of these matches without one of its words, which are found some hundred times faster.
_SPEAKING = (
    (_DIRECTION, ("direction", "notice")),
    (_CONVERSATION, ("engagement",)),
    (_DUE, (" submit", " present", " brought", " bring", " report")),
)
_BY = re.compile(r" ?(?:by|in|on|at|before) (?:the )?", re.IGNORECASE)
_THING = re.compile(r"\b(?P<what>(?:(?:action|improvement) )?plan|information|update|report)\b", re.IGNORECASE)


def events(documents: Iterable[Document], register: Sequence[Inspection] | None = None) -> tuple[Event, ...]:
    """Every event that ``documents`` tell of, by council and then by date; those of no date in a known year come last.

    ``register`` is what :func:`corpus.inspections.inspections.inspections` gives for the same documents, where that is
    at hand.
    """
    documents = tuple(documents)
    names: dict[str, list[str | None]] = {}
    told: dict[str, list[Event]] = {}
    rows: dict[str, list[Inspection]] = {}
    for document in documents:
        council = document.source.council.value
        names.setdefault(slug(council or ""), []).append(council)
        told.setdefault(slug(council or ""), []).extend(told_events(document, tuple(mentions(document))))
    for row in inspections(documents) if register is None else register:
        rows.setdefault(row.slug, []).append(row)
    found = ((key, fullest(called), rows.get(key, ()), told[key]) for key, called in sorted(names.items()))
    return tuple(event for key, name, theirs, others in found for event in of_council(name, key, theirs, others))


def of_council(name: str, key: str, rows: Iterable[Inspection], told: Iterable[Event]) -> list[Event]:
    """The events of one council by date: its inspections, each merged, and what its documents tell of besides."""
    renamed = [replace(event, council=name, slug=key) for event in told]
    return sorted([*(event for row in rows for event in _of_row(row)), *_merged(renamed)], key=_order)


def title_of(kind: Visit, number: int | None) -> str:
    """What a visit is called: "Second monitoring visit"."""
    words = kind.value
    if number is None:
        return words[0].upper() + words[1:]
    ordinal = _ORDINALS[number - 1] if number <= len(_ORDINALS) else f"No. {number}:"
    return f"{ordinal} {words}"


def _of_row(row: Inspection) -> Iterator[Event]:
    """An inspection that took place, and the publication of its report."""
    happening = Happening.VISIT if row.kind in VISITS else Happening.INSPECTION
    title = title_of(row.kind, row.number)
    yield Event(row.council, row.slug, happening, title, Status.HAPPENED, row.dates, row.named)
    if row.published:
        stated = tuple(published.stated for published in row.published)
        title = f"Report published: {row.kind.value}"
        yield Event(row.council, row.slug, Happening.PUBLISHED, title, Status.HAPPENED, row.published, stated)


def told_events(document: Document, spoken: Iterable[Mention]) -> Iterator[Event]:
    """The events of one document that speaks of ``spoken``, but for the inspections that it tells of as past."""
    council = document.source.council.value or ""
    key = slug(council)

    def event(happening: Happening, title: str, status: Status, period: Dated | None, stated: Statement) -> Event:
        return Event(council, key, happening, title, status, (period,) if period else (), (stated,))

    if not is_ofsteds(document):
        fact = document.source.title
        span = fact.span or (document.passages[0].span if document.passages else None)
        stated = statement(document, span) if span else Statement(document.id, fact.value or document.id)
        title = f"{document.source.body.value or 'Committee (not stated)'}: {fact.value or document.id}"
        yield event(Happening.COMMITTEE, title, Status.HAPPENED, supplied_date(document), stated)
    for mention in spoken:
        if mention.status is Status.HAPPENED or not (mention.period or mention.number):
            continue
        happening = Happening.VISIT if mention.kind in VISITS else Happening.INSPECTION
        when = dated(document, mention.period, mention.clause) if mention.period else None
        clause = statement(document, mention.clause)
        yield event(happening, title_of(mention.kind, mention.number), mention.status, when, clause)
    for passage in document.passages:
        if not _speaks(fold(passage.text)):
            continue
        lead_in = fold(passage.lead_in.of(document.text)) if passage.lead_in else ""
        for sentence in sentences_of(passage):
            words, at = fold(sentence.of(document.text)), sentence.start
            for happening, title, status, period, within in _in_sentence(words, lead_in):
                span = Span(within.start + at, within.end + at)
                moved = period._replace(start=period.start + at, end=period.end + at)
                yield event(happening, title, status, dated(document, moved, span), statement(document, span))


def _in_sentence(words: str, lead_in: str) -> Iterator[tuple[Happening, str, Status, Period, Span]]:
    """Directions, conversations, and plans and reports that are due, each with its date and clause."""
    if not _speaks(words):
        return
    periods = find_periods(words)
    for pattern, happening in ((_DIRECTION, Happening.DIRECTION), (_CONVERSATION, Happening.CONVERSATION)):
        for match in pattern.finditer(words):
            after = words[match.end() :]
            gap = _conversation_gap(after) if happening is Happening.CONVERSATION else 0
            period = next((p for p in periods if p.start >= match.end()), None)
            if period and _GAP.fullmatch(words, match.end() + gap, period.start):
                title = match[0][0].upper() + match[0][1:].lower()
                status = status_in(words[: period.start], lead_in)
                yield happening, title, status, period, Span(match.start(), period.end)
    for match in _DUE.finditer(words):
        period = _due(words, match, periods)
        if period:
            clause = Span(0, max(period.end, match.end()))
            yield Happening.PLAN, _due_title(words, match), Status.PLANNED, period, clause


def _speaks(folded: str) -> bool:
    low = folded.lower()
    return any(any(word in low for word in words) and pattern.search(folded) for pattern, words in _SPEAKING)


def _conversation_gap(after: str) -> int:
    """The length of a remark in brackets, which the gap's own pattern allows only words in."""
    match = re.match(r" \([^()]{1,80}\)", after)
    return match.end() if match else 0


def _due(words: str, match: re.Match[str], periods: Sequence[Period]) -> Period | None:
    """When it is due: a date after the words, or else "the next meeting"."""
    if by := _BY.match(words, match.end()):
        for period in periods:
            if by.start() < period.start <= by.end() + 1 and period.end > by.end():
                return period
    if match["later"]:
        return Period(match.start("later") + len(" at "), match.end("later"), vague=True)
    if match["next"]:
        return Period(*match.span("next"), vague=True)
    meeting = match["meeting"]
    if meeting and ("next" in meeting.lower() or "future" in meeting.lower()):
        return Period(match.start("meeting"), match.end(), vague=True)
    return None


def _due_title(words: str, match: re.Match[str]) -> str:
    said = [thing["what"] for thing in _THING.finditer(words[: match.start()] + (match["object"] or ""))]
    thing = "report" if match[0].lower().startswith("to report") or not said else said[-1].lower()
    if match["body"] and any(word.lower() == "report" for word in said):
        thing = "report"
    to = match["body"] or match["to"]
    return plain(
        f"{thing[0].upper()}{thing[1:]} to {to if to.startswith(('the ', 'Ofsted', 'Cabinet')) else f'the {to}'}"
    )


@dataclass(slots=True)
class _Event:
    """An event as it is put together, with the days that its dates can mean."""

    event: Event
    dates: dict[Dated, None]
    stated: dict[Statement, None]
    days: Days

    def same_as(self, days: Days) -> bool:
        """Whether days are these, or some of them, or these some of those."""
        return any(a.within(b) or b.within(a) for a in days.values() for b in self.days.values())

    def take(self, event: Event, days: Days) -> None:
        """Add the dates and statements of another."""
        self.dates |= dict.fromkeys(event.dates)
        self.stated |= dict.fromkeys(event.stated)
        self.days |= days


def _merged(told: Iterable[Event]) -> list[Event]:
    """Events of one kind and status that name the same days, or less exactly so, as one; each meeting stays."""
    found: list[_Event] = []
    alike: dict[tuple[object, ...], list[_Event]] = {}
    for event in told:
        days = days_of(event.dates)
        # A direction is one whatever it is called, where it has a date. Dates of no known year are nobody else's.
        title = "" if event.happening is Happening.DIRECTION and event.dates else event.title
        others = alike.setdefault((event.happening, event.status, title, bool(event.dates)), [])
        same = next((other for other in others if not event.dates or other.same_as(days)), None)
        if same is not None and event.happening is not Happening.COMMITTEE:
            same.take(event, days)
            continue
        found.append(_Event(event, dict.fromkeys(event.dates), dict.fromkeys(event.stated), days))
        if event.happening is not Happening.COMMITTEE and (days or not event.dates):
            others.append(found[-1])
    return [replace(one.event, dates=tuple(one.dates), stated=tuple(one.stated)) for one in found]


def _order(event: Event) -> tuple[str, bool, int, int]:
    when = event.when
    if when is None or when.first is None:
        return event.slug, True, list(Happening).index(event.happening), 0
    return event.slug, False, when.first.toordinal(), list(Happening).index(event.happening)
