"""Fitting the weights: what is an example, what is learnt from it, what silence costs, and the file that is written."""

import tomllib
from collections.abc import Sequence
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from asking import assistant, reading

from assistant.answers.bearing import NAMES, Signals
from assistant.assistant import Assistant
from evaluation.cases import Case, Match, Span
from evaluation.fitting import (
    Examples,
    best_able,
    curve,
    curve_table,
    examples,
    fitted,
    fitted_answer,
    held_out,
    recall,
    table,
    written,
)
from index.words.analysis import terms

TEXT = """1. Teams

1.1 Caseloads of social workers were high in the duty team.

1.2 The recruitment of foster carers was slow, and twelve were recruited.

1.3 Attendance at school had risen.

1.4 The report identified these areas for improvement:

- Oversight of missing children
- The supply of placements for teenagers
- Recording of visits

1.5 The budget for placements was overspent.
"""


def case(asked: str, *answers: str, match: Match = "any", id: str = "") -> Case:
    """A question whose answers are these words of the text."""
    spans = tuple(Span("a", TEXT.index(words), TEXT.index(words) + len(words)) for words in answers)
    return Case(id or asked, "fact", (asked,), match if spans else "none", spans)


CASES = [
    case("caseloads of social workers", "Caseloads of social workers"),
    case("how many foster carers were recruited", "twelve were recruited"),
    case("attendance at school", "Attendance at school had risen."),
    case("list the areas for improvement", "Oversight of missing", "The supply of", "Recording of", match="all"),
    case("the placements budget", "The budget for placements was overspent."),
    case("supply of placements", "The supply of placements for teenagers"),
    case("recording of visits", "Recording of visits"),
    case("oversight of children", "Oversight of missing children"),
    case("zebra crossings"),
    case("how many zebras crossed"),
    case("what did the mayor say about bins"),
    case("parking permits"),
    case("caseloads of Norfolk"),
]


class FakeReader:
    """Reads by counting the question's words in the text."""

    def read(self, question: str, text: str) -> float:
        return float(len(set(terms(question)) & set(terms(text)))) - 1.0


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    document = reading("a", TEXT, council="Westmarch Council", kind="report")
    made = assistant(tmp_path_factory.mktemp("index"), document)
    made.index.meaning.reader = FakeReader()  # type: ignore[assignment]
    return made


@pytest.fixture(scope="module")
def found(council: Assistant) -> Examples:
    return examples([(council, CASES)])


def words_to_the_point(council: Assistant, one: Case) -> set[str]:
    """The passages that are told to be to the point of a question, by their first words."""
    document = council.index.document("a")
    assert document is not None
    only = examples([(council, [one])])
    understood = council.understood(one.turns[-1])
    hits = council.index.search(understood.questions[0].text, terms=understood.questions[0].terms)
    assert len(hits) == len(only.to_the_point)
    return {" ".join(hit.passage.text.split()[:3]) for hit, right in zip(hits, only.to_the_point, strict=True) if right}


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        (CASES[0], {"1.1 Caseloads of"}),
        (CASES[3], {"1.4 The report", "- Oversight of", "- The supply", "- Recording of"}),
        (
            case("areas for improvement", "Oversight of missing", "Recording of"),
            {"1.4 The report", "- Oversight of", "- Recording of"},
        ),
        (CASES[5], {"- The supply"}),
        (CASES[8], set()),
    ],
    ids=[
        "the passage that holds the answer",
        "a list and what opens it",
        "most of a list",
        "one item of three does not make its list right",
        "nothing",
    ],
)
def test_what_is_to_the_point(council: Assistant, asked: Case, right: set[str]) -> None:
    assert words_to_the_point(council, asked) == right


def test_examples_stand_side_by_side(found: Examples) -> None:
    rows = len(found.case)
    assert found.signals.shape == (rows, len(NAMES))
    assert found.to_the_point.shape == (rows,)
    assert found.signals.min() >= 0.0 and found.signals.max() <= 1.0
    assert set(found.case) == set(range(len(found.cases)))


def test_a_question_that_ends_before_a_search_is_no_example(found: Examples) -> None:
    """No document is from Norfolk."""
    assert [one.id for one in found.unsearched] == ["caseloads of Norfolk"]
    assert found.cases == CASES[:-1]


def test_the_fitted_weights_rank_the_right_passage_first(found: Examples) -> None:
    weights = fitted(found)
    assert weights.keys() == {"constant", *NAMES}
    bearings = found.signals @ np.array([weights[name] for name in NAMES]) + weights["constant"]
    assert recall(found, bearings, 1) == 1.0


