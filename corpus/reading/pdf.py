"""PDF: a file's pages as plain text, a block to a line, with the page that each block begins on.

It knows how reports are set: baselines, type sizes, bold headings, bullets, running titles, notes and tables. The same
file gives the same text every time.
"""

from collections.abc import Sequence
from pathlib import Path

from corpus.reading.pdf_blocks import blocks, written
from corpus.reading.pdf_file import opened
from corpus.reading.pdf_hyphens import Spelling
from corpus.reading.pdf_margins import body
from corpus.reading.pdf_sheet import Line, Sheet
from corpus.reading.pdf_tables import continued, tabled
from corpus.reading.reading import Page, Reading, UnreadableFile


def read(path: Path) -> Reading:
    """The text of a PDF, its blocks parted by blank lines, and where its pages begin in it.

    Raises :class:`UnreadableFile` for a file that is no PDF, is locked, or holds no text.
    """
    with opened(path) as file:
        sheets = [sheet for number in range(1, len(file) + 1) if (sheet := file.sheet(number))]
    text = ""
    pages: list[Page] = []
    for block, words in set_out(sheets):
        if not pages or pages[-1].number < block[0].page:
            pages.append(Page(len(text), block[0].page))
        text += words + "\n\n"
    if not text.strip():
        raise UnreadableFile("holds no text; a scan cannot be read")
    return Reading(text.removesuffix("\n"), tuple(pages))


def set_out(sheets: Sequence[Sheet]) -> list[tuple[list[Line], str]]:
    """The blocks that the lines of ``sheets`` make, each with its words on one line.

    They are headings, paragraphs, "- " items and rows of cells parted by tabs. Page numbers, running titles and the
    marks of notes are left out. A note follows the block that it stands under.
    """
    found = body(sheets)
    spelling = Spelling(line.text for line in found)
    lines: list[Line] = []
    for sheet in sheets:
        lines += tabled([line for line in found if line.page == sheet.number], sheet.rules, spelling)
    return [(block, written(block, spelling)) for block in blocks(continued(lines))]
