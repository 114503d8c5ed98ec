"""The nouns of searching: Filters in, Hits out."""

from dataclasses import dataclass

from corpus.model import Passage, Role, Voice
from index.expression import Expression


@dataclass(frozen=True, slots=True)
class Filters:
    """What a hit must be, applied before ranking. ``None`` means any.

    ``said_in`` is the most documents that may say the same, word for word; ``expression`` is what the text must hold.
    """

    documents: frozenset[str] | None = None
    roles: frozenset[Role] | None = None
    voices: frozenset[Voice] | None = None
    said_in: int | None = None
    expression: Expression | None = None


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
