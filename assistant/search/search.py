"""Search for officers: from a query and its filters to results that can be defended. Read this after assistant.py.

A query's words rank passages; its phrases, exclusions and limits, and the filters chosen beside it, are met by every
passage found, and are applied before anything is ranked. Filters choose among what the query finds without them, so
that each count beside them is what choosing it leads to. Counted are all the passages found, not those on one page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache, partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.search import limits
from assistant.search.facets import OF_DOCUMENTS, Count, Facet, Facets, Flags
from assistant.search.query import Field, Query
from assistant.search.results import Result, result
from corpus.model import Role, Voice
from corpus.passages.outcomes import Badge
from index import ranking
from index.index import Index
from index.model import Filters, Matches
from index.words.analysis import terms
from index.words.expression import All, Expression, marks

# So many passages nearest in meaning are found besides those that hold a word of the search.
NEAREST = 50
# How many searches are kept, for the pages after the first: 8 bytes each for a passage found.
KEPT = 32
SIZES = (10, 25, 100)
_DATES = (Field.FROM, Field.TO)

Value = TypeVar("Value", Role, Voice, Badge)


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
    ``undated`` passages would have been found, but for the range of dates, in documents whose day is not known. Where
    not ``complete``, more would be found than the index counts, and all that is told is of those counted alone.
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
    complete: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """The numbers of the passages found, in order, and what is known of them all, whichever page is shown."""

    numbers: NDArray[np.int64]
    known: Results


class Searcher:
    """Searches one generation of an index, from any number of threads."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.facets = Facets.of(index.sources)
        self._found = lru_cache(maxsize=KEPT)(self._find)

    def search(self, search: Search, page: int = 1, size: int = SIZES[0]) -> Results:
        """A page of what ``search`` finds: the last one, where there are not so many."""
        if notice := self._unmet(search):
            return Results(search, self.index.generation, size=size, notice=notice)
        found = self._found(search)
        pages = max(1, -(-len(found.numbers) // size))
        page = min(max(1, page), pages)
        shown = found.numbers[(page - 1) * size : page * size].tolist()
        results = self._results(search, shown, (page - 1) * size)
        return replace(found.known, page=page, pages=pages, size=size, results=results)

    def numbers(self, search: Search, most: int | None = None) -> Sequence[int]:
        """The numbers of the passages that a search finds, in order: all of them, or so many at most."""
        return [] if self._unmet(search) else self._found(search).numbers[:most].tolist()

    def newest(self, search: Search, most: int) -> list[tuple[Result, str]]:
        """Of all that a search finds, those first indexed last, with when that was: ISO 8601 in UTC.

        Those of one time stand in the order that the search gives them.
        """
        if self._unmet(search):
            return []
        latest = self.index.newest(self._found(search).numbers, most)
        shown = self._results(search, [number for number, _ in latest], 0)
        return list(zip(shown, [since for _, since in latest], strict=True))

    def _find(self, search: Search) -> _Found:
        limited = limits.documents(search.query.limits, self.facets)
        first, last = _range(search)
        dates = self.facets.between(first, last, search.undated)
        values = {facet: some for facet in Facet if (some := search.values(facet))}
        in_scope = np.logical_and.reduce(
            [limited, *(self.facets.having(facet, values[facet]) for facet in OF_DOCUMENTS if facet in values)]
        )
        within = self.facets.between(first, last, undated=True)
        filters = replace(
            limits.passages(search.query.limits),
            documents=self.facets.ids(limited & within),
            expression=_asked(search),
            searched=True if search.reading is Reading.BEST else None,
        )
        matches = self._matching(search, filters)
        if values and not matches.complete:
            # Those chosen must not be only those that happen to be counted.
            matches = self._matching(search, _chosen(search, filters, self.facets.ids(in_scope & within)))
        chosen = {facet: self.facets.flags(facet, matches, values[facet]) for facet in values}
        dated = [] if dates.all() else [dates[matches.document]]
        every = _meeting(matches, [*dated, *chosen.values()])
        if (values or dated) and ranking.outnumbers(every):
            narrower = self._matching(search, _chosen(search, filters, self.facets.ids(in_scope & dates)))
            every = ranking.nearest(every, narrower)
        counts = {}
        for facet in Facet:
            others = [flags for other, flags in chosen.items() if other is not facet]
            among = _meeting(matches, [*dated, *others]) if facet in chosen else every
            counts[facet] = self.facets.counts(facet, among, values.get(facet, ()))
        undated = [np.logical_and.reduce([~flags, *chosen.values()]) for flags in dated]
        tally = self.facets.tally(every)
        known = Results(
            search,
            self.index.generation,
            total=len(every),
            matching=int(np.count_nonzero(tally)),
            searched=int(np.count_nonzero(in_scope & dates)),
            undated=sum(int(np.count_nonzero(flags)) for flags in undated),
            facets=counts,
            years=self.facets.years(tally),
            groups=self._groups(search, tally),
            complete=matches.complete,
        )
        return _Found(every.number[self._in_order(search, every)], known)

    def _matching(self, search: Search, filters: Filters) -> Matches:
        """What is found among the passages that ``filters`` allow."""
        if search.like:
            return self.index.similar(search.like, filters, NEAREST)
        text = "" if search.reading is Reading.EVERY else search.query.text
        return self.index.matching(text, terms(text), filters, NEAREST)

    def _unmet(self, search: Search) -> str:
        """Which limit nothing meets, for a person."""
        if search.like and self.index.passage(search.like) is None:
            return "The passage that similar ones were asked for is no longer held."
        return limits.unmet(search.query.limits, self.facets)

    def _in_order(self, search: Search, matches: Matches) -> NDArray[np.int64]:
        """The places of matches in the order asked for: by council and day where every mention is read."""
        text = search.query.text
        order = np.arange(len(matches))
        if search.reading is Reading.BEST and text and not search.like:
            order = ranking.ranked(matches, partial(self.index.nearness, text))
        if search.order is not Order.BEST:
            return order[self.facets.by_day(matches.document[order], search.order is Order.NEWEST)]
        if search.reading is Reading.EVERY or not (text or search.like):
            order = np.argsort(matches.number, kind="stable")  # what is like another comes nearest first
            return order[self.facets.by_council(matches.document[order])]
        return order

    def _groups(self, search: Search, tally: NDArray[np.int64]) -> tuple[Group, ...]:
        """How many of each council and year, newest first, where every mention is read."""
        return tuple(Group(*one) for one in self.facets.groups(tally)) if search.reading is Reading.EVERY else ()

    def _results(self, search: Search, numbers: Sequence[int], before: int) -> tuple[Result, ...]:
        passages = self.index.passages(numbers)
        marked = marks(All((*search.query.required, *search.query.plain)), passages)
        shown = []
        for number, (passage, spans) in enumerate(zip(passages, marked, strict=True), before + 1):
            document = self.index.matters(passage.document)
            assert document is not None
            shown.append(result(number, passage, document, spans))
        return tuple(shown)


def _meeting(matches: Matches, flags: Sequence[Flags]) -> Matches:
    """The matches that all of these flag."""
    return matches.of(np.logical_and.reduce(flags)) if flags else matches


def _chosen(search: Search, filters: Filters, documents: frozenset[str] | None) -> Filters:
    """``filters`` of these documents alone, with the values of other facets chosen besides."""
    return replace(
        filters,
        documents=documents,
        roles=_both(filters.roles, Role, search.values(Facet.ROLE)),
        voices=_both(filters.voices, Voice, search.values(Facet.VOICE)),
        outcomes=_both(filters.outcomes, Badge, search.values(Facet.OUTCOME)),
    )


def _both(allowed: frozenset[Value] | None, kind: type[Value], chosen: frozenset[str]) -> frozenset[Value] | None:
    """Those values that are allowed and, where any are, chosen."""
    if not chosen:
        return allowed
    return frozenset(one for one in (kind if allowed is None else allowed) if one.value in chosen)


def _range(search: Search) -> tuple[date | None, date | None]:
    """The first and last day asked for, in the query's words and beside them: the narrower of both."""
    typed = {limit.field: date.fromisoformat(limit.value) for limit in search.query.limits if limit.field in _DATES}
    first = [day for day in (search.first, typed.get(Field.FROM)) if day]
    last = [day for day in (search.last, typed.get(Field.TO)) if day]
    return max(first, default=None), min(last, default=None)


def expression(search: Search) -> Expression:
    """What every passage found holds."""
    return search.query.expression(search.reading is Reading.EVERY)


def _asked(search: Search) -> Expression | None:
    """What every passage found holds; None where that may be anything."""
    asked = expression(search)
    return None if asked == All() else asked
