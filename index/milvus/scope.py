"""What may be found: filters as the engine is asked for them, and what is left to be looked at in the texts."""

from collections.abc import Sequence
from dataclasses import replace

from index.milvus.conditions import among, both
from index.milvus.connection import Row
from index.milvus.lookup import Lookup
from index.milvus.places import Places
from index.milvus.rows import PASSAGE_FIELDS
from index.milvus.where import Scope, where
from index.model import Filters
from index.words.expression import Expression, holding
from index.words.positions import Positions

# Up to so many passages that may meet an expression are looked at, and those that do named one by one.
NAMED = 4_000

SEARCHED = "searched == true"


class Scopes:
    """Turns filters into scopes, for one generation."""

    def __init__(self, lookup: Lookup, places: Places) -> None:
        self._lookup = lookup
        self._places = places

    def narrowed(self, filters: Filters) -> Scope | None:
        """What ``filters`` allow, as far as a condition says it; None where nothing can meet them."""
        scope = where(filters, self._places)
        if scope is None or not self._lookup.manifest.overflowing:
            return scope
        return replace(scope, verify=filters.expression)

    def searched(self, filters: Filters) -> Scope | None:
        """The searched passages that ``filters`` allow; None where there are none.

        What the engine cannot decide is verified here and now, where that is of few enough passages.
        """
        if filters.searched is False:
            return None
        scope = self.narrowed(replace(filters, searched=None))
        if scope is None:
            return None
        asked = both(scope.condition, SEARCHED)
        lookup = self._lookup
        if scope.verify is None or lookup.connection.count(lookup.passages, asked) > NAMED:
            return replace(scope, condition=asked)
        rows = self.verified(lookup.connection.rows(lookup.passages, asked, PASSAGE_FIELDS), scope.verify)
        return Scope(among("number", [row["number"] for row in rows])) if rows else None

    def verified(self, rows: Sequence[Row], expression: Expression | None) -> list[Row]:
        """Those rows of ``PASSAGE_FIELDS`` whose texts hold what an expression says; all, where there is none."""
        if expression is None or not rows:
            return list(rows)
        texts = [passage.text for passage in self._lookup.passages_of(rows)]
        flags = holding(expression, Positions.build(texts))
        return [row for row, meets in zip(rows, flags, strict=True) if meets]
