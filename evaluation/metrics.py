"""How good the answers are: recall of the answers' spans, evidence to the point, and silence."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Evidence, Quote, Status
from corpus.model import Document
from evaluation.cases import Case, Span

# A span is recalled when shown quotes of its document cover this much of its characters.
ENOUGH = 0.8
DEPTHS = (1, 3, 5)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one case: recall in the first 1, 3, 5 and all evidence, and the evidence shown and to the point."""

    case: Case
    recall: tuple[float, ...]
    shown: int
    to_the_point: int
    silent: bool
    quotes: int
    exact: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Means over cases; None where there is nothing to take the mean of."""

    cases: int
    recall: tuple[float | None, ...]
    to_the_point: float | None
    right_silence: float | None
    wrong_silence: float | None


def outcome(case: Case, answer: Answer, documents: dict[str, Document]) -> Outcome:
    """Hold one answer against its case."""
    depths = [*DEPTHS, len(answer.evidence)]
    quotes = quotes_of(answer)
    return Outcome(
        case=case,
        recall=tuple(_recall(case, answer.evidence[:depth]) for depth in depths),
        shown=len(answer.evidence),
        to_the_point=sum(_overlaps(one, case.answers) for one in answer.evidence),
        silent=answer.status is Status.NOT_FOUND,
        quotes=len(quotes),
        exact=sum(_exact(quote, documents) for quote in quotes),
    )


def summary(outcomes: Sequence[Outcome]) -> Summary:
    """The means over ``outcomes``. Evidence is counted over answerable questions that were answered."""
    answerable = [one for one in outcomes if one.case.match != "none"]
    unanswerable = [one for one in outcomes if one.case.match == "none"]
    shown = sum(one.shown for one in answerable)
    return Summary(
        cases=len(outcomes),
        recall=tuple(_mean([one.recall[n] for one in answerable]) for n in range(len(DEPTHS) + 1)),
        to_the_point=sum(one.to_the_point for one in answerable) / shown if shown else None,
        right_silence=_mean([float(one.silent) for one in unanswerable]),
        wrong_silence=_mean([float(one.silent) for one in answerable]),
    )


def quotes_of(answer: Answer) -> list[Quote]:
    """Every quote that an answer shows: evidence, lead-ins, outcomes and related passages."""
    found = []
    for one in (*answer.evidence, *answer.related):
        found += [one.quote, *([one.lead_in] if one.lead_in else [])]
        found += [Quote(p.document, p.start, p.end, p.text) for p in one.outcome.passages]
    return found


def _exact(quote: Quote, documents: dict[str, Document]) -> bool:
    return bool(quote.text) and documents[quote.document].text[quote.start : quote.end] == quote.text


def _recall(case: Case, shown: Sequence[Evidence]) -> float:
    if not case.answers:
        return 0.0
    found = [_covered(span, shown) >= ENOUGH for span in case.answers]
    return float(any(found)) if case.match == "any" else sum(found) / len(found)


def _covered(span: Span, shown: Sequence[Evidence]) -> float:
    covered: set[int] = set()
    for one in shown:
        for quote in (one.quote, one.lead_in):
            if quote is not None and quote.document == span.document:
                covered.update(range(max(span.start, quote.start), min(span.end, quote.end)))
    return len(covered) / (span.end - span.start)


def _overlaps(one: Evidence, spans: Sequence[Span]) -> bool:
    quote = one.quote
    return any(s.document == quote.document and s.start < quote.end and quote.start < s.end for s in spans)


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
