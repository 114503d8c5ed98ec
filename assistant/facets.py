"""Facets: what passages can be counted and chosen by, one value a passage of each."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.model import Kind, Role, Source, Voice
from corpus.outcomes import Badge
from index.local import LocalIndex

NOT_STATED = "not stated"
# Half of a surrogate pair, which a PDF may yield, is in no address: a value holds a replacement character instead.
_LONE = re.compile("[\ud800-\udfff]")

Flags = NDArray[np.bool_]


class Facet(StrEnum):
    """What passages are counted by, beside the page of results."""

    COUNCIL = "council"
    BODY = "body"
    KIND = "kind"
    ROLE = "role"
    VOICE = "voice"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the passages found have a value, and whether it is one of those chosen."""

    value: str
    passages: int
    chosen: bool = False


class Facets:
    """The value of each facet of every passage, by number: ``codes`` are positions among ``names``.

    ``days`` are those of the passages, counted from the first there is, and ``years`` those of the documents, by their
    position; 0 where none is known.
    """

    def __init__(
        self,
        names: dict[Facet, Sequence[str]],
        codes: dict[Facet, NDArray[np.int32]],
        document: NDArray[np.int32],
        days: NDArray[np.int32],
        years: NDArray[np.int32],
    ) -> None:
        self._names = names
        self._codes = codes
        self.document = document
        self.days = days
        self._years = years

    @classmethod
    def of(cls, index: LocalIndex) -> Self:
        """Those of an index."""
        columns, sources = index.columns, index.sources
        names: dict[Facet, Sequence[str]] = {
            Facet.ROLE: [role.value for role in Role],
            Facet.VOICE: [voice.value for voice in Voice],
            Facet.OUTCOME: [badge.value for badge in Badge],
        }
        codes = {
            facet: column.astype(np.int32)
            for facet, column in (
                (Facet.ROLE, columns.role),
                (Facet.VOICE, columns.voice),
                (Facet.OUTCOME, columns.outcome),
            )
        }
        for facet in (Facet.COUNCIL, Facet.BODY, Facet.KIND):
            values = [fact_of(source, facet) for source in sources]
            names[facet] = sorted(set(values), key=lambda value: (value == NOT_STATED, value))
            of_source = np.array([names[facet].index(value) for value in values], np.int32)
            codes[facet] = of_source[columns.document] if len(sources) else np.empty(0, np.int32)
        of_day = np.array([day(source) for source in sources], np.int32)
        days = of_day[columns.document] if len(sources) else np.empty(0, np.int32)
        years = np.array([int((source.date.value or "0000")[:4]) for source in sources], np.int32)
        return cls(names, codes, columns.document, days, years)

    def names(self, facet: Facet) -> Sequence[str]:
        """Every value of a facet, in order."""
        return self._names[facet]

    def codes(self, facet: Facet) -> NDArray[np.int32]:
        """The position among its names of every passage's value, by number."""
        return self._codes[facet]

    def flags(self, facet: Facet, values: Collection[str]) -> Flags:
        """One flag a passage: whether its value is one of these. Without any, all are."""
        if not values:
            return np.ones(len(self.document), np.bool_)
        wanted = [code for code, name in enumerate(self._names[facet]) if name in values]
        return np.isin(self._codes[facet], wanted)

    def counts(self, facet: Facet, found: Flags, chosen: Collection[str] = ()) -> tuple[Count, ...]:
        """How many of those found have each value, most first; what none has is left out unless it is chosen."""
        names = self._names[facet]
        counted = np.bincount(self._codes[facet][found], minlength=len(names)).tolist()
        counts = [Count(name, n, name in chosen) for name, n in zip(names, counted, strict=True) if n or name in chosen]
        return tuple(sorted(counts, key=lambda count: -count.passages))

    def between(self, first: date | None, last: date | None, undated: bool) -> Flags:
        """One flag a passage: whether its document's day is within a range, or not stated and ``undated`` welcome."""
        flags = np.ones(len(self.days), np.bool_)
        if first is not None:
            flags &= self.days >= first.toordinal()
        if last is not None:
            flags &= self.days <= last.toordinal()
        dated = self.days > 0
        return (flags & dated) | (~dated if undated else False)

    def years(self, found: Flags) -> tuple[tuple[int | None, int], ...]:
        """How many passages of each year from the first to the last found; and last of no known year, where any are."""
        counted = np.bincount(self._years[self.document[found]]).tolist()
        undated, *dated = counted or [0]
        held = [place for place, n in enumerate(dated) if n]
        span = range(held[0], held[-1] + 1) if held else ()
        return (*((place + 1, dated[place]) for place in span), *(((None, undated),) if undated else ()))

    def documents(self, found: Flags) -> NDArray[np.int32]:
        """The positions of the documents that those found are of, ascending."""
        return np.flatnonzero(np.bincount(self.document[found])).astype(np.int32)


def fact_of(source: Source, facet: Facet) -> str:
    """A document's value of one of the facets that whole documents have."""
    if facet is Facet.KIND:
        return source.kind.value if source.kind.value in set(Kind) else Kind.OTHER
    value: str | None = getattr(source, facet.value).value
    return _LONE.sub("\ufffd", value) if value else NOT_STATED


def day(source: Source) -> int:
    """A document's day, counted from the first there is; 0 where none is known."""
    return date.fromisoformat(source.date.value).toordinal() if source.date.value else 0
