"""An entry: one block in its place in a document's outline."""

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


@dataclass(slots=True)
class Entry:
    """A block in its place. Other entries are named by their index in the outline.

    ``number`` is a paragraph's own number ("6.12"), ``section`` the number of a section heading. ``outcome`` is the
    word that announced a decision ("resolved"). ``nth`` counts plain paragraphs under their heading. ``opens`` is
    the list or table this entry introduces, ``group`` the one it is a member of, at ``position`` from 1.
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
        """The entry's words without its marker or label, folded."""
        return fold(text[self.block.body : self.block.end])
