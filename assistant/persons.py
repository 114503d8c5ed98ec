"""Whether words name a person, as far as that can be told: by a title, a common given name, or capitals.

There is no sure way. It is asked of words that stand with a postcode alone, where one stop too many does little harm;
of other questions it would stop every "Head of Quality" and every councillor, whom people may ask about.
"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from assistant.spelling import english
from corpus.councils import england, words

_LIST = Path(__file__).with_name("persons.txt")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
# A title, and what says that a name comes next.
_TITLED = re.compile(r"\b(?:(?i:mr|mrs|ms|mx|dr)\b\.?\s+\w|(?:Miss|MISS|Master|Sir|Lady)\s+[A-Z])")
_CALLED = re.compile(r"\b(?:named?|names|called|surnamed?)(?:\s+is|\s+was)?\W{1,3}(?!for|on|by|in|a|the|and\b)\w", re.I)
# What may stand between the last town of an address and its postcode: a county.
_TOWN = re.compile(r"(?:[,\s]+[A-Z][a-z]+){0,2}[,\s]*\n")
# Words of which a text is about one person.
_OF_ONE = re.compile(
    r"\b(?:his|her|hers|him|she|he|son|daughter|mum|mother|dad|father|aged|boy|girl|child|pupil)\b", re.I
)


def names_a_person(text: str) -> bool:
    """Whether a text seems to name a person; the postcodes in it have been made into ends of lines."""
    if _TITLED.search(text) or _CALLED.search(text):
        return True
    tells = any(one.islower() for one in text) and any(one.isupper() for one in text)
    return any(_person(run, tells, _follows(text, run)) for run in _runs(text))


def _person(run: list[re.Match[str]], tells: bool, town: bool) -> bool:
    """Whether words with only spaces between name a person.

    ``tells`` is whether capitals tell anything in the text, and ``town`` whether a name may be the town of an address.
    """
    listed, unknown, address = _listed(), 0, True
    for place, match in enumerate(run):
        word = match[0].lower().removesuffix("'s")
        capital = match[0][0].isupper() and not (match[0].isupper() and len(word) > 1)
        before = match.string[: match.start()].rstrip(" \"'(\n")
        first = not before or before[-1] in ".?!:"
        of_place = any(after[0].lower() in listed.places for after in run[place : place + (3 if tells else 2)])
        after_saint = place > 0 and run[place - 1][0].lower() in ("st", "saint")
        if of_place or after_saint or word in _of_councils():
            unknown, address = 0, True
        elif word in listed.names or (word in listed.names_and_words and capital and tells and not first):
            return True
        elif word in english() or (tells and not capital):
            unknown, address = 0, False
        else:
            unknown += 1
            # In one case of letters throughout, a single word that is not known may be of any sort.
            if unknown > 1 or (tells and not (town and address and match is run[-1])):
                return True
    return False


def _follows(text: str, run: list[re.Match[str]]) -> bool:
    """Whether nothing but towns and counties stands between the words and a postcode, in a text about no one person."""
    return bool(_TOWN.match(text, run[-1].end())) and not _OF_ONE.search(text)


def _runs(text: str) -> list[list[re.Match[str]]]:
    """The words of a text, in runs with nothing but spaces between; a run is of words with capitals or without."""
    runs: list[list[re.Match[str]]] = []
    for match in _WORD.finditer(text):
        last = runs[-1][-1] if runs else None
        if last and not text[last.end() : match.start()].strip(" .") and last[0][0].isupper() == match[0][0].isupper():
            runs[-1].append(match)
        else:
            runs.append([match])
    return runs


@cache
def _of_councils() -> frozenset[str]:
    """The words of the names of councils."""
    names = (name for one in england() for name in (one.name, one.whole, *one.forms, *one.earlier))
    return frozenset(word for name in names for word in words(name))


class _Listed(NamedTuple):
    """The words of the list, as its headings name them."""

    names: frozenset[str]
    names_and_words: frozenset[str]
    places: frozenset[str]


@cache
def _listed() -> _Listed:
    parts = _LIST.read_text(encoding="utf-8").split("\n\n")
    # The first line of each part says what it is.
    return _Listed(*(frozenset(part.split("\n", 1)[1].split()) for part in parts))
