"""Words broken at the ends of lines, put together: with their hyphen or without it, as the document itself spells."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from corpus.reading.pdf_letters import HYPHEN

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Before these a hyphen is spelling, whatever follows: "co-ordinated" and "re-referred" have halves that are no words.
_PREFIX = re.compile(
    "anti|co|counter|cross|ex|extra|half|inter|intra|mid|mini|multi|neuro|non|out|over|post|pre|pro|re|self|semi|sub|un|well"
)
_SHORTEST_HALF = 2
_LAST, _FIRST = re.compile(r"[^\W\d_]*$"), re.compile(r"[^\W\d_]*")
# Most documents break lines at the hyphens of spelling alone. So many words broken elsewhere show that one does not.
_FEWEST_BROKEN = 3


class Spelling:
    """The words that a document writes within its lines, and whether its lines were broken within words."""

    def __init__(self, lines: Iterable[str]) -> None:
        lines = list(lines)
        self._known: Counter[str] = Counter()
        for before, line in pairwise(["", *lines]):
            words = _WORD.findall(line.removesuffix(HYPHEN))
            # The halves of a broken word are no words.
            words = words[before.endswith(HYPHEN) : len(words) - line.endswith(HYPHEN)]
            self._known.update(word.lower() for word in words)
        broken = [_halves(*pair) for pair in pairwise(lines) if pair[0].endswith(HYPHEN)]
        self._breaks_words = sum(bool(self._known["".join(pair)]) for pair in broken) >= _FEWEST_BROKEN

    def joined(self, before: str, after: str) -> str:
        """Two lines as one, where ``before`` ends in a broken word; else as they stand, a space between them."""
        if not before.endswith(HYPHEN):
            return f"{before} {after}"
        before = before.removesuffix(HYPHEN)
        return before + ("" if self._is_one(*_halves(before, after), after) else "-") + after

    def _is_one(self, first: str, second: str, after: str) -> bool:
        """Whether two halves are one word: it stands elsewhere without a hyphen, or neither half is a word alone."""
        if min(len(first), len(second)) < _SHORTEST_HALF or not after[:1].islower():
            return False
        if self._known[f"{first}-{second}"]:
            return False
        if self._known[first + second]:
            return True
        if not self._breaks_words or _PREFIX.fullmatch(first):
            return False
        return not self._known[first] and not self._known[second]


def _halves(before: str, after: str) -> tuple[str, str]:
    """The letters on either side of a break, in small letters; either may have none."""
    first, second = _LAST.search(before.removesuffix(HYPHEN)), _FIRST.match(after)
    return (first[0].lower() if first else ""), (second[0].lower() if second else "")
