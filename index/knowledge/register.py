"""The register of inspections and the timelines as a generation holds them, made when it is built.

What each document tells is kept aside until all have been read, and is then put together one council at a time. What is
asked of the register is found in arrays of whole numbers, and only what is shown is read.
"""

import json
import tempfile
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from corpus.inspections.statements import (
    Area,
    Dated,
    Event,
    Grade,
    Happening,
    Inspection,
    Judgement,
    Statement,
    Status,
    Visit,
)
from corpus.inspections.telling import Told, of_council, told
from corpus.model import Document, Span
from index.files.strings import Strings

_COUNCILS, _ROWS, _EVENTS = "register_councils.json", "register_inspections", "register_events"
_OF_EVENTS, _JUDGED = "register_events.npy", "register_judged.npy"

Column = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Events:
    """What is asked of events: arrays side by side, one entry an event, by number.

    ``council`` is the place of its council among all, ``happening`` and ``status`` are the places of theirs among all
    there are, and ``first`` and ``last`` the days of its most exact date (``date.toordinal``), 0 where there are none.
    """

    council: Column
    happening: Column
    status: Column
    first: Column
    last: Column


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What is asked of judgements, the same: the number of the inspection, its council, the area and the grade."""

    inspection: Column
    council: Column
    area: Column
    grade: Column


class Register:
    """All that a corpus states of inspections and of what comes of them, by council: memory-mapped, and read as asked.

    Inspections and events have numbers, from 0: by council, the latest inspection first and events by date.
    """

    def __init__(
        self, councils: Sequence[tuple[str, str]], rows: Strings, events: Strings, of_events: Events, judged: Judged
    ) -> None:
        """``councils`` are slugs and names; ``rows`` and ``events`` are JSON."""
        self.of_events = of_events
        self.judged = judged
        self._councils = councils
        self._rows = rows
        self._events = events

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The files that a gathering saved."""
        councils = [(slug, name) for slug, name in json.loads((folder / _COUNCILS).read_bytes())]
        of_events, judged = (
            np.load(folder / name, mmap_mode="r", allow_pickle=False).T for name in (_OF_EVENTS, _JUDGED)
        )
        rows, events = Strings.open(folder, _ROWS), Strings.open(folder, _EVENTS)
        return cls(councils, rows, events, Events(*of_events), Judged(*judged))

    @property
    def rows(self) -> tuple[Inspection, ...]:
        """Every inspection and visit."""
        return tuple(map(self.inspection, range(len(self._rows))))

    @property
    def events(self) -> tuple[Event, ...]:
        """Every event of every council."""
        return tuple(map(self.event, range(len(self._events))))

    def inspection(self, number: int) -> Inspection:
        """The inspection or visit of this number."""
        return _inspection(json.loads(self._rows[number]))

    def event(self, number: int) -> Event:
        """The event of this number."""
        return _event(json.loads(self._events[number]))

    def events_of(self, slug: str) -> list[Event]:
        """The events of one council, by date; none of one that is not there."""
        theirs = [place for place, (key, _) in enumerate(self._councils) if key == slug]
        return [self.event(number) for number in np.flatnonzero(np.isin(self.of_events.council, theirs)).tolist()]

    @property
    def councils(self) -> list[tuple[str, str]]:
        """Each council's slug and name, in order of the names."""
        return sorted(self._councils, key=lambda council: council[1].casefold())

    @property
    def names(self) -> list[str]:
        """The councils' names by their places."""
        return [name for _, name in self._councils]


