"""Ways of finding the best passages by BM25 that are compiled by numba, which the product does without."""

import heapq
from collections.abc import Sequence

import numba
import numpy as np
from numpy.typing import NDArray

from benchmarks.lexical_forms import Form, Found, Search
from benchmarks.lexical_made import Postings
from index.ranking import best

# So many postings have a highest score of their own.
BLOCK = 128


@numba.njit
def _add(scores: NDArray[np.float32], rows: NDArray[np.int32], added: NDArray[np.float32], times: np.float32) -> None:
    for place in range(len(rows)):
        scores[rows[place]] += times * added[place]


def plain(postings: Postings) -> Search:
    """Every posting added up."""

    def search(terms: Sequence[str], top: int) -> Found:
        scores = np.zeros(len(postings), np.float32)
        for term, times in postings.asked(terms):
            _add(scores, *postings.of(term), np.float32(times))
        found = best(scores, top)
        return found, scores[found]

    search([next(iter(postings.terms))], 1)
    return search


@numba.njit
def _push(found, score, row, top):  # type: ignore[no-untyped-def]
    """Put a row among the best, and tell what the next has to exceed."""
    if len(found) < top:
        heapq.heappush(found, (score, -row))
    else:
        heapq.heapreplace(found, (score, -row))
    return found[0][0] if len(found) == top else 0.0


@numba.njit
def _max_score(rows, scores, start, end, times, most, top):  # type: ignore[no-untyped-def]
    """The best of the lists from ``start`` to ``end``, the weightiest last, as pairs of a score and a row below zero.

    ``most`` is what a list can add at the most. The first ``other`` lists cannot make a row one of the best, together.
    """
    at, bounds = start.copy(), np.cumsum(most)
    found: list[tuple[float, int]] = [(0.0, 0) for _ in range(0)]
    enough, other, none = 0.0, 0, np.int64(2**62)
    while True:
        row = none
        for one in range(other, len(at)):
            if at[one] < end[one]:
                row = min(row, np.int64(rows[at[one]]))
        if row == none:
            return found
        score = 0.0
        for one in range(other, len(at)):
            if at[one] < end[one] and rows[at[one]] == row:
                score += times[one] * np.float64(scores[at[one]])
                at[one] += 1
        for one in range(other - 1, -1, -1):
            if score + bounds[one] <= enough:
                break
            step = 1  # as far as it doubles, and then by halves
            while at[one] + step < end[one] and rows[at[one] + step] < row:
                at[one] += step
                step *= 2
            at[one] += np.searchsorted(rows[at[one] : min(at[one] + step + 1, end[one])], row)
            if at[one] < end[one] and rows[at[one]] == row:
                score += times[one] * np.float64(scores[at[one]])
        if score > enough:
            enough = _push(found, score, row, top)
            while other < len(at) and bounds[other] <= enough:
                other += 1


def max_score(postings: Postings) -> Search:
    """Passage at a time, those of the lists that can make it one of the best; the others are only looked up.

    Turtle and Flood, "Query Evaluation: Strategies and Optimizations", 1995.
    """
    places = np.minimum(postings.starts[:-1], len(postings.scores) - 1)
    highest = np.maximum.reduceat(postings.scores, places).astype(np.float64)

    def search(terms: Sequence[str], top: int) -> Found:
        asked = sorted(postings.asked(terms), key=lambda one: one[1] * highest[one[0]])
        if not asked:
            return np.empty(0, np.int64), np.empty(0)
        numbers, times = np.array(asked).T
        lists = postings.starts[numbers], postings.starts[numbers + 1]
        found = _max_score(
            postings.rows, postings.scores, *lists, times.astype(np.float64), times * highest[numbers], top
        )
        return _in_order(found)

    search([next(iter(postings.terms))], 1)
    return search


