"""Finding words in a text however they are written, and blacking them out so that nothing else moves."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from corpus.folding import fold, on_one_line
from corpus.model import Span

# What stands for each character that was taken out: FULL BLOCK, no letter to any search.
BLOCK = "\u2588"
# In a word but no part of it, to a reader: soft hyphens, zero-width characters and joiners.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_VISIBLE = re.compile(r"\S")
# A number of so many digits is a telephone number, an account or a case: it is found however its digits are spaced.
_LONG_NUMBER = 7
_BETWEEN_DIGITS = r"[\s().\-/]{0,3}"

# Numbers of the United Kingdom, from their first 0, and international ones, from + or 00; grouped or in one piece.
_PHONE = re.compile(
    r"(?<![\w.,/£+-])(?:(?:\+|00)\d{1,3}[\s.-]?(?:\(0\)[\s.-]?)?\(?\d{2,5}\)?|\(?0\d{2,5}\)?)"
    r"(?:[\s.-]?\d{3,8}){1,3}(?:\s?(?:ext|extn|extension|x)\b\.?\s?\d{1,6})?(?!\w)",
    re.IGNORECASE,
)
_FEWEST_DIGITS, _MOST_DIGITS = 9, 21
_E_MAIL = re.compile(r"[\w.%+'&-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
KINDS = ("phone", "e-mail")


def black(text: str, spans: Iterable[Span]) -> str:
    """``text`` with every character of the spans replaced but white space, one for one: no offset changes."""
    pieces, done = [], 0
    for start, end in merged(spans):
        pieces += [text[done:start], _VISIBLE.sub(BLOCK, text[start:end])]
        done = end
    return "".join([*pieces, text[done:]])


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(end, found[-1].end))
        else:
            found.append(Span(start, end))
    return found


def has_words_left(text: str) -> bool:
    """Whether anything can be read in a text: false of one that was blacked out to its last letter."""
    return BLOCK not in text or any(letter.isalnum() for letter in text)


def of_kind(kind: str, text: str) -> list[Span]:
    """Where the telephone numbers or the e-mail addresses of a text stand: ``kind`` is one of ``KINDS``."""
    if kind == "e-mail":
        return [Span(*match.span()) for match in _E_MAIL.finditer(text)]
    return [Span(*match.span()) for match in _PHONE.finditer(fold(text)) if _is_phone(match[0])]


def _is_phone(written: str) -> bool:
    return _FEWEST_DIGITS <= sum(letter.isdigit() for letter in written) <= _MOST_DIGITS


class Plain:
    """A text without case, accents and invisible characters, in which words are found where they stand in it."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        if text.isascii():
            self._text, self._origins = text.lower(), None
        else:
            letters = list(_plain(text))
            self._text = "".join(letter for letter, _ in letters)
            self._origins = [origin for _, origin in letters]

    def find(self, words: str) -> list[Span]:
        """Where these words stand, whole, whatever white space is between them; a long number, however spaced."""
        found = (match.span() for match in _pattern(words).finditer(self._text))
        if self._origins is None:
            return [Span(*span) for span in found]
        ends = [*self._origins[1:], self._length]  # what follows a letter invisibly goes with it
        return [Span(self._origins[start], max(ends[end - 1], self._origins[end - 1] + 1)) for start, end in found]


def words_of(text: str) -> str:
    """What of some words is looked for; "" where there is nothing to look for."""
    plain = on_one_line("".join(letter for letter, _ in _plain(text)))
    return plain if any(letter.isalnum() for letter in plain) else ""


def _plain(text: str) -> Iterator[tuple[str, int]]:
    for origin, written in enumerate(fold(text)):
        if written.isascii():
            yield written.lower(), origin
        elif not _INVISIBLE.match(written):
            for letter in unicodedata.normalize("NFKD", written.casefold()):
                if not unicodedata.combining(letter):
                    yield letter, origin


@lru_cache(maxsize=10_000)
def _pattern(words: str) -> re.Pattern[str]:
    wanted = words_of(words)
    digits = [letter for letter in wanted if letter.isdigit()]
    if len(digits) >= _LONG_NUMBER and not any(letter.isalpha() for letter in wanted):
        return re.compile(rf"(?<!\d){_BETWEEN_DIGITS.join(digits)}(?!\d)")
    before = r"(?<![^\W_])" if wanted[0].isalnum() else ""
    after = r"(?![^\W_])" if wanted[-1].isalnum() else ""
    return re.compile(before + r"\s+".join(re.escape(word) for word in wanted.split()) + after)
