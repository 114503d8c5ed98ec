"""The names of English councils, as people write them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.analysis import term_spans, terms

_LIST = Path(__file__).with_name("councils.txt")
# Names that are also words, and so count only with a capital inside a sentence.
_WORDS = frozenset({"bury", "reading"})
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
    return _key(short_name(name)) == _key(short_name(council))


def named(question: str, held: Iterable[str]) -> list[Named]:
    """The councils that ``question`` names, in order: of all in England, and of ``held``, the corpus's own.

    The longest name wins: "South Gloucestershire" does not name Gloucestershire.
    """
    forms = dict(_england())
    forms.update({terms(short_name(council)): short_name(council) for council in held})
    longest = max((len(form) for form in forms), default=0)
    spans = term_spans(question)
    found: list[Named] = []
    n = 0
    while n < len(spans):
        for length in range(min(longest, len(spans) - n), 0, -1):
            words = tuple(term for term, _, _ in spans[n : n + length])
            name = forms.get(words)
            if name is not None and not _is_word(question, spans[n]):
                found.append(Named(name, words))
                n += length - 1
                break
        n += 1
    return found


def all_forms() -> list[str]:
    """Every name and short form of an English council."""
    return [form for forms in _lines() for form in forms]


def _is_word(question: str, span: tuple[str, int, int]) -> bool:
    written = question[span[1] : span[2]]
    return written.lower() in _WORDS and (written.islower() or span[1] == 0)


@cache
def _england() -> Sequence[tuple[tuple[str, ...], str]]:
    return tuple((terms(form), forms[0]) for forms in _lines() for form in forms)


@cache
def _lines() -> Sequence[tuple[str, ...]]:
    """The list, each council's own name first."""
    lines = [line for line in _LIST.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return tuple(tuple(part.strip() for part in line.replace(":", ",", 1).split(",")) for line in lines)


def _key(name: str) -> tuple[str, ...]:
    return terms(name)
