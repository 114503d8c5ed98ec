"""The nouns of searching: Filters in; Hits, or Matches where all that is found is counted, out."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.model import Passage, Role, Voice
from corpus.passages.outcomes import Badge
from index.words.expression import Expression


@dataclass(frozen=True, slots=True)
class Filters:
    """What a passage must be to be found, applied inside the search and before ranking. ``None`` means any.

    ``documents`` are ids; one that is not held has no passages. ``outcomes`` are those of the passage's item.
    ``said_in`` is the most documents that may say the same, word for word. ``expression`` is what the text must hold,
    to the word. ``references`` are those of which the passage has one or is inside one ("minute 11.4" holds "minute
    11.4, second bullet"), and ``other_references`` those of which it has none and is inside none. ``searched`` is
    whether a search by weight or meaning can find it: headings and their like it cannot.
    """

    documents: frozenset[str] | None = None
    roles: frozenset[Role] | None = None
    voices: frozenset[Voice] | None = None
    said_in: int | None = None
    expression: Expression | None = None
    outcomes: frozenset[Badge] | None = None
    references: frozenset[str] | None = None
    other_references: frozenset[str] = frozenset()
    searched: bool | None = None


ANYTHING = Filters()


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """The passages that a search finds: arrays side by side, one entry a passage found.

    ``number`` is the passage's number in the generation; ``document`` the position of its document among the index's
    sources; ``role``, ``voice`` and ``outcome`` (the badge of its item's) are positions in their enumerations; ``bm25``
    is its score, 0 where it holds no term or none was looked for; ``near`` whether it is one of the nearest in
    meaning. Where not ``complete``, an index has stopped at the most that it finds, and there are more.
    """

    number: NDArray[np.int64]
    document: NDArray[np.int32]
    role: NDArray[np.uint8]
    voice: NDArray[np.uint8]
    outcome: NDArray[np.uint8]
    bm25: NDArray[np.float64]
    near: NDArray[np.bool_]
    complete: bool = True

    def __len__(self) -> int:
        return len(self.number)

    def of(self, which: NDArray[Any]) -> "Matches":
        """Those of these places, in their order; or those flagged."""
        return replace(
            self,
            number=self.number[which],
            document=self.document[which],
            role=self.role[which],
            voice=self.voice[which],
            outcome=self.outcome[which],
            bm25=self.bm25[which],
            near=self.near[which],
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found by a search, with its fused score and the raw signals.

    ``score`` orders hits of one search and means nothing across searches. ``cosine`` is between the question's vector
    and the passage's, and ``sentences`` are those with each of its sentences in order (None and empty where no model
    is loaded). ``bm25`` is the lexical score. ``matched`` are the question's
    terms (as analysed) that the passage, as indexed, holds.
    """

    passage: Passage
    score: float
    cosine: float | None
    bm25: float
    matched: frozenset[str]
    sentences: tuple[float, ...] = ()
