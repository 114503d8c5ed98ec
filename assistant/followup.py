"""Follow-up questions: what a turn leaves out is carried from the turns before it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant import councils
from assistant.topic import topic_terms
from corpus.folding import fold
from corpus.model import Source
from index.analysis import term_spans

_LEANS = re.compile(
    r"^\W*(?:and|but|so|or|ok|okay|sorry|why|what about|how about|what else|anything else|also|then|no|i meant)\b|"
    r"\b(?:it|its|they|them|their|theirs|that|those|these|he|she|him|his|her|there|the one|the same)\b(?! is\b)",
    re.IGNORECASE,
)
# A turn with fewer topic words than this says too little to stand alone.
_FEW = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of a conversation: what was asked, and with what it leaves out in front. They differ if it leans."""

    asked: str
    text: str

    @property
    def leans(self) -> bool:
        return self.asked != self.text


def carried(asked: str, history: Sequence[str], sources: Sequence[Source]) -> Turn:
    """The question with what it leaves out put in front: the text to search for and to read the scope from.

    A turn leans on the one before when it says so ("and…", "why weren't they…") or says next to nothing. What it
    names replaces what was named: after "and Middlesbrough?" no other council is left. A question that stands alone
    carries nothing. What is carried is the last question that stood alone, with the council that was named since.
    """
    base = ""
    for turn in history:
        base = _renamed(base, turn, sources) if base and _leans(turn) else turn
    return Turn(asked, f"{_renamed(base, asked, sources)} {asked}" if base and _leans(asked) else asked)


def _leans(turn: str) -> bool:
    return bool(_LEANS.search(fold(turn))) or len(topic_terms(turn)) < _FEW


def _renamed(base: str, turn: str, sources: Sequence[Source]) -> str:
    """The question that a conversation stands on, without the councils that a later turn replaces by others."""
    held = [source.council.value for source in sources if source.council.value]
    named = councils.named(turn, held)
    if not named:
        return base
    gone = {term for name in councils.named(base, held) for term in name.terms}
    for term, start, end in reversed(term_spans(base)):
        if term in gone:
            base = base[:start] + base[end:]
    return " ".join(f"{base} {' '.join(name.name for name in named)}".split())
