"""The door to pdfium: a PDF file opened, and its pages as sheets of lines, rules and pictures.

pdfium reads the letters and where they stand (https://pypdfium2.readthedocs.io, and the comments of fpdf_text.h and
fpdf_edit.h). Nothing in a file is run or followed: no link, script or attached file.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ctypes import addressof, byref, c_double, c_float, c_int, create_string_buffer
from dataclasses import dataclass, field
from itertools import islice
from math import degrees, hypot
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.reading.pdf_letters import HYPHEN, UNSEEN, cleaned, ends, is_bold, once, spelled
from corpus.reading.pdf_sheet import Bookmark, Box, Line, Picture, Placing, Rule, Sheet, Turned, Word
from corpus.reading.reading import UnreadableFile

# The longest agenda packs of councils have some 1,500 pages; a file of more than this was made to keep a reader busy.
MOST_PAGES = 5000
# A page of small print has 10,000 letters and 2,000 objects; the text or drawing of one that has more is not read.
_MOST_LETTERS, _MOST_OBJECTS, _MOST_BOOKMARKS = 200_000, 20_000, 5000
# Pictures are rendered for recognition at this many dots to an inch, Tesseract's own advice, and in no more dots than
# an A4 page then has and half as many again.
_RESOLUTION, _MOST_DOTS = 300, 13_000_000
# The share of a line's type size below which a figure in it is a note's mark: they are set in 6.5 to 9 of 12 point.
MARK = 0.8
_BOLD_WEIGHT = 600
_LINE = re.compile(rf"[^\r\n{HYPHEN}]*[^\s{HYPHEN}][^\r\n{HYPHEN}]*{HYPHEN}?")
_WORD = re.compile(r"\S+")
_FIGURE = re.compile(r"[0-9]")
# As shares of their size: how wide letters are, how much room they may have beyond that, and a space.
_WIDEST, _SPARE, _SPACE = 0.55, 0.8, 0.28
# How far from upright, in degrees, type slants (made-up italics) before it is turned.
_SLANT = 25
# Forms hold forms; tables are drawn in paths of a few edges, and what has more is a picture.
_DEEPEST, _MOST_EDGES = 5, 500


class _Style(NamedTuple):
    size: float
    bold: bool


@contextmanager
def opened(path: Path) -> Iterator["PdfFile"]:
    """A PDF file, until it is closed again.

    Raises :class:`UnreadableFile` for one that cannot be opened, is no PDF, is locked, or has no page or too many.
    """
    try:
        document = pypdfium2.PdfDocument(path)
    except OSError as error:
        raise UnreadableFile(f"cannot be opened ({error.strerror or error})") from error
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise UnreadableFile("is locked with a password; save it without one") from error
        raise UnreadableFile(f"cannot be read as a PDF ({error})") from error
    with document:
        if len(document) > MOST_PAGES:
            raise UnreadableFile(f"has {len(document):,} pages; no more than {MOST_PAGES:,} are read, so part it")
        yield PdfFile(document)


@dataclass(frozen=True, slots=True)
class PdfFile:
    """An open PDF file."""

    _document: Any
    _bold: dict[int, bool] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self._document)

    @property
    def title(self) -> str:
        """The title among the file's properties, or nothing."""
        with suppress(UnicodeDecodeError):
            return str(self._document.get_metadata_value("Title")).strip()
        return ""

    @property
    def attached(self) -> int:
        """How many files are attached to it."""
        return int(self._document.count_attachments())

    def bookmarks(self) -> list[Bookmark]:
        """The file's own list of contents, in order, without entries that lead to no page of it."""
        found = []
        for entry in islice(self._document.get_toc(), _MOST_BOOKMARKS):
            place = entry.get_dest()
            page = place.get_index() if place else None
            with suppress(UnicodeDecodeError):
                found += [Bookmark(entry.get_title(), page + 1, entry.level)] if page is not None else []
        return found

    def sheet(self, number: int) -> Sheet | None:
        """A page by its number, from 1, or None for one that is damaged or holds more text than a page can."""
        try:
            page = self._document[number - 1]
        except pypdfium2.PdfiumError:
            return None
        try:
            text = page.get_textpage()
            if text.count_chars() > _MOST_LETTERS:
                return None
            letters = _Letters(text, number, self._bold, Box(*page.get_bbox()))
            lines = tuple(letters.lines())
            rules, pictured = _drawn(page, letters.turned)
            drawn = pdfium.FPDFPage_CountObjects(page.raw)
            return Sheet(number, *letters.turned.size, lines, tuple(rules), pictured, drawn)
        except pypdfium2.PdfiumError:
            return None
        finally:
            page.close()

    def picture(self, number: int) -> Picture | None:
        """A page drawn in greys as a portable greymap (https://netpbm.sourceforge.net/doc/pgm.html), if it can be."""
        page = self._document[number - 1]
        try:
            width, height = page.get_size()
            scale = min(_RESOLUTION / 72, (_MOST_DOTS / max(width * height, 1)) ** 0.5)
            drawn = page.render(scale=scale, grayscale=True)
            dots = memoryview(drawn.buffer)
            rows = [dots[n * drawn.stride : n * drawn.stride + drawn.width] for n in range(drawn.height)]
            return Picture(b"P5 %d %d 255\n" % (drawn.width, drawn.height) + b"".join(rows), scale, height)
        except pypdfium2.PdfiumError:
            return None
        finally:
            page.close()


