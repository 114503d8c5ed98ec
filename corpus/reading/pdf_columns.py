"""Columns without rules: prose set in two columns read one after the other, and lines of aligned cells as rows."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from corpus.reading.pdf_sheet import Line, apart, part

# In type sizes: justified words stand up to one apart, columns of prose as a rule two, and a table's two or more.
_GUTTER, _WIDE = 1.0, 1.6
# In points: pieces on one line, and pieces that start or end a column.
_LEVEL, _ALIGNED = 2.0, 5.0
# Fewer lines side by side may be anything. Prose has several words on a line, a table's cell few and short ones.
_FEWEST_PAIRS, _PROSE_WORDS = 6, 4
_LONGEST_NAME, _LONGEST_CELL = 60, 300
_FEWEST_ROWS = 3
# A file whose lines go up the page has nearly all of them so; rows of cells go up at times.
_FEWEST_STEPS, _UPWARD = 3, 0.8
# Rows stand no more type sizes apart than this, and the lines of one cell than that.
_ROW_GAP, _LINE_GAP = 3.5, 1.4
_MARKER = re.compile(r"(?:\(?[0-9]{1,3}(?:\.[0-9]{1,3})*[.)]?|\(?[a-z]{1,4}[.)]|\W)")
_PAGE = re.compile(r"[0-9]{1,3}")


def in_order(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, where it has two columns and its file goes across both: the left, and then the right.

    Where a file goes from the foot of a page to its head, they are turned about.
    """
    if _goes_up(lines):
        lines = lines[::-1]
    middle = _gutter(lines)
    if middle is None:
        return list(lines)
    found: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        for piece in apart(line, _GUTTER * line.size) if not line.cells else (line,):
            if piece.cells or piece.left < middle < piece.right:
                found += _one_by_one(left, right)
                left, right = [], []
                found.append(piece)
            else:
                (left if piece.left < middle else right).append(piece)
    return found + _one_by_one(left, right)


def _goes_up(lines: Sequence[Line]) -> bool:
    steps = [other.top - one.top for one, other in pairwise(lines) if abs(other.top - one.top) > _LEVEL]
    return len(steps) >= _FEWEST_STEPS and sum(step > 0 for step in steps) > _UPWARD * len(steps)


def _one_by_one(left: Sequence[Line], right: Sequence[Line]) -> list[Line]:
    return [*_joined(left), *_joined(right)]


def _joined(pieces: Sequence[Line]) -> Iterator[Line]:
    """Pieces of one column, those on one line as one again: a number and its paragraph's first words."""
    waiting: Line | None = None
    for piece in pieces:
        if (
            waiting is not None
            and waiting.words
            and abs(waiting.top - piece.top) <= _LEVEL
            and piece.left > waiting.right
        ):
            waiting = part(waiting, [*waiting.words, *piece.words])
            continue
        if waiting is not None:
            yield waiting
        waiting = piece
    if waiting is not None:
        yield waiting


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where the space between two columns of prose is, if the file goes from one to the other line by line."""
    pairs = []
    for line in lines:
        pieces = [] if line.cells else list(apart(line, _GUTTER * line.size))
        pairs += list(pairwise(pieces)) if len(pieces) == 2 else []
    pairs += [
        (one, other)
        for one, other in pairwise(line for line in lines if line.words)
        if abs(one.top - other.top) <= _LEVEL and other.left - one.right >= _GUTTER * one.size
    ]
    if len(pairs) < _FEWEST_PAIRS:
        return None
    if any(median(len(pair[n].words) for pair in pairs) < _PROSE_WORDS for n in (0, 1)):
        return None
    ends, starts = sorted(pair[0].right for pair in pairs), sorted(pair[1].left for pair in pairs)
    # A few short words of a heading or a picture may stand in the way.
    last, first = ends[len(ends) * 9 // 10], starts[len(starts) // 10]
    return (last + first) / 2 if last < first else None


class _Row(NamedTuple):
    """The lines that stand level on a page, and the pieces that wide gaps cut them into."""

    lines: list[Line]
    pieces: list[Line]


def aligned(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, in order, with those that are a table without rules as rows of cells."""
    runs: list[list[_Row]] = []
    for row in _rows(lines):
        above = runs[-1][-1] if runs else None
        if above and _is_under(above, row):
            runs[-1].append(row)
        elif above and (column := _column_of(above, row)):
            runs[-1][-1] = _Row([*above.lines, *row.lines], _with_more(above.pieces, column, row.pieces[0]))
        else:
            runs.append([row])
    found: list[Line] = []
    for run in runs:
        for row in run:
            if _is_table(run):
                cells = tuple(piece.text for piece in row.pieces)
                found.append(row.pieces[0]._replace(text="\t".join(cells), cells=cells, words=()))
            else:
                found += row.lines
    return found


def _rows(lines: Sequence[Line]) -> Iterator[_Row]:
    row = _Row([], [])
    for line in lines:
        pieces = [line] if line.cells else list(apart(line, _WIDE * line.size))
        last = row.pieces[-1] if row.pieces else None
        if last and abs(last.top - line.top) <= _LEVEL and line.left - last.right >= _WIDE * line.size:
            row = _Row([*row.lines, line], [*row.pieces, *pieces])
            continue
        if row.lines:
            yield row
        row = _Row([line], pieces)
    if row.lines:
        yield row


def _is_under(above: _Row, below: _Row) -> bool:
    """Whether a row has as many cells as the one above it, each below the other's."""
    if len(above.pieces) != len(below.pieces) or len(above.pieces) < 2:
        return False
    if not 0 < above.lines[-1].top - below.pieces[0].top <= _ROW_GAP * below.pieces[0].size:
        return False
    return all(
        abs(one.left - other.left) <= _ALIGNED
        or abs(one.right - other.right) <= _ALIGNED
        or abs(one.left + one.right - other.left - other.right) <= 2 * _ALIGNED
        for one, other in zip(above.pieces, below.pieces, strict=True)
    )


def _column_of(above: _Row, row: _Row) -> int | None:
    """The column of a row, not its first, that a lone piece straight below goes on with."""
    if len(above.pieces) < 2 or len(row.pieces) != 1 or row.pieces[0].cells:
        return None
    piece, last = row.pieces[0], above.lines[-1]
    if not 0 < last.top - piece.top <= _LINE_GAP * piece.size:
        return None
    found = [n for n, one in enumerate(above.pieces) if n and abs(one.left - piece.left) <= _ALIGNED]
    return found[0] if found else None


def _with_more(pieces: Sequence[Line], column: int, more: Line) -> list[Line]:
    found = list(pieces)
    found[column] = found[column]._replace(text=f"{found[column].text} {more.text}")
    return found


def _is_table(run: Sequence[_Row]) -> bool:
    """Whether rows are a table's, and not a numbered list, or a list of contents with its pages."""
    if len(run) < _FEWEST_ROWS or any(len(row.pieces[0].text) > _LONGEST_NAME for row in run):
        return False
    if any(len(piece.text) > _LONGEST_CELL for row in run for piece in row.pieces):
        return False
    if all(_MARKER.fullmatch(row.pieces[0].text) for row in run):
        return False
    return len(run[0].pieces) > 2 or not all(_PAGE.fullmatch(row.pieces[-1].text) for row in run)
