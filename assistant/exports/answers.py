"""The answer as other programs read it: the JSON of the command line and of ``POST /ask``."""

from collections.abc import Sequence
from typing import Any

from assistant.answer import Answer, Chip, Cited, Evidence, Place, Quote, RegisterTable, Repeat
from corpus.model import Passage


def answer_json(answer: Answer, id: str | None = None) -> dict[str, Any]:
    """``answer`` as JSON values. Offsets count characters of the document's canonical text."""
    return {
        "id": id,
        "status": answer.status.value,
        "message": answer.message,
        "notice": answer.notice,
        "searched": answer.searched,
        "readings": [_chip(chip) for chip in answer.readings],
        "scope": [_chip(chip) for chip in answer.scope],
        "evidence": [evidence_json(one) for one in answer.evidence],
        "related": [evidence_json(one) for one in answer.related],
        "groups": [{"council": group.council, "numbers": list(group.numbers)} for group in answer.groups],
        "nothing_from": [{"council": one.council, "documents": one.documents} for one in answer.nothing_from],
        "nearest": [_place(one) for one in answer.nearest],
        "documents": [_place(one) for one in answer.documents],
        "coverage": answer.coverage,
        "suggestions": list(answer.suggestions),
        "register": _register(answer.register) if answer.register else None,
    }


def _register(table: RegisterTable) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "columns": list(table.columns),
        "rows": [[_cited(cell) for cell in row] for row in table.rows],
        "more": table.more,
    }


def _cited(cell: Cited) -> dict[str, Any]:
    quotes = [{"document": q.document, **_quote(q), "url": u} for q, u in zip(cell.quotes, cell.urls, strict=True)]
    return {"words": cell.words, "quotes": quotes}


def evidence_json(one: Evidence) -> dict[str, Any]:
    """One piece of evidence as JSON values."""
    passage = one.passages[0]
    return {
        "number": one.number,
        "document": one.source.id,
        "title": one.source.title.value,
        "council": one.source.council.value,
        "body": one.source.body.value,
        "date": one.source.date.value,
        "known": {name: getattr(one.source, name).known.value for name in ("title", "council", "body", "date")},
        "reference": one.reference,
        "headings": list(passage.headings),
        "page": passage.page,
        "start": one.quote.start,
        "end": one.quote.end,
        "quote": one.quote.text,
        "highlights": [list(span) for span in one.highlights],
        "lead_in": _quote(one.lead_in) if one.lead_in else None,
        "voice": one.voice.value,
        "voice_line": one.voice_line,
        "role": one.hit.passage.role.value,
        "outcome": {"badge": one.outcome.badge, "passages": passages_json(one.outcome.passages)},
        "citation": one.citation,
        "url": one.url,
        "repeats": [_repeat(again) for again in one.repeats],
    }


def _repeat(again: Repeat) -> dict[str, Any]:
    return {
        "document": again.source.id,
        "reference": again.reference,
        **_quote(again.quote),
        "url": again.url,
    }


def _place(place: Place) -> dict[str, Any]:
    source = place.source
    return {
        "words": place.words,
        "document": source.id,
        "council": source.council.value,
        "body": source.body.value,
        "date": source.date.value,
        "url": place.url,
    }


def _chip(chip: Chip) -> dict[str, Any]:
    return {"kind": chip.kind, "value": chip.value, "label": chip.label}


def _quote(quote: Quote) -> dict[str, Any]:
    return {"start": quote.start, "end": quote.end, "quote": quote.text}


def passages_json(passages: Sequence[Passage]) -> list[dict[str, Any]]:
    """Passages as JSON values: where each stands, and its words."""
    return [{"reference": p.reference, "start": p.start, "end": p.end, "quote": p.text} for p in passages]
