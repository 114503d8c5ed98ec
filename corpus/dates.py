"""Dates as councils write them, found in text and understood as ranges of days."""

import calendar
import re
from datetime import date
from typing import NamedTuple

from corpus.folding import fold

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if n}
_MONTHS |= {name[:3]: n for name, n in _MONTHS.items()} | {"sept": 9}
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_JOIN = r"\s*(?:/|-|,|&|\band\b|\bto\b|\bor\b)\s*"

# A month counts only beside a year, so the modal "may" is never one.
_PATTERN = re.compile(
    rf"""\b(?:
      (?P<iso>{_YEAR}-\d\d-\d\d)
    | (?P<slashed>\d{{1,2}}/\d{{1,2}}/{_YEAR})
    | (?P<day>{_DAY})(?:{_JOIN}(?P<day2>{_DAY}))?\s+(?:of\s+)?(?P<month>{_MONTH})
        (?:{_JOIN}(?P<day3>{_DAY})\s+(?P<month3>{_MONTH}))?,?\s+(?P<year>{_YEAR})
    | (?P<m1>{_MONTH})(?:{_JOIN}(?P<m2>{_MONTH}))?,?\s+(?P<my>{_YEAR})
    | (?P<y1>{_YEAR})\s*(?:-|/|\bto\b)\s*(?P<y2>{_YEAR}|\d\d)
    | (?P<y>{_YEAR})
    )(?![\w-])""",
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
# Where the pattern can match at all: found many times faster than the pattern itself tries every place.
_MAY_START = re.compile(
    r"[0-9JFMASONDjfmasond](?<!\w\w)(?:(?<=[0-9])|(?i:an|eb|ar|pr|ay|un|ul|ug|ep|ct|ov|ec))", re.ASCII
)
_OF_A_LAW = re.compile(r"\b(?:acts?|regulations|order|rules)\s*(?:\([^()]*\)\s*)*$", re.IGNORECASE | re.ASCII)


class DateSpan(NamedTuple):
    """Where a date stands in a text, and the first and last day it can mean."""

    start: int
    end: int
    first: date
    last: date


def in_words(day: date) -> str:
    """A day as people write it: "3 September 2019"."""
    return f"{day.day} {day:%B %Y}"


def find_dates(text: str) -> list[DateSpan]:
    """Every date, month, year or range of them in ``text``, in order; the year of an Act is not one."""
    folded = fold(text)
    found = []
    end = 0
    for start in _MAY_START.finditer(folded):
        match = _PATTERN.match(folded, start.start()) if start.start() >= end else None
        if match is None:
            continue
        end = match.end()
        if _OF_A_LAW.search(folded, max(0, match.start() - 90), match.start()):
            continue
        days = _days(match)
        if days is not None and days[0] <= days[1]:
            found.append(DateSpan(match.start(), match.end(), *days))
    return found


def _days(match: re.Match[str]) -> tuple[date, date] | None:
    part = match.groupdict()
    try:
        if part["iso"]:
            day = date.fromisoformat(part["iso"])
            return day, day
        if part["slashed"]:
            d, m, y = (int(number) for number in part["slashed"].split("/"))
            return date(y, m, d), date(y, m, d)
        if part["day"]:
            year, month = int(part["year"]), _month(part["month"])
            first = date(year, month, _number(part["day"]))
            if part["day3"]:
                return first, date(year, _month(part["month3"]), _number(part["day3"]))
            return first, date(year, month, _number(part["day2"] or part["day"]))
    except ValueError:  # "31 June 2020": no such day
        return None
    if part["m1"]:
        year, first_month = int(part["my"]), _month(part["m1"])
        last_month = _month(part["m2"]) if part["m2"] else first_month
        return date(year, first_month, 1), _month_end(year, last_month)
    first_year = int(part["y1"] or part["y"])
    second = part["y2"] or str(first_year)
    last_year = int(second) if len(second) == 4 else first_year // 100 * 100 + int(second)
    return date(first_year, 1, 1), date(last_year, 12, 31)


def _month(name: str) -> int:
    return _MONTHS[name.lower().rstrip(".")]


def _number(day: str) -> int:
    return int(re.match(r"\d+", day)[0])  # type: ignore[index]


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
