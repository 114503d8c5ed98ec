"""Candidates from the engine, and their signals: what searches and matches are made of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.milvus import meaning, schema, tokens
from index.milvus.conditions import both
from index.milvus.connection import MOST_ROWS, Row
from index.milvus.lexicon import Lexicon
from index.milvus.lookup import Lookup
from index.milvus.meaning import Cosines
from index.milvus.places import Places
from index.milvus.rows import PASSAGE_FIELDS
from index.milvus.schema import WEIGHT
from index.milvus.scope import Scopes
from index.milvus.where import Scope
from index.model import Filters, Matches
from index.ranking import best

# The most passages that are found to be counted: Milvus gives no more than 16,384 rows at once.
MOST_FOUND = 16_000
# The engine's BM25 orders a little otherwise than ours, and cosines may be equal: so many more are asked for.
_SLACK = 100
# And so many times as many where what is found must still be held to an expression.
_UNVERIFIED = 4

# What is counted of a passage that is found.
_COUNTED = ("number", "document", "role", "voice", "outcome")


@dataclass(frozen=True, slots=True, eq=False)
class Signals:
    """What is known of passages for a question, side by side; nothing by meaning where it has no vector."""

    bm25: NDArray[np.float64]
    matched: list[frozenset[str]]
    cosine: Cosines
    sentences: list[Cosines]

    @property
    def nearness(self) -> Cosines:
        """How near each is in meaning."""
        return meaning.nearness(self.cosine, self.sentences)


class Finding:
    """Finds passages in one generation."""

    def __init__(self, lookup: Lookup, places: Places, lexicon: Lexicon) -> None:
        self.scopes = Scopes(lookup, places)
        self._lookup = lookup
        self._lexicon = lexicon
        self._whole = schema.meaning(lookup.manifest.facts.passages)

    def by_words(self, terms: Sequence[str], scope: Scope, depth: int) -> NDArray[np.int64]:
        """The numbers of the best ``depth`` passages by BM25, best first, equals by number."""
        rows, bm25, _ = self._holding(terms, scope, _wanted(depth + _SLACK, scope))
        return np.array([row["number"] for row in rows], np.int64)[best(bm25, depth)]

    def by_meaning(self, vector: NDArray[np.float32], scope: Scope, depth: int) -> NDArray[np.int64]:
        """The numbers of the ``depth`` nearest passages, ascending."""
        wanted, fields = _wanted(depth, scope), self._fields(scope)
        rows = self._lookup.connection.nearest(
            self._lookup.passages, self._whole, vector, scope.condition, wanted, fields
        )
        found = self.scopes.verified(rows, scope.verify)[:depth]
        return np.sort(np.array([row["number"] for row in found], np.int64))

    def holding(self, terms: Sequence[str], scope: Scope) -> tuple[list[Row], NDArray[np.float32], bool]:
        """The passages that hold a term, as they are counted, their BM25, and whether these are all."""
        return self._holding(terms, scope, MOST_FOUND)

    def nearest(self, vector: NDArray[np.float32], scope: Scope, top: int) -> tuple[list[Row], Cosines]:
        """The ``top`` nearest passages, as they are counted, and their cosines: nearest first, equals by number."""
        wanted = _wanted(top, scope) + _SLACK
        fields = (*self._fields(scope), "vector")
        found = self._lookup.connection.nearest(
            self._lookup.passages, self._whole, vector, scope.condition, wanted, fields
        )
        found = self.scopes.verified(found, scope.verify)
        cosines = meaning.cosines(vector, [row["vector"] for row in found])
        order = np.lexsort(([row["number"] for row in found], -cosines))[:top]
        return [found[at] for at in order], cosines[order]

    def scores(self, terms: Sequence[str], rows: Sequence[Row]) -> NDArray[np.float32]:
        """The BM25 of passages."""
        numbers = [row["number"] for row in rows]
        kept = self._lookup.passage_rows(numbers, ["terms"])
        return self._lexicon.scores(terms, [kept[number]["terms"] for number in numbers])

    def all(self, filters: Filters) -> Matches:
        """All passages that filters allow: the first by number, where they are more than are counted."""
        scope = self.scopes.narrowed(filters)
        if scope is None:
            return matches([])
        lookup, fields = self._lookup, self._fields(scope)
        rows = lookup.connection.rows(lookup.passages, scope.condition, fields, MOST_FOUND + 1)
        complete = len(rows) <= MOST_FOUND
        if not complete:
            first = both(scope.condition, f"number < {self._end(scope.condition)}")
            rows = lookup.connection.rows(lookup.passages, first, fields)
        return matches(self.scopes.verified(rows, scope.verify), complete=complete)

    def signals(self, numbers: NDArray[np.int64], terms: Sequence[str], vector: NDArray[np.float32] | None) -> Signals:
        """The signals of searched passages, in the order of their numbers."""
        asked = numbers.tolist()
        rows = self._lookup.passage_rows(asked, ["terms"] if vector is None else ["terms", "vector"])
        kept = [rows[number]["terms"] for number in asked]
        return Signals(
            self._lexicon.scores_of(terms, kept),
            self._lexicon.matched(terms, kept),
            np.empty(0) if vector is None else meaning.cosines(vector, [rows[number]["vector"] for number in asked]),
            [] if vector is None else meaning.of_sentences(vector, asked, self._lookup),
        )

    def _holding(self, terms: Sequence[str], scope: Scope, most: int) -> tuple[list[Row], NDArray[np.float32], bool]:
        """The best passages that hold a term, ascending by number, their BM25, and whether these are all."""
        words = tokens.tokens(dict.fromkeys(terms))
        if not words:
            return [], np.empty(0, np.float32), True
        found = self._lookup.connection.best(
            self._lookup.passages, WEIGHT, words, scope.condition, min(most, MOST_ROWS), (*self._fields(scope), "terms")
        )
        complete = len(found) < min(most, MOST_ROWS)
        found = self.scopes.verified(sorted(found, key=lambda row: int(row["number"])), scope.verify)
        return found, self._lexicon.scores(terms, [row["terms"] for row in found]), complete

    def _end(self, condition: str) -> int:
        """Before which number half as many passages as are counted, or more, meet a condition, and no more than are."""
        low, high = 0, self._lookup.manifest.facts.passages
        while True:
            middle = (low + high) // 2
            found = self._lookup.connection.count(self._lookup.passages, both(condition, f"number < {middle}"))
            if MOST_FOUND // 2 <= found <= MOST_FOUND:
                return middle
            low, high = (middle, high) if found < MOST_FOUND // 2 else (low, middle)

    def _fields(self, scope: Scope) -> Sequence[str]:
        """What is asked for of a passage that is found."""
        return _COUNTED if scope.verify is None else tuple(dict.fromkeys((*_COUNTED, *PASSAGE_FIELDS)))


def _wanted(top: int, scope: Scope) -> int:
    """How many are asked for so that ``top`` are left."""
    return top if scope.verify is None else _UNVERIFIED * top


def matches(
    rows: Sequence[Row],
    bm25: NDArray[np.float32] | None = None,
    near: Collection[int] = (),
    *,
    complete: bool = True,
    in_order: bool = True,
) -> Matches:
    """Passages found, ascending by number, or as they are given."""
    columns = {name: np.array([row[name] for row in rows], np.int64) for name in _COUNTED}
    found = Matches(
        number=columns["number"],
        document=columns["document"].astype(np.int32),
        role=columns["role"].astype(np.uint8),
        voice=columns["voice"].astype(np.uint8),
        outcome=columns["outcome"].astype(np.uint8),
        bm25=np.zeros(len(rows)) if bm25 is None else bm25.astype(np.float64),
        near=np.isin(columns["number"], list(near)),
        complete=complete,
    )
    return found.of(np.argsort(columns["number"])) if in_order else found
