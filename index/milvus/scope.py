"""What may be found: filters as the engine is asked for them, and what is left to be looked at in the texts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.expression import Expression, holding
from index.milvus.connection import Row
from index.milvus.lookup import Lookup
from index.milvus.rows import PASSAGE_FIELDS
from index.milvus.where import Places, among, both, where
from index.model import Filters
from index.positions import Positions

# Up to so many passages that meet an expression or a reference are named one by one; more are narrowed by conditions.
NAMED = 4_000

SEARCHED = "searched == true"


@dataclass(frozen=True, slots=True)
class Scope:
    """Conditions on a passage and on a sentence of a searched one, as near to what is asked as the engine can say it.

    A passage found must still be held to ``verify``; and one found by a sentence to ``passages`` too, where not
    ``same``.
    """

    passages: str = ""
    sentences: str = ""
    same: bool = True
    verify: Expression | None = None


class Scopes:
    """Turns filters into scopes, for one generation."""

    def __init__(self, lookup: Lookup, places: Places) -> None:
        self._lookup = lookup
        self._places = places

    def narrowed(self, filters: Filters) -> Scope | None:
        """What ``filters`` allow, as far as conditions say it; None where nothing can meet them."""
        found = where(filters, self._places)
        if found is None:
            return None
        verify = found.verify or (filters.expression if self._lookup.manifest.overflowing else None)
        return Scope(found.all, found.both, not found.passages, verify)

    def searched(self, filters: Filters) -> Scope | None:
        """The searched passages that ``filters`` allow. Where they are few enough, all are known and named."""
        if filters.searched is False:
            return None
        scope = self.narrowed(replace(filters, searched=None))
        if scope is None:
            return None
        asked = both(scope.passages, SEARCHED)
        if scope.same:
            return replace(scope, passages=asked)
        lookup = self._lookup
        if lookup.connection.count(lookup.passages, asked) > NAMED:
            return replace(scope, passages=asked)
        fields = PASSAGE_FIELDS if scope.verify else ("number",)
        rows = lookup.connection.rows(lookup.passages, asked, fields)
        numbers = [row["number"] for row in self.verified(rows, scope.verify)]
        return Scope(among("number", numbers), among("passage", numbers)) if numbers else None

    def verified(self, rows: Sequence[Row], expression: Expression | None) -> list[Row]:
        """Those rows of ``PASSAGE_FIELDS`` whose texts hold what an expression says; all, where there is none."""
        if expression is None or not rows:
            return list(rows)
        texts = [passage.text for passage in self._lookup.passages_of(rows)]
        flags = holding(expression, Positions.build(texts))
        return [row for row, meets in zip(rows, flags, strict=True) if meets]

    def kept(self, numbers: NDArray[np.int64], scope: Scope) -> NDArray[np.int64]:
        """Those of these passages, found in this scope, that are what was asked for."""
        if scope.same and scope.verify is None:
            return numbers
        fields = PASSAGE_FIELDS if scope.verify else ("number",)
        rows = self._lookup.passage_rows(numbers.tolist(), fields, scope.passages)
        found = self.verified([rows[number] for number in sorted(rows)], scope.verify)
        return np.array([row["number"] for row in found], np.int64)