def test_reading_speaks_for_an_answer(found: Examples) -> None:
    weights = fitted_answer(found)
    assert weights.keys() == {"constant", "bearing", "read"}
    assert weights["read"] > 0.0


def test_a_signal_left_out_weighs_nothing(found: Examples) -> None:
    weights = fitted(found, ("lexical", "supplies"))
    assert {name for name in NAMES if weights[name]} == {"lexical", "supplies"}


def made(*cases: tuple[Match, Sequence[tuple[float, bool, bool]]], unsearched: Sequence[Match] = ()) -> Examples:
    """Examples whose only signals are "lexical" and "supplies": for each case its hits' two, and which are right."""
    rows, right, whose = [], [], []
    for number, (_, hits) in enumerate(cases):
        for lexical, supplies, is_right in hits:
            given = {"lexical": lexical, "supplies": float(supplies)}
            rows.append([given.get(field.name, 0.0) for field in fields(Signals)])
            right.append(is_right)
            whose.append(number)
    searched = [Case(str(n), "fact", ("q",), match, ()) for n, (match, _) in enumerate(cases)]
    ended = [Case(f"u{n}", "fact", ("q",), match, ()) for n, match in enumerate(unsearched)]
    return Examples(searched, ended, np.array(rows), (), np.array(right), np.array(whose))


def lexical(found: Examples) -> np.ndarray:
    """The first signal in place of the bearings."""
    return found.signals[:, NAMES.index("lexical")]


def test_recall_counts_what_is_needed_among_the_first() -> None:
    found = made(
        ("any", [(0.9, True, False), (0.8, True, True), (0.1, True, True)]),
        ("all", [(0.9, True, True), (0.8, True, False), (0.7, True, True), (0.1, True, False)]),
        ("all", [(0.9, True, False), (0.8, True, False)]),
        ("none", [(0.9, True, False)]),
    )
    assert recall(found, lexical(found), 1) == pytest.approx((0 + 1 + 0) / 3)
    assert recall(found, lexical(found), 2) == pytest.approx((1 + 0.5 + 0) / 3)
    assert recall(found, lexical(found), 3) == pytest.approx((1 + 1 + 0) / 3)


def test_silence_is_bought_with_wrong_silence() -> None:
    """Of ten questions with an answer one bears as little as 0.3, and of two without, one ended and one bears 0.5."""
    answered = [("any", [(height, True, True)]) for height in (0.3, 0.6, 0.6, 0.7, 0.7, 0.8, 0.8, 0.9, 0.9, 1.0)]
    found = made(*answered, ("none", [(0.5, True, False)]), unsearched=["none"])
    points = {
        round(wrong, 2): (round(right, 2), cut) for wrong, right, cut in curve(found, best_able(found, lexical(found)))
    }
    assert points == {0.0: (0.5, 0.3), 0.1: (1.0, 0.6), 0.3: (1.0, 0.7)}


def test_a_hit_that_cannot_supply_what_is_wanted_is_no_answer() -> None:
    answered = [("any", [(0.4, True, True)])] * 10
    found = made(*answered, ("none", [(1.0, False, False), (0.2, True, False)]))
    assert {right for _, right, _ in curve(found, best_able(found, lexical(found)))} == {1.0}


def test_the_curve_only_rises(found: Examples) -> None:
    points = curve(found, best_able(found, held_out(found)))
    for (wrong, right, cut), (more_wrong, more_right, higher) in pairwise(points):
        assert wrong <= more_wrong and right <= more_right and cut <= higher


def test_held_out_bearings_are_the_same_twice_and_of_every_example(found: Examples) -> None:
    bearings = held_out(found)
    assert bearings.shape == found.case.shape
    assert np.isfinite(bearings).all()
    assert np.array_equal(bearings, held_out(found))


def test_tables_have_a_row_for_each_signal_and_each_allowance(found: Examples) -> None:
    first = [line.split("|")[1].strip() for line in table(found).splitlines()]
    assert first == ["signals", "---", "all", *(f"without `{name}`" for name in NAMES)]
    lines = curve_table(found).splitlines()
    assert len(lines) == 2 + 8
    assert {len(line.split("|")) for line in lines} == {7}


def test_the_written_file_reads_as_the_weights(tmp_path: Path) -> None:
    one = {"constant": -10.3451, **dict.fromkeys(NAMES, 2.0)}
    path = tmp_path / "weights.toml"
    path.write_text(written({"with a model": one, "words alone": one}), encoding="utf-8")
    expected = {"constant": -10.345, **dict.fromkeys(NAMES, 2.0)}
    assert tomllib.loads(path.read_text(encoding="utf-8")) == {"with a model": expected, "words alone": expected}
    assert path.read_text(encoding="utf-8").startswith("# What each signal weighs")
