"""An entry: one block in its place in a document's outline; and the labels that name a page's parts."""

import re
from collections import Counter
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
PARAGRAPH_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)+")
_LONGEST_LABEL = 30
_SHORTEST_MISSPELT = 6
_OUTCOME_WORDS = ("resolved", "agreed", "decision", "decisions", "recommended")
# Capitals make a decision of "the Committee RESOLVED to…"; "members agreed that" is discussion.
_OUTCOME_LINE = re.compile(
    r"(?:(?:The|It) [^.:;]{2,60}? )?(?P<loud>[A-Z]{5,13})(?: (?i:unanimously))?"
    r"\s*[:-]*\s+(?:\([a-z0-9]{1,3}\) *)?(?i:that|to)\b"
    r"|(?P<plain>[A-Z][a-z]{4,12})\s*[:-]*\s+[Tt](?:hat|o)\b"
    r"|(?:The|It) [^.:;]{2,60}? (?P<last>[A-Z]{5,13})\s*[:-]+$"
)


_AFTER_OUTCOME = re.compile(
    r"(?:reasons?(?: for (?:the )?(?:decisions?|recommendations?))?|(?:alternative |other )?options(?: considered)?"
    r"(?: and rejected)?|voting|discussion)\s*:?-?\s*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Entry:
    """A block in its place. Other entries are named by their index in the outline.

    ``level`` is a heading's, from 1, or a list member's depth. ``number`` is a paragraph's own ("6.12") or a section
    heading's ("6"). ``item`` is the entry that begins the agenda item this one is of, and ``called`` what a reference
    calls that item ("minute 22/1"), of the entry that begins it. ``outcome`` is the word that announced a decision
    ("resolved"). ``nth`` counts plain paragraphs under their heading. ``opens`` is the list or table this entry
    introduces, ``group`` the one it is a member of, at ``position`` from 1; ``style`` tells its kind of marker from
    others. ``label`` is the topic in front of its dash.
    """

    block: Block
    form: Form
    part: Part = Part.BODY
    level: int = 0
    number: str = ""
    called: str = ""
    item: int | None = None
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
    plain = words.rstrip(" :-").lower().removesuffix(" unanimously")
    part = _PART_LABELS.get(outcome_meant(plain) or plain)
    # "Agreed" and "Minutes" are words too: without a colon, only capitals or the page's own opening are labels.
    if part is None or not (words.endswith((":", ":-")) or words.isupper() or part is Part.FRONT):
        return None
    return part


def ends_outcome(text: str, block: Block) -> bool:
    """Whether a line heads what a decision does not say: its reasons, and the options that were not chosen."""
    return block.form is Form.PARAGRAPH and _AFTER_OUTCOME.fullmatch(fold(text[block.start : block.end])) is not None


def marks_body(text: str, block: Block) -> bool:
    """Whether a block says that what came before it was an introduction: "Minutes:", or a paragraph's number."""
    return part_label(text, block) is Part.BODY or bool(PARAGRAPH_NUMBER.search(block.marker))


def inline_outcome(words: str) -> str:
    """The word of a decision that a paragraph opens with ("RESOLVED that…"), rightly spelt; "" where there is none."""
    match = _OUTCOME_LINE.match(words)
    if match is None:
        return ""
    meant = match["plain"].lower() if match["plain"] else outcome_meant(match["loud"] or match["last"])
    return meant if meant in ("resolved", "agreed", "recommended") else ""


def is_outcome(words: str) -> bool:
    """Whether a line's first words announce a decision."""
    return bool(inline_outcome(words) or outcome_meant(re.split(r"[\s:-]", words.strip(), maxsplit=1)[0]))


def outcome_meant(word: str) -> str:
    """The word of a decision that ``word`` is, or is a letter or two off ("RESOVLED"); "" where it is none."""
    word = word.lower()
    if word in _OUTCOME_WORDS:
        return word
    if not _SHORTEST_MISSPELT <= len(word) <= 13:
        return ""
    return next((right for right in _OUTCOME_WORDS if word[0] == right[0] and _is_misspelt(word, right)), "")


def _is_misspelt(word: str, right: str) -> bool:
    """Whether a word has the letters of another, but for one, and few of them out of place.

    So "RESOVLED" and "RESOLVD" are RESOLVED, and "RESERVED" and "DIVISION", two letters off, are words of their own.
    """
    more, fewer = Counter(word) - Counter(right), Counter(right) - Counter(word)
    if max(more.total(), fewer.total()) > 1:
        return False
    return _edits(word, right) <= (1 if len(right) <= _SHORTEST_MISSPELT else 2)


def _edits(one: str, other: str) -> int:
    """How many letters are to be added, dropped, changed or swapped with the next to make one word the other.

    The optimal string alignment distance: https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance.
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for n, letter in enumerate(one, 1):
        row = [n]
        for m, right in enumerate(other, 1):
            edits = min(last[m] + 1, row[m - 1] + 1, last[m - 1] + (letter != right))
            if n > 1 and m > 1 and letter == other[m - 2] and one[n - 2] == right:
                edits = min(edits, before[m - 2] + 1)
            row.append(edits)
        before, last = last, row
    return last[-1]
