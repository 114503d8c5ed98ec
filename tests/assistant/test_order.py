"""The order of evidence: best first; by council and newest first in a comparison; rows of one table together."""

from dataclasses import replace

import pytest
from builders import document, shown, source

from assistant.answer import Chip, Group, Nothing
from assistant.answers.compose import evidence
from assistant.answers.order import compares, groups, in_order, nothing_from
from assistant.answers.quoting import Chosen
from assistant.questions.question import Question
from assistant.questions.scope import Scope
from assistant.questions.wants import Want
from corpus.model import Document, Form

NAMED = ("Medway Council", "Kent County Council")


def held(*facts: tuple[str, str | None, str | None]) -> dict[str, Document]:
    """Documents of three passages each, from (id, council, date)."""
    return {
        id: document("Caseloads fell.", "Caseloads rose.", "Posts were filled.", id=id, facts={"council": c, "date": d})
        for id, c, d in facts
    }


DOCUMENTS = held(
    ("old", "Medway Council", "2019-09-03"),
    ("new", "Medway Council", "2020-10-01"),
    ("undated", "Medway Council", None),
    ("kent", "Kent County Council", "2018-01-01"),
    ("nobody", None, "2017-01-01"),
)


def chosen(*names: str) -> list[Chosen]:
    """Passages of the documents, "old 1" being the second of one."""
    return [shown(DOCUMENTS[name.split()[0]], int(name.split()[1])) for name in names]


def named(found: list[Chosen]) -> list[str]:
    return [f"{one.hit.passage.document} {one.hit.passage.ordinal}" for one in found]


@pytest.mark.parametrize(
    ("best_first", "shown_first"),
    [
        (["old 0", "new 0"], ["new 0", "old 0"]),
        (["undated 0", "old 0", "new 0"], ["new 0", "old 0", "undated 0"]),
        (["kent 0", "old 0", "new 0"], ["kent 0", "new 0", "old 0"]),
        (["old 1", "kent 0", "new 0", "old 0"], ["new 0", "old 1", "old 0", "kent 0"]),
        (["nobody 0", "kent 0"], ["nobody 0", "kent 0"]),
        ([], []),
    ],
    ids=["newest first", "undated last", "best council first", "grouped", "no council", "none"],
)
def test_a_comparison_is_by_council_and_newest_first(best_first: list[str], shown_first: list[str]) -> None:
    assert named(in_order(chosen(*best_first), DOCUMENTS, comparison=True)) == shown_first
    assert named(in_order(chosen(*best_first), DOCUMENTS, comparison=False)) == best_first


def test_rows_of_one_table_come_with_the_first_of_them() -> None:
    texts = ("A\tB", "Prose.", "C\tD", "E\tF")
    one = document(*texts)
    rows = [replace(p, form=Form.ROW, group=2 if p.ordinal == 3 else 1) for p in one.passages]
    rows[1] = one.passages[1]
    found = [replace(shown(one, n), passages=(rows[n],)) for n in (2, 1, 3, 0)]
    assert [o.passages[0].ordinal for o in in_order(found, {"a": one}, comparison=False)] == [2, 0, 1, 3]


@pytest.mark.parametrize(
    ("broad", "councils", "expected"),
    [(False, 0, False), (False, 1, False), (False, 2, True), (True, 0, True), (True, 1, True)],
    ids=["of none", "of one", "of two", "of any", "of any in one"],
)
def test_what_a_comparison_is(broad: bool, councils: int, expected: bool) -> None:
    chips = tuple(Chip("council", f"council:{name}", name) for name in NAMED[:councils])
    asked = Question(asked="", text="", terms=(), topic={}, wants=Want.FACT, broad=broad)
    assert compares(asked, Scope((*chips, Chip("date", "date:2019", "2019")))) is expected


def test_groups_hold_the_numbers_of_each_council() -> None:
    found = evidence(chosen("old 0", "kent 1", "new 0", "nobody 0"), DOCUMENTS, comparison=True)
    assert [one.number for one in found] == [1, 2, 3, 4]
    assert groups(found) == (
        Group("Medway Council", (1, 2)),
        Group("Kent County Council", (3,)),
        Group("Council not stated", (4,)),
    )


@pytest.mark.parametrize(
    ("chips", "told", "silent"),
    [
        ((), ["old 0"], (Nothing("Kent County Council", 1), Nothing("Council not stated", 1))),
        ((), ["old 0", "kent 0", "nobody 0"], ()),
        (NAMED, ["old 0"], (Nothing("Kent County Council", 1),)),
        (("Leeds City Council",), ["old 0"], (Nothing("Leeds City Council", 0),)),
    ],
    ids=["of all searched", "everyone told", "of those named", "named, and no document within the limits"],
)
def test_the_councils_with_nothing_to_say(chips: tuple[str, ...], told: list[str], silent: tuple[Nothing, ...]) -> None:
    scope = Scope(tuple(Chip("council", f"council:{name}", name) for name in chips))
    searched = [one.source for one in DOCUMENTS.values()]
    assert nothing_from(evidence(chosen(*told), DOCUMENTS), scope, searched) == silent


def test_a_council_counts_all_of_its_documents() -> None:
    searched = [source("a", council="Kent"), source("b", council="Kent"), source("c", council="Medway")]
    assert nothing_from((), Scope(), searched) == (Nothing("Kent", 2), Nothing("Medway", 1))
