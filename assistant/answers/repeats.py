"""Near-repeats: what a council says twice in nearly the same words is shown once, with where it is said again."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.answers.quoting import Chosen
from assistant.questions.councils import short_name
from corpus.folding import fold
from corpus.model import Document, Form, Passage, Role, Voice
from index.words.analysis import terms

# So much of a repeat's pairs of neighbouring terms is in what it repeats. In the five documents the repeats have all of
# them; the nearest that is none, an introduction ("will provide an update") beside the minute ("provided"), has 0.75.
SAID_AGAIN = 0.8
# What has fewer terms says little without its place: "Overall effectiveness", a bullet of one name.
FEWEST_TERMS = 6
# Where a paper points at another part of itself, and the words that only join a paragraph to the one before it.
_POINTERS = re.compile(
    r"(?:\bas )?(?:\b(?:mentioned|set out|stated|described|outlined|noted|referred to) )?(?:\b(?:in|at|under) )?"
    r"\b(?:sections?|paragraphs?|paras?|minutes?|appendix|item) \d+(?:\.\d+)*\b|"
    r"^\W*(?:furthermore|moreover|however|therefore|additionally|in addition|as such)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|no|never|none|nor|neither|nobody|nothing|without|cannot)\b|n't\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d")
_PROSE = (Form.PARAGRAPH, Form.ITEM)


def collapsed(chosen: Sequence[Chosen], documents: Mapping[str, Document]) -> list[tuple[Chosen, tuple[Passage, ...]]]:
    """What to show, in the order given, each with the passages that say the same again.

    A repeat has no term and no number of its own, so nothing is lost with it. The first is shown, or the fuller where
    both are of one document and only the later has all that is said. Nothing is collapsed across councils, nor where
    the role, the voice or what is denied differs.
    """
    kept: list[tuple[Chosen, tuple[Passage, ...]]] = []
    said: list[_Said | None] = []
    for one in chosen:
        mine = _said(one, documents)
        for place, before in enumerate(said):
            if mine is None or before is None or mine.kind != before.kind:
                continue
            shown, repeats = kept[place]
            if before.holds(mine):
                kept[place] = shown, (*repeats, *one.passages)
                break
            if mine.holds(before) and one.hit.passage.document == shown.hit.passage.document:
                kept[place], said[place] = (one, (*shown.passages, *repeats)), mine
                break
        else:
            kept.append((one, ()))
            said.append(mine)
    return kept


@dataclass(frozen=True, slots=True)
class _Said:
    """What a passage says, for comparison: whose words of which council, its terms, its numbers, and how often "not".

    Terms are in order, without those of the council's name, which all of its documents share.
    """

    kind: tuple[str, Role, Voice]
    terms: tuple[str, ...]
    denials: int

    def holds(self, other: "_Said") -> bool:
        """Whether all that ``other`` says is said here, in nearly the same order."""
        if self.denials != other.denials or not set(other.terms) <= set(self.terms):
            return False
        pairs, wanted = set(pairwise(self.terms)), set(pairwise(other.terms))
        return len(wanted & pairs) >= SAID_AGAIN * len(wanted) and _in_order(_numbers(other), _numbers(self))


def _said(chosen: Chosen, documents: Mapping[str, Document]) -> _Said | None:
    """What a single passage of prose says; None for a list, a row or a line that is too short to compare."""
    passage, *others = chosen.passages
    if others or passage.form not in _PROSE:
        return None
    source = documents[passage.document].source
    council = source.council.value
    # A document of no known council can repeat itself alone.
    owner, name = (council, set(terms(short_name(council)))) if council else (f"\0{source.id}", set())
    words = _POINTERS.sub(" ", fold(" ".join(passage.text[max(passage.body - passage.start, 0) :].split())))
    found = tuple(term for term in terms(words) if term not in name)
    if len(found) < FEWEST_TERMS:
        return None
    return _Said((owner, passage.role, passage.voice), found, len(_NOT.findall(words)))


def _numbers(said: _Said) -> Iterator[str]:
    return (term for term in said.terms if _NUMBER.search(term))


def _in_order(wanted: Iterator[str], held: Iterator[str]) -> bool:
    """Whether ``held`` has each of ``wanted``, in the same order."""
    return all(any(number == other for other in held) for number in wanted)
