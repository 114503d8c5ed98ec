"""Search for officers: from a query and its filters to results that can be defended. Read this after assistant.py.

A query's words rank passages; its phrases, exclusions and limits, and the filters chosen beside it, are met by every
passage found, and are applied before anything is ranked. Filters choose among what the query finds without them, so
that each count beside them is what choosing it leads to. Counted are all the passages found, not those on one page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant import limits
from assistant.facets import Count, Facet, Facets, Flags
from assistant.query import Field, Query
from assistant.results import Result, result
from index.analysis import terms
from index.expression import All, Expression
from index.local import LocalIndex
from index.model import Filters

# So many passages nearest in meaning are found besides those that hold a word of the search.
NEAREST = 50
# How many searches are kept, for the pages after the first: some 400 kB each at 100,000 passages.
KEPT = 32
SIZES = (10, 25, 100)
_DATES = (Field.FROM, Field.TO)


class Reading(StrEnum):
    """How results are read: the best first, or every mention, in order."""

    BEST = "best"
    EVERY = "every"


class Order(StrEnum):
    """What comes first. Documents without a day come last."""

    BEST = "best"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Search:
    """One search as it is asked for, each part of it in the address of its page.

    ``chosen`` are the filters, of which any value of each facet will do. ``like`` is the id of a passage: what is
    found is then the nearest to it in meaning.
    """

    query: Query
    reading: Reading = Reading.BEST
    order: Order = Order.BEST
    chosen: frozenset[tuple[Facet, str]] = frozenset()
    first: date | None = None
    last: date | None = None
    undated: bool = True
    like: str = ""

    def values(self, facet: Facet) -> frozenset[str]:
        """The values of one facet that were chosen."""
        return frozenset(value for name, value in self.chosen if name is facet)


@dataclass(frozen=True, slots=True)
class Group:
    """How many passages are of one council and year; neither may be known."""

    council: str
    year: int | None
    passages: int


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found: one page of it, and what is known of all.

    ``searched`` documents are those that the limits on documents left, of which ``matching`` hold a passage found;
    ``undated`` passages would have been found, but for the range of dates, in documents whose day is not known.
    ``notice`` says, for a person, which limit nothing meets.
    """

    search: Search
    generation: str
    total: int = 0
    matching: int = 0
    searched: int = 0
    undated: int = 0
    page: int = 1
    pages: int = 1
    size: int = SIZES[0]
    results: tuple[Result, ...] = ()
    facets: Mapping[Facet, tuple[Count, ...]] = field(default_factory=dict)
    years: tuple[tuple[int | None, int], ...] = ()
    groups: tuple[Group, ...] = ()
    notice: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """The numbers of the passages found, in order, and what is counted of them."""

    numbers: NDArray[np.int64]
    searched: int
    undated: int
    facets: Mapping[Facet, tuple[Count, ...]]


