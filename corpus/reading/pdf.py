"""PDF: a file's pages as plain text, a block to a line, with the page that each block begins on.

It knows how reports are set on A4: baselines, type sizes, bold headings, bullets, running titles, notes, and a table
of judgements. The same file gives the same text every time. pdfium reads the letters and where they stand
(https://pypdfium2.readthedocs.io).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from ctypes import byref, c_double
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.folding import on_one_line
from corpus.reading.reading import Page, Reading, UnreadableFile

# Lines of a paragraph are 1.2 type sizes apart in these reports (1.5 in some lists), paragraphs 1.6 or more.
_PARAGRAPH_GAP = 1.55
# How much further in than its first line the rest of a numbered paragraph or list item stands, in points.
_HANGING = 4.0
# A line that starts this much further in is in a table's second column: they start 217 points in or more.
_COLUMN = 150.0
# Where page numbers and running titles stand, in points from an A4 page's foot. Lines of text may stand there too.
_FOOT, _HEAD = 95.0, 767.0
_FEWEST_REPEATS = 3
# Shares of the usual type size: notes are set in 10 point under text in 12, tables in 11, notes' marks in 6.5 to 9.
_NOTE, _MARK = 0.9, 0.8
_BULLET = re.compile(r"[◼■▪•●\uf02d\uf06e\uf0a7\uf0b7]\s*")
_DASH = re.compile(r"[-–−]\s+")
_NUMBERED = re.compile(r"[0-9]{1,3}\.(?:[0-9]{1,2}\.?)?\s+(?=[A-Z‘“])")
_STOPPED = re.compile(r"[.?!:;][’”)\]]*$")
_GRADED = re.compile(
    r"(?:([1-9][0-9.]*) )?([A-Z][^.:;]{10,120}) "
    r"(Outstanding|Good|Adequate|Requires [Ii]mprovement(?: to be good)?|Inadequate)"
)


class Line(NamedTuple):
    """A line as it is set: the height of its first and last baseline above the page's foot, in points, as is ``left``.

    The two differ where a word is broken at the end of one line and goes on in the next.
    """

    text: str
    page: int
    top: float
    bottom: float
    left: float = 72.0
    size: float = 12.0
    bold: bool = False


def read(path: Path) -> Reading:
    """The text of a PDF, its blocks parted by blank lines, and where its pages begin in it.

    Raises :class:`UnreadableFile` for a file that is no PDF, is locked, or holds no text.
    """
    text = ""
    pages: list[Page] = []
    for block in _blocks(_lines(path)):
        if not pages or pages[-1].number < block[0].page:
            pages.append(Page(len(text), block[0].page))
        text += _written(block) + "\n\n"
    if not text.strip():
        raise UnreadableFile("holds no text; a scan cannot be read")
    return Reading(text.removesuffix("\n"), tuple(pages))


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """The blocks that ``lines`` make, each on one line: headings, paragraphs, "- " items and "area<tab>grade" rows.

    A row whose area is numbered has a cell for the number, so that a first row is not taken for the table's headers.
    Page numbers, running titles and the marks of notes are left out. A note follows the block that it stands under.
    """
    return [_written(block) for block in _blocks(lines)]


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    usual = _usual_size(lines)
    repeats = Counter(words for _, words in {(line.page, _running(line)) for line in lines})
    blocks: list[list[Line]] = []
    notes: list[list[Line]] = []
    for line in lines:
        running = _running(line)
        if line.text.isdigit() and (running is not None or line.size < _MARK * usual):
            continue
        if running is not None and repeats[running] >= _FEWEST_REPEATS:
            continue
        is_note = line.size < _NOTE * usual
        found = notes if is_note else blocks
        if found and not _starts(found[-1], line):
            found[-1].append(line)
            continue
        if not is_note:
            blocks += notes
            notes = []
        found.append([line])
    return blocks + notes


def _usual_size(lines: Sequence[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def _running(line: Line) -> str | None:
    """What stands in a page's margin, without the page number behind it; None for a line of the page itself."""
    return None if _FOOT <= line.top <= _HEAD else re.sub(r"\s*[0-9]+$", "", line.text)


def _starts(block: Sequence[Line], line: Line) -> bool:
    """Whether ``line`` starts a block of its own rather than going on with ``block``."""
    first, last = block[0], block[-1]
    is_near = line.page == last.page and last.bottom - line.top <= _PARAGRAPH_GAP * line.size
    if _BULLET.match(line.text):
        return True
    if _NUMBERED.match(line.text) and (_STOPPED.search(last.text) or not is_near):  # not "at Key Stage 4. These"
        return True
    if is_near and (line.text[0].islower() or line.left - first.left > _COLUMN):
        return False
    if (line.bold, round(line.size)) != (last.bold, round(last.size)):
        return True
    if line.page != last.page:  # a sentence goes on, and so does what hangs from a number or bullet
        return bool(_STOPPED.search(last.text)) and line.left - first.left < _HANGING
    return not is_near


def _written(block: Sequence[Line]) -> str:
    text = block[0].text
    for line in block[1:]:
        text += line.text if line.text[0] in ",.;:)" else f" {line.text}"
    if text == "Judgement Grade":
        return "Judgement\tGrade"
    if row := _GRADED.fullmatch(text):
        return "\t".join(cell for cell in row.groups() if cell)
    marker = _BULLET.match(text) or _DASH.match(text)
    return f"- {text[marker.end() :]}" if marker else text


def _lines(path: Path) -> list[Line]:
    try:
        with pypdfium2.PdfDocument(path) as pdf:
            return [line for number, page in enumerate(pdf, 1) for line in _lines_of(page.get_textpage(), number)]
    except OSError as error:
        raise UnreadableFile(f"cannot be opened ({error.strerror or error})") from error
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(f"cannot be read as a PDF ({error})") from error


def _lines_of(page: pypdfium2.PdfTextPage, number: int) -> Iterator[Line]:
    """The lines of a page, in its own order, without the small raised figures that mark notes."""
    # PDFium gives U+0002 for the hyphen of a word that goes on in the next line.
    text = "".join(chr(pdfium.FPDFText_GetUnicode(page, n)) for n in range(page.count_chars())).replace("\x02", "-")
    for line in re.finditer(r"[^\r\n]*[^\s][^\r\n]*", text):
        shown = [n for n in range(*line.span()) if not text[n].isspace()]
        letters = [n for n in shown if text[n].isalpha()] or shown
        size = pdfium.FPDFText_GetFontSize(page, letters[0])
        words = "".join(
            text[n]
            for n in range(*line.span())
            if not (text[n].isdigit() and pdfium.FPDFText_GetFontSize(page, n) < _MARK * size)
        )
        bold = all(pdfium.FPDFText_GetFontWeight(page, n) >= 600 for n in (letters[0], letters[-1]))
        (left, top), (_, bottom) = _origin(page, shown[0]), _origin(page, shown[-1])
        yield Line(on_one_line(words), number, top, bottom, left, size, bold)


def _origin(page: pypdfium2.PdfTextPage, n: int) -> tuple[float, float]:
    """Where a character's baseline starts, in points from the page's lower left corner."""
    x, y = c_double(), c_double()
    pdfium.FPDFText_GetCharOrigin(page, n, byref(x), byref(y))
    return x.value, y.value
