"""Follow-up questions: what a turn leaves out is carried from the turns before it."""

import re
from collections.abc import Sequence

from assistant import councils
from assistant.question import topic_terms
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


def carried(question: str, history: Sequence[str], sources: Sequence[Source]) -> str:
    """The question with what it leaves out put in front: the text to search for and to read the scope from.

    A turn leans on the one before when it says so ("and…", "why weren't they…") or says next to nothing. What it
    names replaces what was named: after "and Middlesbrough?" no other council is left. A question that stands alone
    carries nothing.
    """
    text = ""
    for turn in (*history, question):
        text = _joined(text, turn, sources) if text and _leans(turn) else turn
    return text


def _leans(turn: str) -> bool:
    return bool(_LEANS.search(fold(turn))) or len(topic_terms(turn)) < _FEW


def _joined(before: str, turn: str, sources: Sequence[Source]) -> str:
    held = [source.council.value for source in sources if source.council.value]
    if councils.named(turn, held):
        gone = {term for name in councils.named(before, held) for term in name.terms}
        for term, start, end in reversed(term_spans(before)):
            if term in gone:
                before = before[:start] + before[end:]
    return " ".join(f"{before} {turn}".split())
