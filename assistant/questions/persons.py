"""Whether words name a person, as far as that can be told: by a title, a common given name, or capitals.

There is no sure way. It is asked of words that stand with a postcode alone, where one stop too many does little harm;
of other questions it would stop every "Head of Quality" and every councillor, whom people may ask about.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from assistant.questions.spelling import english
from corpus.sources.councils import england, words

_LIST = Path(__file__).with_name("persons.txt")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
# A title, and what says that a name comes next.
_TITLED = re.compile(r"\b(?:(?i:mr|mrs|ms|mx|dr|cllr|councillor)\b\.?\s+\w|(?:Miss|MISS|Master|Sir|Lady)\s+[A-Z])")
_CALLED = re.compile(r"\b(?:named?|names|called|surnamed?)(?:\s+is|\s+was)?\W{1,3}(?!for|on|by|in|a|the|and\b)\w", re.I)
# "The Smith family", "A. Smith".
_NO_SURNAMES = "The|This|That|A|An|Any|Each|Every|One|Which|What|Whole|Foster|Traveller|Birth"
_SURNAMED = re.compile(rf"\b(?!(?:{_NO_SURNAMES})\b)[A-Z][a-z'-]+ famil(?:y|ies)\b|\b[A-Z]\. ?[A-Z][a-z]+")
# The last town of an address, by what stands before it and by what may stand between it and its postcode: a county.
_BEFORE_TOWN = re.compile(r"(?:^|,|\b(?:in|at|near|from|around))\s*$", re.IGNORECASE)
_AFTER_TOWN = re.compile(r"(?:[,\s]+[A-Z][a-z]+){0,2}[,\s]*\n")
# Words of which a text is about one person.
_OF_ONE = re.compile(
    r"\b(?:his|her|hers|him|she|he|son|daughter|mum|mother|dad|father|aged|boy|girl|child|pupil)\b", re.IGNORECASE
)


def names_a_person(text: str) -> bool:
    """Whether a text seems to name a person; the postcodes in it have been made into ends of lines."""
    if any(pattern.search(text) for pattern in (_TITLED, _CALLED, _SURNAMED)):
        return True
    if any(match[0].lower().removesuffix("'s") in _listed().names for match in _alone(text)):
        return True
    if any(one.islower() for one in text) and any(one.isupper() for one in text):
        return any(_capitals_name(run, not _OF_ONE.search(text)) for run in _runs(text))
    # In small letters, or in capitals, throughout: one unknown word may be of any sort, two in a row are a name.
    return any(not _known(one) and not _known(other) for run in _runs(text) for one, other in pairwise(run))


def _capitals_name(run: list[re.Match[str]], may_be_town: bool) -> bool:
    """Whether words with capitals and only spaces between name a person, and no place, body or service."""
    in_address = False
    for position, match in enumerate(run):
        before = match.string[: match.start()].rstrip(" \"'(")
        starts = not before or before[-1] in ".?!:"
        capital = match[0][0].isupper() and not match[0][1:2].isupper()  # "EHCPs" is no name
        if _of_place(run, position):
            in_address = True
        elif capital and not (starts and match[0].lower() in english()):
            town = may_be_town and (in_address or (match is run[-1] and bool(_BEFORE_TOWN.search(before))))
            if not (town and _AFTER_TOWN.match(match.string, match.end())):
                return True
    return False


def _alone(text: str) -> Iterator[re.Match[str]]:
    """The words that are no part of a place's name: "Victoria Road" names nobody."""
    return (match for run in _runs(text) for position, match in enumerate(run) if not _of_place(run, position))


def _of_place(run: list[re.Match[str]], position: int) -> bool:
    """Whether a word is, or stands shortly before, one of which places and services are named; or is a council's."""
    reach = 3 if run[position][0][0].isupper() else 2
    after_saint = position > 0 and run[position - 1][0].lower() in ("st", "saint")
    word = run[position][0].lower().removesuffix("'s")
    named = any(match[0].lower().removesuffix("'s") in _listed().places for match in run[position : position + reach])
    return named or after_saint or word in _of_councils()


def _known(match: re.Match[str]) -> bool:
    word = match[0].lower().removesuffix("'s")
    return word in english() or word in _listed().places or word in _of_councils()


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
    places: frozenset[str]


@cache
def _listed() -> _Listed:
    parts = _LIST.read_text(encoding="utf-8").split("\n\n")
    # The first line of each part says what it is.
    return _Listed(*(frozenset(part.split("\n", 1)[1].split()) for part in parts))
