"""What one document tells of inspections and what comes of them, and what all the documents of a council do.

The first is a function of the document, the second of what its documents tell: no text is needed twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.inspections import inspections, merging, timeline
from corpus.inspections.mentions import mentions
from corpus.inspections.statements import Event, Inspection, slug
from corpus.model import Document


@dataclass(frozen=True, slots=True)
class Told:
    """What one document tells, or all documents of a council: inspections as past, and other events.

    ``council`` is its name, None where a document states none; ``slug`` is the same for all that a council is called.
    """

    council: str | None
    slug: str
    inspections: tuple[Inspection, ...]
    events: tuple[Event, ...]


def told(document: Document) -> Told:
    """What a document tells."""
    council = document.source.council.value
    spoken = tuple(mentions(document))
    return Told(
        council,
        slug(council or ""),
        tuple(inspections.told_inspections(document, spoken)),
        tuple(timeline.told_events(document, spoken)),
    )


def of_council(told: Sequence[Told]) -> Told:
    """What the documents of one council tell, at least one, in their order: each thing once, by date."""
    name, key = merging.fullest(one.council for one in told), told[0].slug
    rows = merging.of_council(name, key, (row for one in told for row in one.inspections))
    events = timeline.of_council(name, key, rows, (event for one in told for event in one.events))
    return Told(name, key, tuple(rows), tuple(events))
