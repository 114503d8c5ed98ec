"""The register of inspections as other programs read it: the JSON of ``/api/v1/inspections``."""

from collections.abc import Mapping
from typing import Any

from assistant.answers import compose
from corpus.inspections.statements import Dated, Inspection, Judgement, Statement
from corpus.model import Source


def inspection_json(one: Inspection, sources: Mapping[str, Source]) -> dict[str, Any]:
    """One inspection as JSON values, each fact with every place that states it; ``sources`` are by id."""
    return {
        "council": one.council,
        "slug": one.slug,
        "kind": one.kind.value,
        "number": one.number,
        "stated": [_statement(stated, sources) for stated in one.named],
        "dates": [_dated(dated, sources) for dated in one.dates],
        "dates_differ": one.dates_differ,
        "published": [_dated(dated, sources) for dated in one.published],
        "judgements": [_judgement(judgement, sources) for judgement in one.judgements],
    }


def _judgement(one: Judgement, sources: Mapping[str, Source]) -> dict[str, Any]:
    return {
        "area": one.area.value,
        "grade": one.grade.value,
        "words": one.words,
        "stated": _statement(one.stated, sources),
    }


def _dated(one: Dated, sources: Mapping[str, Source]) -> dict[str, Any]:
    return {
        "words": one.words,
        "first": one.first.isoformat() if one.first else None,
        "last": one.last.isoformat() if one.last else None,
        "vague": one.vague,
        "stated": _statement(one.stated, sources),
    }


def _statement(one: Statement, sources: Mapping[str, Source]) -> dict[str, Any]:
    return {
        "document": one.document,
        "known": one.known.value,
        "words": one.words,
        "span": {"start": one.span.start, "end": one.span.end} if one.span else None,
        "url": compose.url(sources[one.document], one.span),
    }
