"""PDF: a file's pages as plain text, a block to a line, with the page that each block begins on.

It knows how reports are set: baselines, type sizes, bold headings, bullets, running titles, notes and tables. The same
file gives the same text every time.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from itertools import groupby
from pathlib import Path

from corpus.reading.pdf_blocks import blocks, written
from corpus.reading.pdf_columns import aligned, in_order
from corpus.reading.pdf_file import PdfFile, opened
from corpus.reading.pdf_headings import levels
from corpus.reading.pdf_hyphens import Spelling
from corpus.reading.pdf_margins import body
from corpus.reading.pdf_scans import MOST_RECOGNISED, can_recognise, is_scan, is_unreadable, recognised
from corpus.reading.pdf_sheet import Line, Sheet
from corpus.reading.pdf_tables import Tables, continued
from corpus.reading.pdf_title import real_title
from corpus.reading.reading import Heading, Page, Reading, UnreadableFile

_DAMAGED = "damaged or overfull, not read"
_SCANNED = "scanned, not readable"
_GARBLED = "its letters stand for nothing that can be read, save it again from where it was written"
_PICTURED = "mostly a picture, whose words are not read"
_RECOGNISED = "read by optical character recognition; check the words against the page"


def read(path: Path) -> Reading:
    """The text of a PDF, its blocks parted by blank lines, and where its pages begin in it.

    Raises :class:`UnreadableFile` for a file that is no PDF, is locked, has too many pages, or holds no text.
    """
    doubts: list[tuple[int, str]] = []
    with opened(path) as file:
        sheets = list(_sheets(file, doubts))
        title, attached, bookmarks = file.title, file.attached, file.bookmarks()
    text = ""
    pages: list[Page] = []
    headings: list[Heading] = []
    found = set_out(sheets)
    marked = levels(found, bookmarks)
    for n, (block, words) in enumerate(found):
        if not pages or pages[-1].number < block[0].page:
            pages.append(Page(len(text), block[0].page))
        if n in marked:
            headings.append(Heading(len(text), marked[n]))
        text += words + "\n\n"
    if not text.strip():
        raise UnreadableFile(_why_nothing({reason for _, reason in doubts}))
    notes = _notes(doubts)
    if attached:
        notes += (f"{attached} attached file{'s' * (attached > 1)} not read; save what it holds beside it",)
    about = {"title": title} if real_title(title, text) else {}
    return Reading(text.removesuffix("\n"), tuple(pages), tuple(headings), about, notes)


def set_out(sheets: Sequence[Sheet]) -> list[tuple[list[Line], str]]:
    """The blocks that the lines of ``sheets`` make, each with its words on one line.

    They are headings, paragraphs, "- " items and rows of cells parted by tabs. Page numbers, running titles and the
    marks of notes are left out. A note follows the block that it stands under.
    """
    found = body(sheets)
    spelling = Spelling(line.text for line in found)
    by_page: dict[int, list[Line]] = defaultdict(list)
    for line in found:
        by_page[line.page].append(line)
    lines: list[Line] = []
    tables = Tables(spelling)
    for sheet in sheets:
        lines += aligned(in_order(tables.tabled(by_page[sheet.number], sheet.rules)))
    return [(block, written(block, spelling)) for block in blocks(continued(lines))]


def _sheets(file: PdfFile, doubts: list[tuple[int, str]]) -> Iterator[Sheet]:
    """The pages of a file, those without text as recognised in their pictures; ``doubts`` gains what is to be noted."""
    tried = 0
    for number in range(1, len(file) + 1):
        sheet = file.sheet(number)
        if sheet is None:
            doubts.append((number, _DAMAGED))
            continue
        is_garbled = is_unreadable(sheet)
        if is_garbled or is_scan(sheet):
            if is_garbled:
                sheet = sheet._replace(lines=())
            before = sheet
            if tried < MOST_RECOGNISED:
                tried += 1
                sheet = recognised(sheet, file.picture)
            if sheet is not before:
                doubts.append((number, _RECOGNISED))
            else:
                doubts.append((number, _GARBLED if is_garbled else _PICTURED if sheet.lines else _SCANNED))
        yield sheet


def _why_nothing(reasons: Set[str]) -> str:
    """Why a file gives no text at all, in words for the person who supplied it."""
    if reasons == {_DAMAGED}:
        return "cannot be read as a PDF (its pages are damaged or overfull)"
    if _GARBLED in reasons:
        return f"holds no text: {_GARBLED}"
    if _SCANNED in reasons and not can_recognise():
        return "holds no text; it is a scan, which is read only where the command tesseract is installed"
    return "holds no text; a scan cannot be read"


def _notes(doubts: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    """What is doubtful of which pages; pages in a row that share it have one note."""
    found = []
    for (_, reason), run in groupby(enumerate(doubts), key=lambda pair: (pair[1][0] - pair[0], pair[1][1])):
        numbers = [number for _, (number, _) in run]
        pages = f"page {numbers[0]}" if len(numbers) == 1 else f"pages {numbers[0]} to {numbers[-1]}"
        found.append(f"{pages}: {reason}")
    return tuple(found)
