"""Facets: every count is what its link leads to, and a facet's own choice leaves its counts alone."""

from datetime import date

import numpy as np
import pytest
from builders import document, source
from engines import OpenIndex
from hypothesis import given, settings
from hypothesis import strategies as st
from officers import best, every, searcher_of_five

from assistant.search.facets import NOT_STATED, Count, Facet, Facets, day, fact_of
from assistant.search.query import parse
from assistant.search.search import Reading, Search, Searcher

# Of each reading: words, phrases, limits, nothing but filters, and days.
SEARCHES = [
    every("caseloads"),
    every("ofsted -medway"),
    every("role:decision"),
    every("from:2019 to:2022 social"),
    Search(parse("from:2022 ofsted"), Reading.EVERY, undated=False),
    Search(parse("social workers"), first=date(2019, 1, 1), last=date(2020, 1, 1), undated=False),
    best("caseloads of social workers"),
    best('"improvement board"'),
    best("zebra"),
    best("kind:minutes voice:officer"),
    best("retention council:medway"),
    Search(parse(""), chosen=frozenset({(Facet.ROLE, "finding")})),
    best("caseloads", (Facet.COUNCIL, "Medway Council"), (Facet.COUNCIL, "Middlesbrough Council")),
    best("caseloads", (Facet.VOICE, "officer"), (Facet.KIND, "minutes")),
    every("ofsted", (Facet.OUTCOME, "noted"), (Facet.ROLE, "discussion"), (Facet.ROLE, "finding")),
    best("caseloads", (Facet.COUNCIL, "Westmarch Council")),
]


@pytest.fixture(scope="module")
def searcher(open_index: OpenIndex) -> Searcher:
    return searcher_of_five(open_index)


def chosen(search: Search, choice: frozenset[tuple[Facet, str]]) -> Search:
    return Search(
        search.query,
        search.reading,
        search.order,
        choice,
        search.first,
        search.last,
        search.undated,
        search.like,
    )


def like(searcher: Searcher) -> Search:
    passage = searcher.search(every('"dramatic reduction"')).results[0].passage
    return Search(parse(""), like=passage.id)


@pytest.mark.parametrize("number", range(len(SEARCHES) + 1))
def test_every_count_is_the_total_of_the_search_it_leads_to(searcher: Searcher, number: int) -> None:
    """A value not chosen leads to it and all that is chosen of other facets; and what is found has it."""
    search = [*SEARCHES, like(searcher)][number]
    results = searcher.search(search)
    assert set(results.facets) == set(Facet)
    for facet, counts in results.facets.items():
        others = frozenset(one for one in search.chosen if one[0] is not facet)
        for count in counts:
            alone = searcher.search(chosen(search, others | {(facet, count.value)}))
            assert (facet, count.value, alone.total) == (facet, count.value, count.passages)
            assert count.chosen is ((facet, count.value) in search.chosen)
            assert tuple(one for one in alone.facets[facet] if one.passages) == tuple(
                Count(one.value, one.passages, one.value == count.value)
                for one in searcher.search(chosen(search, others)).facets[facet]
                if one.passages
            )


@pytest.mark.parametrize("number", range(len(SEARCHES)))
def test_several_values_of_a_facet_find_what_each_finds(searcher: Searcher, number: int) -> None:
    search = chosen(SEARCHES[number], frozenset())
    results = searcher.search(search)
    whole = set(searcher.numbers(search))
    for facet, counts in results.facets.items():
        assert sum(count.passages for count in counts) == results.total
        each = [set(searcher.numbers(chosen(search, frozenset({(facet, one.value)})))) for one in counts]
        assert set().union(*each) == whole
        pair = [(facet, one.value) for one in counts[:2]]
        assert set(searcher.numbers(chosen(search, frozenset(pair)))) == set().union(*each[:2])


@settings(max_examples=25)
@given(data=st.data())
def test_filters_of_several_facets_meet(searcher: Searcher, data: st.DataObject) -> None:
    """A choice finds what all its facets allow, in the order of the search without it where nothing else orders."""
    search = data.draw(st.sampled_from([every("ofsted"), best("caseloads of social workers"), best("voice:officer")]))
    values = [(facet, count.value) for facet, counts in searcher.search(search).facets.items() for count in counts]
    choice = data.draw(st.frozensets(st.sampled_from(values), max_size=4))
    found = searcher.numbers(chosen(search, choice))
    expected = set(searcher.numbers(search))
    for facet in {facet for facet, _ in choice}:
        of_facet = [value for value in choice if value[0] is facet]
        expected &= set().union(*(searcher.numbers(chosen(search, frozenset({value}))) for value in of_facet))
    assert set(found) == expected
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("facet", "counts"),
    [
        (
            Facet.COUNCIL,
            {
                "Medway Council": 5,
                "Gloucestershire County Council": 1,
                "Middlesbrough Council": 1,
            },
        ),
        (
            Facet.BODY,
            {
                "Cabinet": 3,
                "Children and Young People Overview and Scrutiny Committee": 2,
                "Children and Families Overview and Scrutiny Committee": 1,
                "Corporate Parenting Board": 1,
            },
        ),
        (Facet.KIND, {"minutes": 4, "report": 3}),
        (Facet.ROLE, {"discussion": 3, "action": 2, "finding": 1, "risk": 1}),
        (Facet.VOICE, {"report author": 3, "not stated": 2, "officer": 1, "Ofsted as reported": 1}),
        (Facet.OUTCOME, {"recommended only": 3, "noted": 2, "agreed": 1, "none recorded": 1}),
    ],
    ids=[facet.value for facet in Facet],
)
def test_the_counts_of_every_mention_of_caseloads(searcher: Searcher, facet: Facet, counts: dict[str, int]) -> None:
    found = searcher.search(every("caseload")).facets[facet]
    assert {count.value: count.passages for count in found} == counts
    assert [count.passages for count in found] == sorted(counts.values(), reverse=True)


