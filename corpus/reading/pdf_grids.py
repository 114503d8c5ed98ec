"""Grids: the tables that rules draw on a page, as rows and columns of cells, some of them merged."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.reading.pdf_sheet import Rule, Word

# In points. Borders are drawn in pieces, cell by cell: pieces of one line lie within these of each other.
_BESIDE, _BETWEEN = 2.0, 4.0
# A rule ends within this of the one that it meets, and rules of two cells this near are one border.
_MEETS, _ONE_BORDER = 3.0, 4.5
# Level rules whose ends are this near are of one table, which has so many; its columns stand so far apart.
_ALIKE, _FEWEST_LEVELS, _GUTTER = 6.0, 4, 9.0
# More is a drawing, not a table: forms with many small boxes, charts, maps.
_MOST_RULES, _MOST_COLUMNS, _MOST_ROWS = 600, 14, 100


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's borders: ``across`` from left to right, ``down`` from top to bottom, in points.

    ``cell`` gives for each row and column the row and column where that cell, which may be merged, starts.
    """

    across: tuple[float, ...]
    down: tuple[float, ...]
    cell: tuple[tuple[tuple[int, int], ...], ...]

    @property
    def columns(self) -> int:
        return len(self.across) - 1

    @property
    def rows(self) -> int:
        return len(self.down) - 1

    def at(self, x: float, y: float) -> tuple[int, int] | None:
        """The cell that a point lies in, by where it starts."""
        row = next((n for n, (top, foot) in enumerate(pairwise(self.down)) if top >= y > foot), None)
        column = self.column(x)
        return None if row is None or column is None else self.cell[row][column]

    def column(self, x: float) -> int | None:
        """The column that a place is in."""
        return next((n for n, (left, right) in enumerate(pairwise(self.across)) if left <= x < right), None)

    def is_under(self, other: "Grid") -> bool:
        """Whether its columns are those of another, which may be that table's beginning on the page before."""
        if len(self.across) != len(other.across):
            return False
        return all(abs(one - two) <= _ONE_BORDER for one, two in zip(self.across, other.across, strict=True))

    def spans(self, row: int) -> bool:
        """Whether a row is one cell from side to side."""
        return len(set(self.cell[row])) == 1


def grids(rules: Iterable[Rule]) -> list[Grid]:
    """The grids that ``rules`` draw, from the top of the page."""
    level, upright = _whole(rules)
    if not level or not upright or len(level) + len(upright) > _MOST_RULES:
        return []
    parts = [part for part in _met(level, upright) if part[0] and part[1]]
    found = [grid for levels, uprights in parts if (grid := _grid(levels, uprights))]
    return sorted(found, key=lambda grid: -grid.down[0])


def lined(rules: Iterable[Rule], words: Sequence[tuple[Word, float]]) -> list[Grid]:
    """The tables drawn with level rules alone, or in a frame: the space between their words tells their columns.

    Each of ``words`` comes with its height. Rules of one length under one another part the rows.
    """
    level, upright = _whole(rules)
    sets: dict[tuple[int, int], list[Rule]] = defaultdict(list)
    for rule in level:
        if not any(_meet(rule, other) for other in upright):
            sets[round(rule.left / _ALIKE), round(rule.right / _ALIKE)].append(rule)
    found = []
    for alike in sets.values():
        down = _borders([rule.bottom for rule in alike])[::-1]
        across = alike[0].left - _MEETS, max(rule.right for rule in alike) + _MEETS
        if _FEWEST_LEVELS <= len(down) <= _MOST_ROWS + 1 and (grid := _spaced(across, down, words)):
            found.append(grid)
    return found


def fitted(grid: Grid, words: Sequence[tuple[Word, float]]) -> Grid:
    """A grid with the columns that its words have where no rules part them: all of a frame, or a row of a table."""
    if grid.columns == 1:
        return (_spaced(grid.across, grid.down, words) if grid.rows >= _FEWEST_LEVELS - 1 else None) or grid
    cell = list(grid.cell)
    for row, (top, foot) in enumerate(pairwise(grid.down)):
        inside = sorted((word for word, y in words if grid.spans(row) and foot < y < top), key=lambda word: word.left)
        steps = [(one, two) for one, two in pairwise(inside) if grid.column(one.left + 1) != grid.column(two.left + 1)]
        if steps and all(two.left - one.right >= _GUTTER for one, two in steps):
            cell[row] = tuple((row, column) for column in range(grid.columns))
    return replace(grid, cell=tuple(cell))


