"""Meetings: whose meeting a paper is of, and of what day, from the lines of its first page."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.dates import DateSpan, find_dates
from corpus.model import Span
from corpus.sources.bodies import body_within, only_body

# A heading's lines come first; a report's labelled lines, and the meeting that a saved page names, a little further on.
HEADING_LINES, LABELLED_LINES = 15, 40
LONGEST_LINE = 300
_NUMBER = r"\s*(?:[A-Z.]{0,8}[0-9][0-9./-]*[.)]?\s+)?"
# With the first minute the heading ends: a date after it is that of other minutes, or of something that happened.
_BEGINS = re.compile(
    rf"{_NUMBER}(?:apologies|declarations? of|resolved|agreed\b|recommended)\b|"
    rf"{_NUMBER}minutes of (?:the )?(?:last|previous)\b|\s*[A-Z.]{{0,8}}[0-9][0-9./-]*[.)]?\s+minutes\b",
    re.IGNORECASE,
)
_NOT_THE_MEETINGS = re.compile(
    r"\b(?:publi\w+|confirmed|approved|signed|next (?:\w+ )?meeting|(?:previous|last) (?:\w+ )?meeting|future|updated|"
    r"printed|correct record|deadline|des?patch\w*|issued|call(?:ed)?[- ]in|implement\w+|created|produced|"
    r"forward plan)\b",
    re.IGNORECASE,
)
_DAY = r"(?:\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)"
_MEETING_DATE = re.compile(
    r"(?:meeting(?=: \d)|(?:meeting|committee|cabinet|board|panel) date(?: and time)?|"
    r"date(?:/time| and time)? of (?:the )?(?:meeting|committee|decision|cabinet|board|panel))\s*[:-]?",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:date(?: and time)?|held on|day)\s*:", re.IGNORECASE)
_SPECIAL = r"(?:extraordinary |special |virtual |remote |informal |hybrid |additional |public |ordinary |joint )?"
MEETING_OF = re.compile(
    rf"\b(?:minutes|proceedings|record|notes) of (?:(?:an? |the )?{_SPECIAL}meetings? of )?(?:an? |the )?|"
    rf"\bmeeting of (?:the )?|\b(?:agenda|decisions) (?:for|and (?:draft )?(?:minutes|decisions))\s*[:,-]?\s*(?:the )?",
    re.IGNORECASE,
)
HELD = re.compile(r"(?:(?:an? |the )?meeting (?:of )?|and )?held (?:on|at|in)\b", re.IGNORECASE)
_PLACE = re.compile(r"(?:\s*[,;-]|\s+(?:at|in|via)\b)[^.]{1,80}")
# What else a line has that gives a meeting's day.
BESIDES = re.compile(
    rf"{_DAY}|\b(?:the|at|on|held|from|date|commencing|starting|to|and|noon|midday|hours|hrs|time|"
    r"\d{1,2}(?:[.:]?\d\d)?\s*(?:[ap]\.?m\b\.?)?)(?=\W|$)|[^\w]",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(?:report to|to|committee|meeting|decision[- ]mak(?:er|ing body)|decision taker|body|"
    r"name of (?:the )?(?:committee|meeting|body))\s*(?::|\t)\s*",
    re.IGNORECASE,
)
_REPORT_TO = re.compile(r"report to (?:the )?", re.IGNORECASE)
_MINUTES_OF = re.compile(r"(?:(?:draft|public) )?minutes of (?:an?|the) .*\b(?:held|on)\b", re.IGNORECASE)
MINUTES = re.compile(
    r"(?:(?:draft|printed|public|unconfirmed|confirmed) )*minutes(?:$| of (?:an?|the)\b| of\b.*\b(?:meeting|held)\b|"
    r"\s*[,-] )|agenda and (?:draft )?minutes\b|[^.\d]{3,80}\bminutes$|"
    r"(?:record|notes) of (?:a|the) meeting\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*\(item[^()]{1,12}\)$", re.IGNORECASE)


class Line(NamedTuple):
    """A line of the first page: where its words start, and they, folded."""

    start: int
    words: str

    @property
    def end(self) -> int:
        return self.start + len(self.words)


def lines(page: str) -> Iterator[Line]:
    """The lines of a first page, which is folded, that are not blank."""
    for match in re.finditer(r"[^\r\n]+", page):
        if words := match[0].strip():
            yield Line(match.start() + match[0].index(words), words)


def top_of(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines above the first minute or decision."""
    begins = (n for n, line in enumerate(lines) if n and _BEGINS.match(line.words))
    return lines[: min(next(begins, LABELLED_LINES), LABELLED_LINES)]


