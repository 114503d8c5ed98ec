"""Comparing councils: for one query, the strongest passages of each side by side, and nothing where there is nothing.

A search always has a best passage, and of a council that says nothing to the point it is the least bad. So what a
comparison shows must, beyond what the query limits:

- hold, in its own words, one of the query's words that tell. A word that every document holds ("Ofsted", "children")
  tells no council from another and counts for nothing, unless the query has no other. What counts so is seen in the
  passage, marked, by the person who reads it.
- speak of the subject as strongly as an answer must (:func:`assistant.answers.bearing.strength` and
  ``LEAST_STRENGTH``), by meaning and by the share of the query's weight that it holds, the rarest words weighing most.

Neither will do alone. A word will not: "work to help embed the policy" holds one of "early help". Strength will not:
on "improvement board", "an action plan will be presented to the Committee" is strong without a word of any board. What
a query requires (a phrase in quotes, a group, nearness) is said by the person to be enough, and so it is.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answers.bearing import strength
from assistant.answers.evidence import LEAST_STRENGTH
from assistant.questions import councils
from assistant.questions.question import Question
from assistant.questions.wants import Want
from assistant.search import limits
from assistant.search.facets import Facet, day
from assistant.search.query import Field, Limit, Query
from assistant.search.results import Result, result
from assistant.search.search import Search, Searcher, expression
from corpus.model import Passage, Source
from index.index import Index
from index.model import Filters
from index.words.analysis import terms
from index.words.expression import All, Any, Phrase, Word, marks

# More columns than these are no longer read side by side.
MOST_COUNCILS = 6
# Of so many passages of a council, the best by the search, the strength is known; others are weaker.
MOST_READ = 200
# And of so many, the best as answers; the strength of another is taken for nothing.
MOST_RANKED = 1_000
# Strengths nearer to one another than this are equal, and the newer passage comes first: the measure is no finer.
EQUAL = 0.1


class CannotCompare(ValueError):
    """Councils that cannot be compared; the text tells the person why, and what to choose."""


@dataclass(frozen=True, slots=True)
class Column:
    """One council: its strongest passages, strongest first and newest of equals, and the documents searched.

    ``total`` passages were found, of which ``results`` are some; it goes no further than ``MOST_READ``. ``documents``
    are the newest first, and those without a day last; none are where the query's limits leave none of the council's.
    """

    council: str
    results: tuple[Result, ...]
    total: int
    documents: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What each council's documents say, column beside column; nothing in it is of more than one.

    The columns are in the order chosen, or where none was chosen (``chosen`` is false) the best match first, of
    ``held`` councils. ``unplaced`` documents state no council and are in no column. ``notice`` says, for a person,
    which limit of the query nothing meets.
    """

    query: Query
    columns: tuple[Column, ...]
    chosen: bool
    held: int
    unplaced: int
    notice: str = ""


@dataclass(frozen=True, slots=True)
class _Strong:
    """A passage found, by its number, and how strongly it speaks of the subject."""

    number: int
    passage: Passage
    strength: float


def held(sources: Iterable[Source]) -> dict[str, int]:
    """The councils that there are documents of, in order of their names, each with how many."""
    return dict(sorted(Counter(source.council.value for source in sources if source.council.value).items()))


def compare(searcher: Searcher, query: Query, chosen: Sequence[str], most: int) -> Comparison:
    """The ``most`` strongest passages of each council ``chosen``; of the best few where none is.

    Documents without a day are within any range of days, as a council must not look silent for want of a date.
    Raises :class:`CannotCompare` for a council that is not held, and for more than ``MOST_COUNCILS``.
    """
    sources = searcher.index.sources
    wanted = _wanted(chosen, list(held(sources)))
    left = limits.documents(query.limits, searcher.facets)
    searched = [source for source, is_left in zip(sources, left, strict=True) if is_left]
    searched = [source for source in searched if _in_range(source, query.limits)]
    there = held(searched)
    search = Search(_telling(query, searcher.index))
    columns: list[Column] = []
    for council in wanted or _best(searcher, search, query, list(there)):
        documents = [source for source in searched if source.council.value == council]
        # Without documents in scope there is nothing to search; and no documents at all would mean any.
        strong = _strong(searcher, search, query, documents, council) if documents else []
        results = _results(searcher.index, query, strong[:most], sum(len(column.results) for column in columns))
        columns.append(Column(council, results, len(strong), tuple(sorted(documents, key=day, reverse=True))))
    return Comparison(
        query,
        tuple(columns),
        bool(wanted),
        len(wanted) if wanted else len(there),
        sum(source.council.value is None for source in searched),
        searcher.search(search, size=1).notice,
    )


