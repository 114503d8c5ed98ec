"""What the assistant gives back: an Answer, its Evidence, and the scope it was searched in."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.model import Passage, Source, Span, Voice
from corpus.passages.outcomes import Outcome
from index.model import Hit


class Status(StrEnum):
    """How a question ended: the whole list."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"
    NEEDS_DETAIL = "needs_detail"


@dataclass(frozen=True, slots=True)
class Quote:
    """An exact slice of a document: ``text == document.text[start:end]``, always."""

    document: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """Where what is shown is said again: its reference and exact words, and the path of the page that marks them."""

    source: Source
    reference: str
    quote: Quote
    url: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A hit chosen for an answer, with the sentences in it that answer.

    ``quote`` is a passage, or a whole list with its lead-in; ``highlights`` are spans of the document inside it.
    ``lead_in`` is the text that introduces a single list item. ``passages`` are those the quote covers, in order:
    more than one when a whole list is quoted. ``reference`` is what a person would write to point at it, and
    ``citation`` the text to paste. ``voice`` is whose words come first, and ``voice_line`` all of them, for a person.
    ``url`` is the path of the document page that shows and marks the quote. ``repeats`` is where the council says the
    same again.
    """

    number: int
    hit: Hit
    source: Source
    passages: tuple[Passage, ...]
    quote: Quote
    highlights: tuple[Span, ...]
    lead_in: Quote | None
    reference: str
    voice_line: str
    outcome: Outcome
    citation: str
    url: str
    voice: Voice = Voice.NOT_STATED
    repeats: tuple[Repeat, ...] = ()


# The kinds of chip that say what was done to a question's words: one mended, and what was searched for besides one.
SPELLING, ALSO = "spelling", "also"


@dataclass(frozen=True, slots=True)
class Chip:
    """One limit that the question named, or one thing done to its words, shown so that it can be removed.

    ``kind`` is "council", "body", "kind", "date" or "document" of a limit, and "spelling" or "also" of words; ``value``
    is what to send back in ``without`` to remove it; ``label`` is what to show.
    """

    kind: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Group:
    """What one council's documents say in a comparison: the numbers of its evidence, newest document first."""

    council: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """A council that a comparison asks about, in whose documents (so many were searched) no passage was found."""

    council: str
    documents: int


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to look: a whole document by its title, or a heading in it, which has its span; and its page's path."""

    words: str
    source: Source
    url: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """A cell of the register: its words, and the exact words that state it, with the paths of pages that mark them."""

    words: str
    quotes: tuple[Quote, ...] = ()
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """What the register of inspections says to a question; ``more`` rows are left out."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cited, ...], ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says to one question.

    ``groups`` are those of a comparison, in the order shown, and ``nothing_from`` the councils it found nothing from;
    both are empty for any other question. Where nothing is found, ``nearest`` are the headings that come nearest, and
    ``documents`` some of the documents searched. ``register`` is set where the register of inspections answers.
    ``readings`` are what was done to the question's words.
    """

    question: str
    status: Status
    message: str
    evidence: tuple[Evidence, ...] = ()
    scope: tuple[Chip, ...] = ()
    searched: str = ""
    coverage: str = ""
    suggestions: tuple[str, ...] = ()
    related: tuple[Evidence, ...] = ()
    notice: str = ""
    groups: tuple[Group, ...] = ()
    nothing_from: tuple[Nothing, ...] = ()
    nearest: tuple[Place, ...] = ()
    documents: tuple[Place, ...] = ()
    readings: tuple[Chip, ...] = ()
    register: RegisterTable | None = None
