"""The councils that a question names, as people write them. Their names are in :mod:`corpus.sources.councils`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.sources.councils import WORD, WORDS, all_forms, england, plain, same, short_name, words
from index.words.analysis import terms

__all__ = ["Named", "all_forms", "named", "same", "short_name"]

_SHORTEST_NAME = 5


@dataclass(frozen=True, slots=True)
class Named:
    """A council named in a question: its short name, and the terms of the question that name it."""

    name: str
    terms: tuple[str, ...]


def named(question: str, held: Iterable[str]) -> list[Named]:
    """The councils that ``question`` names, in order: of all in England, and of ``held``, the corpus's own.

    The longest name wins: "South Gloucestershire" does not name Gloucestershire. Whole words are compared, not stems:
    "staff" is no Staffs.
    """
    forms, longest = _forms(frozenset(held))
    written = list(WORD.finditer(question))
    asked = [plain(match[0]) for match in written]
    found: list[Named] = []
    n = 0
    while n < len(asked):
        for length in range(min(longest, len(asked) - n), 0, -1):
            name = forms.get(tuple(asked[n : n + length])) or forms.get(_singular(asked[n : n + length]))
            if name is not None and not _is_word(written[n][0], n):
                used = question[written[n].start() : written[n + length - 1].end()]
                found.append(Named(name, terms(used)))
                n += length - 1
                break
        n += 1
    return found


def _is_word(written: str, position: int) -> bool:
    return written.lower() in WORDS and (written.islower() or position == 0)


def _singular(words: Sequence[str]) -> tuple[str, ...]:
    """The words without the "s" of a possessive typed without its apostrophe ("medways")."""
    *others, last = words
    return (*others, last[:-1] if last.endswith("s") and len(last) > _SHORTEST_NAME else last)


@lru_cache(maxsize=8)
def _forms(held: frozenset[str]) -> tuple[Mapping[tuple[str, ...], str], int]:
    """Every way of writing a council's name, in words, and the name: England's, and those of ``held``.

    With them comes the number of words of the longest.
    """
    listed = {
        words(form): council.name for council in england() for form in (council.name, *council.forms, *council.earlier)
    }
    found = listed | {words(short_name(council)): short_name(council) for council in sorted(held)}
    return found, max((len(form) for form in found), default=0)
