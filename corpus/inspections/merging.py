"""What several statements say of one inspection, put together: those of a document, and those of a council's documents.

Its work grows with the days and kinds that are told apart, and not with how often each is told of.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from corpus.inspections.statements import Dated, Inspection, Judgement, Statement, Visit

_GENERIC = frozenset({Visit.ILACS, Visit.SIF, Visit.REINSPECTION, Visit.INSPECTION})

# The days that dates can mean, each with a date that means them; those of no known year have none.
Days = dict[tuple[date, date], Dated]


@dataclass(slots=True)
class Row:
    """An inspection as it is put together."""

    kind: Visit
    named: list[Statement] = field(default_factory=list)
    dates: list[Dated] = field(default_factory=list)
    published: list[Dated] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    number: int | None = None

    def same_as(self, other: "Row") -> bool:
        """Whether the two can be one inspection: alike in kind, with one number or dates that meet."""
        return self.can_be(other, self.dates, other.dates)

    def can_be(self, other: "Row", dates: Collection[Dated], others: Collection[Dated]) -> bool:
        """The same, for a caller who knows the dates that count of the one and of the other."""
        if not _alike(self.kind, other.kind) or (self.number and other.number and self.number != other.number):
            return False
        if self.number and self.number == other.number:
            return any(a.near(b) for a in dates for b in others)
        return any(a.meets(b) for a in dates for b in others)

    def take(self, other: "Row") -> None:
        """Add the statements of the other."""
        self.kind = other.kind if self.kind is Visit.INSPECTION else self.kind
        self.number = self.number or other.number
        self.named += other.named
        self.dates += other.dates
        self.published += other.published
        self.judgements += other.judgements


def of_council(name: str, key: str, told: Iterable[Inspection]) -> list[Inspection]:
    """What the documents of one council tell of inspections, each inspection once: the latest first."""
    rows = [Row(one.kind, [*one.named], [*one.dates], [*one.published], [*one.judgements], one.number) for one in told]
    return sorted((finished(name, key, row) for row in _merged(rows)), key=_order)


def fullest(names: Iterable[str | None]) -> str:
    """The fullest of the names that documents have for their council; "Council not stated" where none has one."""
    return max((name for name in names if name), key=len, default="Council not stated")


def finished(council: str, key: str, row: Row) -> Inspection:
    """An inspection of a council that has been put together, each statement once."""
    named, dates, published, judged = (
        tuple(dict.fromkeys(row.named)),
        tuple(dict.fromkeys(row.dates)),
        tuple(dict.fromkeys(row.published)),
        tuple(dict.fromkeys(row.judgements)),
    )
    made = Inspection(council, key, row.kind, named, dates, published, judged, row.number)
    order = {document: n for n, document in enumerate(dict.fromkeys(s.document for s in row.named))}
    return replace(
        made, judgements=tuple(sorted(made.judgements, key=lambda j: order.get(j.stated.document, len(order))))
    )


def days_of(dates: Iterable[Dated]) -> Days:
    """The days that dates can mean, each once."""
    return {(one.first, one.last): one for one in dates if one.first and one.last}


@dataclass(slots=True)
class _Home:
    """Rows that are alike in all that decides what else is of the same inspection: kind, number and days."""

    days: Days
    rows: list[Row]

    @property
    def key(self) -> tuple[Visit, int | None, frozenset[tuple[date, date]]]:
        return self.rows[0].kind, self.rows[0].number, frozenset(self.days)


def _merged(rows: Sequence[Row]) -> list[Row]:
    """The rows of one council, those of one inspection as one; the most exact come first, so that they gather the rest.

    What could be either of two is neither: a visit "in 2020", when there were two.
    """
    found: list[Row] = []
    homes: dict[tuple[Visit, int | None, frozenset[tuple[date, date]]], _Home] = {}
    for row in sorted(rows, key=lambda row: min((d.days for d in row.dates), default=10**7)):
        own = days_of(row.dates)
        met = [home for home in homes.values() if home.rows[0].can_be(row, home.days.values(), own.values())]
        if len(met) == 1 and len(met[0].rows) == 1:
            (home,) = met
            del homes[home.key]
            home.rows[0].take(row)
            home = _Home(home.days | own, home.rows)
        else:
            found.append(row)
            home = _Home(own, [row])
        if home.days:
            homes.setdefault(home.key, _Home(home.days, [])).rows.extend(home.rows)
    return found


def _alike(one: Visit, other: Visit) -> bool:
    return one is other or (Visit.INSPECTION in (one, other) and {one, other} <= _GENERIC)


def _order(inspection: Inspection) -> tuple[bool, int]:
    when = inspection.when
    return (True, 0) if when is None or when.last is None else (False, -when.last.toordinal())
