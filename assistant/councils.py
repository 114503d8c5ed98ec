"""The names of English councils, as people write them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from corpus.folding import fold
from index.analysis import terms

_LIST = Path(__file__).with_name("councils.txt")
# Names that are also words, and so count only with a capital inside a sentence.
_WORDS = frozenset({"bury", "reading"})
_SHORTEST_NAME = 5
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019&][^\W\d_]+)*['\u2019]?")
_NOT_A_NAME = re.compile(
    r"\b(?:the|council|county|city|district|borough|metropolitan|london|royal|unitary|authority|corporation|of)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A council named in a question: its short name, and the terms of the question that name it."""

    name: str
    terms: tuple[str, ...]


def short_name(council: str) -> str:
    """The part of a council's name that tells it from others: "Medway" of "Medway Council"."""
    return " ".join(_NOT_A_NAME.sub(" ", council).split()) or council


def same(name: str, council: str) -> bool:
    """Whether two names are of one council, whatever they call it ("Medway", "Medway Council")."""
    return _words(short_name(name)) == _words(short_name(council))


def named(question: str, held: Iterable[str]) -> list[Named]:
    """The councils that ``question`` names, in order: of all in England, and of ``held``, the corpus's own.

    The longest name wins: "South Gloucestershire" does not name Gloucestershire. Whole words are compared, not stems:
    "staff" is no Staffs.
    """
    forms = _forms(frozenset(held))
    longest = max((len(form) for form in forms), default=0)
    written = list(_WORD.finditer(question))
    words = [_plain(match[0]) for match in written]
    found: list[Named] = []
    n = 0
    while n < len(words):
        for length in range(min(longest, len(words) - n), 0, -1):
            name = forms.get(tuple(words[n : n + length])) or forms.get(_singular(words[n : n + length]))
            if name is not None and not _is_word(written[n][0], n):
                used = question[written[n].start() : written[n + length - 1].end()]
                found.append(Named(name, terms(used)))
                n += length - 1
                break
        n += 1
    return found


def all_forms() -> list[str]:
    """Every name and short form of an English council."""
    return [form for forms in _lines() for form in forms]


def _is_word(written: str, position: int) -> bool:
    return written.lower() in _WORDS and (written.islower() or position == 0)


def _singular(words: Sequence[str]) -> tuple[str, ...]:
    """The words without the "s" of a possessive typed without its apostrophe ("medways")."""
    *others, last = words
    return (*others, last[:-1] if last.endswith("s") and len(last) > _SHORTEST_NAME else last)


def _words(name: str) -> tuple[str, ...]:
    return tuple(_plain(match[0]) for match in _WORD.finditer(name))


def _plain(word: str) -> str:
    """A word in lower case, without the ending of its possessive."""
    return fold(word).lower().removesuffix("'s").removesuffix("'")


@lru_cache(maxsize=8)
def _forms(held: frozenset[str]) -> Mapping[tuple[str, ...], str]:
    """Every way of writing a council's name, in words, and the name: England's, and those of ``held``."""
    england = {_words(form): forms[0] for forms in _lines() for form in forms}
    return england | {_words(short_name(council)): short_name(council) for council in sorted(held)}


@cache
def _lines() -> Sequence[tuple[str, ...]]:
    """The list, each council's own name first."""
    lines = [line for line in _LIST.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return tuple(tuple(part.strip() for part in line.replace(":", ",", 1).split(",")) for line in lines)
