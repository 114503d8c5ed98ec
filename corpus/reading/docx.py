"""Word documents (.docx, .docm): a body's paragraphs, lists and tables as plain text, a block to a line.

Word keeps no pages in its files, only where it last broke them on somebody's printer: a reading has none. Headers and
footers are left out. Word's own format is ECMA-376, part 1; the numbers that it shows are counted in
:mod:`corpus.reading.docx_numbering`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import accumulate
from pathlib import Path

from corpus.folding import on_one_line
from corpus.reading.docx_lines import TITLE, Line, is_number, joined, levels, written
from corpus.reading.docx_numbering import BULLET, Numbering
from corpus.reading.docx_package import Element, W, parts, setting, switched, whole
from corpus.reading.docx_runs import Left, Runs, as_one, children, plain, runs
from corpus.reading.docx_styles import Styles, outline
from corpus.reading.reading import EMPTY_CELL, Heading, Reading, UnreadableFile

_GAP = "\n\n"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_PARAGRAPH, _TABLE, _ROW, _CELL = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc"))
_ELSEWHERE = {f"{W}altChunk", f"{W}subDoc"}
_DELETED = {f"{W}del", f"{W}moveFrom"}
# Word's tables have 63 columns at most.
_MOST_COLUMNS = 63
# What is merged down a table is said again in each of its rows where it is a label, not where it is a text.
_LONGEST_LABEL = 100
# What programs and templates call a document that nobody named.
_NO_TITLE = re.compile(
    r"microsoft word\b.*|.*\btemplate\b.*|.*\.(?:docx?|docm|dotx?|rtf|pdf)|(?:word )?document ?[0-9]*|untitled.*"
    r"|report|title|agenda item|[\[<].*[\]>]",
    re.IGNORECASE,
)
_LONGEST_TITLE = 300


def read(path: Path) -> Reading:
    """A Word document: its text, its headings by style or outline level, its title, and what was left out.

    Raises :class:`UnreadableFile` for a file that is no Word document, is locked, damaged or too large, or holds no
    text.
    """
    found = parts(path)
    styles = Styles.load(found.get("styles"))
    story = _Story(styles, Numbering.load(found.get("numbering"), styles), _notes(found))
    lines = [line for body in found["document"].iterchildren(f"{W}body") for line in story.lines(body)]
    if not lines:
        raise UnreadableFile("holds no text; pictures of text cannot be read")
    starts = accumulate((len(line.text) + len(_GAP) for line in lines), initial=0)
    headings = (Heading(start, level) for start, level in zip(starts, levels(lines), strict=False) if level)
    text = _GAP.join(line.text for line in lines) + "\n"
    return Reading(text, (), tuple(headings), _about(found.get("core-properties")), story.said())


class _Story:
    """A walk through a document in its order, which the numbers of its lists depend on."""

    def __init__(self, styles: Styles, numbering: Numbering, notes: dict[tuple[str, str], Element]) -> None:
        self.styles = styles
        self.numbering = numbering
        self.notes = notes
        self.tally: Counter[Left] = Counter()

    def lines(self, parent: Element, is_cell: bool = False) -> list[Line]:
        """What stands in a body, cell, box or note, a block a line. In a cell a number may stand without words."""
        found: list[Line] = []
        carried: list[Runs] = []
        for element in self.within(parent, _PARAGRAPH, _TABLE):
            if element.tag == _TABLE:
                found += self.written(as_one(carried), "", None) + self.table(element)
                carried = []
                continue
            carried.append(runs(element, self.styles, self.tally))
            if not self.goes_on(element, carried[-1]):
                found += self.paragraph(element, as_one(carried), is_cell)
                carried = []
        return found + self.written(as_one(carried), "", None)

    def within(self, parent: Element, *tags: str) -> Iterator[Element]:
        """The paragraphs and tables, rows or cells of an element, whatever they are wrapped in."""
        waiting = list(reversed(list(children(parent))))
        while waiting:
            element = waiting.pop()
            if element.tag in tags:
                yield element
            elif element.tag in _ELSEWHERE:
                self.tally[Left.ELSEWHERE] += 1
            elif element.tag not in _DELETED:
                waiting += reversed(list(children(element)))

    def paragraph(self, element: Element, shown: Runs, is_cell: bool) -> list[Line]:
        """The lines of a paragraph, then its notes, then its text boxes."""
        properties = element.find(f"{W}pPr")
        style = setting(properties, "pStyle")
        if self.styles.is_contents(style):
            self.tally[Left.CONTENTS] += 1
            return []
        has_words = bool(shown.text.strip())
        mark = self.mark(properties, style)
        if not has_words and not (is_cell and mark != BULLET):
            mark = ""
        return self.written(shown, mark, self.level(properties, style))

    def goes_on(self, paragraph: Element, shown: Runs) -> bool:
        """Whether a paragraph's end is deleted or hidden, so that it goes on in the next, its number with it."""
        properties = paragraph.find(f"{W}pPr")
        style = setting(properties, "pStyle")
        end = None if properties is None else properties.find(f"{W}rPr")
        if end is not None and any(end.find(tag) is not None for tag in _DELETED):
            return True
        own = switched(end, "vanish")
        is_hidden = self.styles.whole(style).hidden if own is None else own
        if is_hidden and shown.text.strip():
            shown.text = f"{self.mark(properties, style)} {shown.text}"
        return bool(is_hidden)

    def written(self, shown: Runs, mark: str, level: int | None) -> list[Line]:
        """What runs show, as lines behind their number or bullet."""
        found = written(shown.text, mark, level)
        for key in shown.notes:
            note = self.notes.pop(key, None)  # a note is told once
            words = "" if note is None else joined(self.lines(note))
            found += [Line(words, is_note=True)] if words else []
        for box in shown.boxes:
            found += self.lines(box)
        return found

    def mark(self, properties: Element | None, style: str | None) -> str:
        """The number of a paragraph of a list, which counts it; "-" for a bullet, "" for none."""
        has = self.styles.whole(style)
        id = setting(properties, "numPr", "numId") or has.number
        if not id or id == "0":
            return ""
        level = whole(setting(properties, "numPr", "ilvl"))
        if level is None:
            level = self.numbering.level(id, (name for name, _ in self.styles.chain(style)))
        return on_one_line(plain(self.numbering.next(id, level if level is not None else has.level or 0)))

    def level(self, properties: Element | None, style: str | None) -> int | None:
        """Whether a paragraph is the title, a heading (its level) or text (None)."""
        own = outline(properties)
        if own is None and self.styles.is_title(style):
            return TITLE
        return (self.styles.whole(style).outline if own is None else own) or None

    def table(self, table: Element) -> list[Line]:
        """The rows of a table, each a line."""
        found: list[Line] = []
        merged: dict[int, str] = {}
        for row in self.within(table, _ROW):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                self.tally[Left.DELETED] += 1
            elif switched(properties, "hidden"):
                self.tally[Left.HIDDEN] += 1
            else:
                found += self.row(row, merged)
        return found

    def row(self, row: Element, merged: dict[int, str]) -> list[Line]:
        """A row as one line. Where one cell alone has words the table is a box, and they are paragraphs; so they are in
        a second cell that stands beside a number. ``merged`` are the labels of columns that go on from rows above.
        """
        cells: list[str] = [""] * _columns(row, "trPr", "gridBefore", 0)
        said: list[list[Line]] = []
        for cell in self.within(row, _CELL):
            column = len(cells)
            is_merged = (merge := setting(cell, "tcPr", "vMerge")) is not None
            if is_merged and merge != "restart":
                cells.append(merged.get(column, ""))
            else:
                lines = self.lines(cell, is_cell=True)
                cells.append(joined(lines))
                said += [lines] if lines else []
                merged[column] = cells[-1] if is_merged and len(cells[-1]) <= _LONGEST_LABEL else ""
            cells += [""] * (_columns(cell, "tcPr", "gridSpan", 1) - 1)
        if sum(map(bool, cells)) == len(said) == 2 and is_number(joined(said[0])):
            first, *others = said[1]
            return [Line(f"{joined(said[0])} {first.text}", said[0][0].level or first.level), *others]
        if sum(map(bool, cells)) == len(said) == 1:
            return said[0]
        if not said:  # a row may have no cell at all
            return []
        notes = [line for lines in said for line in lines if line.is_note]
        ends = [cells[0] or EMPTY_CELL, *cells[1:-1], cells[-1] or EMPTY_CELL]
        return [Line("\t".join(ends)), *notes]

    def said(self) -> tuple[str, ...]:
        """What of the document was left out, for the person who supplied it."""
        ways = ((Left.DELETED, "left out"), (Left.INSERTED, "kept"), (Left.MOVED, "kept"))
        changes = [said for left, done in ways if (said := self.counted(left, done))]
        found = [f"holds tracked changes: {', '.join(changes)}"] if changes else []
        others = (Left.COMMENT, Left.HIDDEN, Left.CONTENTS, Left.DRAWN, Left.ELSEWHERE)
        found += filter(None, (self.counted(left, "left out") for left in others))
        for format in sorted(self.numbering.unknown):
            found.append(f"numbers some paragraphs in a way that is not known ({format}); they are numbered 1, 2, 3")
        return tuple(found)

    def counted(self, what: Left, done: str) -> str:
        """How many of a kind, and what was done with them; nothing where there are none."""
        count = self.tally[what]
        words = what if count == 1 else re.sub(r"^\w+", r"\g<0>s", what)
        return f"{count} {words} {done}" if count else ""


def _notes(found: Mapping[str, Element]) -> dict[tuple[str, str], Element]:
    """The footnotes and endnotes of a document, by kind and id. A note within a note is none that Word writes."""
    notes: dict[tuple[str, str], Element] = {}
    for kind in ("footnote", "endnote"):
        root = found.get(f"{kind}s")
        for note in () if root is None else root.iterchildren(f"{W}{kind}"):
            for inner in list(note.iter(f"{W}footnoteReference", f"{W}endnoteReference")):
                inner.getparent().remove(inner)
            if note.get(f"{W}type", "normal") == "normal":
                notes[kind, note.get(f"{W}id", "")] = note
    return notes


def _columns(element: Element, properties: str, name: str, otherwise: int) -> int:
    count = whole(setting(element, properties, name))
    return otherwise if count is None else min(count, _MOST_COLUMNS)


def _about(properties: Element | None) -> dict[str, str]:
    """The title that a document's properties give it, where somebody gave it one."""
    title = on_one_line((properties.findtext(_TITLE) if properties is not None else "") or "")
    return {"title": title} if title and len(title) <= _LONGEST_TITLE and not _NO_TITLE.fullmatch(title) else {}
