"""What the models are taught from: each question of the training file, with passages that answer it and do not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.assistant import Assistant
from corpus.model import Document, Passage
from evaluation.cases import Case, Span
from index.model import Filters

QUESTIONS = Path(__file__).resolve().parent / "questions" / "reports-training.jsonl"
REPORTS = QUESTIONS.with_suffix(".txt")
# How many of the passages found first, those that answer left out, are taken for wrong ones.
FOUND = 12
WRONG = 6


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question as it is typed and as it is searched for, and passages of the document that it is asked of.

    ``right`` answer it: none, where the document does not. ``near`` only look as if they did, and ``wrong`` are others
    that a search puts first.
    """

    case: Case
    text: str
    document: Document
    right: Sequence[Passage]
    near: Sequence[Passage]
    wrong: Sequence[Passage]


def lessons(assistant: Assistant, cases: Sequence[Case], documents: Mapping[str, Document]) -> Iterator[Lesson]:
    """A lesson of each case that is asked of one document."""
    for case in cases:
        spans = case.answers or case.near
        document = documents[spans[0].document if spans else case.within or ""]
        question = assistant.understood(case.turns[-1], case.turns[:-1]).questions[0]
        right = holding(document, case.answers)
        only = Filters(documents=frozenset({document.id}))
        found = assistant.index.search(question.text, terms=question.terms, filters=only, top=FOUND)
        yield Lesson(
            case,
            question.text,
            document,
            right,
            [one for one in holding(document, case.near) if one not in right],
            [hit.passage for hit in found if hit.passage not in right][:WRONG],
        )


def holding(document: Document, spans: Sequence[Span]) -> list[Passage]:
    """The searched passages of a document that hold any of ``spans``."""
    return [
        passage
        for passage in document.passages
        if passage.searched and any(passage.start < span.end and span.start < passage.end for span in spans)
    ]
