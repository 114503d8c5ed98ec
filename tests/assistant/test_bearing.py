"""How hits bear on a question: each signal by itself, what they weigh together, and the file of weights."""

import math
import tomllib
from dataclasses import astuple, replace
from pathlib import Path

import pytest
from asking import reading
from fakes import FakeEncoder

from assistant.answers import bearing
from assistant.answers.bearing import NAMES, WEIGHTS, Signals, bearings, signals, strength
from assistant.questions.question import Question
from assistant.questions.wants import Want
from index.build import build
from index.local import LocalIndex
from index.model import Hit

VISIT = """1. Visit

1.1 The inspectors found three things:

- Caseloads of social workers were too high.
- Twelve workers had left since the spring, and those in social care were tired.
- The Multi-Agency Safeguarding Hub was slow.

1.2 The inspectors said that leaders were slow.

1.3 Officers confirmed that a plan was made.

2. Recommendations

2.1 The Cabinet is asked to note the report.
"""
TEAMS = """1. Teams

1.1 Social workers were recruited from India.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    build([reading("visit", VISIT), reading("teams", TEAMS)], folder, FakeEncoder())
    return folder


@pytest.fixture(scope="module")
def index(folder: Path) -> LocalIndex:
    return LocalIndex.open(folder, FakeEncoder())


@pytest.fixture(scope="module")
def words_alone(folder: Path) -> LocalIndex:
    return LocalIndex.open(folder, None)


def hit(index: LocalIndex, words: str, bm25: float = 1.0, cosine: float | None = 0.5, *matched: str) -> Hit:
    """A hit on the passage that holds ``words``."""
    documents = [index.document(source.id) for source in index.sources]
    passage = next(p for d in documents if d is not None for p in d.passages if words in p.text)
    return Hit(passage, 0.0, cosine, bm25, frozenset(matched))


def question(*topic: str, wants: Want = Want.FACT, whole: str = "", **fields: object) -> Question:
    asked = Question(asked=whole, text="", terms=topic, topic=dict.fromkeys(topic, ()), wants=wants, whole=whole)
    return replace(asked, **fields)


def signal(name: str, asked: Question, index: LocalIndex, *words: str) -> list[float]:
    """One signal of hits on the passages that hold ``words``, in turn."""
    hits = [hit(index, one) for one in words]
    found = signals(asked, hits, index)
    return [getattr(found[one.passage.id], name) for one in hits]


def test_meaning_weighs_by_itself_and_against_the_nearest(index: LocalIndex, words_alone: LocalIndex) -> None:
    """Half of a hit's nearness is its passage's and half its nearest sentence's."""
    hits = [
        replace(hit(index, "Caseloads of social", cosine=0.6), sentences=(0.2, 0.8)),
        hit(index, "recruited from India", cosine=0.3),
        hit(index, "asked to note", cosine=-0.2),
    ]
    found = signals(question("caseload"), hits, index)
    assert [found[one.passage.id].meaning for one in hits] == pytest.approx([0.7, 0.3, 0.0])
    assert [found[one.passage.id].nearest for one in hits] == pytest.approx([1.0, 0.6, 0.3])
    alone = signals(question("caseload"), [hit(words_alone, "recruited from India", cosine=None)], words_alone)
    assert [(one.meaning, one.nearest) for one in alone.values()] == [(0.0, 0.0)]


def test_words_weigh_as_a_share_of_the_best_of_the_search(index: LocalIndex) -> None:
    hits = [hit(index, "Caseloads", 2.0), hit(index, "Twelve", 8.0), hit(index, "asked to note", 0.0)]
    found = signals(question("caseload"), hits, index)
    assert [found[one.passage.id].lexical for one in hits] == [0.25, 1.0, 0.0]


def test_a_search_that_matches_no_word_weighs_none(index: LocalIndex) -> None:
    (found,) = signals(question("caseload"), [hit(index, "Twelve", 0.0)], index).values()
    assert found.lexical == 0.0


def test_the_first_is_placed_before_the_second(index: LocalIndex) -> None:
    assert signal("place", question(), index, "Twelve", "Caseloads", "Hub", "India") == [1.0, 0.5, 1 / 3, 0.25]


