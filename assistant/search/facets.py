"""Facets: what passages can be counted and chosen by. Of a document's facets one value is held a document."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.folding import fold
from corpus.model import Kind, Role, Source, Voice
from corpus.passages.outcomes import Badge
from index.model import Matches

NOT_STATED = "not stated"
# Half of a surrogate pair, which a PDF may yield, is in no address: a value holds a replacement character instead.
_LONE = re.compile("[\ud800-\udfff]")
_KINDS = frozenset(kind.value for kind in Kind)

Flags = NDArray[np.bool_]


class Facet(StrEnum):
    """What passages are counted by, beside the page of results."""

    COUNCIL = "council"
    BODY = "body"
    KIND = "kind"
    ROLE = "role"
    VOICE = "voice"
    OUTCOME = "outcome"


# Those that a whole document has one value of; of the others each of its passages has one.
OF_DOCUMENTS = (Facet.COUNCIL, Facet.BODY, Facet.KIND)


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the passages found have a value, and whether it is one of those chosen."""

    value: str
    passages: int
    chosen: bool = False


class Facets:
    """What each document has of a facet, by its position among the sources; and what matches are counted by.

    ``codes`` are positions among ``names``. ``days`` are counted from the first there is, and ``years`` are as they are
    written; 0 where none is known.
    """

    def __init__(
        self,
        ids: Sequence[str],
        names: Mapping[Facet, Sequence[str]],
        codes: Mapping[Facet, NDArray[np.int32]],
        days: NDArray[np.int32],
        years: NDArray[np.int32],
    ) -> None:
        self._ids = np.array(ids, np.object_)
        self._called: dict[str, list[int]] = {}
        for position, id in enumerate(ids):
            self._called.setdefault(fold(id).casefold(), []).append(position)
        self._names = names
        self._codes = codes
        self._days = days
        self._years = years
        # Days as ranks from the newest, the undated last, in the few bits that numpy sorts fastest.
        self._newest = _ranks(np.where(days > 0, -days, np.iinfo(np.int32).max))
        self._oldest = _ranks(np.where(days > 0, days, np.iinfo(np.int32).max))
        self._in_order = np.lexsort((self._newest, codes[Facet.COUNCIL]))

    @classmethod
    def of(cls, sources: Sequence[Source]) -> Self:
        """Those of all the sources of an index."""
        names: dict[Facet, Sequence[str]] = {
            Facet.ROLE: [role.value for role in Role],
            Facet.VOICE: [voice.value for voice in Voice],
            Facet.OUTCOME: [badge.value for badge in Badge],
        }
        codes = {}
        for facet in OF_DOCUMENTS:
            values = [fact_of(source, facet) for source in sources]
            names[facet] = sorted(set(values), key=lambda value: (value == NOT_STATED, value))
            places = {value: place for place, value in enumerate(names[facet])}
            codes[facet] = np.array([places[value] for value in values], np.int32)
        days = np.array([day(source) for source in sources], np.int32)
        years = np.array([int((source.date.value or "0000")[:4]) for source in sources], np.int32)
        return cls([source.id for source in sources], names, codes, days, years)

    def names(self, facet: Facet) -> Sequence[str]:
        """Every value of a facet, in order."""
        return self._names[facet]

    def every(self) -> Flags:
        """One flag a document, all of them set."""
        return np.ones(len(self._days), np.bool_)

    def ids(self, documents: Flags) -> frozenset[str] | None:
        """The ids of the documents flagged; None where all are."""
        return None if documents.all() else frozenset(self._ids[documents].tolist())

    def called(self, id: str) -> list[int]:
        """The positions of the documents of this id, in capitals or not."""
        return self._called.get(fold(id).casefold(), [])

    def having(self, facet: Facet, values: Collection[str]) -> Flags:
        """One flag a document: whether its value of a facet that whole documents have is one of these."""
        flags: Flags = self._wanted(facet, values)[self._codes[facet]]
        return flags

    def between(self, first: date | None, last: date | None, undated: bool) -> Flags:
        """One flag a document: whether its day is within a range, or not stated and ``undated`` welcome."""
        flags = self.every()
        if first is not None:
            flags &= self._days >= first.toordinal()
        if last is not None:
            flags &= self._days <= last.toordinal()
        dated = self._days > 0
        return (flags & dated) | (~dated if undated else False)

    def flags(self, facet: Facet, matches: Matches, values: Collection[str]) -> Flags:
        """One flag a match: whether its value is one of these."""
        if facet in OF_DOCUMENTS:
            flags: Flags = self.having(facet, values)[matches.document]
        else:
            flags = self._wanted(facet, values)[_column(facet, matches)]
        return flags

    def counts(self, facet: Facet, matches: Matches, chosen: Collection[str] = ()) -> tuple[Count, ...]:
        """How many matches have each value, most first; what none has is left out unless it is chosen."""
        names = self._names[facet]
        if facet in OF_DOCUMENTS:
            counted = np.bincount(self._codes[facet], self.tally(matches), len(names)).astype(np.int64)
        else:
            counted = np.bincount(_column(facet, matches), minlength=len(names))
        each = zip(names, counted.tolist(), strict=True)
        counts = [Count(name, n, name in chosen) for name, n in each if n or name in chosen]
        return tuple(sorted(counts, key=lambda count: -count.passages))

    def tally(self, matches: Matches) -> NDArray[np.int64]:
        """How many matches each document has."""
        return np.bincount(matches.document, minlength=len(self._days))

    def years(self, tally: NDArray[np.int64]) -> tuple[tuple[int | None, int], ...]:
        """How many matches of each year, from the first with any to the last; and last of no known year, where any are.

        ``tally`` is how many each document has.
        """
        undated, *dated = np.bincount(self._years, tally, 1).astype(np.int64).tolist()
        held = [place for place, n in enumerate(dated) if n]
        span = range(held[0], held[-1] + 1) if held else ()
        return (*((place + 1, dated[place]) for place in span), *(((None, undated),) if undated else ()))

    def groups(self, tally: NDArray[np.int64]) -> tuple[tuple[str, int | None, int], ...]:
        """How many matches each council has of each year: the council with most first, then newest first.

        ``tally`` is how many each document has.
        """
        held = np.flatnonzero(tally)
        pairs = np.stack((self._codes[Facet.COUNCIL][held], -self._years[held]), axis=1)
        each, place = np.unique(pairs, axis=0, return_inverse=True)
        counted = np.bincount(place.reshape(-1), tally[held], len(each)).astype(np.int64)
        councils = np.bincount(each[:, 0], counted, len(self._names[Facet.COUNCIL])) if len(each) else counted
        order = sorted(range(len(each)), key=lambda one: (-councils[each[one, 0]], *each[one]))
        names = self._names[Facet.COUNCIL]
        return tuple((names[each[one, 0]], -int(each[one, 1]) or None, int(counted[one])) for one in order)

    def by_council(self, documents: NDArray[np.int32]) -> NDArray[np.int64]:
        """The places of documents by council and then the newest, undated last, equals as they were.

        ``documents`` are positions, one a match, and ascend, so that each document's places lie together.
        """
        tally = np.bincount(documents, minlength=len(self._days))
        starts = np.cumsum(tally) - tally
        each = tally[self._in_order]
        before = np.cumsum(each) - each
        return np.repeat(starts[self._in_order] - before, each) + np.arange(len(documents))

    def by_day(self, documents: NDArray[np.int32], newest: bool) -> NDArray[np.int64]:
        """The places of documents by day, equals as they were, and undated ones last."""
        ranks = self._newest if newest else self._oldest
        return np.argsort(ranks[documents], kind="stable")

    def _wanted(self, facet: Facet, values: Collection[str]) -> Flags:
        return np.array([name in values for name in self._names[facet]], np.bool_)


def fact_of(source: Source, facet: Facet) -> str:
    """A document's value of one of the facets that whole documents have."""
    if facet is Facet.KIND:
        return source.kind.value if source.kind.value in _KINDS else Kind.OTHER
    value: str | None = getattr(source, facet.value).value
    return _LONE.sub("\ufffd", value) if value else NOT_STATED


def day(source: Source) -> int:
    """A document's day, counted from the first there is; 0 where none is known."""
    return date.fromisoformat(source.date.value).toordinal() if source.date.value else 0


def _column(facet: Facet, matches: Matches) -> NDArray[np.uint8]:
    """The position of each match's value of a facet that passages have of their own."""
    return {Facet.ROLE: matches.role, Facet.VOICE: matches.voice, Facet.OUTCOME: matches.outcome}[facet]


def _ranks(values: NDArray[np.int32]) -> NDArray[np.integer]:
    """The rank of each value among those that there are, in 16 bits where they suffice."""
    ranks: NDArray[np.integer]
    distinct, ranks = np.unique(values, return_inverse=True)
    return ranks.astype(np.uint16 if len(distinct) <= np.iinfo(np.uint16).max else np.int64)
