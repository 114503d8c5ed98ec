"""Filters as conditions. No server is needed."""

import re
from datetime import date

import pytest
from builders import source
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Role, Voice
from corpus.passages.outcomes import Badge
from index.milvus.places import Places, facts
from index.milvus.tokens import number
from index.milvus.where import NEVER, Scope, certain, decided, possible, where
from index.model import Filters
from index.words.expression import All, Any, Expression, Near, Phrase, Without, Word

KENT, LEEDS, NONE = number("Kent"), number("Leeds"), number("")
SOURCES = (
    *(source(f"kent-{n}", council="Kent") for n in range(8)),
    *(source(f"leeds-{n}", council="Leeds") for n in range(3)),
    source("other"),
)
DATED = (
    *(source(f"kent-{year}", council="Kent", date=f"{year}-01-01", kind="minutes") for year in range(2015, 2023)),
    *(source(f"leeds-{year}", council="Leeds", date=f"{year}-01-01", kind="report") for year in range(2015, 2023)),
    source("undated", council="Leeds"),
    source("inspection", council="Kent", date="2022-01-01", kind="inspection report"),
)
DAY = {year: date(year, 1, 1).toordinal() for year in range(2015, 2023)}


@pytest.mark.parametrize(
    ("documents", "condition"),
    [
        ({"nowhere"}, None),
        (set(), None),
        ({one.id for one in SOURCES}, ""),
        ({f"kent-{n}" for n in range(8)}, f"council in [{KENT}]"),
        ({"kent-1"}, f"(council in [{KENT}]) and (document in [1])"),
        ({"kent-1", "kent-3"}, f"(council in [{KENT}]) and (document in [1, 3])"),
        ({"kent-1", "kent-2", "kent-3"}, f"(council in [{KENT}]) and (document >= 1 and document <= 3)"),
        ({"other", "nowhere"}, f"council in [{NONE}]"),
        (
            {f"kent-{n}" for n in range(8)} - {"kent-3"},
            f"(council in [{KENT}]) and (not (document in [3]))",
        ),
        (
            {"kent-0", "leeds-0", "leeds-1", "leeds-2"},
            f"(council in {sorted([KENT, LEEDS])}) and (not (document >= 1 and document <= 7))",
        ),
    ],
    ids=[
        *("unknown", "none", "all", "a council", "one", "two", "a row", "no council", "all but one"),
        "a council and one",
    ],
)
def test_documents_are_named_by_their_councils_where_that_will_do(documents: set[str], condition: str | None) -> None:
    assert Places(SOURCES).condition(documents) == condition


@pytest.mark.parametrize(
    ("documents", "condition"),
    [
        (
            {f"{council}-{year}" for council in ("kent", "leeds") for year in (2017, 2018, 2019)},
            f"day >= {DAY[2017]} and day <= {DAY[2019]}",
        ),
        (
            {f"leeds-{year}" for year in range(2015, 2020)} | {"undated"},
            f"(council in [{LEEDS}]) and ((day >= {DAY[2015]} and day <= {DAY[2019]}) or (day == 0))",
        ),
        ({"undated"}, f"(council in [{LEEDS}]) and (day == 0)"),
        ({"kent-2022", "inspection"}, f"(council in [{KENT}]) and (day >= {DAY[2022]} and day <= {DAY[2022]})"),
        (
            {"inspection"},
            f"(council in [{KENT}]) and (day >= {DAY[2022]} and day <= {DAY[2022]}) and (kind in [2])",
        ),
        (
            {f"{council}-{year}" for council in ("kent", "leeds") for year in range(2016, 2022)} - {"leeds-2018"},
            f"(day >= {DAY[2016]} and day <= {DAY[2021]}) and (not (document in [11]))",
        ),
    ],
    ids=["days", "days or none", "no day", "a day", "a kind", "days but one"],
)
def test_documents_are_named_by_what_they_have_in_common(documents: set[str], condition: str) -> None:
    assert Places(DATED).condition(documents) == condition


@given(st.sets(st.sampled_from([one.id for one in DATED]), min_size=1))
def test_a_condition_on_documents_is_met_by_those_alone(documents: set[str]) -> None:
    condition = Places(DATED).condition(documents)
    rows = {one.id: {"document": place, **facts(one)} for place, one in enumerate(DATED)}
    assert {id for id, row in rows.items() if eval(condition or "True", {}, row)} == documents


