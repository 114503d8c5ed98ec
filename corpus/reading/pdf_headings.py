"""Headings of a PDF: the blocks that stand out by their size or weight, or that the file's bookmarks name."""

import re
from collections.abc import Iterable, Sequence

from corpus.folding import fold
from corpus.reading.pdf_blocks import usual_size
from corpus.reading.pdf_sheet import Bookmark, Line

# As shares of the usual type size: a heading in a weight of its own may be as small as the text, one that is only
# bigger is so by this much, and a document's title by that.
_BIGGER, _TITLE = 1.15, 1.4
_LONGEST, _LONGEST_WITH_COLON, _MOST_LINES = 150, 60, 4
_LOWEST = 4
# What a bold line says of a decision, or of the document itself, is no heading: "Resolved that", "Published: 23 May".
_DECIDES = re.compile(r"(?:it was )?(?:resolved|agreed|recommended|decided|decision|action)\b", re.IGNORECASE)
_STATES = re.compile(
    r"(?:[a-z’']+ ){0,4}(?:inspectors?|dates?|published|authors?|officers?|contact|telephone|tel|e-?mail|wards?|report"
    r"(?: (?:to|of|by|number))?|members?|portfolio|chair|present|attendance|apologies|venue|time|place|visit)"
    r"(?: of (?:visit|inspection|meeting))?: *\S",
    re.IGNORECASE,
)
# A list of contents heads nothing but itself.
_CONTENTS = re.compile(r"(?:table of )?contents(?: page)?", re.IGNORECASE)
# Below a letter's end stand, in bold, the names of who signed it; and a name in a list of those who came is one too.
_SIGNS, _MOST_SIGNERS = re.compile(r"yours (?:sincerely|faithfully|truly)\b", re.IGNORECASE), 9
_NAMES = re.compile(r"(?:Dr|Mr|Mrs|Ms|Miss|Sir|Dame|Prof|Professor|Cllrs?|Councillors?)\.? [A-Z]")
_ENDS = re.compile(r"[.;,!]$|\b(?:and|or|of|the|to|for)$")
_DAY = re.compile(r"(?:[A-Z][a-z]+day,? )?[0-9]{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+ [0-9]{4}")
_WORD = re.compile(r"[^\W_]+")
_LEADER = re.compile(r"\.{4,}|\s[0-9]{1,3}$|\s[0-9]{1,3}\s+[A-Z]")


def levels(blocks: Sequence[tuple[list[Line], str]], bookmarks: Iterable[Bookmark] = ()) -> dict[int, int]:
    """The level of each of ``blocks`` that is a heading, by its number among them; a title's is 1, and it is alone."""
    usual = usual_size(line for lines, _ in blocks for line in lines)
    marked = {(_words(mark.title), mark.page): min(mark.depth + 2, _LOWEST) for mark in bookmarks}
    found: dict[int, float] = {}
    named: dict[int, int] = {}
    signed = -_MOST_SIGNERS
    for n, (lines, text) in enumerate(blocks[:-1]):
        signed = n if _SIGNS.match(text) else signed
        if n - signed < _MOST_SIGNERS or not _may_be(lines, text):
            continue
        size = min(line.size for line in lines)
        if level := marked.get((_words(text), lines[0].page)):
            named[n] = level
        elif size >= _BIGGER * usual or (size > 0.95 * usual and all(line.bold for line in lines)):
            found[n] = round(size)
    title = _title(blocks, found, usual)
    sizes = sorted({size for n, size in found.items() if n != title}, reverse=True)
    by_size = {n: 1 if n == title else min(2 + sizes.index(size), _LOWEST) for n, size in found.items()}
    return dict(sorted((named | by_size).items()))


def _may_be(lines: Sequence[Line], text: str) -> bool:
    if len(text) > _LONGEST or len(lines) > _MOST_LINES or any(line.cells or not line.upright for line in lines):
        return False
    if any(line.recognised for line in lines) or text.startswith("- ") or not re.search(r"[^\W\d_]{2}", text):
        return False
    if (
        _ENDS.search(text)
        or _DECIDES.match(text)
        or _STATES.match(text)
        or _DAY.fullmatch(text)
        or _LEADER.search(text)
    ):
        return False
    return not text.endswith(":") or len(text) <= _LONGEST_WITH_COLON


def _title(blocks: Sequence[tuple[list[Line], str]], found: dict[int, float], usual: float) -> int | None:
    """The biggest heading of the first page, if it is much bigger than the text and no other is as big there."""
    first = [n for n in found if blocks[n][0][0].page == blocks[0][0][0].page]
    biggest = max((found[n] for n in first), default=0.0)
    alike = [n for n in first if found[n] == biggest]
    return alike[0] if biggest >= _TITLE * usual and len(alike) == 1 else None


def _words(text: str) -> str:
    return " ".join(_WORD.findall(fold(text).lower()))
