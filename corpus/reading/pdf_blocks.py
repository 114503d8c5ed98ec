"""Blocks of a PDF: the lines that make a paragraph, a heading, a list item or a row, and how each is written out."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from corpus.reading.pdf_hyphens import Spelling
from corpus.reading.pdf_letters import HYPHEN
from corpus.reading.pdf_sheet import Line
from corpus.reading.reading import EMPTY_CELL

# Lines of a paragraph are 1.2 type sizes apart in these reports (1.5 in some lists), paragraphs 1.6 or more.
_PARAGRAPH_GAP = 1.55
# How much further in than its first line the rest of a numbered paragraph or list item stands, in points.
_HANGING = 4.0
# A line this many type sizes higher than the last is at the top of the next column; a table's cells are less high.
_COLUMN_TOP = 8.0
# Within this two lines start level, in points.
_LEVEL = 2.0
# A line that starts this much further in is in a table's second column: they start 217 points in or more.
_COLUMN = 150.0
# Shares of the usual type size: notes are set in 10 point under text in 12, tables in 11, notes' marks in 6.5 to 9.
NOTE, _MARK = 0.9, 0.8
# The share of a page's letters that are as small as notes above which they are its text, as of an appended report.
_SMALL_PRINT = 0.8
BULLET = r"[◼■□▪▫●○•‣⁃∙·➢➤►❖✓\uf000-\uf0ff]"
_BULLET = re.compile(rf"{BULLET}\s*|o\s+(?=[A-Z])")
_LONE_BULLET = re.compile(rf"(?:{BULLET}|[-–o])")
_DASH = re.compile(r"[-–−]\s+")
_NUMBERED = re.compile(r"[0-9]{1,3}\.(?:[0-9]{1,2}\.?)?\s+(?=[A-Z‘“])")
# What may stand in front of an item: "a)", "(iv)", "3.", a dash.
_MARKED = re.compile(r"(?:\(?(?:[0-9]{1,2}|[a-z]|[ivx]{1,4})[.)]|[-–−])\s+(?=\S)")
_LEADER = re.compile(r"\.{4,}\s*[0-9]{1,4}$")
# In type sizes: justified words stand up to one apart.
_APART = 1.6
_STOPPED = re.compile(r"[.?!:;][’”)\]]*$")
_GRADED = re.compile(
    r"(?:([1-9][0-9.]*) )?([A-Z][^.:;]{10,120}) "
    r"(Outstanding|Good|Adequate|Requires [Ii]mprovement(?: to be good)?|Inadequate)"
)


def blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of the blocks, in order. A note follows the block that it stands under; notes' marks are left out."""
    small = _small(lines)
    found_blocks: list[list[Line]] = []
    notes: list[list[Line]] = []
    for line in lines:
        is_note = not line.cells and not line.recognised and line.size < small[line.page]
        if line.text.isdigit() and line.size < small[line.page] * _MARK / NOTE:
            continue
        found = notes if is_note else found_blocks
        if found and not _starts(found[-1], line):
            found[-1].append(line)
            continue
        if not is_note:
            found_blocks += notes
            notes = []
        found.append([line])
    return found_blocks + notes


def _small(lines: Iterable[Line]) -> Mapping[int, float]:
    """For each page the type size below which a line is a note."""
    whole: Counter[float] = Counter()
    pages: dict[int, Counter[float]] = defaultdict(Counter)
    for line in lines:
        whole[line.size] += len(line.text)
        pages[line.page][line.size] += len(line.text)
    least = NOTE * _usual(whole)
    found = {}
    for page, sizes in pages.items():
        is_small_print = sum(n for size, n in sizes.items() if size < least) >= _SMALL_PRINT * sizes.total()
        found[page] = NOTE * _usual(sizes) if is_small_print else least
    return found


def _usual(sizes: Counter[float]) -> float:
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def usual_size(lines: Iterable[Line]) -> float:
    """The type size that most letters have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return _usual(sizes)


def _starts(block: Sequence[Line], line: Line) -> bool:
    """Whether ``line`` starts a block of its own rather than going on with ``block``."""
    first, last = block[0], block[-1]
    if line.cells or last.cells or line.upright != last.upright:
        return True
    # A box may go on over the page, and a paragraph in it.
    if line.opens and line.page == last.page:
        return True
    if last.text.endswith(HYPHEN):
        return False
    if _leads(block):
        return True
    down = (last.bottom - line.top) / max(line.size, 1.0)
    is_near = line.page == last.page and -_COLUMN_TOP <= down <= _PARAGRAPH_GAP
    if _BULLET.match(line.text):
        return True
    if _NUMBERED.match(line.text) and (_STOPPED.search(last.text) or not is_near):  # not "at Key Stage 4. These"
        return True
    if _is_listed(first, last, line):
        return True
    is_alike = (line.bold, round(line.size)) == (last.bold, round(last.size))
    if not is_alike and _MARKED.match(line.text):  # "a) the first" under a heading
        return True
    if is_near and (line.text[0].islower() or line.left - first.left > _COLUMN):
        return False
    if not is_alike:
        return True
    if line.page != last.page:  # a sentence goes on, and so does what hangs from a number or bullet
        return bool(_STOPPED.search(last.text)) and line.left - first.left < _HANGING
    if down < -_COLUMN_TOP:  # the next column
        return bool(_STOPPED.search(last.text))
    return not is_near


def _leads(block: Sequence[Line]) -> bool:
    """Whether a line of a list of contents ends in its page, behind dots or far from its words."""
    if _LEADER.search(block[-1].text):
        return True
    level = [line for line in block[-2:] if abs(line.top - block[-1].top) <= _LEVEL]
    words = [word for line in level for word in line.words][-2:]
    if len(words) < 2 or not words[1].text.isdigit():
        return False
    return words[1].left - words[0].right >= _APART * block[-1].size


def _is_listed(first: Line, last: Line, line: Line) -> bool:
    """Whether a line is an item: marked like the block above and level with it, or marked and further in than it."""
    if line.page != first.page or not _MARKED.match(line.text):
        return False
    if abs(line.left - first.left) < _LEVEL:
        return bool(_MARKED.match(first.text)) or last.text.endswith(":")
    return line.left - first.left > _HANGING and (_DASH.match(line.text) is not None or last.text[-1] in ":;")


def written(block: Sequence[Line], spelling: Spelling) -> str:
    """A block on one line: a "- " item, an "area<tab>grade" row, or its words.

    A row whose area is numbered has a cell for the number, so that a first row is not taken for the table's headers.
    """
    text = block[0].text
    for line in block[1:]:
        text = text + line.text if line.text[0] in ",.;:)" else spelling.joined(text, line.text)
    text = text.replace(HYPHEN, "-")
    if _judged(text) == "Judgement Grade":
        return "Judgement\tGrade"
    if row := _GRADED.fullmatch(_judged(text)):
        return "\t".join(cell for cell in row.groups() if cell)
    if block[0].cells:
        return text
    marker = _BULLET.match(text) or _DASH.match(text)
    return f"- {text[marker.end() :]}" if marker else text


def _judged(text: str) -> str:
    """A row of a table of judgements as if it were a line: without its cells, and those that are empty."""
    return " ".join(cell for cell in text.split("\t") if cell != EMPTY_CELL)
