"""What a page shows of a slice of a document.

The words shown may differ from the slice in two ways only: white space is folded, and markup remnants are dropped.
The result is plain text in pieces; the templates escape it, so that whatever a document holds stays text.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from corpus.model import Span

# Elements whose tags end a line: they separate words, so they count as white space.
_LINE_TAGS = "p|br|hr|div|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|td|th|blockquote|h[1-6]"
_WORD_TAGS = "b|i|u|em|strong|span|font|a|sub|sup|small"
_ATTRIBUTES = r"""(?:\s+[a-z][a-z0-9:-]*=(?:"[^"<>]*"|'[^'<>]*'))*"""
_REMNANT = re.compile(rf"</?(?:(?P<line>{_LINE_TAGS})|{_WORD_TAGS}){_ATTRIBUTES}\s*/?>", re.IGNORECASE)
_WHITE = re.compile(r"\s+")


class Segment(NamedTuple):
    """A stretch of text to show, and whether it is marked."""

    text: str
    marked: bool = False


def shown(text: str, marks: Iterable[Span] = (), start: int = 0) -> tuple[Segment, ...]:
    """The slice ``text``, which begins at offset ``start`` of its document, as marked and unmarked segments.

    ``marks`` are spans of the document; what lies outside the slice is ignored. A space is marked only between two
    marked words, so a mark never begins or ends with one. Text that is all white space and remnants gives no segments.
    """
    inside = [Span(max(m.start - start, 0), min(m.end - start, len(text))) for m in marks]
    inside = [mark for mark in inside if mark.start < mark.end]
    if not inside:
        folded = plain(text)
        return (Segment(folded),) if folded else ()
    return _joined(_letters(text, _flags(len(text), inside)))


def plain(text: str) -> str:
    """The slice as one line of text: white space folded, remnants dropped."""
    return _WHITE.sub(" ", _REMNANT.sub(lambda tag: " " if tag["line"] else "", text)).strip()


def cells(span: Span, text: str) -> tuple[Span, ...]:
    """The spans of a table row's cells: a row, ``text[span.start:span.end]``, is split at its tabs."""
    found, start = [], span.start
    for piece in span.of(text).split("\t"):
        found.append(Span(start, start + len(piece)))
        start += len(piece) + 1
    return tuple(found)


def _flags(length: int, marks: Sequence[Span]) -> bytearray:
    """One byte a character: 1 where it is marked."""
    flags = bytearray(length)
    for start, end in marks:
        flags[start:end] = b"\x01" * (end - start)
    return flags


def _letters(text: str, flags: bytearray) -> list[Segment]:
    """Each character to show, with white space folded and remnants dropped."""
    letters: list[Segment] = []
    gap, position = False, 0
    while position < len(text):
        tag = _REMNANT.match(text, position) if text[position] == "<" else None
        if tag:
            gap, position = gap or bool(tag["line"]), tag.end()
            continue
        letter, marked = text[position], bool(flags[position])
        if letter.isspace():
            gap = True
        else:
            if gap and letters:
                letters.append(Segment(" ", marked and letters[-1].marked))
            letters.append(Segment(letter, marked))
            gap = False
        position += 1
    return letters


def _joined(letters: Sequence[Segment]) -> tuple[Segment, ...]:
    """Runs of letters that are alike, each as one segment."""
    runs: list[list[str]] = []
    kinds: list[bool] = []
    for letter, marked in letters:
        if not kinds or kinds[-1] != marked:
            kinds.append(marked)
            runs.append([])
        runs[-1].append(letter)
    return tuple(Segment("".join(run), marked) for run, marked in zip(runs, kinds, strict=True))
