"""Where a document speaks of an inspection or visit, when that was or is to be, and which of a series it was."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.folding import fold
from corpus.inspections.periods import Period, find_periods
from corpus.inspections.statements import Status, Visit
from corpus.model import Document, Span
from corpus.sentences import sentences

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINAL = rf"(?P<ordinal>{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))"
_OF = r"inspections? of (?:(?!school)[\w'/-]+ ){0,6}?"
# The first that matches at a place is what is spoken of. What all begin with is looked at first: half the time.
_VISITS = {
    Visit.MONITORING: r"monitoring visits?",
    Visit.FOCUSED: r"focused (?:assurance )?visits?",
    Visit.ASSURANCE: r"assurance visits?",
    Visit.JTAI: r"joint (?:targeted )?(?:area )?inspections?(?: \(JTAI\))?|JTAIs?",
    Visit.SEND: r"(?:local )?(?:area )?(?:SEND|special educational needs and/or disabilities \(SEND\)) "
    r"(?:re-?)?inspections?(?: of [\w ]+? local area partnership)?",
    Visit.REINSPECTION: r"re-?inspections?",
    Visit.SIF: r"single inspections?(?: of children's (?:social care|services))?|SIF inspections?|"
    r"inspections? of services for children in need of help and protection",
    Visit.ILACS: r"inspections? of local authority children's services'?(?: \(ILACS\))?|ILACS inspections?|"
    r"inspections? of [\w',& -]{3,80}? local authority children's services|"
    r"inspections? of children's social care services",
    Visit.SAFEGUARDING_AND_LOOKED_AFTER: rf"{_OF}safeguarding(?: [\w']+)? and (?:services for )?looked[ -]after"
    r"(?: children)?(?: services)?",
    Visit.LOOKED_AFTER: rf"inspections? of looked after children(?: services)?|{_OF}(?:services for )?"
    r"(?:looked after children|children looked after)(?: services)?",
    Visit.SAFEGUARDING: rf"{_OF}(?:safeguarding|(?:arrangements for the )?protection of children|child protection)"
    r"(?: arrangements)?(?: for the protection of children)?|child protection inspections?",
    Visit.ADOPTION: rf"{_OF}adoption (?:services?|agency)",
    Visit.FOSTERING: rf"{_OF}fostering (?:services?|agency)",
    Visit.INSPECTION: r"inspections?",
}
_MENTION = re.compile(
    r"\b(?=[acfijlmrs])(?:" + "|".join(f"(?P<{kind.name}>{words})" for kind, words in _VISITS.items()) + r")(?!\w)"
    r"(?!'? (?:reports?|letters?|framework|teams?|process|outcomes?|findings|frequency|regime|activity|"
    r"handbook|services?))",
    re.IGNORECASE,
)
VISITS = frozenset({Visit.FOCUSED, Visit.MONITORING, Visit.ASSURANCE})
# What speaks of a visit has one of these words, which are found some hundred times faster.
_SPEAKING = ("inspect", "visit", "jtai")
# Inspections of other things, by others.
_NOT_OURS = re.compile(
    r"\b(?:schools?|homes?|hmic\w*|hmi constabulary|cqc|probation|police|prison|early years|nursery|"
    r"youth offending|hmip?|providers?|centres?|colleges?|section 5|another (?:local )?(?:authority|council)|"
    r"other (?:local )?(?:authorities|councils)|neighbouring|thematic|peer|internal|mock)(?:'s)?\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_NOT_OF_US = re.compile(
    r"[^.;]{0,30}\b(?:of (?:the )?police\b|of (?:\w+'s? )?(?:schools?|children's homes?|homes?|early years|providers?)|"
    r"by (?:the )?(?:hmi\w*|cqc|care quality commission))\b",
    re.IGNORECASE,
)
# A name after "inspection of" is a home's or school's, unless it is the council's or begins with one of these.
_NAME = re.compile(r"'?s? of (?:[Tt]he )?(?P<name>[A-Z][\w'-]*(?: [A-Z][\w'-]*)*)")
_NAMES_OF_OURS = frozenset({"local", "children", "safeguarding", "social", "looked", "send", "services", "early"})
# A line of dates has the reader of first pages.
_OF_A_FIRST_PAGE = re.compile(r"\s*(?:inspection dates?|dates? of (?:the )?previous inspection)\b", re.IGNORECASE)
_ANAPHOR = re.compile(
    r"\b(?P<det>the|this) (?P<what>visit)(?= (?:took place|was (?:carried out|held|undertaken)))", re.I
)
_NUMBERED = re.compile(rf"\b{_ORDINAL} (?:ofsted )?(?:quarterly )?$", re.IGNORECASE)
_NUMBERED_AFTER = re.compile(
    rf"\s+(?:was|is|had been|has been)(?: also)? the {_ORDINAL}(?: of \w+)?(?: monitoring)? visits?\b", re.IGNORECASE
)
_UNTIL = re.compile(r"\s+(?:would|will) not (?:take place|happen|be held)\b.*\b(?:until|before)\b", re.IGNORECASE)
# What may stand between what is spoken of and its date: of whom or where, that it took place, and a preposition.
_STOPS = (
    r"(?:is|are|was|were|has|have|had|identified|found|showed|since|until|when|where|which|that|who|but|not|report|letter|"
    r"published|launched|plan|and its)"
)
_WHOM = rf"(?: (?:of|to|at|in|by|with|into|across) (?:(?!{_STOPS}\b)[\w'/&-]+,?(?: |$)){{1,12}}?)?"
_PREPOSITION = (
    r"(?:(?:in|on|from|for|during|by|dated|between|around|until|be|was|is|early|late|possibly|possible) (?:the )?)"
)
_HELD = (
    r"(?:took|taken|take) place|held|carried out|conducted|undertaken|completed|scheduled|planned|due|expected|"
    r"arranged|possible|provisionally"
)
_GAP = re.compile(
    rf"{_WHOM}[ ,:(-]*(?:(?:which|that|and|now|also|then|has|had|have|been|be|was|were|is|will|would|could|to) )*"
    rf"(?:(?:{_HELD})\b(?: [^.;]{{0,55}}?)?[ ,-]*(?:which would be )?)?{_PREPOSITION}?",
    re.IGNORECASE,
)
_DATE_BEFORE = re.compile(
    r" (?:ofsted |ilacs |full |standard |short )*|"
    r",? (?:ofsted|inspectors)\b[^.]{0,260}\b(?:carried out|conducted|undertook|completed) (?:an?|the|its) "
    r"(?:\w+ ){0,2}",
    re.IGNORECASE,
)
_LONGEST_GAP = 130
_LAST_OF_LEAD_IN = 80
_WILL = (
    r"\b(?:will|would|could expect|can expect|should expect|scheduled|planned|plans? (?:for|to)|"
    r"due (?:to|in|on)|expect\w*|anticipated|possible|possibly|provisional\w*|likely|next|forthcoming|upcoming|"
    r"to (?:be held|take place)|proposed)\b"
)
_TO_COME = re.compile(_WILL, re.IGNORECASE)
_POSSIBLE = re.compile(r"\b(?:possible|possibly|may be|might be|provisional\w*)\b", re.IGNORECASE)
_TOOK_PLACE = re.compile(
    r"(?<!will )(?<!would )\b(?:took place|ha[ds] taken place|(?<!be )held|(?<!be )carried out|(?<!be )conducted|"
    r"(?<!be )undertaken|(?<!be )completed in|was in|were in)\b",
    re.IGNORECASE,
)
_LOOKS_BACK = re.compile(
    r"\b(?:since|after|following|outcomes? of|results? of|last|previous|latest|recent|from|time of|earlier)"
    r"(?: (?:the|its|our|an?|their|recent|last|previous|latest|full|first|[\w-]+'s?))*(?: (?:ofsted|ilacs))? *$",
    re.IGNORECASE,
)
# Of these the sentence speaks only to compare: what follows is of something else.
_IN_PASSING = re.compile(
    r"\b(?:since|after|following|before|than|last|previous|earlier)(?: [\w'-]+){0,3} *$", re.IGNORECASE
)
_ITS_NAME = re.compile(
    r"(?:\b(?:ofsted|full|recent|last|previous|next|latest|judgement|short|standard|quarterly|ilacs) )+$", re.IGNORECASE
)
# A list of these is of what is to come.
_STEPS = re.compile(r"\b(?:next steps|timetable|forward plan|forthcoming|key dates|planned)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a document speaks of a visit: the clause that does, with the date that it gives.

    ``aside`` is for one that is spoken of in passing ("progress since its last inspection in 2016").
    """

    kind: Visit
    clause: Span
    period: Period | None
    number: int | None
    status: Status
    aside: bool = False


