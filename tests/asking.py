"""An assistant over documents written in a test: read as plain text, indexed with the fake encoder."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import fact
from fakes import FakeEncoder

from assistant.answer import Answer, Quote
from assistant.assistant import Assistant
from corpus.collection import Collection, read_document
from corpus.model import Document
from index.build import build
from index.local import LocalIndex
from index.models.encoder import Encoder, EncoderUnavailable, SentenceEncoder
from index.models.models import Models
from index.models.reader import Reader

DOCUMENTS = Path(__file__).parent.parent / "corpus" / "documents"


def reading(id: str, text: str, **facts: str | None) -> Document:
    """The document of a text, with supplied facts in place of those that were read."""
    document = read_document(id, f"{id}.txt", text)
    supplied: dict[str, Any] = {name: fact(value) for name, value in facts.items()}
    return replace(document, source=replace(document.source, **supplied))


def assistant(folder: Path, *documents: Document, model: bool = True) -> Assistant:
    """An assistant over ``documents``, whose index is built in ``folder``."""
    build(documents, folder, FakeEncoder())
    return Assistant(LocalIndex.open(folder, FakeEncoder() if model else None))


def quotes(answer: Answer) -> list[str]:
    """The quotes of an answer's evidence, in order."""
    return [one.quote.text for one in answer.evidence]


def every_quote(answer: Answer) -> list[Quote]:
    """Every quote that an answer holds: of its evidence, lead-ins, outcomes and related passages."""
    found: list[Quote] = []
    for one in (*answer.evidence, *answer.related):
        found += [one.quote, *([one.lead_in] if one.lead_in else [])]
        found += [Quote(p.document, p.start, p.end, p.text) for p in one.outcome.passages]
    return found


def hold_to_its_documents(answer: Answer, documents: dict[str, Document]) -> None:
    """Every quote is an exact slice, and every highlight lies inside its quote."""
    for quote in every_quote(answer):
        assert quote.text
        assert documents[quote.document].text[quote.start : quote.end] == quote.text
    for one in (*answer.evidence, *answer.related):
        for mark in one.highlights:
            assert one.quote.start <= mark.start < mark.end <= one.quote.end


def five(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Encoder, Reader]:
    """The index of the five documents with the real models, built once a session, and the models."""
    try:
        models = Models.load()
    except EncoderUnavailable as problem:
        pytest.skip(str(problem))
    folder = tmp_path_factory.getbasetemp() / "five"
    if not folder.exists():
        intake = Collection.open([DOCUMENTS]).read()
        build(intake.documents, folder, SentenceEncoder.load(), receipts=intake.receipts, others=intake.others)
    assert models.encoder and models.reader
    return folder, models.encoder, models.reader
