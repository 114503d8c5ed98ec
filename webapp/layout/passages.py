"""Passages laid out as a page sets them: headings, paragraphs, nested lists, tables and fields, in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias

from corpus.display import Segment, cells, shown
from corpus.model import Form, Passage, Span

# What is longer than this, or on a line of its own ("AGREED" above its paragraph), reads as words and not as a bullet
# or number. The longest in the corpus is "iii)" with the ten non-breaking spaces after it.
_LONGEST_MARKER = 16


@dataclass(frozen=True, slots=True)
class Line:
    """A passage to show: the marker in front of it as written, and its words."""

    passage: Passage
    marker: tuple[Segment, ...] = ()
    words: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the document, at the rank of the HTML element that shows it: 2 to 6."""

    line: Line
    rank: int
    kind: str = "heading"


@dataclass(slots=True)
class Paragraph:
    """A paragraph, or the caption of a table; more than one line where it is too long to be one passage."""

    lines: list[Line]
    kind: str = "paragraph"


@dataclass(slots=True)
class Item:
    """An item of a list, and the lists nested in it; more than one line where it is too long to be one passage."""

    lines: list[Line]
    lists: list["List"] = field(default_factory=list)


@dataclass(slots=True)
class List:
    """A list; ``level`` counts from 0 and grows with nesting."""

    group: int | None
    level: int
    items: list[Item] = field(default_factory=list)
    kind: str = "list"


@dataclass(frozen=True, slots=True)
class Row:
    """A table row or a report's header line, cell by cell."""

    passage: Passage
    cells: tuple[tuple[Segment, ...], ...]
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one table. ``columns`` are its headers as text, for rows that are shown without the header row."""

    rows: tuple[Row, ...]
    columns: tuple[str, ...] = ()
    kind: str = "table"

    @property
    def header(self) -> Row | None:
        """The header row, where it is shown."""
        return self.rows[0] if self.rows and self.rows[0].header else None

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Fields:
    """Consecutive lines of a report's header: a name and its value each."""

    rows: tuple[Row, ...]
    kind: str = "fields"


Part: TypeAlias = Heading | Paragraph | List | Table | Fields


def laid_out(text: str, passages: Sequence[Passage], marks: Sequence[Span] = ()) -> list[Part]:
    """The parts of a page that shows ``passages``, which lie in ``text`` in order, with ``marks`` marked.

    Rules (lines of dashes) are not shown.
    """
    parts: list[Part] = []
    rank = 1
    visible = (passage for passage in passages if passage.form is not Form.RULE)
    for (family, _), members in groupby(visible, key=_family):
        run = list(members)
        if family == "table":
            parts.append(_table(text, run, marks))
        elif family == "list":
            parts += _lists(text, run, marks)
        elif family == "fields":
            parts.append(Fields(tuple(_row(text, passage, marks) for passage in run)))
        else:
            for passage in run:
                if family == "heading":
                    # A title and a section both come under the page's own heading, and no rank is skipped.
                    rank = min(max(passage.level, 2), rank + 1, 6)
                    parts.append(Heading(_line(text, passage, marks), rank))
                elif parts and isinstance(last := parts[-1], Paragraph) and _continues(text, passage, last.lines[-1]):
                    last.lines.append(_line(text, passage, marks))
                else:
                    parts.append(Paragraph([_line(text, passage, marks)]))
    return parts


def _family(passage: Passage) -> tuple[str, int | None]:
    """What a passage can stand together with: a table with its own rows only, list items with any that follow."""
    match passage.form:
        case Form.HEADING | Form.LABEL if passage.level:
            return "heading", None
        case Form.ITEM:
            return "list", None
        case Form.HEADER:
            return "table", passage.opens
        case Form.ROW:
            return "table", passage.group
        case Form.FIELD:
            return "fields", None
        case _:
            return "paragraph", None


def _continues(text: str, passage: Passage, before: Line) -> bool:
    """Whether a passage is more of the paragraph or list item that the line before it began."""
    if passage.group is not None:
        return (passage.group, passage.position) == (before.passage.group, before.passage.position)
    between = text[before.passage.end : passage.start]
    return passage.reference == before.passage.reference and "\n" not in between and "\r" not in between


def _line(text: str, passage: Passage, marks: Sequence[Span]) -> Line:
    body = passage.body if 0 < passage.body - passage.start <= _LONGEST_MARKER else passage.start
    if "\n" in text[passage.start : body]:
        body = passage.start
    return Line(
        passage,
        shown(text[passage.start : body], marks, passage.start),
        shown(text[body : passage.end], marks, body),
    )


def _row(text: str, passage: Passage, marks: Sequence[Span]) -> Row:
    found = tuple(shown(cell.of(text), marks, cell.start) for cell in cells(passage.span, text))
    return Row(passage, found, passage.form is Form.HEADER)


def _table(text: str, passages: Sequence[Passage], marks: Sequence[Span]) -> Table:
    columns = tuple("".join(segment.text for segment in shown(column.of(text))) for column in passages[-1].columns)
    return Table(tuple(_row(text, passage, marks) for passage in passages), columns)


def _lists(text: str, passages: Sequence[Passage], marks: Sequence[Span]) -> Iterator[List]:
    """Consecutive list items as lists; an item of a deeper level goes inside the item before it."""
    open_lists: list[List] = []
    for passage in passages:
        while open_lists and not _belongs(passage, open_lists[-1]):
            closed = open_lists.pop()
            if not open_lists:
                yield closed
        if open_lists and _continues(text, passage, open_lists[-1].items[-1].lines[-1]):
            open_lists[-1].items[-1].lines.append(_line(text, passage, marks))
            continue
        if not open_lists or open_lists[-1].group != passage.group:
            inner = List(passage.group, passage.level)
            if open_lists:
                open_lists[-1].items[-1].lists.append(inner)
            open_lists.append(inner)
        open_lists[-1].items.append(Item([_line(text, passage, marks)]))
    if open_lists:
        yield open_lists[0]


def _belongs(passage: Passage, candidate: List) -> bool:
    """Whether an item is the list's own, or stands inside its last item."""
    return passage.group == candidate.group or passage.level > candidate.level
