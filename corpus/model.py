"""The nouns that reading a document gives: Source, Block, Passage, Document.

All of them are values: frozen, comparable, free of behaviour that needs anything but themselves.
Every offset counts characters of the document's canonical text, half-open: ``text[start:end]``.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from corpus.access import Access


class Span(NamedTuple):
    """A half-open range of characters of a document's canonical text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The slice of ``text`` that this span names."""
        return text[self.start : self.end]


class Known(StrEnum):
    """How a fact about a document is known."""

    STATED = "stated"
    SUPPLIED = "supplied"
    UNSURE = "unsure"
    NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of a document, and how: stated (with its span), supplied by the catalogue, unsure, or not stated.

    Unsure is what a file's name, properties or surroundings suggest, and no words of the document state.
    """

    value: str | None = None
    known: Known = Known.NOT_STATED
    span: Span | None = None

    def __str__(self) -> str:
        return self.value or "not stated"


class Kind(StrEnum):
    """What sort of document a source is."""

    MINUTES = "minutes"
    REPORT = "report"
    INSPECTION = "inspection report"  # Ofsted's own report or letter
    OTHER = "document"


@dataclass(frozen=True, slots=True)
class Source:
    """One row of the catalogue: a file, what is known about it, and who may see it.

    ``date`` holds an ISO 8601 day. ``kind`` holds a value of :class:`Kind`.
    """

    id: str
    path: str
    title: Fact = Fact()
    council: Fact = Fact()
    body: Fact = Fact()
    date: Fact = Fact()
    kind: Fact = Fact()
    url: Fact = Fact()
    access: Access = Access.PUBLIC


class Form(StrEnum):
    """How a block or passage is set on the page."""

    HEADING = "heading"
    LABEL = "label"  # "Minutes:", "Decision:": names the part that follows
    FIELD = "field"  # "Author:<tab>Jackie Brown": a line of a report's header
    PARAGRAPH = "paragraph"
    ITEM = "list item"
    HEADER = "header row"
    ROW = "table row"
    RULE = "rule"  # a line of dashes, kept so that nothing of the text is lost


class Role(StrEnum):
    """What a passage is."""

    DISCUSSION = "discussion"
    FINDING = "finding"
    JUDGEMENT = "judgement"
    RECOMMENDATION = "recommendation"
    DECISION = "decision"
    RISK = "risk"
    ACTION = "action"
    HEADING = "heading matter"


class Voice(StrEnum):
    """Whose words a passage gives."""

    OFSTED = "Ofsted"
    OFSTED_REPORTED = "Ofsted as reported"
    OFFICER = "officer"
    MEMBER = "member"
    AUTHOR = "report author"
    NOT_STATED = "not stated"


class VoiceSpan(NamedTuple):
    """A sentence, whose words it gives and, where they are Ofsted's at second hand, who reports them."""

    start: int
    end: int
    voice: Voice
    by: Voice = Voice.NOT_STATED


@dataclass(frozen=True, slots=True)
class Block:
    """What a reader yields from a file: a paragraph, heading, list item or table row.

    ``marker`` is the bullet or number in front of it ("·", "1.4", "ii)"), as written; ``body`` is where the words
    after the marker start. ``page`` counts from 1 where the file has pages. ``level`` is that of a line which the file
    itself marks as a heading, from 1; 0 of any other.
    """

    form: Form
    start: int
    end: int
    body: int
    marker: str = ""
    page: int | None = None
    level: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """The agenda item or report that passages belong to; a discussion and the decision that followed share one."""

    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest thing worth citing. ``text == document.text[start:end]``, always.

    ``id`` comes from the document and the text, so it survives a rebuild. ``anchor`` is unique in its document and
    safe in a URL. ``headings`` run from the outermost in. ``group`` numbers the list or table the passage is a member
    of, with ``position`` from 1; ``lead_in`` is the text that introduces that list ("areas for improvement:"), or the
    last passage of it where it is long. ``opens`` is the group that this passage itself introduces. ``columns`` are
    the spans of the table's column headers. ``label`` is the topic in front of a bullet's dash. ``searched`` is false
    for rules, a table's headers, and headings and labels that open no list: they are found by what is beneath them;
    and for a passage of which no words are left, as all have been taken out.
    """

    id: str
    document: str
    ordinal: int
    start: int
    end: int
    text: str
    form: Form
    reference: str
    anchor: str
    role: Role = Role.DISCUSSION
    voice: Voice = Voice.NOT_STATED
    voices: tuple[VoiceSpan, ...] = ()
    item: Item = Item(1, "")
    headings: tuple[str, ...] = ()
    level: int = 0
    body: int = 0
    label: Span | None = None
    lead_in: Span | None = None
    group: int | None = None
    position: int = 0
    opens: int | None = None
    columns: tuple[Span, ...] = ()
    page: int | None = None
    searched: bool = True

    @property
    def span(self) -> Span:
        """Where the passage lies in its document."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Document:
    """A source, its canonical text, and its outline as the passages that cover every non-blank character of it."""

    source: Source
    text: str
    passages: tuple[Passage, ...] = field(default=(), repr=False)

    @property
    def id(self) -> str:
        return self.source.id
