"""Plain text: a file's own characters, and its lines as blocks."""

import re
from pathlib import Path

from corpus.folding import fold
from corpus.model import Block, Form, Span
from corpus.reading.reading import Reading, UnreadableFile
from corpus.sentences import trim

_BYTE_ORDER_MARK = "\ufeff"
_LINE = re.compile(r"[^\r\n]+")
# The bullets of typing, of word processors, and of their symbol fonts.
_BULLET = r"[-*\u00b7\u2022\u2023\u2043\u25aa\u25ba\u25cf\u25e6\uf0a7\uf0b7\uf0d8]"
_MARKER = re.compile(
    rf"""(?P<marker>
        (?:{_BULLET}\s+)?   # a bullet, perhaps in front of a number
        (?: [0-9]{{1,3}}(?:\.[0-9]{{1,3}})+\.?
          | \(?(?:[0-9]{{1,3}}|[ivxl]{{1,6}}|[a-z])\)
          | (?:[0-9]{{1,3}}|[ivxl]{{1,6}}|[a-z])\. )
      | {_BULLET}
    )\s+(?=\S)""",
    re.VERBOSE,
)
# A bullet whose glyph was lost in conversion leaves only the run of non-breaking spaces that followed it.
_LOST_GLYPH = re.compile(r"\u00a0[\u00a0 ]{4,}(?=\S)")
_RULE = re.compile(r"[\s\-_=*+|]+$")
_FIELD = re.compile(r"[A-Z][A-Za-z '/&-]{1,40}:[ ]*\t\s*\S")
BULLET = "·"


def read(path: Path) -> Reading:
    """A plain-text file; :class:`UnreadableFile` as for ``decode``."""
    return Reading(decode(path))


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
    if not text.removeprefix(_BYTE_ORDER_MARK).strip():
        raise UnreadableFile("holds no text")
    return text


def blocks(text: str) -> list[Block]:
    """The non-blank lines of ``text`` as blocks, in order, covering all its non-blank characters.

    A byte order mark stays in the text, and is blank.
    """
    lines = (Span(*line.span()) for line in _LINE.finditer(text, text.startswith(_BYTE_ORDER_MARK)))
    return [_block(text, line) for line in lines if not line.of(text).isspace()]


def _block(text: str, line: Span) -> Block:
    start, end = span = trim(text, line)
    folded = fold(span.of(text))
    if _RULE.match(folded):
        return Block(Form.RULE, start, end, start)
    marker = _MARKER.match(folded)
    # One tab may stand between a number and its words; any other parts the columns of a table.
    if "\t" in folded[marker.end() if marker else 0 :]:
        form = Form.FIELD if _FIELD.match(folded) and folded.count("\t") == 1 else Form.ROW
        return Block(form, start, end, start)
    if marker:
        written = text[start + marker.start("marker") : start + marker.end("marker")]
        return Block(Form.ITEM, start, end, start + marker.end(), written)
    if _LOST_GLYPH.match(text, line.start):
        return Block(Form.ITEM, start, end, start, BULLET)
    return Block(Form.PARAGRAPH, start, end, start)
