"""What the assistant gives back: an Answer, its Evidence, and the scope it was searched in."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.model import Passage, Source, Span, Voice
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
class Outcome:
    """What was decided of the item a passage belongs to.

    ``badge`` is one of "resolved", "agreed", "noted", "decided", "recommended only", "none recorded"; ``passages``
    are the decisions (or, for "recommended only", the recommendations) in their own words.
    """

    badge: str
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A hit chosen for an answer, with the sentences in it that answer.

    ``quote`` is a passage, or a whole list with its lead-in; ``highlights`` are spans of the document inside it.
    ``lead_in`` is the text that introduces a single list item. ``passages`` are those the quote covers, in order:
    more than one when a whole list is quoted. ``reference`` is what a person would write to point at it, and
    ``citation`` the text to paste. ``voice`` is whose words come first, and ``voice_line`` all of them, for a person.
    ``url`` is the path of the document page that shows and marks the quote.
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


@dataclass(frozen=True, slots=True)
class Chip:
    """One limit that the question named, shown so that it can be removed.

    ``kind`` is "council", "body" or "date"; ``value`` is what to send back in ``without`` to remove it; ``label`` is
    what to show.
    """

    kind: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says to one question."""

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
