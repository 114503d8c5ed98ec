"""Gathering: the lists and tables of an outline, each with what introduces it."""

import re
from collections.abc import Iterator, Sequence

from corpus.entry import Entry
from corpus.folding import fold
from corpus.model import Block, Form, Span
from corpus.sentences import trim

_TOPIC = re.compile(r"([A-Z][^.:;?!]{2,60}?) - \S")
_INTRODUCES = re.compile(r"(?::|\b(?:following|as follows|below)\b[^.]*[.:]?)$", re.IGNORECASE)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
# A dash is a topic's only where most of the list has one; elsewhere it is prose.
_TOPIC_SHARE = 0.6
_LONGEST_TOPIC_WORDS = 9
_LONGEST_COLUMN_NAME = 40
# How much of a paragraph's end is read to see whether it introduces a list.
_ENDING = 300


def gather(text: str, entries: Sequence[Entry]) -> None:
    """Number the lists and tables of ``entries`` in place: group, position, lead-in, topic labels, column headers."""
    groups = _Groups(text, entries)
    groups.lists()
    groups.tables()


class _Groups:
    def __init__(self, text: str, entries: Sequence[Entry]) -> None:
        self.text = text
        self.entries = entries
        self.count = 0

    def lists(self) -> None:
        """Members of a list share a marker's style; a page break between two of them does not end it."""
        open_lists: list[list[int]] = []
        members: list[list[int]] = []
        for n, entry in enumerate(self.entries):
            if entry.form is not Form.ITEM:
                open_lists.clear()
                continue
            last = self.entries[open_lists[-1][-1]] if open_lists else None
            style, value = _style(entry.block.marker, last)
            entry.style = style
            while open_lists and style in {self.entries[outer[-1]].style for outer in open_lists[:-1]}:
                open_lists.pop()
            alike = bool(open_lists) and self.entries[open_lists[-1][-1]].style == style
            if alike and value != 1:
                open_lists[-1].append(n)
            else:
                if alike:  # "i)" again: a new list of the same kind
                    open_lists.pop()
                open_lists.append([n])
                members.append(open_lists[-1])
            entry.level = len(open_lists)
        for group in members:
            self._number(group, self._introduction(group[0]))
            self._topics(group)

    def tables(self) -> None:
        """Rows of one width form a table, whatever blank lines and rules stand between them."""
        for rows in self._runs():
            caption = self._caption(rows)
            columns: tuple[Span, ...] = ()
            lead_in = caption
            if caption is not None:
                columns = self._caption_columns(caption, rows)
                self.entries[caption].form = Form.LABEL
            elif self._is_header(rows):
                self.entries[rows[0]].form = Form.HEADER
                columns = tuple(cells(self.text, self.entries[rows[0]].block))
                lead_in, rows = rows[0], rows[1:]
            self._number(rows, lead_in)
            for n in rows:
                self.entries[n].columns = columns

    def _number(self, group: Sequence[int], lead_in: int | None) -> None:
        self.count += 1
        for position, n in enumerate(group, 1):
            entry = self.entries[n]
            entry.group, entry.position, entry.lead_in = self.count, position, lead_in
        if lead_in is not None:
            self.entries[lead_in].opens = self.count

    def _introduction(self, first: int) -> int | None:
        before = self.entries[first - 1] if first else None
        if before is None:
            return None
        if before.form in (Form.HEADING, Form.LABEL):
            return first - 1 if before.level != 1 else None
        if before.form not in (Form.PARAGRAPH, Form.ITEM):
            return None
        ending = fold(self.text[max(before.block.start, before.block.end - _ENDING) : before.block.end])
        return first - 1 if _INTRODUCES.search(ending.rstrip()) else None

    def _topics(self, group: Sequence[int]) -> None:
        found = {n: topic for n in group if (topic := self._topic(self.entries[n]))}
        if len(group) > 1 and len(found) >= _TOPIC_SHARE * len(group):
            for n, span in found.items():
                self.entries[n].label = span

    def _topic(self, entry: Entry) -> Span | None:
        match = _TOPIC.match(entry.words(self.text))
        if match is None or len(match[1].split()) > _LONGEST_TOPIC_WORDS:
            return None
        return Span(entry.block.body, entry.block.body + match.end(1))

    def _runs(self) -> Iterator[list[int]]:
        run: list[int] = []
        for n, entry in enumerate(self.entries):
            if entry.form is Form.RULE:
                continue
            if entry.form is Form.ROW and (not run or self._width(n) == self._width(run[0])):
                run.append(n)
                continue
            if run:
                yield run
            run = [n] if entry.form is Form.ROW else []
        if run:
            yield run

    def _width(self, n: int) -> int:
        block = self.entries[n].block
        return self.text.count("\t", block.start, block.end)

    def _caption(self, rows: Sequence[int]) -> int | None:
        """A numbered line of a few words straight above the rows, such as "2.3 Judgement Grade"."""
        before = self.entries[rows[0] - 1] if rows[0] else None
        if before is None or before.form is not Form.PARAGRAPH or not before.number:
            return None
        words = before.words(self.text)
        return rows[0] - 1 if len(words) <= _LONGEST_COLUMN_NAME * 2 and words[-1:] not in {".", ":", ";"} else None

    def _caption_columns(self, caption: int, rows: Sequence[int]) -> tuple[Span, ...]:
        """The caption's words as column headers, where there is one for each column."""
        block = self.entries[caption].block
        words = [Span(*word.span()) for word in re.compile(r"\S+").finditer(self.text, block.body, block.end)]
        return tuple(words) if len(words) == self._width(rows[0]) + 1 else ()

    def _is_header(self, rows: Sequence[int]) -> bool:
        """Short cells without full stops, above at least one row with longer ones."""
        first = [span.of(self.text) for span in cells(self.text, self.entries[rows[0]].block)]
        if len(rows) < 2 or any(len(cell) > _LONGEST_COLUMN_NAME or cell[-1:] in {".", ";", ":"} for cell in first):
            return False
        longest = max(len(span.of(self.text)) for span in cells(self.text, self.entries[rows[1]].block))
        return longest > _LONGEST_COLUMN_NAME


def cells(text: str, block: Block) -> list[Span]:
    """The cells of a row, as spans without the white space around them; an empty cell is an empty span."""
    found = []
    start = block.start
    for cell in text[block.start : block.end].split("\t"):
        found.append(trim(text, Span(start, start + len(cell))))
        start += len(cell) + 1
    return found


def _style(marker: str, last: Entry | None) -> tuple[str, int]:
    """The style of a list marker, and the ordinal it stands for (0 for bullets).

    "i)" is roman, unless it follows "h)".
    """
    plain = fold(marker).lstrip("-* ").lower()
    core = plain.strip("().")
    if not core.isalnum():
        return "bullet", 0
    if core.isdigit():
        return "number" + plain[-1], int(core)
    if last is not None and last.style == "letter" and len(core) == 1:
        before = fold(last.block.marker).strip("()- ").lower()
        if ord(core) == ord(before[-1:] or "a") + 1:
            return "letter", ord(core) - ord("a") + 1
    if set(core) <= set(_ROMAN):
        return "roman", _roman(core)
    return "letter", ord(core[0]) - ord("a") + 1


def _roman(numeral: str) -> int:
    values = [_ROMAN[letter] for letter in numeral]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
