"""What a council's own paper says of itself on its first page: council, body, day of the meeting, kind and title."""

import re
from collections.abc import Mapping, Sequence

from corpus.dates import DateSpan, find_dates
from corpus.folding import fold, on_one_line
from corpus.model import Fact, Kind, Known, Span
from corpus.sources.bodies import only_body, shown
from corpus.sources.councils import WORDS, WholeName, listed_as, whole_names
from corpus.sources.meetings import (
    BESIDES,
    HEADING_LINES,
    HELD,
    LABELLED_LINES,
    LONGEST_LINE,
    MEETING_OF,
    MINUTES,
    Line,
    body_of,
    day_of,
    less_day,
    lines,
    top_of,
)

_FIRST_PAGE = 3000
# A council's name alone heads a paper only at its very top.
_MASTHEAD_LINES = 3
_TITLE = re.compile(
    r"(?:report title|title(?: of (?:the )?(?:report|paper))?|subject(?: of (?:the )?report)?|report subject)\s*"
    r"(?::|\t)\s*",
    re.IGNORECASE,
)
_PRESENT = re.compile(r"(?:members |also )?present(?:$|\s*[:-])|in attendance(?:$|\s*[:-])", re.IGNORECASE)
_MINUTES_LABEL = re.compile(r"minutes\s*:$", re.IGNORECASE)
_REPORT = re.compile(
    r"(?:joint )?report (?:to|by|author|title|of (?:the |[A-Z])|from (?:the |[A-Z]))|report(?: (?:of|from|to))?:|"
    r"report$|(?:author|lead (?:officer|member)|portfolio holder)\s*[:\t]|"
    r"wards? (?:\(s\) |\w+ )?affected|purpose of (?:the )?report",
    re.IGNORECASE,
)
_BESIDES_COUNCIL = re.compile(
    r"(?:'s?)?[\s,:|-]*(?:agenda|minutes|democratic|committee services|meeting|report|council|civic|"
    r"(?:county|town|city) hall|offices|$)[^.;]{0,60}",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:date|meeting|committee|venue|time|place|present|contact|to|from|report to)\b[\w ]{0,20}:", re.I
)
_OF_WHOM = re.compile(r"(?:joint )?report (?:of|by|from|to)\b|present\b|councillors?\b", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"(?:agenda(?: and (?:draft )?(?:minutes|decisions))?|(?:draft )?minutes|report|part (?:[0-9a-divx]+|one|two)|open|"
    r"public(?: document pack)?|document pack|agenda item(?: (?:no\.?|number))? ?[0-9]*|summary|present|attendance|"
    r"decisions?|meeting|notes|item)\W*",
    re.IGNORECASE,
)


def of_paper(text: str, heading: Span | None, kind: Kind) -> Mapping[str, Fact]:
    """The facts that a council's paper states of itself, by name.

    ``heading`` is the heading that its outline takes for a title, and ``kind`` the kind that its outline has: what only
    that says is unsure. So is a council that neither heads the paper nor is of a body that meets, if no other is named.
    """
    page = fold(text[:_FIRST_PAGE])
    all_lines = list(lines(page))
    top = top_of(all_lines)
    days = [day for day in find_dates(page) if day.first == day.last]
    body, day, of_kind = body_of(top), day_of(top, days), _kind(all_lines, kind)
    facts = {
        "council": _council(all_lines, list(whole_names(page))),
        "body": Fact(shown(body.of(text)), Known.STATED, body) if body else Fact(),
        "date": Fact(day.first.isoformat(), Known.STATED, Span(day.start, day.end)) if day else Fact(),
        "kind": of_kind,
        "title": _title(text, heading, top, body, day, of_kind.value),
    }
    return {name: fact for name, fact in facts.items() if fact.value}


def _council(lines: Sequence[Line], names: Sequence[WholeName]) -> Fact:
    for n, line in enumerate(lines[:HEADING_LINES]):
        if n < _MASTHEAD_LINES and (listed := listed_as(line.words)) and line.words.lower() not in WORDS:
            return Fact(listed.whole, Known.STATED, Span(line.start, line.end))
        within = [name for name in names if line.start <= name.span.start < line.end]
        if len({name.council for name in within}) == 1 and _heads(line, within[0].span):
            return Fact(within[0].council, Known.STATED, within[0].span)
    # One that is only mentioned may be whom the paper is about, or who sent a guest.
    return Fact(names[0].council, Known.UNSURE) if len({name.council for name in names}) == 1 else Fact()