def mentions(document: Document) -> Iterator[Mention]:
    """Every inspection or visit that ``document`` speaks of, in order; those with no date and no number too."""
    last: Visit | None = None
    council = frozenset(_words(fold(document.source.council.value or "")))
    day = _day(document)
    for passage in document.passages:
        folded = fold(passage.text)
        if not _speaks(folded) or _OF_A_FIRST_PAGE.match(folded):
            continue
        lead_in = fold(passage.lead_in.of(document.text)) if passage.lead_in else ""
        listed = bool(_STEPS.search(lead_in[-_LAST_OF_LEAD_IN:]))
        for sentence in sentences(passage.text):
            at, words = passage.start + sentence.start, sentence.of(folded)
            for found in _in_sentence(words, last, listed, day, council):
                start, end = found.clause
                period = found.period
                if period:
                    period = period._replace(start=period.start + at, end=period.end + at)
                last = found.kind if found.kind in VISITS else last
                yield Mention(found.kind, Span(start + at, end + at), period, found.number, found.status, found.aside)


def _speaks(folded: str) -> bool:
    low = folded.lower()
    return any(word in low for word in _SPEAKING)


def status_in(words: str, lead_in: str) -> Status:
    """Whether a clause tells of something as past or to come, of which ``lead_in`` introduces a list."""
    if not _TO_COME.search(words) and not _STEPS.search(lead_in[-_LAST_OF_LEAD_IN:]):
        return Status.HAPPENED
    return Status.POSSIBLE if _POSSIBLE.search(words) else Status.PLANNED


