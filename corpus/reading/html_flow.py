"""Flow: the words of a page in lines, one for each paragraph, heading, list item and table row, as a reader sees them.

White space is folded as CSS folds it (https://www.w3.org/TR/css-text-3/#white-space-rules). What Word leaves in pages
pasted from it counts too: bullets typed in symbol fonts, and runs of non-breaking spaces behind a number.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import NamedTuple

from corpus.reading import html_furniture, html_grid
from corpus.reading.html_breaks import BREAK, MARKS, STRONG_OFF, STRONG_ON, TYPED, pieces
from corpus.reading.html_characters import plain
from corpus.reading.html_front import Front
from corpus.reading.html_markup import Element
from corpus.reading.html_numbering import BULLET, Numbering
from corpus.reading.reading import EMPTY_CELL

_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "fieldset"}
    | {"figcaption", "figure", "footer", "form", "header", "hr", "html", "legend", "main", "p", "section", "summary"}
    | {"table", "tbody", "td", "tfoot", "th", "thead", "tr"}
)
_STRONG = frozenset({"b", "strong"})
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_FILE_SIZE = re.compile(
    r"\W{0,3}(?:(?:pdf|word|excel|powerpoint) (?:icon|file)\s*)?\(?\b(?:PDF|DOCX?|XLSX?|PPTX?|ODT|RTF|ZIP)[, ]*"
    r"[\d.,]+ ?[KMG]B\)?$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[\w ]{1,30}:")
_LONGEST_TERM, _LONGEST_FILE_SIZE = 60, 60
_ROW_END = "---"


class Line(NamedTuple):
    """A line of text, and the level of the heading that it is, 0 where it is none."""

    text: str
    level: int = 0


class Flow:
    """One walk over a page's elements, which gives ``lines``, and ``notes`` of what it left out."""

    def __init__(self, front: Front, is_whole_page: bool = False) -> None:
        self.lines: list[Line] = []
        self.notes: list[str] = []
        self.struck = 0
        self.front = front
        self._protected = front.protected()
        self._is_whole_page = is_whole_page
        self._waiting: list[Element | str | Callable[[], None]] = []
        self._lists: list[Numbering] = []
        self._said: list[str] = []
        self._in_front = ""  # the number or bullet of the next line
        self._level = 0
        self._item_level = 0
        self._strong = 0
        self._as_typed = 0
        self._term = ""
        self._terms_from = 0
        self._left_a_way_out = False

    def run(self, nodes: Sequence[Element | str]) -> list[Line]:
        """The lines of some elements, one after another."""
        self._waiting = list(reversed(nodes))
        while self._waiting:
            node = self._waiting.pop()
            if isinstance(node, str):
                self._say(node)
            elif isinstance(node, Element):
                self._open(node)
            else:
                node()
        self._flush()
        return self.lines

    def _say(self, text: str) -> None:
        text = MARKS.sub(" ", text)
        self._said.append(_BLANK_LINE.sub(BREAK * 2, text) if self._as_typed else text)

    def _open(self, element: Element) -> None:
        tag = element.tag
        if self._is_left_out(element):
            return
        if tag == "br":
            self._said.append(f"{STRONG_OFF}{BREAK}{STRONG_ON}" if self._strong else BREAK)
        elif tag in _HEADINGS:
            self._open_heading(element)
        elif tag == "table":
            self._open_table(element)
        elif tag in ("ul", "ol", "menu", "dir"):
            self._flush()
            self._lists.append(Numbering.of(element))
            self._enter(element, self._close_list)
        elif tag == "li":
            self._flush()
            self._in_front = self._lists[-1].marker(element) if self._lists else BULLET
            self._enter(element, self._close_item)
        elif tag == "dt":
            self._close_terms()
            self._terms_from = len(self.lines)
            self._enter(element, self._close_term)
        elif tag == "dl":
            self._flush()
            self._enter(element, self._close_terms)
        elif tag == "pre":
            self._flush()
            self._as_typed += 1
            self._enter(element, self._close_as_typed)
        elif tag in _BLOCKS:
            self._flush()
            self._enter(element, self._flush)
        elif tag in _STRONG:
            self._strong += 1
            self._said.append(STRONG_ON if self._strong == 1 else "")
            self._enter(element, self._close_strong)
        else:
            self._waiting.extend(reversed(element.children))

    def _enter(self, element: Element, close: Callable[[], None]) -> None:
        self._waiting.append(close)
        self._waiting.extend(reversed(element.children))

    def _is_left_out(self, element: Element) -> bool:
        tag = element.tag
        if element in self._protected or tag in ("html", "body"):
            return False
        if html_furniture.is_struck(element):
            self.struck += 1 if element.words() else 0
            return True
        if tag in html_furniture.FRAMES and (address := element.get("src")) and not address.startswith("about:"):
            self.notes.append(f"a frame was not read: {plain(address[:200])}")
        if tag == "a" and html_furniture.is_way_out(words := element.words(20)):
            self._left_a_way_out = True
            if " full " in words:
                self.notes.append(
                    f"the page cuts its text short: {plain(words[:100])} ({plain(element.get('href')[:200])})"
                )
            return True
        if (
            tag == "sup"
            and len(element.words(5)) < 6
            and any(node.tag == "a" for node in islice(element.elements(), 5))
        ):
            return True  # a note's mark
        if self._is_whole_page and (tag == "header" or (tag in ("ul", "ol") and html_furniture.is_menu(element))):
            return True
        return html_furniture.is_left_out(element)

    def _open_heading(self, element: Element) -> None:
        front = self.front
        self._flush()
        if element is front.title:
            self._emit(front.words, 1)
        elif element in front.kinds:
            if front.shows_kind and element is front.kinds[0]:
                self._emit(plain(element.words()), 0)
        else:
            above = _HEADINGS.get(front.title.tag, 1) if front.title else 1
            self._level = max(2, _HEADINGS[element.tag] - above + 1)
            self._enter(element, self._close_heading)

    def _open_table(self, table: Element) -> None:
        self._flush()
        cells = html_grid.rows(table)
        if (items := html_grid.items(table, cells)) is not None:
            for item in reversed(items):
                self._waiting.append(self._close_row)
                for cell in reversed(item.cells):
                    self._waiting.append(self._flush)
                    self._waiting.extend(reversed(cell.children))
                self._waiting.append(partial(self._open_row, item.number))
        elif html_grid.is_layout(table, cells):
            self._enter(table, self._flush)
        else:
            for child in table.children:
                if isinstance(child, Element) and child.tag == "caption":
                    self.lines += self._inside([child])
            self.lines += map(Line, self._rows(html_grid.grid(cells)))

    def _rows(self, rows: Sequence[Sequence[html_grid.Cell]]) -> Iterator[str]:
        """The rows of a table, their cells parted by tabs, with a rule below a first row of headers."""
        for number, row in enumerate(rows):
            words = [self._cell(cell.element) for cell in row]
            if not any(words):
                continue
            if sum(map(bool, words)) == 1 and row[0].element is not None and all(c.element is None for c in row[1:]):
                yield words[0]  # one cell over the whole row
                continue
            # White space at a line's ends is no part of it, so an empty cell there would be lost.
            yield "\t".join([words[0] or EMPTY_CELL, *words[1:-1], words[-1] or EMPTY_CELL])
            if number == 0 and len(rows) > 1 and all(cell.is_header for cell in row):
                yield "\t".join([_ROW_END] * len(row))

    def _cell(self, element: Element | None) -> str:
        return " ".join(line.text for line in self._inside(element.children)) if element else ""

    def _inside(self, nodes: Sequence[Element | str]) -> list[Line]:
        """The lines of a part of the page by itself: a cell or caption, which holds no table."""
        inner = Flow(self.front)
        lines = inner.run(nodes)
        self.notes += inner.notes
        self.struck += inner.struck
        return [Line(line.text) for line in lines]

    def _open_row(self, number: str) -> None:
        self._flush()
        self._in_front, self._item_level = f"{number} " if number else "", 2

    def _close_row(self) -> None:
        self._flush()
        self._in_front, self._item_level = "", 0

    def _close_heading(self) -> None:
        self._flush()
        self._level = 0

    def _close_list(self) -> None:
        self._flush()
        self._lists.pop()

    def _close_item(self) -> None:
        self._flush()
        self._in_front = ""

    def _close_term(self) -> None:
        """A short term stands in front of what is said of it, parted by a tab."""
        self._flush()
        if len(self.lines) != self._terms_from + 1:
            return
        term, level = self.lines[-1]
        if not (level or term.endswith("?") or len(term) > _LONGEST_TERM):
            self._term = self.lines.pop().text

    def _close_terms(self) -> None:
        self._flush()
        if self._term:
            self.lines.append(Line(self._term))
            self._term = ""

    def _close_as_typed(self) -> None:
        self._flush()
        self._as_typed -= 1

    def _close_strong(self) -> None:
        self._strong -= 1
        self._said.append("" if self._strong else STRONG_OFF)

    def _flush(self) -> None:
        """End the line that is being said."""
        if self._said:
            raw = "".join(self._said) + (STRONG_OFF if self._strong else "")
            self._said = [STRONG_ON] if self._strong else []
            for piece in pieces(raw):
                self._emit(piece, self._level)
            self._left_a_way_out = False

    def _emit(self, raw: str, level: int) -> None:
        raw = MARKS.sub("", raw).strip(" \t\r\n\f")
        typed = TYPED.match(raw)
        text = _without_file_size(plain(raw[typed.end() :] if typed else raw))
        if not any(letter.isalnum() for letter in text) or (level == 0 and html_furniture.is_action(text)):
            return
        if self._left_a_way_out and _LABEL.fullmatch(text):
            return
        if self._term:
            text, self._term = f"{self._term}\t{text}", ""
        level = level or self._item_level
        in_front = self._in_front or (BULLET if typed else "")
        if not (text.startswith(in_front) or (level and in_front == BULLET)):
            text = in_front + text
        self._in_front, self._item_level = "", 0
        self.lines.append(Line(text, level))


def _without_file_size(text: str) -> str:
    """``text`` without the kind and size of the file that it links to."""
    start = max(0, len(text) - _LONGEST_FILE_SIZE)
    match = _FILE_SIZE.search(text, start)
    return text[: match.start()].strip() if match else text
