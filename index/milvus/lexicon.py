"""BM25 by counts that the engine keeps, as exactly as the index on this machine's disk scores it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index.milvus import schema
from index.milvus.lookup import Lookup
from index.milvus.tokens import token
from index.words.lexical import inverse_frequency

_Float = TypeVar("_Float", np.float32, np.float64)

# How many terms' counts are kept, some 200 bytes each. A question asks for ten.
_KEPT = 100_000


@dataclass(frozen=True, slots=True)
class Holding:
    """How many searched passages hold a term as indexed, and how many documents in words of their own."""

    passages: int = 0
    documents: int = 0


NONE = Holding()


class Lexicon:
    """The terms of a generation, each asked for once. Passages are given by their values of the field ``terms``."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._searched = lookup.manifest.facts.searched
        self._length = lookup.manifest.length
        self._known: dict[str, Holding] = {}

    def forget(self) -> None:
        """Let go of what is kept of terms that were asked for."""
        self._known = {}

    def holding(self, term: str) -> Holding:
        """How many hold a term."""
        return self._held([term])[term]

    def weight(self, term: str) -> float:
        """The idf of a term; of one that no passage holds, the highest there is."""
        return inverse_frequency(self._searched, self.holding(term).passages)

    def scores(self, terms: Iterable[str], passages: Sequence[str]) -> NDArray[np.float32]:
        """The BM25 score of passages, in single precision: to order them by. A term asked twice counts twice.

        Both scores are added up as :mod:`index.words.lexical` adds them up.
        """
        return self._added(terms, passages, np.zeros(len(passages), np.float32))

    def scores_of(self, terms: Iterable[str], passages: Sequence[str]) -> NDArray[np.float64]:
        """The BM25 score of passages, in double precision: to be told."""
        return self._added(terms, passages, np.zeros(len(passages), np.float64))

    def _added(self, terms: Iterable[str], passages: Sequence[str], total: NDArray[_Float]) -> NDArray[_Float]:
        """What each term adds to the score of each passage, added to ``total`` in its precision."""
        times = Counter(terms)
        held = self._held(list(times))
        words = [value.split() for value in passages]
        relative = np.array([len(one) for one in words], np.float64) / (self._length or 1.0)
        for term, asked in times.items():
            if not held[term].passages:
                continue
            wanted = token(term)
            count = np.array([one.count(wanted) for one in words], np.float64)
            saturation = count * (schema.K1 + 1) / (count + schema.K1 * (1 - schema.B + schema.B * relative))
            idf = inverse_frequency(self._searched, held[term].passages)
            total += total.dtype.type(asked) * (idf * saturation).astype(np.float32).astype(total.dtype)
        return total

    def matched(self, terms: Iterable[str], passages: Sequence[str]) -> list[frozenset[str]]:
        """Which of the terms each passage holds."""
        wanted = {token(term): term for term in terms}
        return [frozenset(wanted[word] for word in wanted.keys() & set(value.split())) for value in passages]

    def _held(self, terms: Sequence[str]) -> dict[str, Holding]:
        known = self._known
        asked = [term for term in terms if term not in known]
        if asked:
            if len(known) > _KEPT:
                known = self._known = {}
                asked = list(terms)
            found = self._lookup.values([f"term/{token(term)}" for term in asked])
            for term in asked:
                value = found.get(f"term/{token(term)}")
                known[term] = Holding(*map(int, value.split())) if value else NONE
        return {term: known[term] for term in terms}
