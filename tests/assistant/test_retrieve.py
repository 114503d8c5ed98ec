"""The searches that a question makes: one for each council, one for a turn alone, and decisions first."""

from pathlib import Path

import pytest
from asking import reading
from fakes import FakeEncoder

from assistant.answers.retrieve import OUTCOMES, pointed_at, retrieve
from assistant.questions.followup import carried
from assistant.questions.question import understand
from assistant.questions.scope import Scope, read_scope
from assistant.questions.vocabulary import Vocabulary
from corpus.model import Role
from index.build import build
from index.local import LocalIndex
from index.model import Hit

MEDWAY = """Agenda item

Caseloads

Minutes:

Caseloads were high.

Decision:

The Committee noted the report.
"""
LEEDS = """Agenda item

Placements

Minutes:

Placements were few and caseloads were low.

RESOLVED:

That placements be found.
"""
DOCUMENTS = (
    reading("medway", MEDWAY, council="Medway Council", kind="minutes"),
    reading("leeds", LEEDS, council="Leeds City Council", kind="minutes"),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LocalIndex:
    folder: Path = tmp_path_factory.mktemp("index")
    build(DOCUMENTS, folder, FakeEncoder())
    return LocalIndex.open(folder, FakeEncoder())


def searches(index: LocalIndex, asked: str, *history: str) -> list[list[Hit]]:
    turn = carried(asked, history, index.holdings.names)
    words = Vocabulary.of([MEDWAY, LEEDS], ["Medway", "Leeds", "Norfolk"]).read(turn.text)
    scope = read_scope(words.text, index.holdings)
    return retrieve(understand(turn, words, scope)[0], scope, index)


@pytest.mark.parametrize(
    ("asked", "documents"),
    [
        ("are caseloads high", [{"medway", "leeds"}]),
        ("are caseloads high in Medway", [{"medway"}]),
        ("are caseloads high in Medway or Leeds", [{"medway"}, {"leeds"}]),
        ("compare caseloads", [{"leeds"}, {"medway"}]),
    ],
    ids=["all", "one council", "two councils apart", "every council apart"],
)
def test_where_a_question_is_searched(index: LocalIndex, asked: str, documents: list[set[str]]) -> None:
    found = [{hit.passage.document for hit in hits} for hits in searches(index, asked)]
    assert sorted(found, key=sorted) == sorted(documents, key=sorted)


def test_what_every_document_says_tells_nothing_of_one(tmp_path: Path) -> None:
    """A publisher's notice is found where all documents are asked about, and not where one council is."""
    notice = "Send comments on this report on caseloads to the publisher."
    documents = [
        reading(id, f"Minutes:\n\nCaseloads were {word}.\n\n{notice}\n", council=f"{id.title()} Council")
        for id, word in (("medway", "high"), ("leeds", "low"), ("york", "steady"))
    ]
    build(documents, tmp_path, FakeEncoder())
    opened = LocalIndex.open(tmp_path, FakeEncoder())
    said = {
        asked: [h.passage.text for hits in searches(opened, asked) for h in hits]
        for asked in ("comments", "comments in Leeds")
    }
    assert said["comments"].count(notice) == 3
    assert said["comments in Leeds"] == ["Caseloads were low."]


def test_a_turn_that_leans_is_searched_with_and_without_what_it_leans_on(index: LocalIndex) -> None:
    together, alone = searches(index, "and their placements", "are caseloads high")
    assert set().union(*(hit.matched for hit in together)) == {"caseload", "high", "placement"}
    assert set().union(*(hit.matched for hit in alone)) == {"placement"}


def test_decisions_come_first_and_of_the_item_asked_about(index: LocalIndex) -> None:
    (hits,) = searches(index, "what was decided about placements")
    decisions = [hit for hit in hits if hit.passage.role in OUTCOMES]
    assert hits[: len(decisions)] == decisions
    assert {hit.passage.document for hit in decisions} == {"leeds"}
    assert "That placements be found." in decisions[0].passage.text


@pytest.mark.parametrize("asked", ["what was decided", "any precedents for placements"], ids=["no topic", "precedents"])
def test_decisions_of_every_item(index: LocalIndex, asked: str) -> None:
    found = {h.passage.document for hits in searches(index, asked) for h in hits if h.passage.role is Role.DECISION}
    assert found == {"medway", "leeds"}


@pytest.mark.parametrize(
    ("words", "document"),
    [
        ("the placements", "leeds"),
        ("caseloads were high", "medway"),
        ("zebra crossings", None),
        ("high placements", None),
    ],
    ids=["one that speaks of it", "of all the words", "none", "none of all the words"],
)
def test_the_document_that_a_turn_points_at(index: LocalIndex, words: str, document: str | None) -> None:
    found = pointed_at(words, Scope(), index)
    assert (found.id if found else None) == document