class Searcher:
    """Searches one generation of an index, from any number of threads."""

    def __init__(self, index: LocalIndex) -> None:
        self.index = index
        self._facets = Facets.of(index)
        self._found = lru_cache(maxsize=KEPT)(self._find)

    def search(self, search: Search, page: int = 1, size: int = SIZES[0]) -> Results:
        """A page of what ``search`` finds: the last one, where there are not so many."""
        if notice := self._unmet(search):
            return Results(search, self.index.generation, size=size, notice=notice)
        found = self._found(search)
        total = len(found.numbers)
        pages = max(1, -(-total // size))
        page = min(max(1, page), pages)
        flags = self._flags(found.numbers)
        shown = found.numbers[(page - 1) * size : page * size].tolist()
        return Results(
            search,
            self.index.generation,
            total=total,
            matching=len(self._facets.documents(flags)),
            searched=found.searched,
            undated=found.undated,
            page=page,
            pages=pages,
            size=size,
            results=self._results(search, shown, (page - 1) * size),
            facets=found.facets,
            years=self._facets.years(flags),
            groups=self._groups(flags) if search.reading is Reading.EVERY else (),
        )

    def numbers(self, search: Search) -> Sequence[int]:
        """The numbers of all the passages that a search finds, in order."""
        return [] if self._unmet(search) else self._found(search).numbers.tolist()

    def newest(self, search: Search, most: int) -> list[tuple[Result, str]]:
        """Of all that a search finds, those first indexed last, with when that was: ISO 8601 in UTC.

        Those of one time stand in the order that the search gives them.
        """
        numbers = self.numbers(search)
        since = self.index.since(numbers)
        latest = sorted(range(len(numbers)), key=since.__getitem__, reverse=True)[:most]
        shown = self._results(search, [numbers[place] for place in latest], 0)
        return list(zip(shown, [since[place] for place in latest], strict=True))

    def _find(self, search: Search) -> _Found:
        of_documents, base = self._limited(search)
        first, last = _range(search)
        matching = self._matching(search, base & self._facets.between(first, last, undated=True))
        dates = self._facets.between(first, last, search.undated)
        chosen = {facet: self._facets.flags(facet, search.values(facet)) for facet in Facet}
        every = np.logical_and.reduce([matching, dates, *chosen.values()])
        counts = {}
        for facet in Facet:
            others = [flags for other, flags in chosen.items() if other is not facet]
            among = np.logical_and.reduce([matching, dates, *others])
            counts[facet] = self._facets.counts(facet, among, search.values(facet))
        in_scope = of_documents & dates
        for facet in (Facet.COUNCIL, Facet.BODY, Facet.KIND):
            in_scope &= chosen[facet]
        undated = np.logical_and.reduce([matching, ~dates, *chosen.values()])
        return _Found(
            self._in_order(search, self._ranked(search, every)),
            len(self._facets.documents(in_scope)),
            int(np.count_nonzero(undated)),
            counts,
        )

    def _matching(self, search: Search, allowed: Flags) -> Flags:
        """One flag a passage: whether it is found among those allowed, before filters choose."""
        if search.like:
            return self._flags(self.index.similar(search.like, allowed, NEAREST))
        text = search.query.text
        if search.reading is Reading.EVERY or not text:
            return allowed
        return self.index.matching(text, terms(text), allowed, NEAREST)

    def _ranked(self, search: Search, found: Flags) -> NDArray[np.int64]:
        """The numbers of the passages found, best first; in their documents' order where nothing ranks them."""
        if search.like:
            return self.index.similar(search.like, found, NEAREST)
        text = search.query.text
        if search.reading is Reading.EVERY or not text:
            return np.flatnonzero(found)
        return self.index.ranked(text, terms(text), found, NEAREST)

    def _flags(self, numbers: NDArray[np.int64]) -> Flags:
        """One flag a passage: whether its number is one of these."""
        flags = np.zeros(len(self.index.columns.document), np.bool_)
        flags[numbers] = True
        return flags

    def _limited(self, search: Search) -> tuple[Flags, Flags]:
        """The passages of the documents that the query's limits leave; and those of them that are what it asks for."""
        named = search.query.limits
        of_documents = self.index.allowed(Filters(documents=limits.documents(named, self.index.sources)))
        flags = of_documents & limits.passages(named, self.index, self._facets)
        flags &= self.index.allowed(Filters(expression=expression(search)))
        if search.reading is Reading.BEST:
            flags &= self.index.columns.searched
        return of_documents, flags

    def _unmet(self, search: Search) -> str:
        """Which limit nothing meets, for a person."""
        if search.like and self.index.passage(search.like) is None:
            return "The passage that similar ones were asked for is no longer held."
        return limits.unmet(search.query.limits, self.index.sources)

    def _in_order(self, search: Search, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """The passages in the order asked for: by council and day where every mention is read."""
        days = self._facets.days[numbers]
        rank = np.arange(len(numbers))
        if search.order is not Order.BEST:
            latest = np.where(days > 0, -days if search.order is Order.NEWEST else days, np.iinfo(np.int32).max)
            return numbers[np.lexsort((rank, latest))]
        if search.reading is Reading.EVERY or not (search.query.text or search.like):
            council = self._facets.codes(Facet.COUNCIL)[numbers]
            newest = np.where(days > 0, -days, np.iinfo(np.int32).max)
            return numbers[np.lexsort((numbers, newest, council))]
        return numbers

    def _groups(self, found: Flags) -> tuple[Group, ...]:
        """How many of each council and year, newest first."""
        groups = []
        for council in self._facets.counts(Facet.COUNCIL, found):
            mine = found & self._facets.flags(Facet.COUNCIL, {council.value})
            years = [(year, n) for year, n in self._facets.years(mine) if n]
            years.sort(key=lambda one: -(one[0] or 0))
            groups += [Group(council.value, year, n) for year, n in years]
        return tuple(groups)

    def _results(self, search: Search, numbers: Sequence[int], before: int) -> tuple[Result, ...]:
        marks = self.index.marks(All((*search.query.required, *search.query.plain)), numbers)
        shown = []
        for number, (passage, spans) in enumerate(zip(self.index.passages(numbers), marks, strict=True), before + 1):
            document = self.index.matters(passage.document)
            assert document is not None
            shown.append(result(number, passage, document, spans))
        return tuple(shown)


def _range(search: Search) -> tuple[date | None, date | None]:
    """The first and last day asked for, in the query's words and beside them: the narrower of both."""
    typed = {limit.field: date.fromisoformat(limit.value) for limit in search.query.limits if limit.field in _DATES}
    first = [day for day in (search.first, typed.get(Field.FROM)) if day]
    last = [day for day in (search.last, typed.get(Field.TO)) if day]
    return max(first, default=None), min(last, default=None)


def expression(search: Search) -> Expression:
    """What every passage found holds."""
    return search.query.expression(search.reading is Reading.EVERY)
