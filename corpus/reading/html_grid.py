"""Grids: the rows and cells of a page's tables, and which tables hold content rather than lay a page out."""

from collections.abc import Iterator
from typing import NamedTuple

from corpus.reading.html_characters import plain
from corpus.reading.html_furniture import is_left_out
from corpus.reading.html_markup import Element

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th"})
# A cell over several rows counts in each of them, unless it is long.
_LONGEST_REPEATED, _MOST_REPEATED = 100, 30
_MOST_COLUMNS = 50
_LONGEST_NUMBER = 12


class Cell(NamedTuple):
    """A cell of a row, None where one beside it takes its place."""

    element: Element | None
    is_header: bool


class Item(NamedTuple):
    """A row of a meeting's items: the number in its first cell, and the cells beside it."""

    number: str
    cells: list[Element]


def rows(table: Element) -> list[list[Element]]:
    """The cells of each row of a table, without those of tables inside it, and without hidden ones."""
    found: list[list[Element]] = []
    last: Element | None = None
    for element in _own(table):
        if element.tag == "tr":
            found.append([])
            last = element
        elif element.tag in _CELLS:
            if not found or element.parent is not last:  # the row's own tag was left out
                found.append([])
                last = element.parent
            if not is_left_out(element):
                found[-1].append(element)
    return [row for row in found if row]


def is_layout(table: Element, cells: list[list[Element]]) -> bool:
    """Whether a table only lays a page out: it has one column, or holds headings or tables."""
    if table.get("role").lower() in ("presentation", "none") or max(map(len, cells), default=0) < 2:
        return True
    return any(element.tag in _HEADINGS or element.tag == "table" for element in _own(table) if element is not table)


def items(table: Element, cells: list[list[Element]]) -> list[Item] | None:
    """The rows of a table of agenda items ("No.", "Item"), or None for any other table."""
    named = table.has_class("mgItemTable") or table.get("id").lower() == "mgitemtable"
    if not named and [words.rstrip(".").lower() for words in _headers(table)] != ["no", "item"]:
        return None
    found = []
    for row in cells:
        if all(cell.tag == "th" for cell in row) or not (row[1:] or named):
            continue
        number = plain(row[0].words())
        is_number = len(row) > 1 and len(number) <= _LONGEST_NUMBER
        found.append(Item(number if is_number else "", row[1:] if is_number else row))
    return found


def grid(cells: list[list[Element]]) -> list[list[Cell]]:
    """The rows of a table with every cell in its column: one over several rows is in each of them."""
    found = []
    over: dict[int, tuple[Cell, int]] = {}  # by column: what reaches down from above, and over how many rows yet
    for row in cells:
        line: list[Cell] = []
        for element in row:
            line += _reaching(over, len(line))
            is_header = element.tag == "th"
            wide, high = _span(element, "colspan", _MOST_COLUMNS), _span(element, "rowspan", _MOST_REPEATED)
            own = [Cell(element, is_header), *[Cell(None, is_header)] * (wide - 1)]
            if high > 1:
                over |= {len(line) + n: (cell, high - 1) for n, cell in enumerate(own)}
            line += own
            if len(line) >= _MOST_COLUMNS:
                break
        found.append([*line, *_reaching(over, len(line))])
    return found


def _reaching(over: dict[int, tuple[Cell, int]], column: int) -> list[Cell]:
    """What reaches down to ``column`` and straight after it; each reaches one row less from here."""
    found = []
    while column in over:
        cell, left = over.pop(column)
        if left > 1:
            over[column] = cell, left - 1
        is_short = cell.element is not None and len(cell.element.words()) <= _LONGEST_REPEATED
        found.append(cell if is_short else Cell(None, cell.is_header))
        column += 1
    return found


def _own(table: Element) -> Iterator[Element]:
    """The elements of a table; of a table inside it only the table itself."""
    waiting = [table]
    while waiting:
        element = waiting.pop()
        yield element
        if element is table or element.tag != "table":
            waiting.extend(child for child in reversed(element.children) if isinstance(child, Element))


def _headers(table: Element) -> list[str]:
    """The words of a table's first row, seen or not, where all its cells are headers."""
    first: list[str] = []
    for element in _own(table):
        if element.tag == "td" or (element.tag == "tr" and first):
            break
        if element.tag == "th":
            first.append(element.words())
    return first


def _span(element: Element, name: str, most: int) -> int:
    said = element.get(name).strip()
    return max(1, min(int(said), most)) if said.isascii() and said.isdigit() and len(said) < 6 else 1