def body_of(top: Sequence[Line]) -> Span | None:
    """Where the body that meets is named: on a line of its own, after a label, or as what the minutes are of."""
    for n, line in enumerate(top):
        if len(line.words) > LONGEST_LINE:
            continue
        label, to = _BODY.match(line.words + ("\t" if _is_label(top, n) else "")), _REPORT_TO.match(line.words)
        starts = [(line, match.end()) for match in (label, to) if match]
        if label and label.end() >= len(line.words) and n + 1 < len(top):
            starts = [(top[n + 1], 0)]
        if n < HEADING_LINES and not starts:
            starts = [(line, 0)]
        for of, start in starts:
            if found := _only(of, start):
                return found
        for match in MEETING_OF.finditer(line.words):
            if found := body_within(line.words, match.end()):
                return Span(line.start + found.start, line.start + found.end)
    return None


def _is_label(top: Sequence[Line], n: int) -> bool:
    """Whether a line of a word or two may be a label whose colon was left out, with a body in the line after it."""
    return len(top[n].words) < 30 and n + 1 < len(top) and bool(only_body(less_day(top[n + 1].words)))


def _only(line: Line, start: int) -> Span | None:
    """Where the rest of a line, but for a date before or after it, names a body and no more."""
    rest = line.words[start:]
    days = [day for day in find_dates(rest) if day.start == 0 and day.first == day.last]
    named = only_body(less_day(_ITEM.sub("", rest[days[0].end :].lstrip(" ,-")) if days else rest))
    at = line.words.find(named, start) if named else -1
    return Span(line.start + at, line.start + at + len(named)) if at >= 0 else None


def less_day(words: str) -> str:
    days = [day for day in find_dates(words) if day.first == day.last]
    before = words[: days[0].start] if days else words
    return re.sub(rf"[\s,:|(-]*{_DAY}?[\s,:|(-]*$", "", before, flags=re.IGNORECASE)


def day_of(top: Sequence[Line], days: Sequence[DateSpan]) -> DateSpan | None:
    """The day of the meeting: the one that is labelled so, or else the first of the heading."""
    for n, line in enumerate(top):
        if (label := _MEETING_DATE.match(line.words)) and (day := _labelled(top, n, label, days)):
            return day
        # "MINUTES of the meeting held on…" may stand under the heading of the later meeting that agreed them.
        if n < HEADING_LINES and _MINUTES_OF.match(line.words):
            within = [day for day in days if line.start <= day.start < line.end]
            if within and not _NOT_THE_MEETINGS.search(line.words[: within[0].start - line.start]):
                return within[0]
    for n, line in enumerate(top):
        within = [day for day in days if line.start <= day.start < line.end]
        if (label := _DATE.match(line.words)) and (day := _labelled(top, n, label, days)):
            return day
        if not within or len(line.words) > LONGEST_LINE:
            continue
        day = within[0]
        before, after = line.words[: day.start - line.start], line.words[day.end - line.start :]
        if _NOT_THE_MEETINGS.search(before) or _BEGINS.match(line.words):
            continue
        alone = not BESIDES.sub("", before) and (not BESIDES.sub("", after) or bool(_PLACE.fullmatch(after)))
        if (n < HEADING_LINES and (alone or only_body(less_day(line.words)))) or MEETING_OF.search(before):
            return day
        if n < HEADING_LINES and (MINUTES.match(before) or HELD.match(before)):
            return day
    return None


def _labelled(top: Sequence[Line], n: int, label: re.Match[str], days: Sequence[DateSpan]) -> DateSpan | None:
    """The day after a label, on its line or on the next where it has a line to itself."""
    line = top[n]
    if label.end() >= len(line.words) and n + 1 < len(top):
        line = top[n + 1]
    return next((day for day in days if line.start <= day.start < line.end), None)
