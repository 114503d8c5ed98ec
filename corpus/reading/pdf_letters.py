"""Letters as a PDF gives them, made plain: ligatures, hidden characters, letters spaced out, and garbled text."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from corpus.reading.pdf_sheet import Word

# PDFium writes this for the hyphen of a word that goes on in the next line.
HYPHEN = "\x02"
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
# Never seen on a page: controls, halves of characters, soft hyphens within a line, and what has no width.
UNSEEN = "\x01"
_UNSEEN = re.compile(r"[\x00-\x01\x03-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200d\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
# Raised figures of a font's own, behind a word; not "m²".
_NOTE_MARK = re.compile(r"(?<=[A-Za-z.,;:?!’”)]{2})[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+$")
_UNPLAIN = re.compile(f"{_UNSEEN.pattern}|{_LIGATURE.pattern}|[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]")
# As a share of its size: how far aside a word is drawn again.
_UPON = 0.15
# A line of more words was made to keep a reader busy.
_MOST_WORDS = 300
_SHOWN, _LETTER = re.compile(rf"[^\s{HYPHEN}]"), re.compile(r"[^\W\d_]")
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_FEWEST_SPACED = 4
# In words spaced letter by letter, the gap between two words is this many times that between two letters.
_WIDER = 1.5
_PRIVATE = re.compile(r"[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
# Short texts may be a list of bullets or a symbol; English of this many letters has one of the commonest words.
_FEWEST_LETTERS, _FEWEST_ENGLISH = 20, 400
# Of English letters 38 in 100 are vowels, and of those that a font has moved along the alphabet about 20.
_VOWEL, _FEWEST_VOWELS = re.compile(r"[aeiou]", re.IGNORECASE), 0.28
_COMMON = re.compile(r"\b(?:the|and|of|to|in|a|for|is|on|at|by|with|or)\b", re.IGNORECASE)


def cleaned(words: Sequence[Word]) -> Sequence[Word]:
    """Words without what is never seen, their ligatures as letters, and no raised figures behind them."""
    if not any(map(_UNPLAIN.search, (word.text for word in words))):
        return words
    plain = [word._replace(text=_plain(word.text)) for word in words]
    return [word for word in plain if word.text]


def _plain(word: str) -> str:
    word = _LIGATURE.sub(lambda found: _LIGATURES[found[0]], _UNSEEN.sub("", word))
    return _NOTE_MARK.sub("", word)


def spelled(words: Sequence[Word]) -> list[Word]:
    """The words of a line; "R E P O R T" as one, its letters' places telling where a word ends."""
    if len(words) < _FEWEST_SPACED or any(len(word.text) > 1 or not word.text.isalpha() for word in words):
        return list(words)
    gaps = [after.left - before.right for before, after in pairwise(words)]
    wide = _WIDER * median(gaps)
    found = [words[0]]
    for gap, word in zip(gaps, words[1:], strict=True):
        if gap > wide:
            found.append(word)
        else:
            found[-1] = Word(found[-1].text + word.text, found[-1].left, word.right)
    return found


def once(words: Sequence[Word], size: float) -> list[Word]:
    """The words of a line without those drawn again upon themselves, which makes them bold."""
    if len(words) > _MOST_WORDS or all(after.left - before.left > _UPON * size for before, after in pairwise(words)):
        return list(words)
    found: list[Word] = []
    for word in words:
        if not any(word.text == other.text and abs(word.left - other.left) < _UPON * size for other in found):
            found.append(word)
    return found


def is_garbled(text: str) -> bool:
    """Whether a page's letters stand for nothing: a font without a map to Unicode gives private or wrong characters."""
    shown = re.sub(r"\s+", "", text)
    private = len(_PRIVATE.findall(shown))
    if len(shown) >= _FEWEST_LETTERS and private > len(shown) / 2:
        return True
    letters = sum(map(str.isalpha, shown))
    if letters < _FEWEST_ENGLISH or _COMMON.search(text):
        return False
    return len(_VOWEL.findall(shown)) < _FEWEST_VOWELS * letters  # not a list of names


def ends(text: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where the first and the last character of a line are that are seen, and the first and the last letter.

    The line has something to be seen; the ends of one without letters are both the same.
    """
    shown = _ends(_SHOWN, text) or (0, len(text) - 1)
    return shown, _ends(_LETTER, text) or shown


def _ends(wanted: re.Pattern[str], text: str) -> tuple[int, int] | None:
    first, from_end = wanted.search(text), wanted.search(text[::-1])
    return (first.start(), len(text) - 1 - from_end.start()) if first and from_end else None


def is_bold(font: str) -> bool:
    """Whether a font is bold by its name."""
    return _BOLD.search(font) is not None
