"""The evaluation's arithmetic, on answers made by hand."""

from dataclasses import replace

import pytest
from builders import document

from assistant.answer import Answer, Evidence, Outcome, Quote, Status
from corpus.model import Document
from evaluation.cases import Case, Span
from evaluation.metrics import outcome, quotes_of, summary
from index.model import Hit

TEXT = "Caseloads were high. Staff were tired. Members noted it."
DOCUMENT = document(TEXT, id="a")


def evidence(start: int, end: int, lead_in: tuple[int, int] | None = None) -> Evidence:
    passage = DOCUMENT.passages[0]
    return Evidence(
        number=1,
        hit=Hit(passage, 1.0, 0.5, 1.0, frozenset()),
        source=DOCUMENT.source,
        passages=(passage,),
        quote=Quote("a", start, end, TEXT[start:end]),
        highlights=(),
        lead_in=Quote("a", *lead_in, TEXT[slice(*lead_in)]) if lead_in else None,
        reference="paragraph 1",
        voice_line="",
        outcome=Outcome("none recorded"),
        citation="",
        url="",
    )


def answer(*shown: Evidence) -> Answer:
    return Answer("q", Status.ANSWERED if shown else Status.NOT_FOUND, "", shown)


def case(match: str, *spans: tuple[int, int]) -> Case:
    return Case("t", "fact", ("q",), match, tuple(Span("a", *span) for span in spans))  # type: ignore[arg-type]


HELD: dict[str, Document] = {"a": DOCUMENT}

RECALL = {
    "whole span": (case("all", (0, 20)), answer(evidence(0, 20)), (1, 1, 1, 1)),
    "80% is enough": (case("all", (0, 20)), answer(evidence(0, 16)), (1, 1, 1, 1)),
    "less is not": (case("all", (0, 20)), answer(evidence(0, 15)), (0, 0, 0, 0)),
    "two quotes together": (case("all", (0, 20)), answer(evidence(0, 10), evidence(10, 20)), (0, 1, 1, 1)),
    "a lead-in is shown too": (case("all", (0, 20)), answer(evidence(21, 38, (0, 20))), (1, 1, 1, 1)),
    "all are needed": (case("all", (0, 20), (21, 38)), answer(evidence(0, 20)), (0.5, 0.5, 0.5, 0.5)),
    "any will do": (case("any", (0, 20), (21, 38)), answer(evidence(21, 38)), (1, 1, 1, 1)),
    "beyond the first five": (
        case("all", (0, 20)),
        answer(*[evidence(39, 56)] * 5, evidence(0, 20)),
        (0, 0, 0, 1),
    ),
    "nothing shown": (case("all", (0, 20)), answer(), (0, 0, 0, 0)),
}


@pytest.mark.parametrize(("asked", "given", "recall"), RECALL.values(), ids=RECALL.keys())
def test_recall(asked: Case, given: Answer, recall: tuple[float, ...]) -> None:
    assert outcome(asked, given, HELD).recall == recall


def test_evidence_to_the_point_overlaps_an_answer() -> None:
    found = outcome(case("all", (0, 20)), answer(evidence(0, 38), evidence(39, 56)), HELD)
    assert (found.shown, found.to_the_point) == (2, 1)


def test_a_quote_that_is_no_slice_is_counted() -> None:
    false = replace(evidence(0, 20), quote=Quote("a", 0, 20, "Caseloads fell."))
    found = outcome(case("all", (0, 20)), answer(false), HELD)
    assert (found.quotes, found.exact) == (1, 0)


def test_quotes_are_evidence_lead_ins_and_outcomes() -> None:
    assert [quote.start for quote in quotes_of(answer(evidence(21, 38, (0, 20))))] == [21, 0]


def test_a_summary_keeps_answerable_and_unanswerable_apart() -> None:
    whole = summary(
        [
            outcome(case("all", (0, 20)), answer(evidence(0, 20)), HELD),
            outcome(case("all", (0, 20)), answer(), HELD),
            outcome(case("none"), answer(), HELD),
            outcome(case("none"), answer(evidence(0, 20)), HELD),
        ]
    )
    assert (whole.cases, whole.recall[2], whole.to_the_point) == (4, 0.5, 1.0)
    assert (whole.right_silence, whole.wrong_silence) == (0.5, 0.5)


def test_a_summary_of_nothing_has_no_means() -> None:
    assert summary([]).recall == (None, None, None, None)
