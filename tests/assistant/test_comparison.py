"""Comparing councils: the strongest of each, and nothing rather than the least bad."""

import pytest
from asking import five, reading
from engines import OpenIndex

from assistant.search import comparison
from assistant.search.comparison import MOST_COUNCILS, CannotCompare, Comparison, compare
from assistant.search.query import parse
from assistant.search.search import Searcher
from corpus.model import Document
from index.local import LocalIndex

COUNCILS = ("Ashford Council", "Birchwood Council", "Cedarshire County Council")
DOCUMENTS = (
    reading(
        "ashford-old",
        "Foster carers were recruited.\n\nThe council inspects bridges.",
        council=COUNCILS[0],
        title="Fostering in Ashford",
        date="2019-05-01",
        kind="report",
    ),
    reading(
        "ashford-new",
        "Foster carers were recruited.\n\nThe council met.",
        council=COUNCILS[0],
        title="More fostering",
        date="2021-02-03",
        kind="minutes",
    ),
    reading(
        "birchwood",
        "The council met about foster placements.\n\nThe council inspects libraries.",
        council=COUNCILS[1],
        title="Placements in Birchwood",
        kind="minutes",
    ),
    reading(
        "cedarshire",
        "The council inspects bridges and bridges.",
        council=COUNCILS[2],
        title="Bridges of Cedarshire",
        date="2020-06-07",
        kind="report",
    ),
    reading("unknown", "The council has foster carers.", title="Nobody's"),
)


def searcher(open_index: OpenIndex, *documents: Document, model: bool = True) -> Searcher:
    return Searcher(open_index(documents, model=model))


@pytest.fixture(scope="module")
def held(open_index: OpenIndex) -> Searcher:
    return searcher(open_index, *DOCUMENTS)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder, encoder, _ = five(tmp_path_factory)
    return Searcher(LocalIndex.open(folder, encoder))


def found(compared: Comparison) -> dict[str, list[str]]:
    """The words of each column's passages, by the first word of its council."""
    return {one.council.split()[0]: [r.passage.text for r in one.results] for one in compared.columns}


def test_each_council_has_a_column_in_the_order_chosen(held: Searcher) -> None:
    compared = compare(held, parse("foster carers"), [COUNCILS[2], COUNCILS[0]], 3)
    assert compared.chosen
    assert found(compared) == {
        "Cedarshire": [],
        "Ashford": ["Foster carers were recruited.", "Foster carers were recruited."],
    }


def test_a_column_says_which_documents_were_searched(held: Searcher) -> None:
    columns = compare(held, parse("foster carers"), COUNCILS, 3).columns
    assert [[(s.title.value, s.date.value) for s in one.documents] for one in columns] == [
        [("More fostering", "2021-02-03"), ("Fostering in Ashford", "2019-05-01")],
        [("Placements in Birchwood", None)],
        [("Bridges of Cedarshire", "2020-06-07")],
    ]


def test_of_equals_the_newer_comes_first_and_what_is_left_is_counted(held: Searcher) -> None:
    column = compare(held, parse("foster carers"), COUNCILS[:1], 1).columns[0]
    assert [one.evidence.source.id for one in column.results] == ["ashford-new"]
    assert column.total == 2


def test_numbers_run_on_from_column_to_column(held: Searcher) -> None:
    columns = compare(held, parse("foster"), COUNCILS, 3).columns
    assert [[one.evidence.number for one in column.results] for column in columns] == [[1, 2], [3], []]


def test_the_words_of_the_query_are_marked(held: Searcher) -> None:
    result = compare(held, parse("foster carers"), COUNCILS[:1], 1).columns[0].results[0]
    text = next(one.text for one in DOCUMENTS if one.id == "ashford-new")
    assert [text[mark.start : mark.end] for mark in result.evidence.highlights] == ["Foster", "carers"]


@pytest.mark.parametrize(
    ("query", "speaking"),
    [
        ("foster council", ["Ashford", "Birchwood"]),
        ("council", ["Ashford", "Birchwood", "Cedarshire"]),
        ("council potholes", []),
        ("potholes", []),
        ('"inspects bridges" potholes', ["Ashford", "Cedarshire"]),
        ("(bridges OR libraries)", ["Ashford", "Birchwood", "Cedarshire"]),
        ("bridges -foster", ["Ashford", "Cedarshire"]),
        ("kind:minutes", ["Ashford", "Birchwood"]),
        ("kind:report foster", ["Ashford"]),
        ("council:birchwood foster", ["Birchwood"]),
        ("bridges from:2020", ["Cedarshire"]),
        ("libraries from:2020", ["Birchwood"]),
        ("foster schools roads parks museums harbours airports castles", []),
    ],
    ids=str,
)
def test_which_councils_have_something_to_say(held: Searcher, query: str, speaking: list[str]) -> None:
    assert [name for name, said in found(compare(held, parse(query), COUNCILS, 3)).items() if said] == speaking


