"""Sources, passages and documents for tests: whatever a test does not care about has a default."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.answers.quoting import Chosen
from corpus.model import Document, Fact, Form, Known, Passage, Source, Span
from index.knowledge.holdings import Holdings
from index.knowledge.mentions import Mentions
from index.model import Hit


def fact(value: str | None) -> Fact:
    """A fact that the catalogue supplied, or one not stated."""
    return Fact() if value is None else Fact(value, Known.SUPPLIED)


def source(id: str = "a", **facts: str | None) -> Source:
    """A source whose facts are supplied: ``source("a", council="Medway Council")``."""
    return Source(id=id, path=f"{id}.txt", **{name: fact(value) for name, value in facts.items()})


def passage(text: str = "Members noted the report.", document: str = "a", ordinal: int = 0, **fields: Any) -> Passage:
    """A paragraph; ``start`` defaults to 0 and the end follows from the text."""
    start = fields.pop("start", 0)
    defaults: dict[str, Any] = {
        "id": f"{document}-{ordinal}",
        "form": Form.PARAGRAPH,
        "reference": f"para {ordinal + 1}",
        "anchor": f"p{ordinal + 1}",
        "body": start,
    }
    return Passage(
        document=document, ordinal=ordinal, start=start, end=start + len(text), text=text, **(defaults | fields)
    )


def document(*texts: str, id: str = "a", facts: Mapping[str, str | None] | None = None, **fields: Any) -> Document:
    """A document whose passages are ``texts``, a blank line between them; ``fields`` go to every passage."""
    text = "\n\n".join(texts)
    passages, start = [], 0
    for ordinal, words in enumerate(texts):
        passages.append(passage(words, id, ordinal, start=start, **fields))
        start += len(words) + 2
    return Document(source(id, **(facts or {})), text, tuple(passages))


def holdings(sources: Sequence[Source], **texts: str) -> Holdings:
    """What an index of these sources holds; ``texts`` are those of their documents by id, where that matters."""
    return Holdings(sources, Mentions.of(Document(one, texts.get(one.id, "")) for one in sources))


def shown(of: Document, number: int = 0, *highlights: Span, **changes: object) -> Chosen:
    """A passage of a document as chosen evidence."""
    one = of.passages[number]
    hit = Hit(one, 1.0, 1.0, 1.0, frozenset())
    return replace(Chosen(hit, (one,), one.span, one.lead_in, highlights), **changes)  # type: ignore[arg-type]