def _spaced(sides: Sequence[float], down: Sequence[float], words: Sequence[tuple[Word, float]]) -> Grid | None:
    inside = [word for word, height in words if down[-1] < height < down[0] and sides[0] < word.left < sides[1]]
    across = (sides[0], *_gaps(inside), sides[1])
    columns, rows = len(across) - 1, len(down) - 1
    if not 1 < columns <= _MOST_COLUMNS:
        return None
    grid = Grid(across, tuple(down), tuple(tuple((r, c) for c in range(columns)) for r in range(rows)))
    cells = {cell for word, height in words if (cell := grid.at(word.left + 1, height))}
    full = [row for row in range(rows) if sum(cell[0] == row for cell in cells) > 1]
    return grid if 2 * len(full) > rows else None


def _gaps(words: Iterable[Word]) -> list[float]:
    """Where no word stands on any line, between words that do: the middles of what space is wide enough."""
    found = []
    end: float | None = None
    for word in sorted(words, key=lambda word: word.left):
        if end is not None and word.left - end >= _GUTTER:
            found.append((end + word.left) / 2)
        end = max(word.right, end or word.right)
    return found


def _whole(rules: Iterable[Rule]) -> tuple[list[Rule], list[Rule]]:
    """The level and the upright rules, each of several pieces put together."""
    rules = list(rules)
    return (
        _merged([r for r in rules if r.is_level], lambda r: r.bottom, lambda r: (r.left, r.right)),
        _merged([r for r in rules if not r.is_level], lambda r: r.left, lambda r: (r.bottom, r.top)),
    )


def _merged(
    rules: list[Rule], place: Callable[[Rule], float], extent: Callable[[Rule], tuple[float, float]]
) -> list[Rule]:
    found: list[Rule] = []
    lines: list[list[Rule]] = []
    for rule in sorted(rules, key=place):
        if lines and place(rule) - place(lines[-1][0]) <= _BESIDE:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    for line in lines:
        whole: list[Rule] = []
        for rule in sorted(line, key=extent):
            if whole and extent(rule)[0] - extent(whole[-1])[1] <= _BETWEEN:
                last = whole[-1]
                whole[-1] = Rule(
                    min(last.left, rule.left),
                    min(last.bottom, rule.bottom),
                    max(last.right, rule.right),
                    max(last.top, rule.top),
                )
            else:
                whole.append(rule)
        found += whole
    return found


def _met(level: Sequence[Rule], upright: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """The rules in sets of those that meet one another."""
    groups: list[tuple[list[Rule], list[Rule]]] = [([rule], []) for rule in level]
    for rule in upright:
        met = [group for group in groups if any(_meet(other, rule) for other in group[0])]
        if met:
            groups = [group for group in groups if group not in met]
            groups.append(([r for group in met for r in group[0]], [r for group in met for r in group[1]] + [rule]))
    return groups


def _meet(level: Rule, upright: Rule) -> bool:
    return (
        level.left - _MEETS <= upright.left <= level.right + _MEETS
        and upright.bottom - _MEETS <= level.bottom <= upright.top + _MEETS
    )


def _grid(level: Sequence[Rule], upright: Sequence[Rule]) -> Grid | None:
    across = _borders([rule.left for rule in upright] + [min(r.left for r in level), max(r.right for r in level)])
    down = _borders([rule.bottom for rule in level] + [min(r.bottom for r in upright), max(r.top for r in upright)])
    if not (1 < len(across) <= _MOST_COLUMNS + 1 and 1 < len(down) <= _MOST_ROWS + 1):
        return None
    down = down[::-1]
    columns, rows = len(across) - 1, len(down) - 1
    starts = {(row, column): (row, column) for row in range(rows) for column in range(columns)}
    for row in range(rows):
        for column in range(columns):
            x, y = (across[column] + across[column + 1]) / 2, (down[row] + down[row + 1]) / 2
            is_open = [
                (row, column - 1) if column and not _parts_beside(upright, across[column], y) else None,
                (row - 1, column) if row and not _parts_below(level, down[row], x) else None,
            ]
            for beside in filter(None, is_open):
                one, other = sorted((starts[row, column], starts[beside]))
                starts = {cell: one if start == other else start for cell, start in starts.items()}
    return Grid(
        tuple(across),
        tuple(down),
        tuple(tuple(starts[row, column] for column in range(columns)) for row in range(rows)),
    )


def _borders(places: Iterable[float]) -> list[float]:
    """Places in order, those that are nearly the same as one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _ONE_BORDER:
            found.append(place)
    return found


def _parts_beside(upright: Iterable[Rule], x: float, y: float) -> bool:
    return any(abs(rule.left - x) <= _ONE_BORDER and rule.bottom <= y <= rule.top for rule in upright)


def _parts_below(level: Iterable[Rule], y: float, x: float) -> bool:
    return any(abs(rule.bottom - y) <= _ONE_BORDER and rule.left <= x <= rule.right for rule in level)
