"""Ways of finding the best passages by BM25 over the same postings: the library's, and those in numpy and scipy."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import DTypeLike, NDArray

from benchmarks.lexical_made import Postings
from index.ranking import best
from index.words.lexical import Lexical, Okapi

Found = tuple[NDArray[np.int64], NDArray[np.floating]]
# The best rows for a question's terms, so many of them, and their scores.
Search = Callable[[Sequence[str], int], Found]


@dataclass(frozen=True, slots=True)
class Form:
    """One way. ``ready`` makes a search of postings, compiled and with all it adds to them; ``code`` is what it is."""

    name: str
    ready: Callable[[Postings], Search]
    code: tuple[Callable[..., object], ...]

    @property
    def lines(self) -> int:
        """How many lines of code it is, without those that only say what it does."""
        return sum(_lines(part) for part in self.code)


def library(postings: Postings) -> Search:
    """rank_bm25 itself, which goes through every passage for every term."""
    okapi = Okapi(postings.passages())

    def search(terms: Sequence[str], top: int) -> Found:
        scores = okapi.get_scores(terms)
        rows = np.argsort(scores)[::-1][:top]
        rows = rows[scores[rows] > 0]
        return rows, scores[rows]

    return search


def plain(postings: Postings, precision: DTypeLike) -> Search:
    """Every posting added up, in numpy."""

    def search(terms: Sequence[str], top: int) -> Found:
        scores = np.zeros(len(postings), precision)
        for term, times in postings.asked(terms):
            rows, added = postings.of(term)
            scores[rows] += added if times == 1 else times * added
        found = best(scores, top)
        return found, scores[found]

    return search


def product(postings: Postings) -> Search:
    """Every posting added up as the product does it, in scipy's sparse product."""
    lexical = postings.lexical()

    def search(terms: Sequence[str], top: int) -> Found:
        scores = lexical.scores(terms)
        found = best(scores, top)
        return found, scores[found]

    return search


def max_score(postings: Postings) -> Search:
    """Term at a time, the weightiest first, until those left cannot lift a row that holds no earlier one to the top.

    Of those left the postings are looked up for the rows that can still be among the best: Turtle and Flood, "Query
    Evaluation: Strategies and Optimizations", 1995.
    """
    places = np.minimum(postings.starts[:-1], len(postings.scores) - 1)
    highest = np.maximum.reduceat(postings.scores, places).astype(np.float64)

    def search(terms: Sequence[str], top: int) -> Found:
        asked = sorted(postings.asked(terms), key=lambda one: -one[1] * highest[one[0]])
        bounds = np.array([times * highest[term] for term, times in asked])
        left = np.append(np.cumsum(bounds[::-1])[::-1], 0.0)
        scores = np.zeros(len(postings))
        enough, number = 0.0, 0
        while number < len(asked) and left[number] >= enough:
            term, times = asked[number]
            rows, added = postings.of(term)
            scores[rows] += times * added.astype(np.float64)
            if len(rows) >= top:
                # The last of so many best of some rows: the last of the best of all is no lower.
                enough = max(enough, float(np.partition(scores[rows], len(rows) - top)[len(rows) - top]))
            number += 1
        if number == len(asked):
            found = best(scores, top)
            return found, scores[found]
        candidates = np.flatnonzero(scores >= max(enough - left[number], 1e-9))
        for place in range(number, len(asked)):
            candidates = candidates[scores[candidates] + left[place] >= enough]
            rows, added = postings.of(asked[place][0])
            at = np.minimum(np.searchsorted(rows, candidates), len(rows) - 1)
            held = rows[at] == candidates
            scores[candidates[held]] += asked[place][1] * added[at[held]].astype(np.float64)
        found = candidates[best(scores[candidates], top)]
        return found, scores[found]

    return search


def forms() -> list[Form]:
    """All of these, the library first."""
    return [
        Form("rank_bm25: get_scores", library, (Okapi.get_scores,)),
        Form("every posting, numpy, double precision", partial(plain, precision=np.float64), (plain, best)),
        Form("every posting, numpy, single precision", partial(plain, precision=np.float32), (plain, best)),
        Form("every posting, scipy (ours)", product, (Lexical.scores, best)),
        Form("MaxScore, numpy", max_score, (max_score, best)),
    ]


def _lines(part: Callable[..., object]) -> int:
    """The lines of a function that are code: no blank ones, comments or docstrings."""
    source = inspect.getsource(part)
    if text := part.__doc__:
        source = source.replace(text, "").replace('""""""', "")
    return sum(bool(line.strip()) and not line.strip().startswith("#") for line in source.splitlines())
