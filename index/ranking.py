"""The order of all that an officer's search finds, and how deep searches go: the same over any index."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index import fusion
from index.model import Matches

# So many of the best by each signal are fused, for each that is wanted, and so many at the least. With 1,000 for fifty,
# as the fusion paper has them, the evaluation's answers are the same, and one in 150 of the first fifty is another. Of
# the ten best of a million by both, 98% are among the 300 best by either, and 95% among the 100 best.
DEEPER, LEAST_DEPTH = 6, 300
# How many of those with a word of an officer's search are: some pages of results.
FUSED = 300
# Nor is a passage near that has a lower cosine: of the tuning questions' answers that share no word with them, 56% have
# more, and of all other passages 21%.
LEAST_NEAR = 0.2
# Of many scores, one in so many tells roughly where the best of them begin.
_SAMPLED = 64

Nearness = Callable[[NDArray[np.int64]], NDArray[np.float64] | None]


def ranked(matches: Matches, nearness: Nearness) -> NDArray[np.int64]:
    """The places of all the matches, best first, equals by number.

    The best ``FUSED`` by BM25 and those near in meaning come first, by the fusion of both signals; those after them by
    BM25. ``nearness`` is asked once, for the numbers of the first (:meth:`index.index.Index.nearness`); where it gives
    None, all are by BM25.
    """
    first = np.union1d(best(matches.bm25, FUSED), np.flatnonzero(matches.near))
    near = nearness(matches.number[first])
    fused = matches.bm25[first] if near is None else fusion.convex(matches.bm25[first], near)
    first = first[np.lexsort((first, -fused))]
    others = np.ones(len(matches), np.bool_)
    others[first] = False
    return np.concatenate([first, _ordered(np.flatnonzero(others), matches.bm25)])


def depth(top: int) -> int:
    """How many of the best by each signal are candidates for the ``top`` best by both."""
    return max(DEEPER * top, LEAST_DEPTH)


def outnumbers(matches: Matches) -> bool:
    """Whether more of the matches hold a term than are fused, so that it tells which of them are near."""
    return int(np.count_nonzero(matches.bm25)) > FUSED


def nearest(matches: Matches, narrower: Matches) -> Matches:
    """The matches, both ascending by number, with those near that a narrower search finds near.

    Of the nearest of a wide search a filter may leave none.
    """
    wanted = narrower.number[narrower.near]
    places = np.searchsorted(matches.number, wanted)
    held = places < len(matches)
    held[held] = matches.number[places[held]] == wanted[held]
    near = np.zeros(len(matches), np.bool_)
    near[places[held]] = True
    return replace(matches, near=near)


def best(scores: NDArray[np.floating], top: int) -> NDArray[np.int64]:
    """The places of the ``top`` highest scores above 0, best first, equals by place."""
    places = np.flatnonzero(scores > 0)
    found = scores[places]
    if len(places) > _SAMPLED * max(top, 1):
        # Twice the share that is wanted, of a sample: seldom are fewer as good as that, and then all are looked at.
        sample = found[::_SAMPLED]
        place = max(0, len(sample) - 8 - 2 * top // _SAMPLED)
        likely = found >= np.partition(sample, place)[place]
        if np.count_nonzero(likely) >= top:
            places, found = places[likely], found[likely]
    if len(places) > top:
        enough = found >= np.partition(found, len(found) - top)[len(found) - top]
        places, found = places[enough], found[enough]
    return places[np.lexsort((places, -found))][:top]


def _ordered(places: NDArray[np.int64], scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Places by their score, best first, equals by place; scores are told apart to six decimals.

    Score and place are put into one whole number, since numpy sorts those many times faster than it sorts by two keys.
    """
    keys = (np.round(-scores[places] * 1e6).astype(np.int64) << 32) | places
    return np.sort(keys) & 0xFFFFFFFF