@pytest.mark.parametrize(
    ("asked", "together"),
    [
        (question("social", "worker"), [1.0, 0.0]),
        (question("worker", "social"), [1.0, 0.0]),
        (question("caseload", "social", "worker"), [1.0, 0.0]),
        (question("social", "worker", "tire"), [0.5, 0.0]),
        (question("social", "tire"), [0.0, 1.0]),
        (question("caseload"), [1.0, 0.0]),
        (question("bin"), [0.0, 0.0]),
        (question(), [0.0, 0.0]),
    ],
    ids=[
        "a pair",
        "in any order",
        "with a word between",
        "one pair of two",
        "in another",
        "one word",
        "a word of none",
        "none",
    ],
)
def test_words_that_stand_together(index: LocalIndex, asked: Question, together: list[float]) -> None:
    assert signal("together", asked, index, "Caseloads of social", "Twelve workers") == together


def test_words_that_are_only_looked_up_are_no_pair(index: LocalIndex) -> None:
    """The official words for a question's ordinary ones, and those of a limit that was removed."""
    asked = question("tire", terms=("tire", "social", "worker"))
    assert signal("together", asked, index, "Caseloads of social") == [0.0]


@pytest.mark.parametrize(
    ("wants", "whole", "able"),
    [
        (Want.HOW_MANY, "how many workers left", [0.0, 1.0]),
        (Want.FACT, "caseloads", [1.0, 1.0]),
        (Want.WHEN, "when was it", [0.0, 0.0]),
    ],
    ids=["a number", "anything", "a date"],
)
def test_what_can_supply_what_is_wanted(index: LocalIndex, wants: Want, whole: str, able: list[float]) -> None:
    asked = question("worker", wants=wants, whole=whole)
    assert signal("supplies", asked, index, "Caseloads of social", "Twelve workers") == able


@pytest.mark.parametrize(
    ("names", "named"),
    [
        ((), [True, True]),
        ((("India",),), [False, True]),
        ((("MASH", "multi-agency safeguarding hub"),), [True, False]),
        ((("India",), ("MASH", "multi-agency safeguarding hub")), [False, False]),
        ((("Atlantis",),), [False, False]),
        ((("Safe",),), [False, False]),
    ],
    ids=["none", "a place", "an acronym written out", "two in two documents", "in no document", "part of a word"],
)
def test_a_document_has_every_name(index: LocalIndex, names: tuple[tuple[str, ...], ...], named: list[bool]) -> None:
    documents = [hit(index, words).passage.document for words in ("Caseloads of social", "recruited from India")]
    assert [bearing.names(question(names=names), index.document(id)) for id in documents] == named


@pytest.mark.parametrize(
    ("wants", "outcome"),
    [
        (Want.GRADE, [0.0, 0.0]),
        (Want.DECISION, [1.0, 0.0]),
        (Want.PRECEDENT, [1.0, 0.0]),
        (Want.FACT, [0.0, 0.0]),
        (Want.LIST, [0.0, 0.0]),
    ],
)
def test_an_outcome_where_one_is_asked_for(index: LocalIndex, wants: Want, outcome: list[float]) -> None:
    assert signal("role", question(wants=wants), index, "asked to note", "Caseloads of social") == outcome


@pytest.mark.parametrize(("wants", "opens"), [(Want.LIST, [1.0, 0.0]), (Want.FACT, [0.0, 0.0])])
def test_what_opens_a_list_where_one_is_asked_for(index: LocalIndex, wants: Want, opens: list[float]) -> None:
    assert signal("opens", question(wants=wants), index, "three things", "Caseloads of social") == opens


@pytest.mark.parametrize(
    ("asked", "voiced"),
    [
        ("what did Ofsted say", [1.0, 0.0]),
        ("what did officers say", [0.0, 1.0]),
        ("what did members say", [0.0, 0.0]),
        ("caseloads of officers", [0.0, 0.0]),
    ],
    ids=["Ofsted", "officers", "members", "nobody's words"],
)
def test_the_words_of_those_who_are_asked_for(index: LocalIndex, asked: str, voiced: list[float]) -> None:
    assert signal("voice", question(asked=asked), index, "inspectors said", "Officers confirmed") == voiced


