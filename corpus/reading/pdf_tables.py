"""Tables of a PDF: the lines that stand in a grid of rules become rows of cells; in a box, paragraphs of their own."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from corpus.reading.pdf_blocks import BULLET
from corpus.reading.pdf_grids import Grid, fitted, grids, lined
from corpus.reading.pdf_hyphens import Spelling
from corpus.reading.pdf_letters import HYPHEN
from corpus.reading.pdf_sheet import Line, Rule, part
from corpus.reading.reading import EMPTY_CELL

# A cell that holds more characters than this holds paragraphs: the table only sets out a page.
_LONGEST_CELL = 1500
# A merged cell's words are given again in each row that it stands beside, unless they are more than a name.
_LONGEST_REPEATED = 80
_MARKER = re.compile(rf"(?:\(?(?:[0-9]{{1,3}}(?:\.[0-9]{{1,3}})*|[a-z]|[ivxl]{{1,5}})[.)]?|{BULLET}|[-–])")
_BULLETS = re.compile(rf"(?:^|(?<=\s)){BULLET}\s*")
# How far up from its baseline a letter's middle is, as a share of its size.
_MIDDLE = 0.3
_Cell = tuple[int, int]


class Tables:
    """The tables of a document, page after page: one that goes on over a page has the columns that it had."""

    def __init__(self, spelling: Spelling) -> None:
        self._spelling = spelling
        self._last: tuple[Grid, list[int]] | None = None

    def tabled(self, lines: Sequence[Line], rules: Sequence[Rule]) -> list[Line]:
        """The lines of the next page, in order, with those in each grid as rows in the place of the first of them."""
        left = list(lines)
        words = [(word, line.top + _MIDDLE * line.size) for line in lines for word in line.words]
        for grid in [*(fitted(grid, words) for grid in grids(rules)), *lined(rules, words)]:
            inside: dict[_Cell, list[Line]] = defaultdict(list)
            rest: list[Line] = []
            place = None
            for line in left:
                for cell, piece in _pieces(line, grid):
                    if cell is None:
                        rest.append(piece)
                    else:
                        place = len(rest) if place is None else place
                        inside[cell].append(piece)
            if place is not None:
                if place < len(rest):
                    rest[place] = rest[place]._replace(opens=True)
                rest[place:place] = self._set_out(grid, inside)
                left = rest
        return left

    def _set_out(self, grid: Grid, inside: Mapping[_Cell, list[Line]]) -> list[Line]:
        """The rows of a table, or the lines of what is none: a box, a numbered list in one, cells as long as a page."""
        texts = {cell: _text(pieces, self._spelling) for cell, pieces in inside.items()}
        parted = [row for row in range(grid.rows) if not grid.spans(row)]
        used = sorted({column for row, column in texts if row in parted})
        if self._last and grid.is_under(self._last[0]):
            used = self._last[1]
        self._last = (grid, used) if len(used) > 1 else None
        is_list = len(used) == 2 and all(_MARKER.fullmatch(texts.get(grid.cell[row][used[0]], "1")) for row in parted)
        found: list[Line] = []
        for row, starts in enumerate(grid.cell):
            own = [cell for cell in dict.fromkeys(starts) if cell[0] == row and cell in inside]
            if not own:
                continue
            if len(used) < 2 or row not in parted or is_list or any(len(texts[cell]) > _LONGEST_CELL for cell in own):
                found += _plain([inside[cell] for cell in own], is_list)
            else:
                cells = tuple(_shown(starts[column], row, column, texts) for column in used)
                first, last = inside[own[0]][0], inside[own[-1]][-1]
                found.append(first._replace(text="\t".join(cells), cells=cells, bottom=last.bottom, words=()))
        return found


def _pieces(line: Line, grid: Grid) -> Iterator[tuple[_Cell | None, Line]]:
    """A line in the pieces that stand in different cells, each with its cell, or None outside the grid."""
    height = line.top + _MIDDLE * line.size
    if line.cells or not line.words or not grid.down[-1] <= height <= grid.down[0]:
        yield None if line.cells or not line.words else grid.at(line.left + 1, height), line
        return
    cells = [grid.at(word.left + 1, height) for word in line.words]
    start = 0
    for n in range(1, len(cells) + 1):
        if n == len(cells) or cells[n] != cells[start]:
            yield cells[start], line if n - start == len(cells) else part(line, line.words[start:n])
            start = n


def _plain(cells: Sequence[Sequence[Line]], is_list: bool) -> Iterator[Line]:
    """The lines of a row as they stand, each cell's apart; a lone number or bullet goes with the text beside it."""
    if is_list and len(cells) > 1:
        (marker, *_), (first, *others) = cells[0], cells[1]
        first = first._replace(text=f"{marker.text} {first.text}", left=marker.left)
        cells = [[first, *others], *cells[2:]]
    for lines in cells:
        yield lines[0]._replace(opens=True)
        yield from lines[1:]


def _shown(start: _Cell, row: int, column: int, texts: Mapping[_Cell, str]) -> str:
    """What a row shows in a column: its cell's words, those of a short one that began above, or that it is empty."""
    text = texts.get(start, "")
    if start == (row, column) or (start[1] == column and len(text) <= _LONGEST_REPEATED):
        return text or EMPTY_CELL
    return EMPTY_CELL


def _text(lines: Sequence[Line], spelling: Spelling) -> str:
    """The words of a cell, however many lines it has, on one."""
    text = lines[0].text
    for line in lines[1:]:
        text = spelling.joined(text, line.text)
    return _BULLETS.sub("• ", text.replace(HYPHEN, "-")).strip()


def continued(lines: Sequence[Line]) -> list[Line]:
    """All pages' lines, where a table goes on over a page: without its headers again, and a torn row made whole."""
    found: list[Line] = []
    header: tuple[str, ...] = ()
    page = 0
    for line in lines:
        last = found[-1] if found else None
        if not line.cells:
            page = line.page
        elif last is None or len(last.cells) != len(line.cells):
            header, page = line.cells, line.page
        elif page < line.page:
            if line.cells == header:
                continue
            page = line.page
            if _goes_on(last.cells, line.cells):
                cells = tuple(_one(*pair) for pair in zip(last.cells, line.cells, strict=True))
                found[-1] = last._replace(text="\t".join(cells), cells=cells)
                continue
        found.append(line)
    return found


def _goes_on(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a page's first row is the rest of the last page's last: nothing in it begins."""
    pairs = [(one, other) for one, other in zip(before, after, strict=True) if other != EMPTY_CELL]
    return bool(pairs) and all(other[0].islower() and not one.endswith(".") for one, other in pairs)


def _one(before: str, after: str) -> str:
    return before if after == EMPTY_CELL else after if before == EMPTY_CELL else f"{before} {after}"
