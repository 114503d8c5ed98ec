"""The lines of a Word document as they are written, and which of them are headings."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.folding import on_one_line
from corpus.model import Form
from corpus.reading.docx_numbering import BULLET
from corpus.reading.text import blocks

_TYPED_BULLET = re.compile(r"[-–−•·●○▪■□◦➢‣⁃►❖❑]\s+")
# Numbered paragraphs are often set in a heading's style for the sake of its number. No heading is as long as these, or
# a sentence of more than a few words.
_LONGEST_HEADING = 150
_SENTENCE = re.compile(r"(?:\S+ ){4,}\S*[.;,]")
# A title stands within the first lines, above a report's fields.
_MOST_FRONT_LINES = 6
TITLE = 0


class Line(NamedTuple):
    """A block as it is written, and what Word marks it as: the title (0), a heading (from 1), text (None).

    A note is one that stands at the foot of its page or the end of its document.
    """

    text: str
    level: int | None = None
    is_note: bool = False


def written(text: str, mark: str, level: int | None) -> list[Line]:
    """A paragraph behind its number or bullet, as one line, or as several where its line breaks part headings, fields
    or typed items. ``text`` holds its tabs, and line feeds for its line breaks.
    """
    pieces = [shown for piece in text.split("\n") if (shown := _piece(piece))]
    are_headings = level is not None or (len(pieces) > 1 and text.isupper())
    found: list[list[str]] = []
    for piece in pieces:
        if found and not are_headings and blocks(piece)[0].form not in (Form.ITEM, Form.FIELD):
            found[-1].append(piece)
        else:
            found.append([piece])
    texts = [" ".join(line) for line in found]
    if mark:
        texts[:1] = [f"{mark} {on_one_line(texts[0])}" if texts else mark]
    return [Line(shown, _heading(shown, level)) for shown in texts]


def joined(lines: Sequence[Line]) -> str:
    """Lines as one, without tabs or the notes among them: what a cell or a note says."""
    return on_one_line(" ".join(line.text for line in lines if not line.is_note))


def is_number(cell: str) -> bool:
    """Whether a cell holds nothing but a paragraph's number."""
    marker = blocks(f"{cell} text")[0].marker
    return marker == cell and marker[-1:].isascii() and marker != BULLET


def levels(lines: Sequence[Line]) -> list[int]:
    """The level of each line that is marked as a heading, from 1, the title's; 0 of other lines.

    Of lines in the title's style the last of the first run is the title. Where there are none, the only heading of the
    highest level is, if nothing but a line or two of the front stands above it.
    """
    highest = min((line.level for line in lines if line.level), default=1)
    found = [0 if line.level is None else max(line.level - highest, 0) + 2 for line in lines]
    marked = [n for n, line in enumerate(lines) if line.level is not None]
    titles = {n for n in marked if lines[n].level == TITLE}
    if titles:
        found[min(n for n in titles if n + 1 not in titles)] = 1
    elif marked and found[marked[0]] == 2 and found.count(2) == 1 and _tops(lines, marked[0]):
        found = [max(level - 1, 0) for level in found]
    return found


def _piece(piece: str) -> str:
    """What stands between two line breaks: white space folded, a typed bullet made "- ", one tab left in a field."""
    cells = [shown for cell in piece.split("\t") if (shown := on_one_line(cell))]
    field = "\t".join(cells)
    if len(cells) == 2 and blocks(field)[0].form is Form.FIELD:
        return field
    words = " ".join(cells)
    bullet = _TYPED_BULLET.match(words)
    return f"{BULLET} {words[bullet.end() :]}" if bullet else words


def _heading(text: str, level: int | None) -> int | None:
    """The level of a line in a heading's style, unless it is a paragraph that has the style for its number."""
    is_short = len(text) <= _LONGEST_HEADING and not _SENTENCE.fullmatch(text)
    return level if level == TITLE or is_short else None


def _tops(lines: Sequence[Line], n: int) -> bool:
    """Whether nothing but short lines of a report's front stands above a line."""
    return n < _MOST_FRONT_LINES and not any("\t" in line.text or line.text.endswith(".") for line in lines[:n])
