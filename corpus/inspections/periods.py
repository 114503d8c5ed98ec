"""When something happened, as documents say it: days, ranges joined over years, and words too vague to bound it."""

import calendar
import re
from datetime import date
from typing import NamedTuple

from corpus.dates import find_dates
from corpus.folding import fold

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# A year, month or day may be made vague by what stands before it, and by what follows.
_VAGUE_BEFORE = re.compile(
    r"(?:\b(?P<part>early|mid|late|(?:the )?(?:beginning|start|middle|end) of|"
    r"(?:the )?(?:spring|summer|autumn|winter)(?: of)?)"
    r"|\b(?:around|about|approximately|after))[ -]$",
    re.IGNORECASE,
)
_VAGUE_AFTER = re.compile(r"\s+(?:at the (?:earliest|latest)|or (?:later|earlier)|onwards)\b", re.IGNORECASE)
# Without a year, a month counts only after "in", and with its capital: "may" is also a verb.
_YEARLESS = re.compile(
    rf"\b(?P<in>[Ii]n|[Dd]uring|[Bb]y)\s+(?P<when>(?:(?:early|mid|late)[ -])?(?:{_MONTHS})\b(?!,?\s+\d)"
    r"|(?:the )?(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)\b(?! (?:of )?\d| term))"
    r"|\b(?P<within>within (?:approximately |about |around )?\w+ (?:months|years))\b"
)
_JOIN = re.compile(r"\s*(?:-|to|and)\s*")
# "22 February 2016-18 March 2016" is read as two days, and not as the years 2016 to 2018.
_JOINED_DAYS = re.compile(rf"(?<=\d{{4}})-(?=\s*\d{{1,2}}\s+(?:{_MONTHS}))")
_WINDOW = 24
# The months that "early", "mid" and "late" in a year, and its seasons, are put at.
_PARTS = {
    "early": (1, 4),
    "beginning": (1, 4),
    "start": (1, 4),
    "spring": (3, 5),
    "mid": (5, 8),
    "middle": (5, 8),
    "summer": (6, 8),
    "autumn": (9, 11),
    "late": (9, 12),
    "end": (9, 12),
    "winter": (11, 12),
}


class Period(NamedTuple):
    """Where the words stand in a text, and the first and last day they can mean, or None where they name no year."""

    start: int
    end: int
    first: date | None = None
    last: date | None = None
    vague: bool = False


def find_periods(text: str) -> list[Period]:
    """Every date in ``text`` in order, ranges whose ends each have a year as one."""
    folded = fold(text)
    found: list[Period] = []
    for found_date in find_dates(_JOINED_DAYS.sub(",", folded)):
        period = _widened(folded, Period(*found_date))
        before = found[-1] if found else None
        if before and _joins(folded, before, period):
            found[-1] = Period(before.start, period.end, before.first, period.last, before.vague or period.vague)
        else:
            found.append(period)
    for match in _YEARLESS.finditer(folded):
        start, end = match.span("when" if match["when"] else "within")
        if not any(period.start < end and start < period.end for period in found):
            found.append(Period(start, end, vague=True))
    return sorted(found)


def _joins(folded: str, before: Period, after: Period) -> bool:
    between = folded[before.end : after.start]
    in_order = before.first is not None and after.last is not None and before.first <= after.last
    if not in_order or not _JOIN.fullmatch(between) or before.vague or after.vague:
        return False
    return "and" not in between or folded[: before.start].rstrip().casefold().endswith("between")


def _widened(folded: str, period: Period) -> Period:
    """The period with the words beside it that make it vague."""
    before = _VAGUE_BEFORE.search(folded, max(0, period.start - _WINDOW), period.start)
    after = _VAGUE_AFTER.match(folded, period.end)
    if not before and not after:
        return period
    start = before.start() if before else period.start
    end = after.end() if after else period.end
    first, last = period.first, period.last
    part = next((name for name in _PARTS if before and before["part"] and name in before["part"].casefold()), None)
    if part and first and last and (last - first).days > 31:
        months = _PARTS[part]
        first = date(first.year, months[0], 1)
        last = date(first.year, months[1], calendar.monthrange(first.year, months[1])[1])
    return Period(start, end, first, last, True)
