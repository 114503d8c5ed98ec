"""What each part of the search is worth: the same questions with one part changed at a time."""

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from unittest.mock import patch

from assistant import assistant as spine
from assistant.answer import Answer
from assistant.answers import compose, evidence, kinds
from assistant.answers.quoting import Chosen
from assistant.assistant import Assistant
from assistant.questions import question, vocabulary
from assistant.questions.followup import Turn
from assistant.questions.scope import Scope
from assistant.questions.spelling import Spelling
from corpus.model import Document, Passage
from evaluation.cases import Case
from evaluation.metrics import Outcome, outcome
from index.build import build
from index.fusion import DENSE_WEIGHT, Way
from index.local import LocalIndex
from index.model import Hit
from index.models.encoder import Encoder
from index.models.reader import Reader
from index.texts import encoded_text


class _Without(Assistant):
    """An assistant that leaves out one step: while it answers, a part of the program is another."""

    def __init__(self, index: LocalIndex, owner: object, name: str, instead: object) -> None:
        super().__init__(index)
        self._patch = partial(patch.object, owner, name, instead)

    def answer(self, asked: str, history: Sequence[str] = (), without: frozenset[str] = frozenset()) -> Answer:
        with self._patch():
            return super().answer(asked, history, without)


DENSE_WEIGHTS = (0.5, 0.6, 0.7, 0.8, 0.9)


def outcomes(assistant: Assistant, cases: Sequence[Case]) -> list[Outcome]:
    """What comes of each case, asked of ``assistant``."""
    held = (assistant.index.document(source.id) for source in assistant.index.sources)
    documents = {document.id: document for document in held if document is not None}
    return [outcome(case, assistant.answer(case.turns[-1], case.turns[:-1]), documents) for case in cases]


def steps(index: LocalIndex) -> Iterator[tuple[str, Assistant]]:
    """The whole, and an assistant without each step in turn."""
    yield "nothing left out", Assistant(index)
    instead: Mapping[str, tuple[object, str, object]] = {
        "spelling": (Spelling, "right", lambda *_: None),
        "official words and acronyms": (vocabulary, "expansions", lambda *_: ()),
        "what earlier turns said": (spine, "carried", lambda asked, *_: Turn(asked)),
        "scope": (spine, "read_scope", lambda *_: Scope()),
        "several clauses apart": (question, "_CLAUSE", re.compile(r"(?!)")),
        "several councils apart": (question, "_BROAD", re.compile(r"(?!)")),
        "the kind of answer": (kinds, "_TESTS", {}),
        "lists by what they are headed": (question, "lists_named", lambda _: ()),
        "whole lists": (evidence, "as_lists", lambda _, hits, *__: [_alone(hit) for hit in hits]),
        "the second reading": (LocalIndex, "read", lambda *_: None),
        "the floor of strength": (evidence, "strength", lambda *_: 1.0),
        "near-repeats together": (compose, "collapsed", lambda chosen, *_: [(one, ()) for one in chosen]),
    }
    for name, (owner, attribute, other) in instead.items():
        yield name, _Without(index, owner, attribute, other)


def _alone(hit: Hit) -> Chosen:
    return Chosen(hit, (hit.passage,), hit.passage.span, hit.passage.lead_in)


def ways(index: LocalIndex) -> Iterator[tuple[str, Assistant]]:
    """An assistant for each way of ranking, the rest being equal."""
    names = {Way.BM25: "BM25 alone", Way.DENSE: "dense alone", Way.RRF: "reciprocal rank fusion"}
    for way, name in names.items():
        yield name, Assistant(index, way)


def weights(folder: Path, encoder: Encoder, reader: Reader) -> Iterator[tuple[str, Assistant]]:
    """An assistant for each share of the cosine in the convex fusion."""
    for weight in DENSE_WEIGHTS:
        chosen = " (chosen)" if weight == DENSE_WEIGHT else ""
        yield f"convex, dense share {weight}{chosen}", Assistant(LocalIndex.open(folder, encoder, reader, weight))


def models(
    documents: Sequence[Document], taught: Encoder, plain: Encoder, reader: Reader
) -> Iterator[tuple[str, Assistant]]:
    """An assistant with the model as it was taught, and one with it as it comes, all else being equal."""
    for name, encoder in (("as it was taught (chosen)", taught), ("as it comes", plain)):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            build(documents, Path(folder), encoder)
            yield name, Assistant(LocalIndex.open(Path(folder), encoder, reader))


def contexts(documents: Sequence[Document], encoder: Encoder, reader: Reader) -> Iterator[tuple[str, Assistant]]:
    """An assistant for each choice of what a passage's vector is of."""
    choices: dict[str, Callable[[Document, Passage], str]] = {
        "text alone": _bare,
        "with title, heading, lead-in, label and columns (chosen)": encoded_text,
        "with those and the council": _with_council,
    }
    for name, encoded in choices.items():
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            build(documents, Path(folder), encoder, encoded=encoded)
            yield name, Assistant(LocalIndex.open(Path(folder), encoder, reader))


def _bare(document: Document, passage: Passage) -> str:
    return passage.text


def _with_council(document: Document, passage: Passage) -> str:
    return "\n".join([document.source.council.value or "", encoded_text(document, passage)])
