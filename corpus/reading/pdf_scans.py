"""Pages that are pictures of text: how they are told, and their words where Tesseract can recognise them.

Tesseract is a program of its own (https://tesseract-ocr.github.io/tessdoc/Command-Line-Usage.html), used where it is
installed; nothing of it is needed to read a page that has text.
"""

import csv
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import median

from corpus.reading.pdf_letters import is_garbled
from corpus.reading.pdf_sheet import Line, Picture, Sheet, Word

# A page takes some three seconds. One that takes as many as this is no page of text, and as many pages as that are a
# task for the program that scanned them.
_SECONDS, MOST_RECOGNISED = 60, 100
# A scan may have a page number stamped upon it: a page whose picture covers this share, and with fewer letters.
_PICTURED, _FEWEST_LETTERS = 0.5, 100
# Where there is no text at all, this much of a picture, or so many drawn shapes, may be text.
_SOME_PICTURE, _MANY_SHAPES = 0.1, 200
# Tesseract says how sure it is of a word, in hundredths; below this a word is a smudge, or a page of such a picture.
_SURE, _SURE_OF_PAGE = 20, 50
_LEADING = 1.2
_WORD_LEVEL = "5"
_TESSERACT = "tesseract"


def is_scan(sheet: Sheet) -> bool:
    """Whether a page's words, if it has any, are to be sought in its picture."""
    letters = _letters(sheet.lines)
    if letters == 0:
        return sheet.pictured >= _SOME_PICTURE or sheet.drawn >= _MANY_SHAPES
    return sheet.pictured >= _PICTURED and letters < _FEWEST_LETTERS


def is_unreadable(sheet: Sheet) -> bool:
    """Whether a page's letters stand for nothing."""
    return is_garbled("\n".join(line.text for line in sheet.lines))


def can_recognise() -> bool:
    """Whether Tesseract is installed."""
    return shutil.which(_TESSERACT) is not None


def recognised(sheet: Sheet, draw: Callable[[int], Picture | None]) -> Sheet:
    """A page with its lines as Tesseract reads them off its picture; as it is, where that gives it no more words.

    ``draw`` gives the picture of a page by its number, and is not asked for where Tesseract is not installed.
    """
    command = shutil.which(_TESSERACT)
    picture = draw(sheet.number) if command else None
    if command is None or picture is None:
        return sheet
    lines = _lines(sheet.number, picture, _words(command, picture))
    if _letters(lines) <= _letters(sheet.lines):
        return sheet
    return sheet._replace(lines=lines, height=picture.height)


def _letters(lines: Iterable[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _words(command: str, picture: Picture) -> list[Mapping[str, str]]:
    """Tesseract's rows for the words that it is sure of, in the order of reading."""
    try:
        done = subprocess.run(
            [command, "stdin", "stdout", "-l", "eng", "--dpi", str(round(picture.scale * 72)), "tsv"],
            input=picture.dots,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            # More threads than one slow it down where several files are read at a time.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.SubprocessError):
        return []
    rows = csv.DictReader(done.stdout.decode("utf-8", "replace").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = [row for row in rows if row["level"] == _WORD_LEVEL and (row["text"] or "").strip()]
    if not words or median(float(row["conf"]) for row in words) < _SURE_OF_PAGE:
        return []
    return [row for row in words if float(row["conf"]) >= _SURE]


def _lines(page: int, picture: Picture, rows: Sequence[Mapping[str, str]]) -> tuple[Line, ...]:
    """Lines from words with their places in dots from the upper left corner, and the paragraphs that they are in."""
    scale, height = picture.scale, picture.height
    found: list[Line] = []
    paragraph, line = "", ""
    for row in rows:
        left, foot = int(row["left"]) / scale, height - (int(row["top"]) + int(row["height"])) / scale
        word = Word(row["text"].strip(), left, left + int(row["width"]) / scale)
        place = f"{row['block_num']}.{row['par_num']}"
        if f"{place}.{row['line_num']}" == line:
            last = found[-1]
            words = (*last.words, word)
            found[-1] = last._replace(text=f"{last.text} {word.text}", words=words, top=max(last.top, foot))
        else:
            opens = place != paragraph
            found.append(Line(word.text, page, foot, foot, left, words=(word,), opens=opens, recognised=True))
        paragraph, line = place, f"{place}.{row['line_num']}"
    size = _size(found)
    return tuple(line._replace(size=size, bottom=line.top) for line in found)


def _size(lines: Sequence[Line]) -> float:
    """One size for all lines, from how far apart they are: a letter's own height says little of it."""
    gaps = [one.top - other.top for one, other in pairwise(lines) if not other.opens and one.top > other.top]
    return median(gaps) / _LEADING if gaps else 12.0