def _day(document: Document) -> date | None:
    try:
        return date.fromisoformat(document.source.date.value or "")
    except ValueError:
        return None


def _words(name: str) -> list[str]:
    return [word.casefold().removesuffix("'s").removesuffix("'") for word in name.split()]


def _in_sentence(
    words: str, last: Visit | None, listed: bool, day: date | None, council: frozenset[str]
) -> list[Mention]:
    if not _speaks(words):
        return []
    places = _places(words, last, council)
    if not places:
        return []
    periods = [period for period in find_periods(words) if not _is_years(period)]
    found = []
    for n, (kind, span) in enumerate(places):
        after = places[n + 1][1].start if n + 1 < len(places) else len(words)
        before = places[n - 1][1].end if n else 0
        period = _period(words, span, periods, before, after)
        number, clause = _number(words, span)
        if period is None and (put_off := _UNTIL.match(words[span.end : after])) and n + 1 < len(places):
            period = _period(words, places[n + 1][1], periods, span.end, len(words))
            clause = Span(clause.start, span.end + put_off.end())
        if period:
            clause = Span(min(clause.start, period.start), max(clause.end, period.end))
        back = bool(_LOOKS_BACK.search(words, max(0, span.start - _LONGEST_GAP), span.start))
        aside = back and bool(_IN_PASSING.search(words, max(0, span.start - _LONGEST_GAP), span.start))
        status = _status(words, span, period, before, after, listed, back)
        if period and period.first and period.last and day:
            if status is Status.HAPPENED and period.first > day:
                status = Status.PLANNED
            elif period.end <= span.start and period.last < day:  # "the January 2013 inspection will be built on"
                status = Status.HAPPENED
        found.append(Mention(kind, clause, period, number, status, aside))
    return found


def _is_years(period: Period) -> bool:
    """Whether a period is of years, as figures are given for: no visit lasts so long."""
    return bool(period.first and period.last) and (period.last - period.first).days > 366  # type: ignore[operator]


def _places(words: str, last: Visit | None, council: frozenset[str]) -> list[tuple[Visit, Span]]:
    found = []
    for match in _MENTION.finditer(words):
        kind = Visit[match.lastgroup or ""]
        if kind is Visit.INSPECTION and (
            _NOT_OURS.search(words, max(0, match.start() - 60), match.start()) or _NOT_OF_US.match(words, match.end())
        ):
            continue
        name = _NAME.match(words, match.end()) if kind is Visit.INSPECTION and council else None
        if name and not (council | _NAMES_OF_OURS) & set(_words(name["name"])):
            continue
        found.append((kind, Span(*match.span())))
    if last and not found and (again := _ANAPHOR.search(words)):
        found.append((last, Span(*again.span())))
    return found


def _period(words: str, span: Span, periods: Sequence[Period], before: int, after: int) -> Period | None:
    """The date given of what stands at ``span``, between the mention before it and the one after."""
    for period in periods:
        if span.end <= period.start < after:
            gap = words[span.end : period.start]
            return period if len(gap) <= _LONGEST_GAP and _GAP.fullmatch(gap) else None
    for period in reversed(periods):
        if before <= period.start and period.end <= span.start:
            return period if _DATE_BEFORE.fullmatch(words, period.end, span.start) else None
    return None


def _number(words: str, span: Span) -> tuple[int | None, Span]:
    """Which of a series it was, and the words that say so."""
    if match := _NUMBERED.search(words, max(0, span.start - 40), span.start):
        return _counted(match["ordinal"]), Span(match.start(), span.end)
    if match := _NUMBERED_AFTER.match(words, span.end):
        return _counted(match["ordinal"]), Span(span.start, match.end())
    if match := _ITS_NAME.search(words, max(0, span.start - 60), span.start):
        return None, Span(match.start(), span.end)
    return None, span


def _counted(ordinal: str) -> int:
    plain = ordinal.casefold()
    return _ORDINALS.index(plain) + 1 if plain in _ORDINALS else int(re.sub(r"\D", "", plain))


def _status(words: str, span: Span, period: Period | None, before: int, after: int, listed: bool, back: bool) -> Status:
    """Whether the sentence tells of it as past; where nothing says so, a list of next steps does not."""
    between = words[span.end : period.start] if period and period.start >= span.end else ""
    clause = words[before:after]
    own = words[before : span.start]
    if re.search(r"\b(?:next|forthcoming|upcoming|possible) (?:\w+ ){0,2}$", own, re.IGNORECASE):
        return Status.POSSIBLE if _POSSIBLE.search(clause) else Status.PLANNED
    if _TOOK_PLACE.search(between) or _NUMBERED_AFTER.match(words, span.end) or back:
        return Status.HAPPENED
    if _TO_COME.search(clause) or listed:
        return Status.POSSIBLE if _POSSIBLE.search(clause) else Status.PLANNED
    return Status.HAPPENED
