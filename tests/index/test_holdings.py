"""What an index holds documents of: its sources grouped by council, body, kind and day."""

from datetime import date

import pytest
from builders import holdings, source

from index.knowledge.holdings import Holdings, Spread

SOURCES = (
    source("board", council="Middlesbrough Council", body="Corporate Parenting Board", date="2022-09-14"),
    source("undated", council="Medway Council", body="Cabinet", kind="minutes"),
    source("cabinet", council="Medway Council", body="Cabinet", date="2019-09-03", kind="report"),
    source("nobody", date="2019-01-01", kind="report"),
)
HELD = holdings(
    SOURCES,
    undated="The MASH was visited in August 2019 and in May 2021.",
    board="The inspection of 2020; the MASH.",
    cabinet="The visit of June 2018.",
)


def test_documents_are_grouped() -> None:
    assert list(HELD.councils.items()) == [
        ("Medway Council", {"undated", "cabinet"}),
        ("Middlesbrough Council", {"board"}),
    ]
    assert HELD.names == {"Medway Council", "Middlesbrough Council"}
    assert dict(HELD.bodies) == {"Cabinet": {"undated", "cabinet"}, "Corporate Parenting Board": {"board"}}
    assert dict(HELD.kinds) == {"": {"board"}, "minutes": {"undated"}, "report": {"cabinet", "nobody"}}


@pytest.mark.parametrize(
    ("asked", "bodies"),
    [
        (["parent", "board"], ["Corporate Parenting Board"]),
        (["board", "cabinet"], ["Cabinet", "Corporate Parenting Board"]),
        (["parent"], []),
    ],
    ids=["its last term", "in order of their names", "not its last term"],
)
def test_bodies_by_their_last_term(asked: list[str], bodies: list[str]) -> None:
    assert [body for body, _ in HELD.bodies_ending(asked)] == bodies


@pytest.mark.parametrize(
    ("documents", "ids"),
    [(None, ["board", "undated", "cabinet", "nobody"]), ({"cabinet", "board"}, ["board", "cabinet"]), (set(), [])],
    ids=["all", "some, in order", "none"],
)
def test_sources_of_documents(documents: set[str] | None, ids: list[str]) -> None:
    assert [one.id for one in HELD.of(None if documents is None else frozenset(documents))] == ids


@pytest.mark.parametrize(
    ("documents", "spread"),
    [
        (None, Spread(4, 2, ("2019", "2022"), 1)),
        ({"undated"}, Spread(1, 1, None, 1)),
        ({"nobody"}, Spread(1, 0, ("2019", "2019"), 0)),
        (set(), Spread(0, 0, None, 0)),
    ],
    ids=["all", "no date", "no council", "none"],
)
def test_what_documents_are_spread_over(documents: set[str] | None, spread: Spread) -> None:
    assert HELD.spread(None if documents is None else frozenset(documents)) == spread


@pytest.mark.parametrize(
    ("first", "last", "left", "documents", "sure"),
    [
        (date(2019, 1, 1), date(2019, 12, 31), None, {"cabinet", "nobody", "undated"}, True),
        (date(2019, 8, 1), date(2019, 8, 31), None, {"undated"}, False),
        (date(2020, 1, 1), date(2020, 12, 31), None, {"board"}, False),
        (date(2018, 6, 1), date.max, None, {"board", "cabinet", "nobody", "undated"}, True),
        (date(2019, 1, 1), date(2019, 12, 31), {"board", "undated"}, {"undated"}, False),
        (date(2017, 1, 1), date(2017, 12, 31), None, set(), False),
    ],
    ids=["a year", "only mentioned, undated", "only mentioned, dated", "open", "of some documents", "of nothing"],
)
def test_documents_of_a_range_of_days(
    first: date, last: date, left: set[str] | None, documents: set[str], sure: bool
) -> None:
    among = HELD.ids if left is None else frozenset(left)
    assert HELD.of_days(first, last, among) == (documents, sure)


@pytest.mark.parametrize(
    ("acronym", "documents", "writes"),
    [("MASH", None, True), ("MASH", {"cabinet"}, False), ("MASH", {"cabinet", "board"}, True), ("LAC", None, False)],
    ids=["any", "not these", "one of these", "nobody"],
)
def test_whether_documents_write_an_acronym(acronym: str, documents: set[str] | None, writes: bool) -> None:
    assert HELD.writes(acronym, None if documents is None else frozenset(documents)) is writes


@pytest.mark.parametrize(
    ("documents", "apart"),
    [
        (None, [{"board"}, {"undated", "cabinet"}, {"nobody"}]),
        ({"nobody", "cabinet", "undated"}, [{"undated", "cabinet"}, {"nobody"}]),
        ({"cabinet", "board"}, [{"board"}, {"cabinet"}]),
    ],
    ids=["all", "without one", "one of two"],
)
def test_documents_of_each_council_apart(documents: set[str] | None, apart: list[set[str]]) -> None:
    assert HELD.by_council(None if documents is None else frozenset(documents)) == apart


def test_an_index_of_nothing() -> None:
    none: Holdings = holdings(())
    assert none.spread(None) == Spread(0, 0, None, 0)
    assert none.of_days(date.min, date.max, none.ids) == (frozenset(), False)
    assert none.by_council(None) == []
