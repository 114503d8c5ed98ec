"""A council's timeline as a drawing: where each mark and line of words goes. The template draws it.

One entry stands under another in the order of their dates, so that it is read on a phone as on a desk; the years stand
beside them. Lengths are in the drawing's own units, of which a phone's screen has about one a pixel.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.display import plain
from corpus.inspections.statements import Event, Status
from webapp.layout.facts import day

WIDTH = 360
_RAIL = 64  # where the marks stand, right of the years
_WORDS = 84
# Letters that fit between the words' left and the drawing's right, at 15 units; titles are in bold and so are wider.
_LETTERS = 33
_TOP = 28
_LINE = 20
_BETWEEN = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words and where its baseline is; ``bold`` is for what the entry is."""

    words: str
    y: int
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """One entry: its mark on the rail, filled only for what happened, its words, and the year where that is new."""

    y: int
    status: Status
    lines: tuple[Line, ...]
    year: str = ""

    @property
    def happened(self) -> bool:
        return self.status is Status.HAPPENED


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of a timeline, ``height`` units high; ``divided`` is where those with no year begin, if both are there."""

    marks: tuple[Mark, ...]
    height: int
    divided: int | None
    width: int = WIDTH
    rail: int = _RAIL
    words: int = _WORDS


def drawn(events: Sequence[Event]) -> Drawing:
    """The drawing of ``events``, which are in order, those with no year last."""
    marks: list[Mark] = []
    y, year, divided = _TOP, "", None
    for event in events:
        when = event.when
        own = str(when.first.year) if when and when.first else ""
        if not own and divided is None:
            divided = y
            y += _LINE + _BETWEEN
        lines, at = [], y
        for words, bold in _words(event):
            for part in textwrap.wrap(words, _LETTERS - 3 if bold else _LETTERS):
                lines.append(Line(part, at, bold))
                at += _LINE
        marks.append(Mark(y, event.status, tuple(lines), own if own != year else ""))
        y, year = at + _BETWEEN, own
    return Drawing(tuple(marks), y, divided)


def dated_words(words: str) -> str:
    """A date's words for a page: an ISO day that the catalogue supplied in words, anything else as it is written."""
    return day(plain(words))


def _words(event: Event) -> list[tuple[str, bool]]:
    prefix = "" if event.status is Status.HAPPENED else f"{event.status.value.capitalize()}: "
    when = event.when
    date = dated_words(when.words) if when else "date not stated"
    return [(prefix + event.title, True), (date, False)]