def _heads(line: Line, span: Span) -> bool:
    """Whether a line is a council's name and little else, or says of what council's body it is the meeting."""
    before, after = line.words[: span.start - line.start], line.words[span.end - line.start :]
    if MEETING_OF.search(before) and len(line.words) <= LONGEST_LINE:
        return True
    if before.strip().lower() not in ("", "the"):
        return False
    return _BESIDES_COUNCIL.fullmatch(after) is not None or bool(only_body(less_day(after).strip(" -,:|'")))


def _kind(lines: Sequence[Line], kind: Kind) -> Fact:
    for line in lines[:LABELLED_LINES]:
        for pattern, says in ((MINUTES, Kind.MINUTES), (_MINUTES_LABEL, Kind.MINUTES), (_REPORT, Kind.REPORT)):
            if (match := pattern.match(line.words)) and len(line.words) <= LONGEST_LINE:
                if pattern is _REPORT and kind is Kind.MINUTES and _is_sentence(line.words):
                    continue
                words = match[0].strip()
                return Fact(says.value, Known.STATED, Span(line.start, line.start + len(words)))
    if kind is Kind.OTHER and any(_PRESENT.match(line.words) for line in lines[:LABELLED_LINES]):
        kind = Kind.MINUTES
    return Fact() if kind is Kind.OTHER else Fact(kind.value, Known.UNSURE)


def _is_sentence(words: str) -> bool:
    return words.endswith(".") or len(words) > 100


def _title(
    text: str, heading: Span | None, top: Sequence[Line], body: Span | None, day: DateSpan | None, kind: str | None
) -> Fact:
    """The title that is labelled so, or the outline's; of minutes, the words that say whose they are, and of when."""
    for n, line in enumerate(top):
        if label := _TITLE.match(line.words):
            rest = Line(line.start + label.end(), line.words[label.end() :])
            named = rest if rest.words else top[n + 1] if n + 1 < len(top) else None
            if named is not None and len(named.words) <= LONGEST_LINE:
                return _stated(text, Span(named.start, named.end))
    if heading is not None and _is_title(heading.of(text)):
        return _stated(text, heading)
    if kind == Kind.REPORT and (named := next((line for line in top[:HEADING_LINES] if _is_reports(line)), None)):
        return _stated(text, Span(named.start, named.end))
    for line in top[:HEADING_LINES]:
        if MINUTES.match(line.words) and (day is None or day.end <= line.end) and len(line.words.split()) > 2:
            return _stated(text, Span(line.start, day.end if day and line.start <= day.start else line.end))
    if body and day and body.end <= day.start and _is_beside(text[body.end : day.start]):
        return _stated(text, Span(body.start, day.end))
    # The name of a body is a poor title, and better than none.
    return _stated(text, body) if body else Fact()


def _is_reports(line: Line) -> bool:
    """Whether a line of a report's heading is its title: words that are not whose, when, by whom or to whom."""
    words = line.words
    return len(words.split()) > 1 and len(words) <= LONGEST_LINE and words[-1] not in ".:" and _is_title(words)


def _is_title(words: str) -> bool:
    """Whether a heading says what the paper is about, and not only whose, when or what sort it is."""
    plain = fold(on_one_line(words))
    if (
        any(pattern.match(plain) for pattern in (_LABEL, _OF_WHOM, HELD))
        or _NO_TITLE.fullmatch(plain)
        or not BESIDES.sub("", _without_days(plain))
    ):
        return False
    named = next(whole_names(plain), None)
    if named is not None and _BESIDES_COUNCIL.fullmatch(plain[named.span.end :]) and named.span.start <= len("the "):
        return False
    return listed_as(plain) is None and not only_body(less_day(plain))


def _is_beside(words: str) -> bool:
    """Whether words between a body and a day only join the two."""
    return ":" not in words and not BESIDES.sub("", words)


def _without_days(words: str) -> str:
    for day in reversed(find_dates(words)):
        words = words[: day.start] + words[day.end :]
    return words


def _stated(text: str, span: Span) -> Fact:
    return Fact(on_one_line(span.of(text)), Known.STATED, span)
