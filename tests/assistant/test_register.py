"""The register in answers: which questions it answers, with which rows, each cell cited."""

import pytest
from asking import assistant, reading

from assistant.answer import RegisterTable, Status
from assistant.assistant import Assistant

WESTMARCH = """Agenda item

Ofsted outcome

Minutes:

1.1 The inspection by Ofsted took place from 4 to 8 March 2019. Services were judged requires improvement \
overall. The impact of leaders was judged to be good.

1.2 A monitoring visit was planned for June 2020.

1.3 Caseloads of social workers were high.
"""
EASTMARCH = """Agenda item

Ofsted outcome

Minutes:

1.1 The inspection by Ofsted took place in May 2018. Services were judged inadequate overall.

1.2 The next monitoring visit was planned for July 2019.
"""


@pytest.fixture(scope="module")
def councils(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant(
        tmp_path_factory.mktemp("index"),
        reading("west", WESTMARCH, council="Westmarch Council", kind="minutes", title="Ofsted outcome"),
        reading("east", EASTMARCH, council="Eastmarch Council", kind="minutes", title="Ofsted outcome"),
    )


def told(councils: Assistant, asked: str, *before: str) -> list[tuple[str, ...]]:
    table = councils.answer(asked, before).register
    return [tuple(cell.words for cell in row) for row in table.rows] if table else []


WEST = ("Westmarch Council", "Monitoring visit", "June 2020", "planned")
EAST = ("Eastmarch Council", "Monitoring visit", "July 2019", "planned")


@pytest.mark.parametrize(
    ("turns", "rows"),
    [
        (["when is the next visit"], [EAST, WEST]),
        (["when is the next monitoring visit to Westmarch?"], [WEST]),
        (["when are the inspectors coming back to Eastmarch"], [EAST]),
        (["when is the next visit to Westmarch", "and Eastmarch?"], [EAST]),
        (["when is the next school"], []),
        (["who will lead the next visit"], []),
        (["caseloads of social workers"], []),
        (["what happened about caseloads"], []),
    ],
    ids=lambda value: value[-1] if value and isinstance(value[0], str) else "",
)
def test_what_is_planned(councils: Assistant, turns: list[str], rows: list[tuple[str, ...]]) -> None:
    assert told(councils, turns[-1], *turns[:-1]) == rows


@pytest.mark.parametrize(
    ("asked", "council", "judgement"),
    [
        ("who was judged good for leadership", "Westmarch Council", "leaders: good"),
        ("which councils were rated inadequate", "Eastmarch Council", "overall effectiveness: inadequate"),
        ("which authority requires improvement", "Westmarch Council", "overall effectiveness: requires improvement"),
        ("who was judged outstanding", None, None),
        ("who is good at fostering", None, None),
    ],
)
def test_who_was_given_a_grade(councils: Assistant, asked: str, council: str | None, judgement: str | None) -> None:
    rows = told(councils, asked)
    assert [(row[0], row[-1]) for row in rows] == ([(council, judgement)] if council else [])


def test_what_has_happened_is_by_council_and_in_the_range_of_days(councils: Assistant) -> None:
    everything = told(councils, "what has happened in Westmarch")
    assert {row[0] for row in everything} == {"Westmarch Council"}
    since = told(councils, "what has happened in Westmarch since 2020")
    assert WEST in since and len(since) < len(everything)


def test_every_cell_is_cited_by_exact_words(councils: Assistant) -> None:
    answer = councils.answer("when is the next visit")
    assert answer.status is Status.ANSWERED
    assert answer.message.startswith("The register of inspections has 2 entries, of two councils.")
    assert isinstance(answer.register, RegisterTable)
    for row in answer.register.rows:
        assert row[1].quotes and row[2].quotes
        for quote in (quote for cell in row for quote in cell.quotes):
            document = councils.index.document(quote.document)
            assert document is not None and document.text[quote.start : quote.end] == quote.text
        assert all(len(cell.quotes) == len(cell.urls) for cell in row)