class _Letters:
    """The letters of one page, as lines."""

    def __init__(self, page: Any, number: int, bold: dict[int, bool], box: Box) -> None:
        self.page = page
        self.raw = page.raw
        self.number = number
        self.bold = bold
        self.turned = Turned(0, box)
        self.styles: dict[int, _Style] = {}
        self._x, self._y = c_double(), c_double()
        self._edges = tuple(c_double() for _ in range(4))
        self._at = byref(self._x), byref(self._y)
        self._around = tuple(map(byref, self._edges))
        self._matrix = pdfium.FS_MATRIX()

    def lines(self) -> Iterator[Line]:
        """The lines of a page in its own order, as they stand once the page is turned the way that most of them are."""
        count = self.page.count_chars()
        text = self.page.get_text_range() if count else ""
        if len(text) != count:  # where a letter is none of Unicode's
            text = "".join(chr(pdfium.FPDFText_GetUnicode(self.raw, n)) for n in range(count))
        text = text.replace("\ufffe", HYPHEN)
        found = [(line.start(), line[0]) for line in _LINE.finditer(text)]
        angles = [self._angle(start + len(words) - len(words.lstrip())) for start, words in found]
        ways: Counter[int] = Counter()
        for angle, (_, words) in zip(angles, found, strict=True):
            ways[round(angle / 90) * 90 % 360] += len(words)
        turn = max(ways, key=lambda way: (ways[way], -way), default=0)
        self.turned = Turned(turn, self.turned.box)
        for angle, (start, words) in zip(angles, found, strict=True):
            upright = abs((angle - turn + 180) % 360 - 180) <= _SLANT
            if line := self._line(start, words, upright):
                yield line

    def _line(self, start: int, text: str, upright: bool) -> Line | None:
        """A line, without the small raised figures that mark notes."""
        (first, last), lettered = ends(text)
        style, end_style = (self._style(start + n) for n in lettered)
        if _FIGURE.search(text):
            text = _FIGURE.sub(
                lambda n: UNSEEN if self._style(start + n.start()).size < MARK * style.size else n[0], text
            )
        found = list(_WORD.finditer(text))
        lefts = [self._origin(start + word.start())[0] for word in found]
        words = []
        for n, word in enumerate(found):
            # A letter is half as wide as high: only a word that leaves more room than its own is measured.
            after = lefts[n + 1] if n + 1 < len(found) else None
            if (
                after is not None
                and len(word[0]) > 1
                and 0 < after - lefts[n] < (_WIDEST * len(word[0]) + _SPARE) * style.size
            ):
                right = after - _SPACE * style.size
            else:
                right = self._right(start + word.end() - 1 - (word[0].endswith(HYPHEN) and len(word[0]) > 1))
            words.append(Word(word[0], lefts[n], right))
        if words := once(spelled(cleaned(words)), style.size):
            is_bold = style.bold and end_style.bold
            (left, top), (_, bottom) = self._origin(start + first), self._origin(start + last)
            written = " ".join(word.text for word in words)
            return Line(written, self.number, top, bottom, left, style.size, is_bold, tuple(words), upright=upright)
        return None

    def _style(self, n: int) -> _Style:
        """The size of a letter as it is shown, and whether its font is bold."""
        drawn = pdfium.FPDFText_GetTextObject(self.raw, n)
        key = addressof(drawn.contents) if drawn else 0
        if key not in self.styles:
            pdfium.FPDFText_GetMatrix(self.raw, n, byref(self._matrix))
            scale = hypot(self._matrix.c, self._matrix.d) or 1.0
            size = round(pdfium.FPDFText_GetFontSize(self.raw, n) * scale, 2)
            heavy = pdfium.FPDFText_GetFontWeight(self.raw, n) >= _BOLD_WEIGHT
            self.styles[key] = _Style(size, heavy or bool(drawn and self._is_bold(drawn)))
        return self.styles[key]

    def _is_bold(self, drawn: Any) -> bool:
        """Whether a font is bold by its name, for many state no weight, or is made so by an outline."""
        mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn)
        if mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE:
            return True
        font = pdfium.FPDFTextObj_GetFont(drawn)
        key = addressof(font.contents) if font else 0
        if key not in self.bold:
            name = create_string_buffer(200)
            pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
            self.bold[key] = is_bold(name.value.decode("utf-8", "replace"))
        return self.bold[key]

    def _angle(self, n: int) -> float:
        # PDFium counts them clockwise.
        return -degrees(pdfium.FPDFText_GetCharAngle(self.raw, n))

    def _origin(self, n: int) -> tuple[float, float]:
        """Where a letter's baseline starts."""
        pdfium.FPDFText_GetCharOrigin(self.raw, n, *self._at)
        return self.turned.point(self._x.value, self._y.value)

    def _right(self, n: int) -> float:
        pdfium.FPDFText_GetCharBox(self.raw, n, *self._around)
        left, right, bottom, top = (edge.value for edge in self._edges)
        return max(self.turned.point(left, bottom)[0], self.turned.point(right, top)[0])


