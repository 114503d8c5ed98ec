"""What each part of the search is worth: the same questions with one part changed at a time."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assistant.assistant import Assistant
from corpus.model import Document, Passage
from evaluation.cases import Case
from evaluation.metrics import Outcome, outcome
from index.build import build, encoded_text
from index.encoder import Encoder
from index.fusion import DENSE_WEIGHT, Way
from index.local import LocalIndex

DENSE_WEIGHTS = (0.5, 0.6, 0.7, 0.8, 0.9)


def outcomes(assistant: Assistant, cases: Sequence[Case]) -> list[Outcome]:
    """What comes of each case, asked of ``assistant``."""
    held = (assistant.index.document(source.id) for source in assistant.index.sources)
    documents = {document.id: document for document in held if document is not None}
    return [outcome(case, assistant.answer(case.turns[-1], case.turns[:-1]), documents) for case in cases]


def ways(index: LocalIndex) -> Iterator[tuple[str, Assistant]]:
    """An assistant for each way of ranking, the rest being equal."""
    names = {Way.BM25: "BM25 alone", Way.DENSE: "dense alone", Way.RRF: "reciprocal rank fusion"}
    for way, name in names.items():
        yield name, Assistant(index, way)


def weights(folder: Path, encoder: Encoder) -> Iterator[tuple[str, Assistant]]:
    """An assistant for each share of the cosine in the convex fusion."""
    for weight in DENSE_WEIGHTS:
        chosen = " (chosen)" if weight == DENSE_WEIGHT else ""
        yield f"convex, dense share {weight}{chosen}", Assistant(LocalIndex.open(folder, encoder, weight))


def contexts(documents: Sequence[Document], encoder: Encoder) -> Iterator[tuple[str, Assistant]]:
    """An assistant for each choice of what a passage's vector is of."""
    choices: dict[str, Callable[[Document, Passage], str]] = {
        "text alone": _bare,
        "with lead-in, label and columns (chosen)": encoded_text,
        "with those and the innermost heading": _with_heading,
        "with those and the title": _with_title,
        "with those, title and council": _with_everything,
    }
    for name, encoded in choices.items():
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            build(documents, Path(folder), encoder, encoded=encoded)
            yield name, Assistant(LocalIndex.open(Path(folder), encoder))


def _bare(document: Document, passage: Passage) -> str:
    return passage.text


def _with_heading(document: Document, passage: Passage) -> str:
    return "\n".join([*passage.headings[-1:], encoded_text(document, passage)])


def _with_title(document: Document, passage: Passage) -> str:
    return "\n".join([document.source.title.value or "", encoded_text(document, passage)])


def _with_everything(document: Document, passage: Passage) -> str:
    return "\n".join([document.source.council.value or "", _with_title(document, passage)])
