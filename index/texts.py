"""What is indexed of a passage: the words that find it, and the texts that its vectors are of."""

from collections.abc import Iterable, Sequence

from corpus.model import Document, Passage
from corpus.sentences import sentences_of

# What a vector says of a passage's surroundings, at most. A model averages over all it reads (and reads 256 word
# pieces, some 1,000 characters): with much more, the ten bullets of a list would all have the list's vector.
CONTEXT_CHARACTERS = 240


def indexed_text(document: Document, passage: Passage) -> str:
    """What words find a passage: its own, and those of everything around it that says what it is about."""
    source = document.source
    outside = [column.of(document.text) for column in passage.columns]
    outside += [span.of(document.text) for span in (passage.lead_in, passage.label) if span and _apart(span, passage)]
    facts = (source.council.value, source.body.value, source.title.value)
    return "\n".join([*_distinct([*facts, passage.item.title, *passage.headings, *outside]), passage.text])


def encoded_text(document: Document, passage: Passage) -> str:
    """What a passage's vector is of: its text, behind what its document and its place in it say it is about.

    Its sentences have vectors of their own, without any of that. Council and body are left out: a question that names
    them is narrowed by its scope. The table in evaluation/results.md compares.
    """
    return _behind([document.source.title.value, *_around(document, passage)], passage)


def read_text(document: Document, passage: Passage) -> str:
    """What a reader reads of a passage: its text, behind what its place in the document says it is about."""
    return _behind(_around(document, passage), passage)


def sentence_texts(document: Document, passage: Passage) -> list[str]:
    """The sentences of a passage; the whole of one that has none, such as a number alone."""
    return [span.of(document.text) for span in sentences_of(passage)] or [passage.text]


def _around(document: Document, passage: Passage) -> list[str]:
    """What the place of a passage in its document says it is about."""
    around = [*passage.headings[-1:]]
    around += [span.of(document.text) for span in (passage.lead_in, passage.label) if span and _apart(span, passage)]
    return [*around, " ".join(span.of(document.text) for span in passage.columns)]


def _behind(about: Sequence[str | None], passage: Passage) -> str:
    context = "\n".join(_distinct(about))[-CONTEXT_CHARACTERS:]
    return "\n".join(part for part in (context, passage.text) if part)


def _apart(span: tuple[int, int], passage: Passage) -> bool:
    """Whether the span lies outside the passage, so that the passage's text does not hold it already."""
    return span[0] < passage.start or passage.end < span[1]


def _distinct(parts: Iterable[str | None]) -> list[str]:
    """The parts in order, without blank ones and those said before."""
    folded: dict[str, str] = {}
    for part in parts:
        if part and part.strip():
            folded.setdefault(" ".join(part.split()).casefold(), part.strip())
    return list(folded.values())