def _drawn(page: Any, turned: Turned) -> tuple[list[Rule], float]:
    """The thin lines drawn on a page, and the share of it that pictures cover."""
    rules: list[Rule] = []
    pictured = 0.0
    edges = tuple(c_float() for _ in range(4))
    for drawn, placing in islice(_objects(page.raw, Placing(), 0), _MOST_OBJECTS):
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE and pdfium.FPDFPageObj_GetBounds(drawn, *map(byref, edges)):
            left, bottom, right, top = (edge.value for edge in edges)
            pictured += Box.around([placing.point(left, bottom), placing.point(right, top)]).area
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            rules += [rule for box in _strokes(drawn, placing) if (rule := turned.rule(box))]
    return rules, min(1.0, pictured / max(turned.box.area, 1.0))


def _objects(holder: Any, placing: Placing, depth: int) -> Iterator[tuple[Any, Placing]]:
    """What is drawn on a page, or in a form on it, in order, forms within forms included."""
    if depth:
        count, get = pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject
    else:
        count, get = pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject
    for n in range(count(holder)):
        drawn = get(holder, n)
        if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_FORM:
            yield drawn, placing
        elif depth < _DEEPEST:
            yield from _objects(drawn, _own(placing, drawn), depth + 1)


def _strokes(path: Any, placing: Placing) -> Iterator[Box]:
    """The boxes around the lines that a path draws: each piece of it, or each edge of one that is only outlined."""
    filled, stroked = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(path, byref(filled), byref(stroked))
    count = pdfium.FPDFPath_CountSegments(path)
    if not (filled.value or stroked.value) or count > _MOST_EDGES:
        return
    placing = _own(placing, path)
    x, y = c_float(), c_float()
    pieces: list[list[tuple[float, float]]] = []
    for n in range(count):
        edge = pdfium.FPDFPath_GetPathSegment(path, n)
        pdfium.FPDFPathSegment_GetPoint(edge, byref(x), byref(y))
        if not pieces or pdfium.FPDFPathSegment_GetType(edge) == pdfium.FPDF_SEGMENT_MOVETO:
            pieces.append([])
        pieces[-1].append(placing.point(x.value, y.value))
    for points in pieces:
        if (whole := Box.around(points)).is_thin or not stroked.value:
            yield whole
        else:
            yield from map(Box.around, zip(points, [*points[1:], points[0]], strict=True))


def _own(outer: Placing, drawn: Any) -> Placing:
    """The placing of what has one of its own within ``outer``."""
    own = pdfium.FS_MATRIX()
    found = pdfium.FPDFPageObj_GetMatrix(drawn, byref(own))
    return outer.around(Placing(own.a, own.b, own.c, own.d, own.e, own.f)) if found else outer