@numba.njit
def _block_max(rows, scores, last, highest, start, end, block, times, most, top):  # type: ignore[no-untyped-def]
    """The best of the lists from ``start`` to ``end``, as pairs of a score and a row below zero, in no order.

    ``block`` is the first block of each list, ``most`` its highest score; ``last`` and ``highest`` are of each block.
    """
    at, in_block, first_block = start.copy(), block.copy(), block.copy()
    current = np.empty(len(at), np.int64)
    for one in range(len(at)):
        current[one] = rows[at[one]]
    none = np.int64(2**62)
    order = np.arange(len(at))
    found: list[tuple[float, int]] = [(0.0, 0) for _ in range(0)]
    enough = 0.0
    while True:
        for place in range(1, len(order)):  # few, and nearly in order already
            one, before = order[place], place - 1
            while before >= 0 and current[order[before]] > current[one]:
                order[before + 1] = order[before]
                before -= 1
            order[before + 1] = one
        bound, pivot = 0.0, -1
        for place in range(len(order)):
            if current[order[place]] == none:
                break
            bound += most[order[place]]
            if bound > enough:
                pivot = place
                break
        if pivot < 0:
            return found
        row = current[order[pivot]]
        while pivot + 1 < len(order) and current[order[pivot + 1]] == row:
            pivot += 1
        bound, onward = 0.0, none
        if pivot + 1 < len(order):
            onward = current[order[pivot + 1]]
        for place in range(pivot + 1):
            one = order[place]
            final = first_block[one] + (end[one] - 1 - start[one]) // BLOCK
            while in_block[one] < final and last[in_block[one]] < row:
                in_block[one] += 1
            if last[in_block[one]] >= row:
                bound += times[one] * highest[in_block[one]]
                onward = min(onward, last[in_block[one]] + 1)
        if bound > enough:
            onward = row
            if current[order[0]] == row:
                score = 0.0
                for place in range(pivot + 1):
                    score += times[order[place]] * np.float64(scores[at[order[place]]])
                if score > enough:
                    enough = _push(found, score, row, top)
                onward = row + 1
        for place in range(pivot + 1):
            one = order[place]
            if current[one] >= onward:
                continue
            final = first_block[one] + (end[one] - 1 - start[one]) // BLOCK
            while in_block[one] < final and last[in_block[one]] < onward:
                in_block[one] += 1
            at[one] = max(at[one], start[one] + (in_block[one] - first_block[one]) * BLOCK)
            while at[one] < end[one] and rows[at[one]] < onward:
                at[one] += 1
            current[one] = rows[at[one]] if at[one] < end[one] else none


def block_max(postings: Postings) -> Search:
    """Passage at a time over blocks of 128 postings, skipping those that cannot hold one of the best.

    Block-Max WAND: Ding and Suel, "Faster Top-k Document Retrieval Using Block-Max Indexes", SIGIR 2011.
    """
    counts = np.diff(postings.starts)
    blocks = -(-counts // BLOCK)
    first = np.concatenate([[0], np.cumsum(blocks)])
    places = np.repeat(postings.starts[:-1] - first[:-1] * BLOCK, blocks) + np.arange(first[-1]) * BLOCK
    highest = np.maximum.reduceat(postings.scores, places).astype(np.float64)
    last = postings.rows[np.append(places[1:], len(postings.rows)) - 1].astype(np.int64)
    most = np.maximum.reduceat(highest, np.minimum(first[:-1], len(highest) - 1))

    def search(terms: Sequence[str], top: int) -> Found:
        asked = postings.asked(terms)
        if not asked:
            return np.empty(0, np.int64), np.empty(0)
        numbers, times = np.array(asked).T
        lists = postings.starts[numbers], postings.starts[numbers + 1], first[numbers]
        bounds = times.astype(np.float64)
        found = _block_max(postings.rows, postings.scores, last, highest, *lists, bounds, bounds * most[numbers], top)
        return _in_order(found)

    search([next(iter(postings.terms))], 1)
    return search


def _in_order(found: list[tuple[float, int]]) -> Found:
    found.sort(reverse=True)
    return np.array([-row for _, row in found], np.int64), np.array([score for score, _ in found])


def forms() -> list[Form]:
    """All of these."""
    return [
        Form("every posting, numba", plain, (_add.py_func, plain, best)),
        Form("MaxScore, numba", max_score, (_max_score.py_func, _push.py_func, max_score, _in_order)),
        Form("block-max WAND, numba", block_max, (_block_max.py_func, _push.py_func, block_max, _in_order)),
    ]
