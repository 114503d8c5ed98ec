"""Ranges of days that a question names: "since 2019", "before July 2020", "from July 2019 to March 2020"."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from corpus.dates import DateSpan, find_dates
from corpus.folding import fold

_SINCE = re.compile(r"\bsince\W*$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\W*$", re.IGNORECASE)
_AFTER = re.compile(r"\bafter\W*$", re.IGNORECASE)
_BEFORE = re.compile(r"\bbefore\W*$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|up to)\W*$", re.IGNORECASE)
# What joins two dates into one range: "from July 2019 to March 2020", "between July 2019 and March 2020".
_TO = re.compile(r"\W*(?:to|until|till|and|-)\W*", re.IGNORECASE)
_RANGE = re.compile(r"\b(?:from|between)\W*$", re.IGNORECASE)
_JOINED = re.compile(r"\bto\b|\band\b|[-/]", re.IGNORECASE)
_DAY = timedelta(days=1)


def ranges(question: str) -> list[tuple[str, date, date]]:
    """Each date named in the question, with its words and its range; "since" and "before" open it at one end."""
    folded = fold(question)
    days = _joined(find_dates(question), folded)
    found = []
    for day in days:
        first, last, start = day.first, day.last, day.start
        before = folded[: day.start]
        closed = day.first < day.last and _JOINED.search(folded[day.start : day.end])
        if opening := _SINCE.search(before) or (None if closed else _FROM.search(before)):
            last, start = date.max, opening.start()
        elif opening := _AFTER.search(before):
            first, last, start = day.last + _DAY, date.max, opening.start()
        elif opening := _BEFORE.search(before):
            first, last, start = date.min, day.first - _DAY, opening.start()
        elif opening := _UNTIL.search(before):
            first, start = date.min, opening.start()
        elif closed and (opening := _RANGE.search(before)):
            start = opening.start()
        found.append((question[start : day.end].strip(), first, last))
    return found


def _joined(days: Sequence[DateSpan], folded: str) -> list[DateSpan]:
    """Dates with the two ends of a range as one."""
    found: list[DateSpan] = []
    for day in days:
        last = found[-1] if found else None
        between = _TO.fullmatch(folded, last.end, day.start) if last else None
        if last and between and last.first <= day.last and _RANGE.search(folded[: last.start]):
            found[-1] = DateSpan(last.start, day.end, last.first, day.last)
        else:
            found.append(day)
    return found
