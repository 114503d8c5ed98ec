"""The register of inspections and each council's timeline, every cell with the way to the words that say so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, g, render_template, url_for
from flask.typing import ResponseReturnValue

from corpus.display import plain
from corpus.inspections.statements import Area, Dated, Event, Inspection, Judgement, Statement, Status
from corpus.inspections.timeline import title_of
from webapp.layout.facts import place
from webapp.layout.timeline import dated_words, drawn

pages = Blueprint("inspections", __name__)

_COLUMNS = {
    "Overall effectiveness": (Area.OVERALL,),
    "Leaders": (Area.LEADERS,),
    "Help and protection": (Area.HELP,),
    "Children in care": (Area.IN_CARE, Area.IN_CARE_AND_LEAVERS),
    "Care leavers": (Area.LEAVERS, Area.IN_CARE_AND_LEAVERS),
}
_JOINT = {Area.IN_CARE_AND_LEAVERS: "one judgement, of children in care and care leavers"}
_OTHERS = tuple(area for area in Area if not any(area in areas for areas in _COLUMNS.values()))


@dataclass(frozen=True, slots=True)
class Said:
    """A place that says what a cell says: its address, and its exact words for who cannot see where the link is."""

    url: str
    words: str
    supplied: bool


@dataclass(frozen=True, slots=True)
class Value:
    """One thing that a cell says, in the documents' words, and every place that says it."""

    words: str
    said: tuple[Said, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the register, with no values where nothing is stated; ``differ`` where the documents disagree."""

    column: str
    values: tuple[Value, ...] = ()
    differ: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the register."""

    inspection: Inspection
    title: Value
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a timeline's table."""

    event: Event
    what: Value
    when: Cell


@pages.get("/inspections")
def register() -> ResponseReturnValue:
    """Every inspection and visit that the documents tell of."""
    held = g.assistant.register
    return render_template(
        "inspections.html",
        rows=[_row(row) for row in held.rows],
        columns=[cell.column for cell in _cells(None)],
        councils=held.councils,
    )


@pages.get("/inspections/<slug>")
def council(slug: str) -> ResponseReturnValue:
    """One council's timeline."""
    held = g.assistant.register
    found = held.events_of(slug)
    if not found:
        abort(404)
    return render_template(
        "council_inspections.html",
        council=dict(held.councils)[slug],
        drawing=drawn(found),
        entries=[_entry(event) for event in found],
        span=_span(found),
        planned=sum(event.status is not Status.HAPPENED for event in found),
    )


def _row(row: Inspection) -> Row:
    return Row(row, Value(title_of(row.kind, row.number), _said(row.named)), tuple(_cells(row)))


def _cells(row: Inspection | None) -> list[Cell]:
    """The cells of a row after its council and kind; of no row, the columns alone."""
    dates = Cell("Dates", _dates(row.dates), row.dates_differ) if row else Cell("Dates")
    cells = [dates]
    for column, areas in _COLUMNS.items():
        cells.append(Cell(column, _grades(row, areas), _disagree(row, areas)))
    cells.append(Cell("Other judgements", _grades(row, _OTHERS), _disagree(row, _OTHERS)))
    return cells


def _grades(row: Inspection | None, areas: Sequence[Area]) -> tuple[Value, ...]:
    judged: dict[tuple[str, str], list[Judgement]] = {}
    for judgement in row.graded(*areas) if row else ():
        note = "" if judgement.area is areas[0] and areas is not _OTHERS else _JOINT.get(judgement.area, judgement.area)
        judged.setdefault((judgement.grade.value, note), []).append(judgement)
    return tuple(
        Value(_capital(grade), _said([judgement.stated for judgement in found]), _note(note, grade, found[0].words))
        for (grade, note), found in judged.items()
    )


def _note(area: str, grade: str, words: str) -> str:
    """What the judgement is of, where the column does not say, and the grade's words where they are not the grade."""
    written = "" if plain(words).casefold() == grade else f"“{plain(words)}”"
    return ", ".join(part for part in (area, written) if part)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _disagree(row: Inspection | None, areas: Sequence[Area]) -> bool:
    return row is not None and any(row.disagrees(area) for area in areas)


def _dates(dates: Sequence[Dated]) -> tuple[Value, ...]:
    """The dates as stated, the most exact first."""
    stated: dict[str, list[Statement]] = {}
    for dated in sorted(dates, key=lambda dated: (dated.vague, dated.loose, dated.days if dated.loose else 0)):
        stated.setdefault(dated_words(dated.words), []).append(dated.stated)
    return tuple(Value(words, _said(found)) for words, found in stated.items())


def _entry(event: Event) -> Entry:
    return Entry(event, Value(event.title, _said(event.stated)), Cell("Date", _dates(event.dates), event.dates_differ))


def _said(statements: Iterable[Statement]) -> tuple[Said, ...]:
    found = []
    for stated in statements:
        url = place(stated.document, stated.span) if stated.span else url_for("documents.show", id=stated.document)
        found.append(Said(url, plain(stated.words), stated.span is None))
    return tuple(dict.fromkeys(found))


def _span(found: Sequence[Event]) -> str:
    """The years that a timeline runs over, in words."""
    years = [when.first.year for event in found if (when := event.when) and when.first]
    if not years:
        return "no year is stated"
    return f"from {min(years)} to {max(years)}" if min(years) < max(years) else f"in {min(years)}"
