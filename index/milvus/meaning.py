"""Cosines, of vectors that are fetched: as exact as those of the index on this machine's disk."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.milvus.connection import MOST_ROWS, Row
from index.milvus.lookup import Lookup
from index.vectors.dense import DECIMALS

# How many passages' sentences are asked for at once: some 4,000 vectors of 1.5 kB.
_AT_ONCE = 1_000

Cosines = NDArray[np.float64]


def cosines(vector: NDArray[np.float32], vectors: Sequence[Sequence[float]]) -> Cosines:
    """The cosine of each of ``vectors``, which are of length 1, with one."""
    if not len(vectors):
        return np.empty(0, np.float64)
    exact: Cosines = (np.array(vectors, np.float32) @ vector).astype(np.float64)
    return exact.round(DECIMALS)


def of_sentences(vector: NDArray[np.float32], numbers: Sequence[int], lookup: Lookup) -> list[Cosines]:
    """The cosine of each sentence, in order, of each of these searched passages."""
    each: dict[int, list[Row]] = {number: [] for number in numbers}
    for row in _sentences(sorted(each), lookup):
        each[row["passage"]].append(row)
    in_order = [sorted(each[number], key=lambda row: int(row["number"])) for number in numbers]
    together = cosines(vector, [row["vector"] for rows in in_order for row in rows])
    return np.split(together, np.cumsum([len(rows) for rows in in_order])[:-1]) if in_order else []


def nearness(whole: Cosines, sentences: Sequence[Cosines]) -> Cosines:
    """How near passages are in meaning: half by the whole of each in its place, half by its nearest sentence."""
    return (whole + np.array([one.max() for one in sentences], np.float64)) / 2


def _sentences(numbers: Sequence[int], lookup: Lookup) -> list[Row]:
    """The rows of these passages' sentences, in no order."""
    found: list[Row] = []
    for start in range(0, len(numbers), _AT_ONCE):
        portion = list(numbers[start : start + _AT_ONCE])
        rows = lookup.connection.rows(lookup.sentences, f"passage in {portion}", ["number", "passage", "vector"])
        if len(rows) == MOST_ROWS and len(portion) > 1:  # there may be more
            half = len(portion) // 2
            rows = [*_sentences(portion[:half], lookup), *_sentences(portion[half:], lookup)]
        found += rows
    return found