class Gathering:
    """The register as it is gathered: what documents tell waits in a file of its own."""

    def __init__(self) -> None:
        self._waiting = tempfile.TemporaryFile()  # noqa: SIM115 - it goes when this does
        self._of_council: dict[str, list[int]] = {}

    def add(self, document: Document) -> None:
        """Take the next document."""
        found = told(document)
        self._of_council.setdefault(found.slug, []).append(self._waiting.tell())
        self._waiting.write(json.dumps(_as_json(found)).encode("ascii") + b"\n")

    def save(self, folder: Path) -> None:
        """Write what :class:`Register` reads."""
        councils: list[tuple[str, str | None]] = []
        of_events, judged, inspections = array("i"), array("i"), 0
        with Strings.writing(folder, _ROWS) as write_row, Strings.writing(folder, _EVENTS) as write_event:
            for found in self._gathered():
                if not found.inspections and not found.events:
                    continue
                for row in found.inspections:
                    for area, grade in dict.fromkeys((one.area, one.grade) for one in row.judgements):
                        judged.extend((inspections, len(councils), _place(area), _place(grade)))
                    write_row(json.dumps(_of_inspection(row)))
                    inspections += 1
                for event in found.events:
                    when = event.when
                    days = (_of_day(when.first), _of_day(when.last)) if when else (0, 0)
                    of_events.extend((len(councils), _place(event.happening), _place(event.status), *days))
                    write_event(json.dumps(_of_event(event)))
                councils.append((found.slug, found.council))
        (folder / _COUNCILS).write_text(json.dumps(councils), encoding="ascii")
        np.save(folder / _OF_EVENTS, np.array(of_events, np.int32).reshape(-1, 5), allow_pickle=False)
        np.save(folder / _JUDGED, np.array(judged, np.int32).reshape(-1, 4), allow_pickle=False)

    def _gathered(self) -> Iterator[Told]:
        end = self._waiting.tell()
        for _, places in sorted(self._of_council.items()):
            yield of_council([self._read(place) for place in places])
        self._waiting.seek(end)

    def _read(self, place: int) -> Told:
        self._waiting.seek(place)
        council, slug, inspections, events = json.loads(self._waiting.readline())
        return Told(council, slug, tuple(map(_inspection, inspections)), tuple(map(_event, events)))


def _place(value: StrEnum) -> int:
    return list(type(value)).index(value)


def _as_json(found: Told) -> list[Any]:
    inspections, events = map(_of_inspection, found.inspections), map(_of_event, found.events)
    return [found.council, found.slug, [*inspections], [*events]]


def _of_inspection(row: Inspection) -> list[Any]:
    judged = [[one.area.value, one.grade.value, one.words, _of_statement(one.stated)] for one in row.judgements]
    named, dates, published = _of_statements(row.named), _of_dates(row.dates), _of_dates(row.published)
    return [row.council, row.slug, row.kind.value, named, dates, published, judged, row.number]


def _inspection(stored: Sequence[Any]) -> Inspection:
    council, slug, kind, named, dates, published, judged, number = stored
    judgements = tuple(
        Judgement(Area(area), Grade(grade), words, _statement(stated)) for area, grade, words, stated in judged
    )
    return Inspection(
        council, slug, Visit(kind), _statements(named), _dates(dates), _dates(published), judgements, number
    )


def _of_event(event: Event) -> list[Any]:
    kinds = (event.happening.value, event.title, event.status.value)
    return [event.council, event.slug, *kinds, _of_dates(event.dates), _of_statements(event.stated)]


def _event(stored: Sequence[Any]) -> Event:
    council, slug, happening, title, status, dates, statements = stored
    return Event(council, slug, Happening(happening), title, Status(status), _dates(dates), _statements(statements))


def _of_dates(dates: Sequence[Dated]) -> list[Any]:
    return [[one.words, _of_statement(one.stated), _of_day(one.first), _of_day(one.last), one.vague] for one in dates]


def _dates(stored: Sequence[Any]) -> tuple[Dated, ...]:
    return tuple(
        Dated(words, _statement(stated), _day(first), _day(last), vague) for words, stated, first, last, vague in stored
    )


def _of_day(day: date | None) -> int:
    return day.toordinal() if day else 0


def _day(stored: int) -> date | None:
    return date.fromordinal(stored) if stored else None


def _of_statements(statements: Sequence[Statement]) -> list[Any]:
    return [_of_statement(one) for one in statements]


def _statements(stored: Sequence[Any]) -> tuple[Statement, ...]:
    return tuple(_statement(one) for one in stored)


def _of_statement(one: Statement) -> list[Any]:
    return [one.document, one.words, *(one.span or ())]


def _statement(stored: Sequence[Any]) -> Statement:
    document, words, *span = stored
    return Statement(document, words, Span(*span) if span else None)
