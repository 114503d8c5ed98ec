"""A small chart of counts by year: bars as numbers, which a template draws beside the same numbers in words."""

from collections.abc import Sequence
from dataclasses import dataclass

# In the units of the drawing: a bar's width, the space between two, and the height of the highest.
WIDTH, GAP, HEIGHT = 28, 6, 60
# Of more years than this, the drawing would be wider than a phone: it is then scaled down.
_LEAST_HEIGHT = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """One year's bar: its label, its count, and where it stands."""

    label: str
    count: int
    x: int
    y: int
    height: int


def bars(years: Sequence[tuple[int | None, int]]) -> tuple[Bar, ...]:
    """A bar for each year, in their order; the highest is ``HEIGHT`` high, and one of no passages has no height."""
    highest = max((count for _, count in years), default=0)
    found = []
    for place, (year, count) in enumerate(years):
        height = max(_LEAST_HEIGHT, round(HEIGHT * count / highest)) if count else 0
        label = "no date" if year is None else str(year)
        found.append(Bar(label, count, place * (WIDTH + GAP), HEIGHT - height, height))
    return tuple(found)
