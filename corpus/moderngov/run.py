"""What the steps of one run share: whom it asks, where it writes, what is wished for, and what it reports."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.moderngov.records import Committee
from corpus.moderngov.report import Report
from corpus.moderngov.service import Service
from corpus.moderngov.shelf import Shelf

# Committees meet every four to eight weeks, and confirm, and so amend, the minutes of the meeting before.
WINDOW = 60

# A host that fails or refuses this many requests in a row (each tried again) is ill, or does not want us.
_ENOUGH_FAILURES = 5


@dataclass(frozen=True, slots=True)
class Wish:
    """Meetings of ``committees`` from ``first`` to ``last``; those since ``again`` days before ``today`` once more.

    ``readable`` are the endings of the files that the program reads (".pdf").
    """

    committees: Sequence[Committee]
    first: date
    last: date
    today: date
    readable: tuple[str, ...]
    again: int = WINDOW


@dataclass(frozen=True, slots=True)
class Run:
    """One run; ``tell`` is told of each meeting as it is done."""

    service: Service
    shelf: Shelf
    wish: Wish
    report: Report
    tell: Callable[[str], object]

    @property
    def is_over(self) -> bool:
        """Whether the host has failed so often that it is to be left alone."""
        return self.service.failures >= _ENOUGH_FAILURES
