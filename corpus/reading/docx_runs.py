"""The words of a Word paragraph: what its runs show, with what hangs from them: notes and text boxes.

Of fields the results are shown, of tracked changes what stands when all are accepted; hidden text and what is in no
file (the words of a chart) are left out, and counted.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from corpus.reading.docx_package import Element, W, setting, switched
from corpus.reading.docx_styles import Styles

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATE = f"{_COMPATIBILITY}AlternateContent"
_FORMULA_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_TABS, _BREAKS = {f"{W}tab", f"{W}ptab"}, {f"{W}br", f"{W}cr"}
# The reading of a word above it, and properties, whose tabs are places on a ruler.
_SKIPPED = {f"{W}pPr", f"{W}rPr", f"{W}rt", f"{W}sdtPr", f"{W}instrText", f"{W}delText"}
# Characters without width, which part words for a printer only.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_SPACES = dict.fromkeys(map(ord, "\t\n\r"), " ")
# Symbol fonts keep their characters in Unicode's private area; these are the ones that reports use.
_SYMBOL = {0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•"}
_WINGDINGS = {0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x76: "❖", 0x9F: "•", 0xA7: "▪", 0xA8: "□", 0xB7: "•"}
_WINGDINGS |= {0xD8: "➢", 0xE0: "→", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"}
_PRIVATE = {0xF000 + code: _WINGDINGS.get(code) for code in range(0x20, 0x100)}


class Left(StrEnum):
    """What was left out of the text, or made part of it, that the person who supplied the file should know of."""

    DELETED = "deletion"
    INSERTED = "insertion"
    MOVED = "move"
    COMMENT = "comment"
    HIDDEN = "piece of hidden text"
    CONTENTS = "line of a table of contents"
    DRAWN = "chart"
    ELSEWHERE = "part in another format"


_GONE = {f"{W}del": Left.DELETED, f"{W}moveFrom": Left.MOVED}
_COUNTED = {
    f"{W}ins": Left.INSERTED,
    f"{W}commentReference": Left.COMMENT,
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": Left.DRAWN,
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": Left.DRAWN,
}


@dataclass(slots=True)
class Runs:
    """What a paragraph's runs show: ``text``, its tabs as they are and its line breaks as line feeds; the notes it
    refers to, by kind and id; and the text boxes that hang from it.
    """

    text: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)


def runs(paragraph: Element, styles: Styles, tally: Counter[Left]) -> Runs:
    """What the runs of a paragraph show; ``tally`` counts what is left out."""
    found = Runs()
    is_hidden = bool(styles.whole(setting(paragraph, "pPr", "pStyle")).hidden)
    said: list[str] = []
    fields: list[bool] = []  # for each field that is open, whether its result has begun
    waiting = [paragraph]
    while waiting:
        element = waiting.pop()
        tag = element.tag
        if tag in _SKIPPED:
            continue
        if tag in _GONE:
            tally[_GONE[tag]] += 1
            continue
        if tag == f"{W}r" and _is_hidden(element, styles, is_hidden):
            tally[Left.HIDDEN] += any(text.text for text in element.iterchildren(f"{W}t"))
            waiting += reversed(list(element.iterchildren(f"{W}fldChar")))
            continue
        if tag == f"{W}txbxContent":
            found.boxes.append(element)
            continue
        if tag == f"{W}fldChar":
            _count_field(element.get(f"{W}fldCharType"), fields)
        elif tag in _COUNTED:
            tally[_COUNTED[tag]] += 1
        if all(fields):
            if tag in _NOTES:
                found.notes.append((_NOTES[tag], element.get(f"{W}id", "")))
            else:
                said.append(_character(element))
        waiting += reversed(list(children(element)))
    found.text = "".join(said)
    return found


def as_one(parts: Sequence[Runs]) -> Runs:
    """The runs of several paragraphs as if they were one's."""
    return Runs(
        "".join(part.text for part in parts),
        [note for part in parts for note in part.notes],
        [box for part in parts for box in part.boxes],
    )


def children(element: Element) -> Iterator[Element]:
    """What stands in an element, of several ways to say the same the first; nothing in a field that waits for words."""
    if element.tag == f"{W}sdt" and switched(element, "sdtPr", "showingPlcHdr"):
        return
    if element.tag == ALTERNATE:
        yield from element[:1]
        return
    yield from element.iterchildren("{*}*")


def plain(text: str) -> str:
    """Text as Unicode has it: without characters that are not seen, its symbols as themselves, on one line."""
    return text.translate(_SPACES).translate(_UNSEEN).translate(_PRIVATE)


def _is_hidden(run: Element, styles: Styles, otherwise: bool) -> bool:
    properties = run.find(f"{W}rPr")
    if properties is None:
        return otherwise
    own = switched(properties, "vanish")
    if own is None and (style := setting(properties, "rStyle")) is not None:
        own = styles.whole(style).hidden
    return otherwise if own is None else own


def _count_field(kind: str | None, fields: list[bool]) -> None:
    if kind == "begin":
        fields.append(False)
    elif kind == "separate" and fields:
        fields[-1] = True
    elif kind == "end" and fields:
        fields.pop()


def _character(element: Element) -> str:
    """What one element of a run shows by itself."""
    tag = element.tag
    if tag in (f"{W}t", _FORMULA_TEXT):
        return plain(element.text or "")
    if tag in _TABS:
        return "\t"
    if tag in _BREAKS:
        return "\n"
    if tag == f"{W}noBreakHyphen":
        return "-"
    return _symbol(element) if tag == f"{W}sym" else ""


def _symbol(element: Element) -> str:
    """A character of a symbol font as Unicode has it; nothing for one that it is not known to have."""
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    if code < 0x100 or 0xF000 <= code <= 0xF0FF:
        known = {"Symbol": _SYMBOL, "Wingdings": _WINGDINGS}.get(element.get(f"{W}font", ""), {})
        return known.get(code & 0xFF, "")
    return chr(code) if code < 0xD800 or 0xF900 <= code < 0xFFFE else ""
