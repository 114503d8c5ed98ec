"""An entry: one block in its place in a document's outline; and the labels that name a page's parts."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.folding import fold
from corpus.model import Block, Form, Span


class Part(StrEnum):
    """The parts of an agenda-item page or a report."""

    FRONT = "front"
    INTRODUCTION = "introduction"
    BODY = "body"
    OUTCOME = "outcome"
    TAIL = "tail"


_PART_LABELS = {
    "agenda item": Part.FRONT,
    "minutes": Part.BODY,
    "discussion": Part.BODY,
    "decision": Part.OUTCOME,
    "decisions": Part.OUTCOME,
    "resolved": Part.OUTCOME,
    "agreed": Part.OUTCOME,
    "recommended": Part.OUTCOME,
    "supporting documents": Part.TAIL,
}
_LONGEST_LABEL = 30


@dataclass(slots=True)
class Entry:
    """A block in its place. Other entries are named by their index in the outline.

    ``level`` is a heading's, from 1, or a list member's depth. ``number`` is a paragraph's own ("6.12") or a section
    heading's ("6"). ``outcome`` is the word that announced a decision ("resolved"). ``nth`` counts plain paragraphs
    under their heading. ``opens`` is the list or table this entry introduces, ``group`` the one it is a member of, at
    ``position`` from 1; ``style`` tells its kind of marker from others. ``label`` is the topic in front of its dash.
    """

    block: Block
    form: Form
    part: Part = Part.BODY
    level: int = 0
    number: str = ""
    outcome: str = ""
    headings: tuple[int, ...] = ()
    nth: int = 0
    group: int | None = None
    position: int = 0
    style: str = ""
    lead_in: int | None = None
    opens: int | None = None
    label: Span | None = None
    columns: tuple[Span, ...] = ()

    def words(self, text: str) -> str:
        """The entry's words without its marker, or the word that heralds it, folded."""
        return fold(text[self.block.body : self.block.end])


def part_label(text: str, block: Block) -> Part | None:
    """The part that a line such as "Minutes:" or "RESOLVED" opens, or None for any other line."""
    if block.form is not Form.PARAGRAPH or block.end - block.start > _LONGEST_LABEL:
        return None
    words = fold(text[block.start : block.end]).strip()
    part = _PART_LABELS.get(words.rstrip(" :").lower())
    # "Agreed" and "Minutes" are words too: without a colon, only capitals or the page's own opening are labels.
    if part is None or not (words.endswith(":") or words.isupper() or part is Part.FRONT):
        return None
    return part
