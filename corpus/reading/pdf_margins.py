"""What stands in the margins of every page, and is no part of the text: running titles, page numbers, watermarks."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from corpus.reading.pdf_sheet import A4, Line, Sheet

# Where page numbers and running titles stand, as shares of a page's height from its foot: 95 and 767 points of an A4
# page's 842, measured on reports. Lines of text may stand there too.
_FOOT, _HEAD = 95 / 842, 767 / 842
_FEWEST_REPEATS = 3
# In a file of two pages, a line in the margin of both is a running title where it stands at one height, in points.
_SAME_HEIGHT = 1.5
_NUMBER = re.compile(
    r"(?:page\s*)?[-–—|]?\s*(?:[0-9]{1,4}|[ivxl]{1,6})(?:\s*(?:of|/|\|)\s*[0-9]{1,4})?\s*[-–—|]?", re.IGNORECASE
)
_FIGURES = re.compile(r"[0-9]+")


def body(sheets: Iterable[Sheet]) -> list[Line]:
    """The lines of all pages, in order, without those of the margins."""
    sheets = list(sheets)
    heights = {sheet.number: sheet.height for sheet in sheets}
    lines = [line for sheet in sheets for line in sheet.lines]
    repeated = _repeated(lines, heights)
    return [
        line
        for line in lines
        if not (_is_margin(line, heights) and (_NUMBER.fullmatch(line.text) or _running(line) in repeated))
        and not (not line.upright and _running(line) in repeated)
    ]


def _repeated(lines: Sequence[Line], heights: Mapping[int, float]) -> set[str]:
    """The words that stand in the margins of enough pages, or are turned across them."""
    places: dict[str, dict[int, float]] = defaultdict(dict)
    for line in lines:
        if _is_margin(line, heights) or not line.upright:
            places[_running(line)].setdefault(line.page, line.top)
    return {
        words
        for words, tops in places.items()
        if len(tops) >= _FEWEST_REPEATS
        or (len(tops) == len(heights) == 2 and max(tops.values()) - min(tops.values()) <= _SAME_HEIGHT)
    }


def _is_margin(line: Line, heights: Mapping[int, float]) -> bool:
    height = heights.get(line.page, A4[1])
    return line.upright and not _FOOT * height <= line.top <= _HEAD * height


def _running(line: Line) -> str:
    """What a running title says on any page: its words, whatever its numbers, "Page 3 of 12"."""
    words = _FIGURES.sub("#", line.text)
    # Without the number behind it, which may be set apart: what a page says is then all of it.
    return re.sub(r"\s*#$", "", words) if any(map(str.isalpha, words)) else line.text
