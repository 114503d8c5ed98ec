"""Breaks: which line breaks of a paragraph end a line, and which only wrap it; and the bullets that people type."""

import re
from collections.abc import Iterator

# Marks in the words of a paragraph, that the page's own text cannot hold: a line break, and strong words' two ends.
BREAK, STRONG_ON, STRONG_OFF = "\x0b", "\x0e", "\x0f"
MARKS = re.compile("[\x0b\x0e\x0f]")
_STRONG_WORDS = re.compile("\x0e[^\x0f]*\x0f")
_GLYPH = "\u00b7\u2022\u2023\u2043\u25aa\u25a0\u25ba\u25cf\u25e6\u27a2\uf0a7\uf0b7\uf0d8\uf0fc\uf06e\u00a7"
# A bullet; a letter that a symbol font draws as one, by the spaces behind it; or the spaces, where the glyph was lost.
TYPED = re.compile(rf"(?:[{_GLYPH}]\s*|[-–*]\s+|[ovüØ](?=\s?\u00a0\s)\s+|\u00a0[\u00a0 \n]{{4,}})(?=\S)")
_NUMBER = r"\(?(?:[0-9]{1,3}|[ivxl]{1,6}|[a-z])[.)]\s|[0-9]+\.[0-9.]*\s"
_OPENS_LINE = re.compile(rf"\s*(?:[{_GLYPH}]|[-–*]\s|{_NUMBER})")
_LONGEST_LABEL = 30


def pieces(raw: str) -> Iterator[str]:
    """A paragraph as the lines that its breaks make of it: most only wrap it, and are spaces."""
    if BREAK not in raw:
        yield raw
        return
    said: list[str] = []
    for piece in raw.split(BREAK):
        if said and _ends(said[-1], piece):
            yield " ".join(said)
            said = []
        said.append(piece)
    yield " ".join(said)


def _ends(last: str, following: str) -> bool:
    """Whether a break ends a line: before another break, a bullet or number, or after a heading or label of its own."""
    words = MARKS.sub("", last).strip()
    plain = MARKS.sub("", following)
    if not words or not plain.strip() or _OPENS_LINE.match(plain) or TYPED.match(plain):
        return True
    if words.endswith(":") or (words.isupper() and len(words) <= _LONGEST_LABEL):
        return True
    return not _STRONG_WORDS.sub("", last).strip() and bool(_STRONG_WORDS.sub("", following).strip())
