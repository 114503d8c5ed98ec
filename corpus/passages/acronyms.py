"""Abbreviations and what they stand for, where a text itself says so.

The method is that of Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical
text" (Pacific Symposium on Biocomputing, 2003): beside a pair of round brackets a short form and a long form are
looked for, and the long form is the shortest in which the short form's letters can be found from right to left.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.folding import fold, on_one_line
from corpus.model import Span

# Letters in capitals, as a word, and without the plural's s.
ACRONYM = re.compile(r"([A-Z](?<!\w[A-Z])[A-Z]+)s?\b")
SHORTEST, LONGEST = 2, 10
MOST_WORDS_OF_SHORT = 2
# A long form has at most 15 words. Nothing is read beyond this many characters from a bracket, nor anything twice, so
# that the work grows with the text and no faster; the longest found in twelve inspection reports has 69.
_REACH = 300
_BRACKETS = re.compile(rf"\(([^()]{{{SHORTEST},{_REACH}}}+)\)")
# What a long form does not run across: the end of a sentence or clause, a bracket, a table's cell, a blank line.
_STOP = re.compile(r"[.!?;:](?=\s)|[()\[\]\t]|\n\s*\n")
# Of "(JTAI; the first)" and "(LAC, formerly CIC)" the short form is what comes before the mark.
_ASIDE = re.compile(r"[;,]\s")
_WORD = re.compile(r"\S+")
_NAME = re.compile(r"(?<![^\W_])[^\W_]+(?:'[^\W_]+)*")
_SMALL = frozenset({"a", "an", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with"})
_ARTICLE = re.compile(r"\W*(?:(?:the|an?)\s+)?", re.IGNORECASE)
_SHORT = re.compile(r"""["']?(?:(?:the|an?)\s+)?["']?([^\W_](?:[^"]*[^\W_])?)["']?""", re.IGNORECASE)
_PLURAL = re.compile(r"(?<=[A-Z\d])'?s$")


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form in the singular, the long form that the text gives for it, and where the long form stands.

    ``long == on_one_line(text[span])``, always.
    """

    short: str
    long: str
    span: Span


def written(text: str) -> frozenset[str]:
    """The acronyms that ``text`` writes, defined or not, without the plural's s."""
    return frozenset(ACRONYM.findall(text))


def definitions(text: str) -> list[Definition]:
    """The abbreviations that ``text`` defines, in order, as "long form (SF)" or "SF (long form)".

    An abbreviation that is defined twice is given twice.
    """
    folded = fold(text)
    found = []
    last = 0
    for brackets in _BRACKETS.finditer(folded):
        before = _clause_before(folded, last, brackets.start())
        last = brackets.end()
        for written, candidate in _pairs(folded, before, brackets):
            short = _short_form(written)
            span = _long_form(folded, short, candidate) if short else None
            if span and _touches(folded, span, candidate, brackets):
                found.append(Definition(short, on_one_line(span.of(text)), span))
                break
    return found


def _pairs(text: str, before: Span, brackets: re.Match[str]) -> Iterator[tuple[str, Span]]:
    """What may be a short form, and where its long form may be: first the one in brackets, then the one before."""
    inside = _ASIDE.split(brackets[1], maxsplit=1)[0]
    if len(inside.split()) <= MOST_WORDS_OF_SHORT + 1:  # "the MASH": its article is not counted
        yield inside, before
    words = before.of(text).split()
    if words:
        yield words[-1], Span(*brackets.span(1))


def _clause_before(text: str, last: int, end: int) -> Span:
    """What stands in front of the bracket at ``end`` and may belong to it; the brackets before ended at ``last``."""
    start = max(last, end - _REACH)
    stops = [stop.end() for stop in _STOP.finditer(text, start, end)]
    return Span(max(stops, default=start), end)


def _short_form(written: str) -> str:
    """The short form in ``written``, without article, quotation marks or the plural's s; empty where it is none.

    The paper asks for a letter. Council papers put many an ordinary word in brackets, so a capital is asked for too.
    """
    match = _SHORT.fullmatch(written.strip())
    if match is None:
        return ""
    short = _PLURAL.sub("", on_one_line(match[1]))
    fits = SHORTEST <= len(short) <= LONGEST and len(short.split()) <= MOST_WORDS_OF_SHORT
    return short if fits and any(letter.isupper() for letter in short) else ""


def _touches(text: str, span: Span, candidate: Span, brackets: re.Match[str]) -> bool:
    """Whether a long form in brackets opens them, save for an article; one in front of them ends there anyhow."""
    opens = _ARTICLE.match(text, *brackets.span(1))
    return candidate.start < brackets.start(1) or (opens is not None and span.start <= opens.end())


def _long_form(text: str, short: str, candidate: Span) -> Span | None:
    """The slice of ``candidate`` that stands for ``short``, ending where the candidate's words end."""
    letters = [letter for letter in short.casefold() if letter.isalnum()]
    words = [word.span() for word in _WORD.finditer(text, *candidate)][-min(len(letters) + 5, 2 * len(letters)) :]
    if not words:
        return None
    first, end = words[0][0], words[-1][1]
    while end > first and not text[end - 1].isalnum():
        end -= 1
    within = Span(first, end)
    starts = (
        _initials(text, letters, within, _SMALL),
        _initials(text, letters, within),
        _rightmost(text, letters, within),
    )
    start = next((start for start in starts if start is not None), None)
    if start is None:
        return None
    long = on_one_line(text[start:end])
    repeats = re.search(rf"\b{re.escape(short)}\b", long, re.IGNORECASE)
    return None if repeats or len(long) <= len(short) or len(long.split()) < 2 else Span(start, end)


def _initials(text: str, letters: list[str], within: Span, never_first: frozenset[str] = frozenset()) -> int | None:
    """Where a long form starts whose every word gives its initial, save small ones ("of") that may be passed over.

    The paper's rule would cut "Assessed and Supported Year in Employment (ASYE)" down to "and Supported Year…".
    """
    left = len(letters)
    for word in reversed([*_NAME.finditer(text, *within)]):
        plain = word[0].casefold()
        if plain[0] == letters[left - 1] and (left > 1 or plain not in never_first):
            left -= 1
            if not left:
                return word.start()
        elif plain not in _SMALL:
            return None
    return None


def _rightmost(text: str, letters: list[str], within: Span) -> int | None:
    """Where the shortest slice starts that has the letters in order, the first of them at the start of a word."""
    at = within.end
    for n in reversed(range(len(letters))):
        at -= 1
        while at >= within.start and not (text[at].casefold() == letters[n] and (n or _starts_word(text, at))):
            at -= 1
        if at < within.start:
            return None
    return at


def _starts_word(text: str, at: int) -> bool:
    return at == 0 or not text[at - 1].isalnum()
