"""Plain text: a file's own characters, and its lines as blocks."""

import re
from pathlib import Path

from corpus.folding import fold
from corpus.model import Block, Form, Span
from corpus.sentences import trim


class UnreadableFile(Exception):
    """A file that cannot be read as a document; the text says why, in words for the person who supplied it."""


_LINE = re.compile(r"[^\r\n]+")
_MARKER = re.compile(
    r"""[ \t]*
    (?P<marker>
        (?:[-*\u00b7\u2022\u25cf\u25aa\uf0b7]\s+)?   # a bullet, perhaps in front of a number
        (?: \d{1,3}(?:\.\d{1,3})+\.? | \d{1,3}[.)] | \(?(?:[ivxl]{1,6}|[a-z])\) )
      | [-*\u00b7\u2022\u25cf\u25aa\uf0b7]
    )[ \t]+(?=\S)""",
    re.VERBOSE,
)
# A bullet whose glyph was lost in conversion leaves only the run of non-breaking spaces that followed it.
_LOST_GLYPH = re.compile(r"\u00a0[\u00a0 ]{4,}(?=\S)")
_RULE = re.compile(r"[\s\-_=*+|]+$")
_FIELD = re.compile(r"[A-Z][A-Za-z '/&-]{1,40}:[ ]*\t\s*\S")
BULLET = "·"


def decode(path: Path) -> str:
    """The canonical text of a plain-text file: its characters, line endings included, exactly as they stand.

    Raises :class:`UnreadableFile` for a file that cannot be opened, is not UTF-8, or holds no text.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"cannot be opened ({error.strerror or error})") from error
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"is not UTF-8 text (first wrong byte at position {error.start}); save it as UTF-8 and build again"
        ) from error
    if not text.strip():
        raise UnreadableFile("holds no text")
    return text


def blocks(text: str) -> list[Block]:
    """The non-blank lines of ``text`` as blocks, in order, covering all its non-blank characters."""
    lines = (Span(*line.span()) for line in _LINE.finditer(text))
    return [_block(text, line) for line in lines if not line.of(text).isspace()]


def _block(text: str, line: Span) -> Block:
    start, end = span = trim(text, line)
    folded = fold(span.of(text))
    if "\t" in folded:
        if _RULE.match(folded):
            return Block(Form.RULE, start, end, start)
        form = Form.FIELD if _FIELD.match(folded) and folded.count("\t") == 1 else Form.ROW
        return Block(form, start, end, start)
    if _RULE.match(folded):
        return Block(Form.RULE, start, end, start)
    marker = _MARKER.match(folded)
    if marker:
        written = text[start + marker.start("marker") : start + marker.end("marker")]
        return Block(Form.ITEM, start, end, start + marker.end(), written)
    if _LOST_GLYPH.match(text, line.start):
        return Block(Form.ITEM, start, end, start, BULLET)
    return Block(Form.PARAGRAPH, start, end, start)
