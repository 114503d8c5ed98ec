"""What was changed between a recommendation and the decision on it, word by word."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.display import plain
from corpus.folding import fold
from corpus.model import Passage

# Texts that share less than this are two texts: their words are not compared one by one.
LEAST_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Change:
    """Words that both hold ("same"), that only the decision holds ("added") or only the recommendation ("left out")."""

    kind: str
    words: str


def differences(recommended: Sequence[Passage], decided: Sequence[Passage]) -> tuple[Change, ...]:
    """The decision's words beside the recommendation's; nothing where the two have too little in common.

    Markers ("a)", "2.1") and case are no differences.
    """
    before, after = _words(recommended), _words(decided)
    matcher = SequenceMatcher(None, [_plain(word) for word in before], [_plain(word) for word in after], autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        return ()
    changes = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            changes.append(Change("same", " ".join(after[c:d])))
            continue
        if b > a:
            changes.append(Change("left out", " ".join(before[a:b])))
        if d > c:
            changes.append(Change("added", " ".join(after[c:d])))
    return tuple(changes)


def _words(passages: Sequence[Passage]) -> list[str]:
    return [word for one in passages for word in plain(one.text[one.body - one.start :]).split()]


def _plain(word: str) -> str:
    return fold(word).casefold().strip(".,;:()")
