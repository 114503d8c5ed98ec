"""Subjects: what the documents themselves call a passage's matter, from its topic label or the heading above it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

from assistant.questions.topic import topic_terms
from corpus.display import plain
from corpus.folding import on_one_line
from corpus.model import Document, Form, Passage, Role, Source, Span
from index.model import Hit

# What is further down a search than this is not near the question.
_NEAR = 20
# A heading of one word ("Background", "Recommendations") says where a passage stands and not what it is about.
_FEWEST_WORDS = 2
_LONGEST = 80
_TITLE = 1


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic label or heading as its document writes it: its words, where they stand, and a passage under it."""

    words: str
    span: Span
    passage: Passage
    source: Source


def nearest(searches: Sequence[Sequence[Hit]], documents: Mapping[str, Document]) -> list[Subject]:
    """The subjects of the best hits of several searches, best first, each once."""
    ranked = (hit for turn in zip_longest(*searches) for hit in turn if hit is not None)
    return list(subjects((hit.passage for hit in islice(ranked, _NEAR)), documents))


def subjects(passages: Iterable[Passage], documents: Mapping[str, Document]) -> Iterator[Subject]:
    """The subjects of passages in their order, each once; a passage under nothing but a document's title has none."""
    told: set[tuple[str, str]] = set()
    for passage in passages:
        if passage.role is Role.HEADING:
            continue
        document = documents[passage.document]
        span = _named_by(passage, document)
        words = plain(span.of(document.text)).rstrip(" :.") if span else ""
        if span is None or len(words) > _LONGEST or len(topic_terms(words)) < _FEWEST_WORDS:
            continue
        if (document.id, words) not in told:
            told.add((document.id, words))
            yield Subject(words, span, passage, document.source)


def _named_by(passage: Passage, document: Document) -> Span | None:
    """The words that name a passage's matter: its label, or its innermost heading under the title."""
    if passage.label is not None:
        return passage.label
    for name in reversed(passage.headings):
        for before in reversed(document.passages[: passage.ordinal]):
            if before.form is Form.HEADING and before.level > _TITLE and on_one_line(before.text) == name:
                return Span(max(before.body, before.start), before.end)
    return None