def test_words_alone_tell_too_without_a_model(open_index: OpenIndex) -> None:
    compared = compare(searcher(open_index, *DOCUMENTS, model=False), parse("foster"), COUNCILS, 3)
    assert [len(column.results) for column in compared.columns] == [2, 1, 0]


def test_the_best_matches_come_first_where_none_is_chosen(held: Searcher) -> None:
    compared = compare(held, parse("bridges"), [], 3)
    assert (compared.chosen, compared.held, compared.unplaced) == (False, 3, 1)
    assert list(found(compared)) == ["Cedarshire", "Ashford", "Birchwood"]


def test_only_the_best_few_are_shown_where_none_is_chosen(open_index: OpenIndex) -> None:
    many = [reading(f"d{n}", f"Roads of {n}.", council=f"Town{n} Council") for n in range(MOST_COUNCILS + 2)]
    last = reading("z", "Foster carers met.", council="Zennor Council")
    compared = compare(searcher(open_index, *many, last), parse("foster carers"), [], 3)
    assert compared.held == MOST_COUNCILS + 3
    assert [one.council for one in compared.columns] == [
        "Zennor Council",
        "Town0 Council",
        "Town1 Council",
        "Town2 Council",
        "Town3 Council",
        "Town4 Council",
    ]


def test_only_councils_that_the_limits_leave_are_shown_where_none_is_chosen(held: Searcher) -> None:
    assert list(found(compare(held, parse("council:cedarshire foster"), [], 3))) == ["Cedarshire"]


def test_a_council_chosen_that_the_limits_exclude_has_no_documents(held: Searcher) -> None:
    column = compare(held, parse("council:cedarshire bridges"), COUNCILS[:1], 3).columns[0]
    assert (column.results, column.total, column.documents) == ((), 0, ())


@pytest.mark.parametrize(
    ("chosen", "councils"),
    [
        (["Ashford"], ["Ashford Council"]),
        (["cedarshire county council", "Cedarshire County Council"], ["Cedarshire County Council"]),
    ],
    ids=["short", "twice"],
)
def test_a_council_may_be_named_in_other_ways(held: Searcher, chosen: list[str], councils: list[str]) -> None:
    assert [one.council for one in compare(held, parse("foster"), chosen, 3).columns] == councils


def test_a_council_that_is_not_held_is_refused_with_those_that_are(held: Searcher) -> None:
    with pytest.raises(CannotCompare) as refused:
        compare(held, parse("foster"), ["Ashford", "Kent"], 3)
    assert str(refused.value) == (
        "No document here is from “Kent”. The documents are from: "
        "Ashford Council; Birchwood Council; Cedarshire County Council."
    )


def test_too_many_councils_are_refused(open_index: OpenIndex) -> None:
    names = [f"Town{n} Council" for n in range(MOST_COUNCILS + 1)]
    many = [reading(f"d{n}", f"Roads of {n}.", council=name) for n, name in enumerate(names)]
    with pytest.raises(CannotCompare, match="You chose 7 councils: choose 6 at most"):
        compare(searcher(open_index, *many), parse("roads"), names, 3)


def test_a_limit_that_nothing_meets_is_said(held: Searcher) -> None:
    compared = compare(held, parse("council:kent foster"), [], 3)
    assert compared.columns == ()
    assert compared.notice.startswith("No document here is from “kent”.")


def test_the_rule_holds_as_it_was_measured(documents: Searcher) -> None:
    """Ten subjects, read by hand; two of the forty columns are other than they should be, and are marked so."""
    speaking = {
        "health partners contribution": {"Medway"},
        "foster carers": {"Medway", "Gloucestershire", "Leicestershire"},
        "caseloads of social workers": {"Medway", "Middlesbrough", "Gloucestershire"},
        "potholes": set(),
        "improvement board": {"Medway", "Middlesbrough"},
        "care leavers accommodation": {"Medway", "Leicestershire"},
        "early help": {"Medway", "Middlesbrough", "Leicestershire"},  # Leicestershire's is on help and protection
        "missing children": {"Medway"},
        "recruitment and retention of social workers": {"Medway", "Middlesbrough", "Gloucestershire"},
        "budget overspend": {"Medway"},  # Middlesbrough's "financial pressures" are in other words
    }
    for query, councils in speaking.items():
        said = {name for name, words in found(compare(documents, parse(query), [], 3)).items() if words}
        assert said == councils, query


@pytest.mark.parametrize(
    ("query", "council", "part", "without"),
    [
        ("improvement board", "Leicestershire", "_telling", lambda query, index: query),
        ("care leavers accommodation", "Middlesbrough", "LEAST_STRENGTH", 0.0),
    ],
    ids=["word", "strength"],
)
def test_neither_part_of_the_rule_will_do_alone(
    documents: Searcher, query: str, council: str, part: str, without: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the word, a council speaks of a board that names none; without the strength, one word is enough."""
    assert not found(compare(documents, parse(query), [], 3))[council]
    monkeypatch.setattr(comparison, part, without)
    assert found(compare(documents, parse(query), [], 3))[council]
