"""Whether words name a person, as far as that can be told: by a title, a common given name, or capitals.

There is no sure way. It is asked of words that stand with a postcode alone, where one stop too many does little harm;
of other questions it would stop every "Head of Quality" and every councillor, whom people may ask about.
"""

import re
from functools import cache
from pathlib import Path

from assistant.spelling import english
from corpus.councils import england, words

_GIVEN_NAMES = Path(__file__).with_name("given_names.txt")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
# A title, and what says that a name comes next.
_TITLED = re.compile(r"\b(?:(?i:mr|mrs|ms|mx|dr)\b\.?\s+\w|(?:Miss|MISS|Master|Sir|Lady)\s+[A-Z])")
_CALLED = re.compile(r"\b(?:named?|names|called|surnamed?)(?:\s+is|\s+was)?\W{1,3}(?!for|on|by|in|a|the|and\b)\w", re.I)
# Words of which addresses, bodies and services are named. A name in capitals that has one is a place or an office.
_OF_PLACES = frozenset(
    "academy avenue board borough bridge building buildings business care central centre chambers children childrens "
    "church city civic clinic close college committee common community corner council county court crescent cross dale "
    "department district drive early east education estate families family farm floor forest garden gardens gate grange "
    "great green grove hall health heath high hill hospital house hub industrial infant inspection junior lane level "
    "library lodge looked manor market mews mill minutes mount national new north nursery office offices ofsted old park "
    "parade parish place plaza point primary quay report river road row royal safeguarding school scrutiny secondary "
    "services social south special square st station street surgery team terrace tower town trust unit university upper "
    "valley view village walk ward way west wharf wood works yard yorkshire youth".split()
)
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
    unknown, address = 0, True
    for place, match in enumerate(run):
        word = match[0].lower().removesuffix("'s")
        capital = match[0][0].isupper() and not (match[0].isupper() and len(word) > 1)
        first = (
            not match.string[: match.start()].rstrip(" \"'(") or match.string[: match.start()].rstrip()[-1:] in ".?!:"
        )
        of_place = any(after[0].lower() in _OF_PLACES for after in run[place : place + (3 if tells else 2)])
        after_saint = place > 0 and run[place - 1][0].lower() in ("st", "saint")
        if of_place or after_saint or word in _of_councils():
            unknown, address = 0, True
        elif word in _names() or (word in _names_and_words() and capital and tells and not first):
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


@cache
def _names() -> frozenset[str]:
    return frozenset(_listed()[0].split())


@cache
def _names_and_words() -> frozenset[str]:
    return frozenset(_listed()[1].split())


@cache
def _listed() -> list[str]:
    """The given names of the list, and those that are ordinary words too."""
    lines = _GIVEN_NAMES.read_text(encoding="utf-8").splitlines()
    return " ".join(line if line else "|" for line in lines if not line.startswith("#")).split("|")
