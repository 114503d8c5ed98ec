"""Text to terms: the one reading of words that indexing, questions and marking share.

Stemming is Porter's second English algorithm (https://snowballstem.org/algorithms/english/stemmer.html). All of it
takes time linear in the length of the text, whatever the text is.
"""

import re
import threading
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

import snowballstemmer

# No English word is this long. What is longer is a run of noise, which is cut here and not stemmed or remembered.
LONGEST_WORD = 40

_APOSTROPHES = "'\u2019\u2018\u02bc"
# Accents written apart from their letter, soft hyphens and zero-width joiners: inside a word, but no part of it.
_INVISIBLE = "\u0300-\u036f\u00ad\u200b-\u200d\u2060"

# Thousands ("10,000") and numbering ("11.4", "3.3.1") are one term each; a dotted date is three.
_TERM = re.compile(
    rf"\d{{1,3}}(?:,\d{{3}}){{1,4}}(?!,?\w)"
    rf"|(?<!\.)\d+\.\d+(?!\.?\w)"
    rf"|(?<!\.)\d{{1,2}}\.\d{{1,2}}\.\d{{1,2}}(?!\.?\w)"
    rf"|[^\W_][{_INVISIBLE}]*(?:[{_APOSTROPHES}]?[^\W_][{_INVISIBLE}]*)*"
)
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}]s$", re.IGNORECASE)
_DROPPED = re.compile(rf"[{_APOSTROPHES}{_INVISIBLE}]")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")

# Words that carry the grammar of a question and none of its subject. "May" is left out: it is also a month. "Not" is
# in: a bag of words cannot say what is negated, so matching it only finds other negations. Contractions are listed
# without their apostrophe, which is how many people type them.
_GRAMMAR = """
    a an the this that these those such same
    i me my mine we us our ours you your yours he him his she her hers it its they them their theirs
    myself yourself himself herself itself ourselves themselves one ones
    and or but nor so if then than as because while although though whether unless until since
    of in on at by for to from with without into onto upon over under up down out off about above below between
    through during before after against among across per via re within towards
    is are was were be been being am do does did done doing have has had having
    can could will would shall should might must cannot
    what which who whom whose when where why how
    there here now just also too very only both each any some all more most other another own either neither again
    not no yes etc eg ie please following follows
    dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt cant couldnt wont wouldnt shouldnt
    im ive youre youve youd youll hes shes theyre theyve theyd theyll weve thats theres whats whos
    wheres whens hows
"""
# Plurals that no stemmer knows, and half the field's vocabulary, as "childrens services" is typed for "children's".
_SINGULAR = {"children": "child", "people": "person", "men": "man", "women": "woman"}
_SINGULAR |= {f"{plural}s": singular for plural, singular in _SINGULAR.items()}
STOP_WORDS = frozenset(_GRAMMAR.split())

_stemmer = snowballstemmer.stemmer("english")
_stemming = threading.Lock()  # a stemmer keeps the word it is at in itself


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    with _stemming:
        return str(_stemmer.stemWord(word))


@lru_cache(maxsize=100_000)
def _folded(word: str) -> str:
    """The word without case, accents, possessive ending, apostrophes and invisible characters."""
    word = _POSSESSIVE.sub("", word)
    if not word.isascii():
        word = unicodedata.normalize("NFKD", word.casefold())
    return _DROPPED.sub("", word).casefold()


@lru_cache(maxsize=100_000)
def _term(word: str) -> str:
    """The term for a word as written, or "" for a stop word."""
    word = _folded(word)
    if word in STOP_WORDS:
        return ""
    if word[:1].isdigit():
        ordinal = _ORDINAL.fullmatch(word)
        return ordinal[1] if ordinal else word.replace(",", "")
    return _stem(_SINGULAR.get(word, word))


def term_spans(text: str) -> list[tuple[str, int, int]]:
    """The terms of ``text`` in order, each with the half-open range of characters it was read from."""
    return list(_read(text))


def terms(text: str) -> tuple[str, ...]:
    """The terms of ``text`` in order, repeats included: folded, without stop words, stemmed."""
    # A passage has a hundred words: a loop with nothing in it but what the cache answers takes a third of the time.
    read = [_term(word) if len(word) < LONGEST_WORD else _noise(word) for word in _TERM.findall(text)]
    return tuple(filter(None, read))


def words(text: str) -> list[str]:
    """Every word of ``text`` in order, as ``word_spans`` gives them."""
    return [_folded(word) if len(word) < LONGEST_WORD else _noise(word) for word in _TERM.findall(text)]


def word_spans(text: str) -> list[tuple[str, int, int]]:
    """Every word of ``text`` in order, stop words included, as written but folded, with its range of characters."""
    return [(_cut(match[0], _folded), match.start(), match.end()) for match in _TERM.finditer(text)]


def term(word: str) -> str:
    """The term of one word, "" for a stop word. A word and what ``word_spans`` makes of it have the same."""
    return _cut(word, _term)


def _read(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _TERM.finditer(text):
        if found := _cut(match[0], _term):
            yield found, match.start(), match.end()


def _cut(word: str, reading: Callable[[str], str]) -> str:
    """What ``reading`` makes of a word; a run of noise is cut and not read, whether or not it has been cut before."""
    return reading(word) if len(word) < LONGEST_WORD else _noise(word)


def _noise(word: str) -> str:
    return word.casefold()[:LONGEST_WORD]
