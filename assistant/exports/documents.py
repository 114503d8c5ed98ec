"""Documents and passages as other programs read them: the JSON of ``/api/v1/documents``."""

from typing import Any

from assistant.answers import compose
from corpus.model import Document, Fact, Passage, Source, Span


def source_json(source: Source) -> dict[str, Any]:
    """What is known of a document, each fact with how it is known and where the document states it."""
    named = ("title", "council", "body", "date", "kind", "url")
    return {
        "id": source.id,
        "url": compose.url(source),
        "facts": {name: _fact(getattr(source, name)) for name in named},
        **({"access": source.access.word} if source.access else {}),
    }


def document_json(document: Document) -> dict[str, Any]:
    """A document and its passages, in order: they cover every character of its canonical text that is not blank."""
    return {
        **source_json(document.source),
        "characters": len(document.text),
        "passages": [_passage(passage) for passage in document.passages],
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "id": passage.id,
        "permalink": compose.permalink(passage),
        "reference": passage.reference,
        "form": passage.form.value,
        "role": passage.role.value,
        "voice": passage.voice.value,
        "headings": list(passage.headings),
        "item": {"number": passage.item.number, "title": passage.item.title},
        "page": passage.page,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "searched": passage.searched,
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {"value": fact.value, "known": fact.known.value, "span": _span(fact.span) if fact.span else None}


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}
