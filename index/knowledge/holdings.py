"""What an index holds documents of: their sources, grouped once by council, body, kind and day.

A question is held against the groups, which are few, and not against every document.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus.model import Source
from index.knowledge.mentions import Flags, Mentions
from index.words.analysis import terms


@dataclass(frozen=True, slots=True)
class Spread:
    """What some documents are spread over: how many they are and of how many councils, and the years of their dates.

    ``years`` are the first and the last, None where no date is known; ``undated`` counts documents without one.
    """

    documents: int
    councils: int
    years: tuple[str, str] | None
    undated: int


class Holdings:
    """The sources of an index in order, and those of each council, body and kind, by their ids."""

    def __init__(self, sources: Iterable[Source], mentions: Mentions) -> None:
        """``mentions`` are those of the same documents, in the same order."""
        self.sources = tuple(sources)
        self.by_id = {source.id: source for source in self.sources}
        self.ids = frozenset(self.by_id)
        self._places = {id: place for place, id in enumerate(self.by_id)}
        self._mentions = mentions

    def of(self, documents: frozenset[str] | None) -> Sequence[Source]:
        """The sources of some documents, in order; None means all of them."""
        if documents is None:
            return self.sources
        return [self.sources[place] for place in np.flatnonzero(self._flags(documents)).tolist()]

    def spread(self, documents: frozenset[str] | None) -> Spread:
        """What some documents are spread over; None means all of them."""
        return self._spread_of_all if documents is None else self._spread(self._flags(documents))

    @cached_property
    def _spread_of_all(self) -> Spread:
        return self._spread(np.ones(len(self.sources), np.bool_))

    def _spread(self, flags: Flags) -> Spread:
        councils, days = np.unique(self._codes[flags]), self._days[flags]
        dated = days[days > 0]
        years = [date.fromordinal(int(day)).isoformat()[:4] for day in (dated.min(), dated.max())] if len(dated) else []
        return Spread(
            len(days), int((councils >= 0).sum()), (years[0], years[1]) if years else None, len(days) - len(dated)
        )

    @cached_property
    def _codes(self) -> NDArray[np.int32]:
        """The place of each document's council among those known, by the document's place; -1 where it is not known."""
        places = {council: place for place, council in enumerate(self.councils)}
        codes = (places.get(source.council.value or "", -1) for source in self.sources)
        return np.fromiter(codes, np.int32, len(self.sources))

    @cached_property
    def councils(self) -> Mapping[str, frozenset[str]]:
        """The documents of each council that is known, in order of their names."""
        return _grouped((source.council.value, source.id) for source in self.sources)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of the councils."""
        return frozenset(self.councils)

    @cached_property
    def bodies(self) -> Mapping[str, frozenset[str]]:
        """The documents of each body that is known, in order of their names."""
        return _grouped((source.body.value, source.id) for source in self.sources)

    @cached_property
    def kinds(self) -> Mapping[str, frozenset[str]]:
        """The documents of each kind; of a document whose kind is not known it is ""."""
        return _grouped(((source.kind.value, source.id) for source in self.sources), unknown=True)

    def bodies_ending(self, asked: Iterable[str]) -> list[tuple[str, tuple[str, ...]]]:
        """The bodies whose last term is among those ``asked``, in order of their names, each with its terms."""
        return sorted(body for term in set(asked) for body in self._bodies_by_last.get(term, ()))

    @cached_property
    def _bodies_by_last(self) -> Mapping[str, list[tuple[str, tuple[str, ...]]]]:
        found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for body in self.bodies:
            if words := terms(body):
                found.setdefault(words[-1], []).append((body, words))
        return found

    @cached_property
    def in_time(self) -> Sequence[Sequence[tuple[str, str]]]:
        """Of each council, known or not: the day of each document, "" where it has none, and its id, in order."""
        found: dict[str | None, list[tuple[str, str]]] = {}
        for source in self.sources:
            found.setdefault(source.council.value, []).append((source.date.value or "", source.id))
        return [sorted(theirs) for theirs in found.values()]

    def by_council(self, documents: frozenset[str] | None) -> list[frozenset[str]]:
        """Some documents, those of each council apart, known or not, in the order of the first of each."""
        if documents is None:
            return list(self._by_council)
        apart = (theirs & documents for theirs in self._by_council)
        return sorted((theirs for theirs in apart if theirs), key=lambda theirs: min(self._places[id] for id in theirs))

    @cached_property
    def _by_council(self) -> Sequence[frozenset[str]]:
        return [frozenset(id for _, id in theirs) for theirs in self.in_time]

    def of_days(self, first: date, last: date, left: frozenset[str]) -> tuple[frozenset[str], bool]:
        """Those of ``left`` that are or may be of a day of the range, and whether any of them surely is.

        A document is of its own date, and of a day in its file's name. One that has no date may be of any that it
        mentions. Where none is of the range or may be, it is those that mention it, whatever their own date.
        """
        searched = self._flags(left)
        own = (self._days >= first.toordinal()) & (self._days <= last.toordinal()) & (self._days > 0)
        own = (own | self._mentions.named(first, last)) & searched
        mentioning = self._mentions.mentioning(first, last) & searched
        found = own | (mentioning & (self._days == 0))
        return self._named(found if found.any() else mentioning), bool(own.any())

    def writes(self, acronym: str, documents: frozenset[str] | None) -> bool:
        """Whether any of some documents writes an acronym; None means all of them."""
        places = self._mentions.writing(acronym)
        if documents is None:
            return len(places) > 0
        return not documents.isdisjoint(self.sources[place].id for place in places.tolist())

    @cached_property
    def _days(self) -> NDArray[np.int32]:
        """The date of each document by place, counted from the first day there is; 0 where it has none."""
        days = (date.fromisoformat(s.date.value).toordinal() if s.date.value else 0 for s in self.sources)
        return np.fromiter(days, np.int32, len(self.sources))

    def _flags(self, documents: frozenset[str]) -> Flags:
        """One flag a document, by place: whether it is among these."""
        if documents is self.ids:
            return np.ones(len(self.sources), np.bool_)
        flags = np.zeros(len(self.sources), np.bool_)
        flags[np.fromiter(map(self._places.__getitem__, documents), np.int64, len(documents))] = True
        return flags

    def _named(self, flags: Flags) -> frozenset[str]:
        return frozenset(self._ids[flags].tolist())

    @cached_property
    def _ids(self) -> NDArray[np.object_]:
        """The documents' ids by their places."""
        ids = np.empty(len(self.sources), np.object_)
        ids[:] = list(self.by_id)
        return ids


def _grouped(facts: Iterable[tuple[str | None, str]], unknown: bool = False) -> Mapping[str, frozenset[str]]:
    """The ids that each fact is of, in order of the facts."""
    found: dict[str, list[str]] = {}
    for fact, id in facts:
        if fact or unknown:
            found.setdefault(fact or "", []).append(id)
    return {fact: frozenset(found[fact]) for fact in sorted(found)}
