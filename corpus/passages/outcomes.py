"""What was decided of an agenda item, in its own words: decided, only recommended, or nothing recorded."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.folding import fold
from corpus.model import Document, Form, Item, Kind, Passage, Role
from corpus.passages.entry import outcome_meant


class Badge(StrEnum):
    """An outcome in a word or two."""

    RESOLVED = "resolved"
    AGREED = "agreed"
    NOTED = "noted"
    DECIDED = "decided"
    RECOMMENDED = "recommended only"
    NONE = "none recorded"


# What a decision says was done, unless it says that it was not.
_DONE = re.compile(r"(?<!not )(?<!not be )(?<!not been )\b(resolved|agreed|noted)\b")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided of the item a passage belongs to.

    ``passages`` are the decisions (or, for "recommended only", the recommendations) in their own words.
    """

    badge: Badge
    passages: tuple[Passage, ...] = ()


NOTHING = Outcome(Badge.NONE)


def outcomes(document: Document) -> Mapping[Item, Outcome]:
    """The outcome of each item of a document."""
    items: dict[Item, list[Passage]] = {}
    for passage in document.passages:
        items.setdefault(passage.item, []).append(passage)
    return {item: _outcome(document, passages) for item, passages in items.items()}


def outcome(document: Document, passage: Passage) -> Outcome:
    """The outcome of the item that a passage of the document belongs to."""
    return _outcome(document, [p for p in document.passages if p.item == passage.item])


def recommended(document: Document, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """What the passages of an item recommend: those under such a heading, where any are."""
    asked = [p for p in passages if p.role is Role.RECOMMENDATION and p.form is Form.PARAGRAPH]
    return tuple(p for p in asked if p.headings and "recommendation" in p.headings[-1].lower()) or tuple(asked)


def _outcome(document: Document, passages: Sequence[Passage]) -> Outcome:
    decided = tuple(p for p in passages if p.role is Role.DECISION)
    if decided:
        return Outcome(_badge(document, decided), decided)
    if document.source.kind.value == Kind.REPORT and (asked := recommended(document, passages)):
        return Outcome(Badge.RECOMMENDED, asked)
    return NOTHING


def _badge(document: Document, decided: Sequence[Passage]) -> Badge:
    """The outcome in one word: the label's ("RESOLVED"), or the verb's where the label is only "Decision:"."""
    first = decided[0]
    label = first.lead_in.of(document.text) if first.lead_in else document.text[first.start : first.body]
    spelt = " ".join(outcome_meant(word.strip(" :-")) or word for word in fold(label).split())
    done = _DONE.search(fold(f"{spelt} {first.text}").lower())
    return Badge(done[1]) if done else Badge.DECIDED
