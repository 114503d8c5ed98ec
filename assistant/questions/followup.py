"""Follow-up questions: what a turn leaves out is carried from the turns before it."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from assistant.questions import councils
from assistant.questions.topic import topic_terms, without
from corpus.dates import find_dates
from corpus.folding import fold
from corpus.passages.acronyms import ACRONYM

_JOINS_ON = re.compile(
    r"^\W*(?:and|but|so|or|ok|okay|sorry|why|what about|how about|what else|anything else|also|then|no|i meant)\b",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"\b(?:it|its|they|them|their|theirs|that|those|these|he|she|him|his|her|the one|the same)\b(?! is\b)|"
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbe )\bthere\b(?! (?:is|are|was|were|will|has|have|any)\b)",
    re.IGNORECASE,
)
# A turn that holds what it names against what was named before.
_COMPARES = re.compile(
    r"\bsame\b|\bdiffer\w*|\bcompar\w*|\bversus\b|\bvs\b|\bthan\b|\bboth\b|\btoo\b|\balso\b", re.IGNORECASE
)
# A turn that says which document the question before it was about: "I meant the one with the academy".
_POINTS = re.compile(
    r"^\W*(?:no|sorry|actually|i meant?|not that|the one)\b.*?\b"
    r"the (?:one|council|committee|meeting|report|visit|minutes?)s? "
    r"(?:with|about|where|mentioning|(?:that|which) (?:has|had|have|mentions?|talks? about)) (?P<at>\w.*)",
    re.IGNORECASE,
)
# A turn with fewer topic words than this says too little to stand alone, unless it asks and names whom or what.
_FEW = 2
# One with so many stands alone whatever it begins with ("sorry, what did inspectors say about placement moves").
_ENOUGH = 3
_ASKS = re.compile(
    r"\b(?:what|whats|who|whos|when|where|which|how|is|are|was|were|do|does|did|has|have|had)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of a conversation: what was asked, and the words that it leaves out, if it leans on an earlier one.

    Where it only says which document the question before it was about, ``asked`` is that question, and ``points_at``
    what the document speaks of.
    """

    asked: str
    base: str = ""
    points_at: str = ""

    @property
    def leans(self) -> bool:
        return bool(self.base)

    @property
    def text(self) -> str:
        """What to search for and to read the scope from: the turn, with what it leaves out in front."""
        return f"{self.base} {self.asked}" if self.base else self.asked

    def undated(self) -> "Turn":
        """The turn without the dates that it carries from an earlier one."""
        return replace(self, base=_undated(self.base))


def carried(asked: str, history: Sequence[str], held: Collection[str]) -> Turn:
    """The question with what it leaves out; ``held`` names the councils that the corpus has documents from.

    A turn leans on the one before when it says so ("and…", "why weren't they…") or says next to nothing. What it
    names replaces what was named: after "and Middlesbrough?" no other council is left. A question that stands alone
    carries nothing. What is carried is the last question that stood alone or said enough, with the council named since.
    """
    base = ""
    for turn in history:
        base = _carried(base, turn, held) if base and _leans(turn) else turn
    points = _POINTS.search(fold(asked)) if base and _leans(asked) and not _named(asked, held) else None
    if points and not find_dates(points["at"]):
        return Turn(base, points_at=points["at"])
    return Turn(asked, " ".join(_kept(base, asked, held)) if base and _leans(asked) else "")


def _carried(base: str, turn: str, held: Collection[str]) -> str:
    """The question that a conversation stands on after a turn that leans on ``base``.

    One that says enough becomes that question ("by when must they reply?"), with the councils and dates that it leaves
    out; of any other the council alone is new.
    """
    if len(topic_terms(turn)) < _ENOUGH:
        return " ".join([*_kept(base, turn, held), *_named(turn, held)])
    councils_before = [] if _named(turn, held) else _named(base, held)
    days_before = [] if find_dates(turn) else [base[day.start : day.end] for day in find_dates(base)]
    return " ".join([turn, *councils_before, *days_before])


def _leans(turn: str) -> bool:
    words, topic = fold(turn), topic_terms(turn)
    if _LEANS.search(words):
        return True
    if _JOINS_ON.search(words):
        return len(topic) < _ENOUGH
    named = councils.named(turn, ()) or (ACRONYM.search(turn) and not turn.isupper())
    return len(topic) < _FEW and not (named and _ASKS.search(words))


def _kept(base: str, turn: str, held: Collection[str]) -> list[str]:
    """The words of the question that a conversation stands on, less the councils and dates that ``turn`` replaces."""
    if _COMPARES.search(turn):
        return base.split()
    if find_dates(turn):
        base = _undated(base)
    if _named(turn, held):
        base = without(base, {term for name in councils.named(base, held) for term in name.terms})
    return base.split()


def _undated(text: str) -> str:
    for day in reversed(find_dates(text)):
        text = text[: day.start] + text[day.end :]
    return text


def _named(turn: str, held: Collection[str]) -> list[str]:
    return [name.name for name in councils.named(turn, held)]