@pytest.mark.parametrize(
    ("filters", "condition"),
    [
        (Filters(), ""),
        (Filters(roles=frozenset({Role.DECISION, Role.DISCUSSION})), "role in [0, 4]"),
        (Filters(voices=frozenset({Voice.OFFICER})), "voice in [2]"),
        (Filters(outcomes=frozenset({Badge.RESOLVED})), f"outcome in [{list(Badge).index(Badge.RESOLVED)}]"),
        (Filters(said_in=2, searched=True), "(said_in <= 2) and (searched == true)"),
        (Filters(references=frozenset({"p 1"})), f"array_contains_any(inside, [{number('p 1')}])"),
        (Filters(other_references=frozenset({"p"})), f"not (array_contains_any(inside, [{number('p')}]))"),
        (Filters(expression=Word("care")), 'TEXT_MATCH(words, "scare 0any")'),
    ],
    ids=["anything", "roles", "voice", "outcome", "said and searched", "reference", "other reference", "word"],
)
def test_filters_are_conditions(filters: Filters, condition: str) -> None:
    found = where(filters, Places(SOURCES))
    assert found is not None
    assert found == Scope(condition)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(documents=frozenset()),
        Filters(roles=frozenset()),
        Filters(voices=frozenset()),
        Filters(outcomes=frozenset()),
        Filters(references=frozenset()),
    ],
    ids=["documents", "roles", "voices", "outcomes", "references"],
)
def test_a_wish_that_nothing_meets_asks_nothing(filters: Filters) -> None:
    assert where(filters, Places(SOURCES)) is None


A, B = 'TEXT_MATCH(words, "sa 0any")', 'TEXT_MATCH(words, "sb 0any")'


@pytest.mark.parametrize(
    ("expression", "condition", "sure", "is_decided"),
    [
        (Word("a"), A, 'TEXT_MATCH(words, "sa")', True),
        (Phrase(("x",)), 'TEXT_MATCH(words, "wx 0any")', 'TEXT_MATCH(words, "wx")', True),
        (
            Phrase(("x", "y")),
            '(TEXT_MATCH(words, "wx 0any")) and (TEXT_MATCH(words, "wy 0any"))',
            NEVER,
            False,
        ),
        (Near(Word("a"), Word("b"), 5), f"({A}) and ({B})", NEVER, False),
        (Any((Word("a"), Word("b"))), f"({A}) or ({B})", None, True),
        (All((Word("a"), Without(Word("b")))), f'({A}) and (not (TEXT_MATCH(words, "sb")))', None, True),
        (Without(Phrase(("x", "y"))), f"not ({NEVER})", None, False),
        (All(()), "", "", True),
        (Any(()), NEVER, NEVER, True),
        (Without(All(())), NEVER, NEVER, True),
        (Any((Word("a"), All(()))), "", "", True),
    ],
    ids=[
        *("word", "one word", "phrase", "near", "any", "without", "without a phrase", "anything", "nothing"),
        *("nothing again", "anything again"),
    ],
)
def test_what_the_engine_can_say_of_an_expression(
    expression: Expression, condition: str, sure: str | None, is_decided: bool
) -> None:
    assert possible(expression) == condition
    assert sure is None or certain(expression) == sure
    assert decided(expression) is is_decided


HOSTILE = st.text(st.characters(exclude_categories=()), max_size=40)


@given(HOSTILE, HOSTILE, st.sampled_from([Phrase, Word, Filters]))
def test_nothing_that_others_wrote_stands_in_a_condition(one: str, other: str, kind: type) -> None:
    places = Places((source("here", council=one), source(other or "x", council=other), source("there")))
    if kind is Filters:
        filters = Filters(documents=frozenset({other or "x"}), references=frozenset({one}))
    else:
        filters = Filters(expression=Phrase((one, other)) if kind is Phrase else Word(one))
    found = where(filters, places)
    assert found is not None
    assert re.fullmatch(
        r'(?:TEXT_MATCH\(words, "[a-z0-9 ]+"\)|array_contains_any\(inside, \[[\d, ]+\]\)'
        r"|(?:council|document|kind|body) in \[[\d, ]+\]|[() ]|and|or|not)*",
        found.condition,
    )