def test_signals_run_from_0_to_1(index: LocalIndex) -> None:
    hits = index.search("how many social workers", terms=("social", "worker"))
    found = signals(question("social", "worker", whole="how many social workers"), hits, index)
    assert len(found) == len(hits) > 3
    assert all(0.0 <= value <= 1.0 for one in found.values() for value in astuple(one))


def test_no_hits_have_no_bearings(index: LocalIndex) -> None:
    assert bearings(question("caseload"), [], index) == {}


def test_bearings_are_finite_and_the_passage_to_the_point_bears_most(
    index: LocalIndex, words_alone: LocalIndex
) -> None:
    asked = question("social", "worker", "caseload", whole="caseloads of social workers")
    for one in (index, words_alone):
        hits = one.search("caseloads of social workers", terms=asked.terms)
        found = bearings(asked, hits, one)
        assert all(math.isfinite(bears) for bears in found.values())
        assert max(found, key=found.__getitem__) == hit(one, "Caseloads of social").passage.id


def test_bearings_are_the_constant_and_what_each_signal_weighs(index: LocalIndex, words_alone: LocalIndex) -> None:
    """A question without a subject, whose one hit can only be the best."""
    file = tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))
    for one, title in ((index, "with a model"), (words_alone, "words alone")):
        only = hit(one, "recruited from India", cosine=0.5 if one is index else None)
        (bears,) = bearings(question(), [only], one).values()
        weights = file[title]
        expected = sum(weights[name] for name in ("constant", "lexical", "place", "supplies"))
        expected += (0.5 * weights["meaning"] + weights["nearest"]) if one is index else 0.0
        assert bears == pytest.approx(expected)


def test_the_file_weighs_exactly_the_signals() -> None:
    file = tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert file.keys() == {"with a model", "words alone", "an answer, with a reader"}
    assert tuple(Signals.__dataclass_fields__) == NAMES
    assert file["with a model"].keys() == file["words alone"].keys() == {"constant", *NAMES}
    assert file["an answer, with a reader"].keys() == {"constant", "bearing", "read"}
    for weights in file.values():
        assert all(isinstance(weight, float) and math.isfinite(weight) for weight in weights.values())


def test_every_signal_speaks_for_a_passage() -> None:
    """A negative weight would hide what is to the point for a reason that no person would give."""
    file = tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))
    for weights in (file["with a model"], file["words alone"]):
        assert all(weights[name] >= 0.0 for name in NAMES)
        assert weights["constant"] < 0.0
    answer = file["an answer, with a reader"]
    assert answer["bearing"] > 0.0 and answer["read"] > 0.0


@pytest.mark.parametrize(
    ("matched", "topic", "cosine", "sentences", "strong"),
    [
        (("india",), {"india": ()}, 0.6, (), 1.1),
        (("india",), {"india": ()}, 0.6, (0.2, 0.8), 1.2),
        ((), {"india": ()}, 0.6, (), 0.6),
        (("social", "worker"), {"staff": (frozenset({"social", "worker"}),)}, 0.0, (), 0.5),
        (("social",), {"staff": (frozenset({"social", "worker"}),)}, 0.0, (), 0.0),
        ((), {}, 0.2, (), 0.7),
        (("india",), {"india": ()}, None, (), 1.0),
        ((), {"india": ()}, None, (), 0.0),
    ],
    ids=[
        "meaning and words",
        "the nearest sentence",
        "meaning alone",
        "the official words",
        "some of them",
        "no subject",
        "no model",
        "no model and no word",
    ],
)
def test_strength(
    index: LocalIndex,
    matched: tuple[str, ...],
    topic: dict[str, tuple[frozenset[str], ...]],
    cosine: float | None,
    sentences: tuple[float, ...],
    strong: float,
) -> None:
    one = replace(hit(index, "recruited from India", 1.0, cosine, *matched), sentences=sentences)
    assert strength(question(topic=topic), one, index) == pytest.approx(strong)


def test_a_rare_word_is_worth_more_of_the_subject(index: LocalIndex) -> None:
    both = {"social": (), "india": ()}
    rare = strength(question(topic=both), hit(index, "recruited from India", 1.0, None, "india"), index)
    common = strength(question(topic=both), hit(index, "recruited from India", 1.0, None, "social"), index)
    assert 0.0 < common < 0.5 < rare < 1.0
    assert common + rare == pytest.approx(1.0)
