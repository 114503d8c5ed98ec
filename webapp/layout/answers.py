"""Answers as the page shows them: evidence by council and document, rows of one table as a table, places to look."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeAlias

from flask import url_for

from assistant.answer import Answer, Evidence, Place, Repeat
from assistant.answers.order import table_of
from corpus.display import Segment, plain, shown
from corpus.model import Document, Passage, Source, Span
from webapp.conversation import Turn
from webapp.layout.facts import day, place, title
from webapp.layout.passages import Part, Table, laid_out

Documents: TypeAlias = Callable[[str], Document | None]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere, and what is said after them of where that is."""

    words: str
    url: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A piece of evidence as the page shows it. The outcome is shown once for neighbours that share it.

    ``url`` is that of the evidence, and knows the turn to go back to.
    """

    evidence: Evidence
    url: str
    lead_in: tuple[Segment, ...]
    parts: list[Part]
    shows_outcome: bool
    decisions: list[Link]
    repeats: list[Link]
    kind: str = "quote"


@dataclass(frozen=True, slots=True)
class Rows:
    """Neighbouring evidence that is rows of one table, each with its cells, under the table's column headers."""

    quotes: list[Quoted]
    columns: tuple[str, ...]
    kind: str = "rows"

    @property
    def last(self) -> Quoted:
        """The row that what was decided is shown with."""
        return self.quotes[-1]


@dataclass(frozen=True, slots=True)
class FromDocument:
    """Neighbouring evidence from one document."""

    source: Source
    shown: list[Quoted | Rows]


@dataclass(frozen=True, slots=True)
class FromCouncil:
    """The documents of one council in a comparison; without a name, all of an answer that is none."""

    council: str
    documents: list[FromDocument]


@dataclass(frozen=True, slots=True)
class Answered:
    """A turn with its answer, ready to show."""

    number: int
    turn: Turn
    answer: Answer
    groups: list[FromCouncil]
    related: list[FromCouncil]
    nearest: list[Link]
    documents: list[Link]


def laid(number: int, turn: Turn, answer: Answer, documents: Documents) -> Answered:
    """The answer to turn ``number``, laid out."""
    if answer.groups:
        pieces = {piece.number: piece for piece in answer.evidence}
        by_council = [(group.council, [pieces[one] for one in group.numbers]) for group in answer.groups]
    else:
        by_council = [("", list(answer.evidence))] if answer.evidence else []
    groups = [FromCouncil(council, _by_document(number, found, documents)) for council, found in by_council]
    related = [FromCouncil("", _by_document(number, answer.related, documents))] if answer.related else []
    nearest = [_somewhere(number, one, title(one.source)) for one in answer.nearest]
    to_read = [_somewhere(number, one) for one in answer.documents]
    return Answered(number, turn, answer, groups, related, nearest, to_read)


def _by_document(number: int, evidence: Iterable[Evidence], documents: Documents) -> list[FromDocument]:
    """Evidence in its order, with neighbours from one document together."""
    groups = []
    for id, members in groupby(evidence, key=lambda piece: piece.source.id):
        run, document = list(members), documents(id)
        following = [*run[1:], None]
        quotes = [_quoted(number, piece, after, document) for piece, after in zip(run, following, strict=True)]
        groups.append(FromDocument(run[0].source, _tabled(quotes)))
    return groups


def _tabled(quotes: Sequence[Quoted]) -> list[Quoted | Rows]:
    """Neighbouring rows of one table, in one voice, as one; everything else as it is."""
    found: list[Quoted | Rows] = []
    for (table, _), members in groupby(quotes, key=lambda one: (table_of(one.evidence), one.evidence.voice_line)):
        run = list(members)
        columns = [part.columns for one in run for part in one.parts if isinstance(part, Table)]
        if table is not None and len(run) > 1 and len(columns) == len(run):
            found.append(Rows(run, columns[0]))
        else:
            found += run
    return found


def _quoted(number: int, piece: Evidence, after: Evidence | None, document: Document | None) -> Quoted:
    return Quoted(
        evidence=piece,
        url=place(piece.source.id, Span(piece.quote.start, piece.quote.end), number),
        lead_in=shown(piece.lead_in.text) if piece.lead_in and not _in_columns(piece) else (),
        parts=laid_out(document.text, _clipped(piece), piece.highlights) if document else [],
        shows_outcome=after is None or after.outcome != piece.outcome,
        decisions=[Link(plain(p.text), place(p.document, p.span, number)) for p in piece.outcome.passages],
        repeats=[_again(number, piece, repeat) for repeat in piece.repeats],
    )


def _again(number: int, piece: Evidence, repeat: Repeat) -> Link:
    """Where a piece of evidence is said again, with the document where it is another."""
    url = place(repeat.source.id, Span(repeat.quote.start, repeat.quote.end), number)
    other = repeat.source.id != piece.source.id
    return Link(repeat.reference, url, f"{title(repeat.source)}, {_date(repeat.source)}" if other else "")


def _somewhere(number: int, found: Place, within: str = "") -> Link:
    """A place to look, with its document, its council, body and date."""
    source = found.source
    url = place(source.id, found.span, number) if found.span else url_for("documents.show", id=source.id)
    parts = (within, source.council.value, "" if within else source.body.value, _date(source))
    return Link(found.words, url, " · ".join(part for part in parts if part))


def _date(source: Source) -> str:
    return day(source.date.value) if source.date.value else "date not stated"


def _in_columns(piece: Evidence) -> bool:
    """Whether what introduces a table row is its column headers, which are shown with its cells."""
    lead_in, columns = piece.lead_in, piece.passages[0].columns if piece.passages else ()
    return lead_in is not None and any(lead_in.start <= start and end <= lead_in.end for start, end in columns)


def _clipped(piece: Evidence) -> list[Passage]:
    """The passages that a quote covers, without what lies outside the quote."""
    clipped = []
    for passage in piece.passages:
        start, end = max(passage.start, piece.quote.start), min(passage.end, piece.quote.end)
        text = passage.text[start - passage.start : end - passage.start]
        clipped.append(replace(passage, start=start, end=end, text=text))
    return clipped
