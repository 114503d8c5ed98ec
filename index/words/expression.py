"""What a passage must hold: words, phrases, words near each other, and these together, in turn or left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from corpus.model import Passage, Span
from index.words import analysis
from index.words.positions import GAP, Places, Positions

# The most words apart that nearness can be asked for.
FARTHEST = GAP // 2


@dataclass(frozen=True, slots=True)
class Word:
    """Any word of this stem."""

    term: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """These words, folded but as written, one after another."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Either of two, where the other stands at most ``reach`` words before or after it."""

    left: "Occurring"
    right: "Occurring"
    reach: int


@dataclass(frozen=True, slots=True)
class Any:
    """One of the parts at least."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class All:
    """Every part; without parts, anything."""

    parts: tuple["Expression", ...] = ()


@dataclass(frozen=True, slots=True)
class Without:
    """Not this."""

    part: "Expression"


Occurring: TypeAlias = Word | Phrase | Near
Expression: TypeAlias = Occurring | Any | All | Without


def holding(expression: Expression, positions: Positions) -> NDArray[np.bool_]:
    """One flag a passage: whether it holds what the expression says."""
    match expression:
        case All(parts):
            flags = np.ones(len(positions), np.bool_)
            for part in parts:
                flags &= holding(part, positions)
            return flags
        case Any(parts):
            flags = np.zeros(len(positions), np.bool_)
            for part in parts:
                flags |= holding(part, positions)
            return flags
        case Without(part):
            return ~holding(part, positions)
        case _:
            flags = np.zeros(len(positions), np.bool_)
            flags[positions.passages_of(occurrences(expression, positions)[0])] = True
            return flags


def marks(expression: Expression, passages: Sequence[Passage]) -> list[list[Span]]:
    """Where each of these passages holds what the expression asks for: spans of its document's text, in order.

    What the expression leaves out has no place.
    """
    positions = Positions.build(passage.text for passage in passages)
    found = [occurrences(one, positions) for one in dict.fromkeys(_occurring(expression))]
    marked = []
    for number, passage in enumerate(passages):
        inside = sorted({span for one in found for span in positions.inside(one, number)})
        words = analysis.word_spans(passage.text) if inside else []
        marked.append([Span(passage.start + words[a][1], passage.start + words[b][2]) for a, b in inside])
    return marked


def occurrences(expression: Occurring, positions: Positions) -> tuple[Places, Places]:
    """The first and last place of each occurrence, ordered by the first."""
    match expression:
        case Word(term):
            found = positions.of_term(term)
            return found, found
        case Phrase(words):
            found = positions.of_phrase(words)
            return found, found + len(words) - 1
        case Near(left, right, reach):
            one, other = occurrences(left, positions), occurrences(right, positions)
            return _in_order(_beside(one, other, reach), _beside(other, one, reach))


def _beside(one: tuple[Places, Places], other: tuple[Places, Places], reach: int) -> tuple[Places, Places]:
    """Those of ``one`` that have one of the ``other`` at most ``reach`` words before or after them."""
    starts, ends = one
    other_starts, other_ends = np.sort(other[0]), np.sort(other[1])
    after = np.searchsorted(other_starts, ends + reach, "right") - np.searchsorted(other_starts, ends, "right")
    before = np.searchsorted(other_ends, starts, "left") - np.searchsorted(other_ends, starts - reach, "left")
    near = (after > 0) | (before > 0)
    return starts[near], ends[near]


def _in_order(*found: tuple[Places, Places]) -> tuple[Places, Places]:
    """Occurrences from several places, each once, ordered by their first word."""
    spans = np.unique(np.concatenate([np.stack(one, axis=1) for one in found]), axis=0)
    return spans[:, 0], spans[:, 1]


def _occurring(expression: Expression) -> Iterator[Occurring]:
    """The words, phrases and nearness that an expression asks for, not those that it leaves out."""
    match expression:
        case All(parts) | Any(parts):
            for part in parts:
                yield from _occurring(part)
        case Without(_):
            return
        case _:
            yield expression