def _wanted(chosen: Sequence[str], held: Sequence[str]) -> list[str]:
    """The councils chosen, by the names that documents give them, each once."""
    found = []
    for name in chosen:
        if name not in held and not any(councils.same(name, council) for council in held):
            raise CannotCompare(f"No document here is from “{name}”. The documents are from: {'; '.join(held)}.")
        found.append(name if name in held else next(council for council in held if councils.same(name, council)))
    found = list(dict.fromkeys(found))
    if len(found) > MOST_COUNCILS:
        raise CannotCompare(f"You chose {len(found)} councils: choose {MOST_COUNCILS} at most. Two to four read best.")
    return found


def _in_range(source: Source, named: Sequence[Limit]) -> bool:
    """Whether a document's day, where it has one, is within the range that a query names."""
    day = source.date.value
    first = [one.value for one in named if one.field is Field.FROM]
    last = [one.value for one in named if one.field is Field.TO]
    return day is None or (all(day >= one for one in first) and all(day <= one for one in last))


def _telling(query: Query, index: Index) -> Query:
    """The query with what a passage must hold of its words, if it requires none itself."""
    if not query.plain or _requires(query):
        return query
    asked = {term: index.documents_holding(term) for term in terms(query.text)}
    telling = [term for term, documents in asked.items() if documents < len(index.sources)] or list(asked)
    return replace(query, required=(*query.required, Any(tuple(Word(term) for term in telling))))


def _requires(query: Query) -> bool:
    """Whether the query requires words, besides those it ranks by and those it leaves out."""
    ranked = 0
    for one in query.plain:
        ranked += len(terms(" ".join(one.words))) if isinstance(one, Phrase) else 1
    return len(terms(query.text)) > ranked


def _best(searcher: Searcher, search: Search, query: Query, among: Collection[str]) -> list[str]:
    """The councils with the best passages, best first, filled up with others by name."""
    of_document = {source.id: source.council.value for source in searcher.index.sources}
    found = _strong(searcher, search, query, searcher.index.sources)
    best = [of_document[one.passage.document] for one in sorted(found, key=lambda one: -one.strength)]
    return [name for name in dict.fromkeys((*best, *among)) if name and name in among][:MOST_COUNCILS]


def _strong(
    searcher: Searcher, search: Search, query: Query, sources: Sequence[Source], council: str = ""
) -> list[_Strong]:
    """The passages of a council's documents that speak of the query's subject, strongest first, newest of equals."""
    index = searcher.index
    if council:
        search = replace(search, chosen=frozenset({(Facet.COUNCIL, council)}))
    numbers = searcher.numbers(search, MOST_READ)
    passages = index.passages(numbers)
    if not query.text:
        return [_Strong(number, passage, 0.0) for number, passage in zip(numbers, passages, strict=True)]
    looked_for = terms(query.text)
    documents = None if len(sources) == len(index.sources) else frozenset(source.id for source in sources)
    filters = Filters(documents=documents, expression=expression(search))
    hits = index.search(query.text, terms=looked_for, filters=filters, top=MOST_RANKED)
    # As a question, the query's words are its topic, in no other words than they are typed.
    question = Question(query.asked, query.text, looked_for, dict.fromkeys(looked_for, ()), Want.FACT)
    of = {hit.passage.id: strength(question, hit, index) for hit in hits}
    found = [_Strong(n, one, of.get(one.id, 0.0)) for n, one in zip(numbers, passages, strict=True)]
    if not _requires(query):
        found = [one for one in found if one.strength >= LEAST_STRENGTH]
    days = {source.id: day(source) for source in sources}
    return sorted(found, key=lambda one: (-round(one.strength / EQUAL), -days[one.passage.document]))


def _results(index: Index, query: Query, strong: Sequence[_Strong], before: int) -> tuple[Result, ...]:
    marked = marks(All((*query.required, *query.plain)), [one.passage for one in strong])
    shown = []
    for number, (one, spans) in enumerate(zip(strong, marked, strict=True), before + 1):
        document = index.matters(one.passage.document)
        assert document is not None
        shown.append(result(number, one.passage, document, spans))
    return tuple(shown)
