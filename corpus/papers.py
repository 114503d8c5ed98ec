"""What a council's own paper says of itself on its first page: council, body, day of the meeting, kind and title."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from corpus.bodies import body_within, only_body, shown
from corpus.councils import WORDS, Naming, listed_as, whole_names
from corpus.dates import DateSpan, find_dates
from corpus.folding import fold, on_one_line
from corpus.model import Fact, Kind, Known, Span

_FIRST_PAGE = 3000
# A heading's lines come first; a report's labelled lines, and the meeting that a saved page names, a little further on.
_HEADING_LINES, _LABELLED_LINES = 15, 40
_MASTHEAD_LINES = 3
_LONGEST_LINE = 300
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
_MEETING_OF = re.compile(
    rf"\b(?:minutes|proceedings|record|notes) of (?:(?:an? |the )?{_SPECIAL}meetings? of )?(?:an? |the )?|"
    rf"\bmeeting of (?:the )?|\b(?:agenda|decisions) (?:for|and (?:draft )?(?:minutes|decisions))\s*[:,-]?\s*(?:the )?",
    re.IGNORECASE,
)
_HELD = re.compile(r"(?:and )?held (?:on|at|in)\b", re.IGNORECASE)
# What else a line has that gives a meeting's day.
_BESIDES = re.compile(
    rf"{_DAY}|\b(?:the|at|on|held|from|date|commencing|starting|to|and|noon|midday|hours|hrs|time|"
    r"\d{1,2}(?:[.:]\d\d)?\s*(?:[ap]\.?m\b\.?)?)(?=\W|$)|[^\w]",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(?:report to|to|committee|meeting|decision[- ]mak(?:er|ing body)|decision taker|body|"
    r"name of (?:the )?(?:committee|meeting|body))\s*(?::|\t)\s*",
    re.IGNORECASE,
)
_REPORT_TO = re.compile(r"report to (?:the )?", re.IGNORECASE)
_TITLE = re.compile(
    r"(?:report title|title(?: of (?:the )?(?:report|paper))?|subject(?: of (?:the )?report)?|report subject)\s*"
    r"(?::|\t)\s*",
    re.IGNORECASE,
)
_MINUTES = re.compile(
    r"(?:(?:draft|printed|public|unconfirmed|confirmed) )*minutes(?:$| of (?:an?|the)\b| of\b.*\b(?:meeting|held)\b|"
    r"\s*[,-] )|agenda and (?:draft )?minutes\b|(?:record|notes) of (?:a|the) meeting\b",
    re.IGNORECASE,
)
_MINUTES_OF = re.compile(r"(?:(?:draft|public) )?minutes of (?:an?|the) .*\b(?:held|on)\b", re.IGNORECASE)
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
_ITEM = re.compile(r"\s*\(item[^()]{1,12}\)$", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"(?:agenda(?: and (?:draft )?(?:minutes|decisions))?|(?:draft )?minutes|report|"
    r"part (?:[0-9ivx]+|one|two)|public|open|agenda item(?: (?:no\.?|number))? ?[0-9]*|summary|present|attendance|decisions?|meeting|notes|item)\W*",
    re.IGNORECASE,
)


class _Line(NamedTuple):
    """A line of the first page: where its words start, and they, folded."""

    start: int
    words: str

    @property
    def end(self) -> int:
        return self.start + len(self.words)


def of_paper(text: str, heading: Span | None, kind: Kind) -> Mapping[str, Fact]:
    """The facts that a council's paper states of itself, by name.

    ``heading`` is the heading that its outline takes for a title, and ``kind`` the kind that its outline has: what only
    that says is unsure. So is a council that neither heads the paper nor is of a body that meets, if no other is named.
    """
    page = fold(text[:_FIRST_PAGE])
    lines = list(_lines(page))
    top = _top(lines)
    days = [day for day in find_dates(page) if day.first == day.last]
    body, day = _body(top), _day(top, days)
    facts = {
        "council": _council(lines, list(whole_names(page))),
        "body": Fact(shown(body.of(text)), Known.STATED, body) if body else Fact(),
        "date": Fact(day.first.isoformat(), Known.STATED, Span(day.start, day.end)) if day else Fact(),
        "kind": _kind(lines, kind),
        "title": _title(text, heading, top, body, day),
    }
    return {name: fact for name, fact in facts.items() if fact.value}


def _lines(page: str) -> Iterator[_Line]:
    for match in re.finditer(r"[^\r\n]+", page):
        if words := match[0].strip():
            yield _Line(match.start() + match[0].index(words), words)


def _top(lines: Sequence[_Line]) -> Sequence[_Line]:
    """The lines above the first minute or decision."""
    begins = (n for n, line in enumerate(lines) if n and _BEGINS.match(line.words))
    return lines[: min(next(begins, _LABELLED_LINES), _LABELLED_LINES)]


def _council(lines: Sequence[_Line], names: Sequence[Naming]) -> Fact:
    for n, line in enumerate(lines[:_HEADING_LINES]):
        if n < _MASTHEAD_LINES and (listed := listed_as(line.words)) and line.words.lower() not in WORDS:
            return Fact(listed.whole, Known.STATED, Span(line.start, line.end))
        within = [name for name in names if line.start <= name.span.start < line.end]
        if len({name.council for name in within}) == 1 and _heads(line, within[0].span):
            return Fact(within[0].council, Known.STATED, within[0].span)
    # One that is only mentioned may be whom the paper is about, or who sent a guest.
    return Fact(names[0].council, Known.UNSURE) if len({name.council for name in names}) == 1 else Fact()


def _heads(line: _Line, span: Span) -> bool:
    """Whether a line is a council's name and little else, or says of what council's body it is the meeting."""
    before, after = line.words[: span.start - line.start], line.words[span.end - line.start :]
    if _MEETING_OF.search(before) and len(line.words) <= _LONGEST_LINE:
        return True
    if before.strip().lower() not in ("", "the"):
        return False
    return _BESIDES_COUNCIL.fullmatch(after) is not None or bool(only_body(_less_day(after).strip(" -,:|'")))


def _body(top: Sequence[_Line]) -> Span | None:
    for n, line in enumerate(top):
        if len(line.words) > _LONGEST_LINE:
            continue
        label, to = _BODY.match(line.words + ("\t" if _is_label(top, n) else "")), _REPORT_TO.match(line.words)
        starts = [(line, match.end()) for match in (label, to) if match]
        if label and label.end() >= len(line.words) and n + 1 < len(top):
            starts = [(top[n + 1], 0)]
        if n < _HEADING_LINES and not starts:
            starts = [(line, 0)]
        for of, start in starts:
            if found := _only(of, start):
                return found
        for match in _MEETING_OF.finditer(line.words):
            if found := body_within(line.words, match.end()):
                return Span(line.start + found.start, line.start + found.end)
    return None


def _is_label(top: Sequence[_Line], n: int) -> bool:
    """Whether a line of a word or two may be a label whose colon was left out, with a body in the line after it."""
    return len(top[n].words) < 30 and n + 1 < len(top) and bool(only_body(_less_day(top[n + 1].words)))


def _only(line: _Line, start: int) -> Span | None:
    """Where the rest of a line, but for a date before or after it, names a body and no more."""
    rest = line.words[start:]
    days = [day for day in find_dates(rest) if day.start == 0 and day.first == day.last]
    named = only_body(_less_day(_ITEM.sub("", rest[days[0].end :].lstrip(" ,-")) if days else rest))
    at = line.words.find(named, start) if named else -1
    return Span(line.start + at, line.start + at + len(named)) if at >= 0 else None


def _less_day(words: str) -> str:
    days = [day for day in find_dates(words) if day.first == day.last]
    before = words[: days[0].start] if days else words
    return re.sub(rf"[\s,:|(-]*{_DAY}?[\s,:|(-]*$", "", before, flags=re.IGNORECASE)


def _day(top: Sequence[_Line], days: Sequence[DateSpan]) -> DateSpan | None:
    """The day of the meeting: the one that is labelled so, or else the first of the heading."""
    for n, line in enumerate(top):
        if (label := _MEETING_DATE.match(line.words)) and (day := _labelled(top, n, label, days)):
            return day
        # "MINUTES of the meeting held on…" may stand under the heading of the later meeting that agreed them.
        if n < _HEADING_LINES and _MINUTES_OF.match(line.words):
            within = [day for day in days if line.start <= day.start < line.end]
            if within and not _NOT_THE_MEETINGS.search(line.words[: within[0].start - line.start]):
                return within[0]
    for n, line in enumerate(top):
        within = [day for day in days if line.start <= day.start < line.end]
        if (label := _DATE.match(line.words)) and (day := _labelled(top, n, label, days)):
            return day
        if not within or len(line.words) > _LONGEST_LINE:
            continue
        day = within[0]
        before, after = line.words[: day.start - line.start], line.words[day.end - line.start :]
        if _NOT_THE_MEETINGS.search(before) or _BEGINS.match(line.words):
            continue
        alone = not _BESIDES.sub("", before) and not _BESIDES.sub("", after)
        if (n < _HEADING_LINES and (alone or only_body(_less_day(line.words)))) or _MEETING_OF.search(before):
            return day
        if n < _HEADING_LINES and (_MINUTES.match(before) or _HELD.match(before)):
            return day
    return None


def _labelled(top: Sequence[_Line], n: int, label: re.Match[str], days: Sequence[DateSpan]) -> DateSpan | None:
    """The day after a label, on its line or on the next where it has a line to itself."""
    line = top[n]
    if label.end() >= len(line.words) and n + 1 < len(top):
        line = top[n + 1]
    return next((day for day in days if line.start <= day.start < line.end), None)


def _kind(lines: Sequence[_Line], kind: Kind) -> Fact:
    for line in lines[:_LABELLED_LINES]:
        for pattern, says in ((_MINUTES, Kind.MINUTES), (_MINUTES_LABEL, Kind.MINUTES), (_REPORT, Kind.REPORT)):
            if (match := pattern.match(line.words)) and len(line.words) <= _LONGEST_LINE:
                if pattern is _REPORT and kind is Kind.MINUTES and _is_sentence(line.words):
                    continue
                words = match[0].strip()
                return Fact(says.value, Known.STATED, Span(line.start, line.start + len(words)))
    if kind is Kind.OTHER and any(_PRESENT.match(line.words) for line in lines[:_LABELLED_LINES]):
        kind = Kind.MINUTES
    return Fact() if kind is Kind.OTHER else Fact(kind.value, Known.UNSURE)


def _is_sentence(words: str) -> bool:
    return words.endswith(".") or len(words) > 100


def _title(text: str, heading: Span | None, top: Sequence[_Line], body: Span | None, day: DateSpan | None) -> Fact:
    """The title that is labelled so, or the outline's; of minutes, the words that say whose they are, and of when."""
    for n, line in enumerate(top):
        if label := _TITLE.match(line.words):
            rest = _Line(line.start + label.end(), line.words[label.end() :])
            named = rest if rest.words else top[n + 1] if n + 1 < len(top) else None
            if named is not None and len(named.words) <= _LONGEST_LINE:
                return _stated(text, Span(named.start, named.end))
    if heading is not None and _is_title(heading.of(text)):
        return _stated(text, heading)
    for line in top[:_HEADING_LINES]:
        if _MINUTES.match(line.words) and (day is None or day.end <= line.end) and len(line.words.split()) > 2:
            return _stated(text, Span(line.start, day.end if day and line.start <= day.start else line.end))
    if body and day and body.end <= day.start and _is_beside(text[body.end : day.start]):
        return _stated(text, Span(body.start, day.end))
    # The name of a body is a poor title, and better than none.
    return _stated(text, body) if body else Fact()


def _is_title(words: str) -> bool:
    """Whether a heading says what the paper is about, and not only whose, when or what sort it is."""
    plain = fold(on_one_line(words))
    if _NO_TITLE.fullmatch(plain) or _LABEL.match(plain) or not _BESIDES.sub("", _without_days(plain)):
        return False
    named = next(whole_names(plain), None)
    if named is not None and _BESIDES_COUNCIL.fullmatch(plain[named.span.end :]) and named.span.start <= len("the "):
        return False
    return listed_as(plain) is None and not only_body(_less_day(plain))


def _is_beside(words: str) -> bool:
    """Whether words between a body and a day only join the two."""
    return ":" not in words and not _BESIDES.sub("", words)


def _without_days(words: str) -> str:
    for day in reversed(find_dates(words)):
        words = words[: day.start] + words[day.end :]
    return words


def _stated(text: str, span: Span) -> Fact:
    return Fact(on_one_line(span.of(text)), Known.STATED, span)
