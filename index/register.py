"""The register of inspections and the timelines as a generation holds them, made when it is built.

What each document tells is kept aside until all have been read, and is then put together one council at a time.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from corpus.model import Document, Span
from corpus.statements import (
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
from corpus.telling import Told, of_council, told

_INSPECTIONS, _EVENTS = "register_inspections.json", "register_events.json"


class Register:
    """All that a corpus states of inspections and of what comes of them, by council: read when first asked for."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is where a gathering saved it."""
        self._folder = folder

    @cached_property
    def rows(self) -> tuple[Inspection, ...]:
        """Every inspection and visit, by council, the latest first."""
        return tuple(_inspection(stored) for stored in self._inspections["inspections"])

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Every event of every council, by date."""
        return tuple(_event(stored) for stored in json.loads((self._folder / _EVENTS).read_bytes()))

    @property
    def councils(self) -> list[tuple[str, str]]:
        """Each council's slug and name, in order of the names."""
        return [(slug, name) for slug, name in self._inspections["councils"]]

    @cached_property
    def _inspections(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads((self._folder / _INSPECTIONS).read_bytes())
        return read


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
        councils, rows, events = [], [], []
        for found in self._gathered():
            if found.inspections or found.events:
                councils.append((found.slug, found.council))
            rows += [_of_inspection(row) for row in found.inspections]
            events += [_of_event(event) for event in found.events]
        councils.sort(key=lambda council: (council[1] or "").casefold())
        held = {"councils": councils, "inspections": rows}
        (folder / _INSPECTIONS).write_text(json.dumps(held), encoding="ascii")
        (folder / _EVENTS).write_text(json.dumps(events), encoding="ascii")

    def _gathered(self) -> Iterator[Told]:
        end = self._waiting.tell()
        for _, places in sorted(self._of_council.items()):
            yield of_council([self._read(place) for place in places])
        self._waiting.seek(end)

    def _read(self, place: int) -> Told:
        self._waiting.seek(place)
        council, slug, inspections, events = json.loads(self._waiting.readline())
        return Told(council, slug, tuple(map(_inspection, inspections)), tuple(map(_event, events)))


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
