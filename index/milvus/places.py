"""Documents as conditions: by what they have in common, where that tells them from all others, or else one by one.

A search within some documents is mostly of a council, a body, a kind or a range of days, and at millions of documents
a list of those is long. So a passage's row says what its document is of.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from corpus.model import Kind, Source
from index.milvus import tokens
from index.milvus.conditions import among, both, either, in_rows

# What is said of a passage's document in its row.
FACTS = ("council", "day", "kind", "body")
# The place of a kind that is not known, and the day of a document without one.
_UNKNOWN, _UNDATED = -1, 0


def facts(source: Source) -> dict[str, int]:
    """The ``FACTS``: council and body as hashes, the day counted from the first there is, and the place of the kind."""
    day = date.fromisoformat(source.date.value).toordinal() if source.date.value else _UNDATED
    kind = list(Kind).index(Kind(source.kind.value)) if source.kind.value else _UNKNOWN
    council, body = (tokens.number(fact.value or "") for fact in (source.council, source.body))
    return dict(zip(FACTS, (council, day, kind, body), strict=True))


class Places:
    """Where documents are: their places among the sources, and what they are of."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._place = {source.id: place for place, source in enumerate(sources)}
        rows = np.array([list(facts(source).values()) for source in sources], np.int64).reshape(-1, len(FACTS))
        self._columns = dict(zip(FACTS, rows.T, strict=True))

    def condition(self, documents: Iterable[str]) -> str | None:
        """The condition on a row's document, the shortest there is; None where none of the documents is held.

        Councils are named first, as they tell the engine which of its divisions to read at all.
        """
        places = [self._place[id] for id in documents if id in self._place]
        if not places:
            return None
        wanted = np.zeros(len(self._place), np.bool_)
        wanted[places] = True
        parts, inside = self._in_common(wanted)
        if others := np.flatnonzero(inside & ~wanted).tolist():
            return min(both(*parts, f"not ({in_rows('document', others)})"), self._listed(wanted), key=len)
        return both(*parts)

    def _in_common(self, wanted: NDArray[np.bool_]) -> tuple[list[str], NDArray[np.bool_]]:
        """What documents have in common, as far as it leaves others out; and all that have the same."""
        parts: list[str] = []
        inside = np.ones(len(wanted), np.bool_)
        for name, column in self._columns.items():
            condition, same = _days(column, wanted) if name == "day" else _group(name, column, wanted)
            if np.any(inside & ~same):
                parts.append(condition)
                inside &= same
        return parts, inside

    def _listed(self, wanted: NDArray[np.bool_]) -> str:
        """Whole councils, and of the others the documents."""
        councils = self._columns["council"]
        named = np.unique(councils[wanted])
        whole = np.setdiff1d(named, councils[~wanted])
        some = np.flatnonzero(wanted & ~np.isin(councils, whole)).tolist()
        parts = [among("council", whole)] if len(whole) else []
        return both(among("council", named), either(*parts, in_rows("document", some)))


def _group(name: str, column: NDArray[np.int64], wanted: NDArray[np.bool_]) -> tuple[str, NDArray[np.bool_]]:
    """That a document is of one of the groups of those wanted; and which are."""
    values = np.unique(column[wanted])
    return among(name, values), np.isin(column, values)


def _days(column: NDArray[np.int64], wanted: NDArray[np.bool_]) -> tuple[str, NDArray[np.bool_]]:
    """That a document is of a day between those wanted, or without one if any of those is; and which are."""
    dated, undated = wanted & (column != _UNDATED), wanted & (column == _UNDATED)
    ranges: list[str] = []
    same = np.zeros(len(wanted), np.bool_)
    if dated.any():
        first, last = column[dated].min(), column[dated].max()
        ranges.append(f"day >= {first} and day <= {last}")
        same |= (column >= first) & (column <= last)
    if undated.any():
        ranges.append(f"day == {_UNDATED}")
        same |= column == _UNDATED
    return either(*ranges), same