def test_a_value_chosen_is_listed_though_nothing_has_it(searcher: Searcher) -> None:
    found = searcher.search(every("brazil", (Facet.COUNCIL, "Middlesbrough Council")))
    assert found.total == 0
    assert found.facets[Facet.COUNCIL] == (Count("Medway Council", 1), Count("Middlesbrough Council", 0, True))
    assert found.facets[Facet.KIND] == ()


@pytest.fixture(scope="module")
def facets() -> Facets:
    """Of four documents: of the last day of 2019, the first of 2020, a day of 2022, and of no known day."""
    days = {"a": "2019-12-31", "b": "2020-01-01", "c": "2022-06-01", "D": None}
    councils = {"a": "York", "b": "York", "c": "Kent", "D": None}
    return Facets.of([source(id, date=day, council=councils[id]) for id, day in days.items()])


@pytest.mark.parametrize(
    ("first", "last", "undated", "flags"),
    [
        (None, None, True, [1, 1, 1, 1]),
        (None, None, False, [1, 1, 1, 0]),
        (date(2020, 1, 1), None, False, [0, 1, 1, 0]),
        (date(2020, 1, 1), None, True, [0, 1, 1, 1]),
        (None, date(2020, 1, 1), False, [1, 1, 0, 0]),
        (None, date(2019, 12, 30), True, [0, 0, 0, 1]),
        (date(2019, 12, 31), date(2019, 12, 31), False, [1, 0, 0, 0]),
        (date(2023, 1, 1), date(2022, 1, 1), True, [0, 0, 0, 1]),
    ],
    ids=["all", "dated", "from", "from, undated", "to", "to, undated", "one day", "backwards"],
)
def test_between(facets: Facets, first: date | None, last: date | None, undated: bool, flags: list[int]) -> None:
    assert facets.between(first, last, undated).astype(int).tolist() == flags


@pytest.mark.parametrize(
    ("found", "years"),
    [
        ([1, 2, 1, 3], ((2019, 1), (2020, 2), (2021, 0), (2022, 1), (None, 3))),
        ([1, 0, 0, 0], ((2019, 1),)),
        ([0, 0, 0, 1], ((None, 1),)),
        ([0, 0, 0, 0], ()),
    ],
    ids=["all", "one", "undated", "none"],
)
def test_years_run_from_the_first_to_the_last(
    facets: Facets, found: list[int], years: tuple[tuple[int | None, int], ...]
) -> None:
    assert facets.years(np.array(found)) == years


@pytest.mark.parametrize(
    ("found", "groups"),
    [
        ([1, 2, 1, 3], (("York", 2020, 2), ("York", 2019, 1), (NOT_STATED, None, 3), ("Kent", 2022, 1))),
        ([0, 0, 2, 1], (("Kent", 2022, 2), (NOT_STATED, None, 1))),
        ([0, 0, 0, 0], ()),
    ],
    ids=["all", "two", "none"],
)
def test_groups_are_of_the_council_with_most_and_then_the_newest(
    facets: Facets, found: list[int], groups: tuple[tuple[str, int | None, int], ...]
) -> None:
    assert facets.groups(np.array(found)) == groups


def test_matches_are_ordered_by_their_documents(facets: Facets) -> None:
    documents = np.array([0, 0, 1, 2, 2, 3], np.int32)
    assert facets.by_council(documents).tolist() == [3, 4, 2, 0, 1, 5]
    assert facets.by_day(documents[[5, 1, 0, 4, 2, 3]], newest=True).tolist() == [3, 5, 4, 1, 2, 0]
    assert facets.by_day(documents, newest=False).tolist() == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("flags", "ids"),
    [([1, 1, 1, 1], None), ([1, 0, 0, 1], frozenset("aD")), ([0, 0, 0, 0], frozenset())],
    ids=["all", "some", "none"],
)
def test_all_documents_are_any(facets: Facets, flags: list[int], ids: frozenset[str] | None) -> None:
    assert facets.ids(np.array(flags, np.bool_)) == ids


@pytest.mark.parametrize(("id", "places"), [("d", [3]), ("D", [3]), ("A", [0]), ("e", [])])
def test_a_document_is_called_in_capitals_or_not(facets: Facets, id: str, places: list[int]) -> None:
    assert facets.called(id) == places


@pytest.mark.parametrize(
    ("facts", "facet", "value"),
    [
        ({"council": "Kent"}, Facet.COUNCIL, "Kent"),
        ({}, Facet.COUNCIL, NOT_STATED),
        ({"body": ""}, Facet.BODY, NOT_STATED),
        ({"body": "Board \ud800"}, Facet.BODY, "Board \ufffd"),
        ({"kind": "minutes"}, Facet.KIND, "minutes"),
        ({"kind": "poem"}, Facet.KIND, "document"),
        ({}, Facet.KIND, "document"),
    ],
    ids=["council", "no council", "blank body", "half a character", "kind", "another kind", "no kind"],
)
def test_a_documents_value_of_a_facet(facts: dict[str, str], facet: Facet, value: str) -> None:
    assert fact_of(source("a", **facts), facet) == value


def test_a_documents_day() -> None:
    assert day(document(facts={"date": "0001-01-01"}).source) == 1
    assert day(document().source) == 0
