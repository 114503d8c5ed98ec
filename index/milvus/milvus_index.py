"""The index as it is searched in Milvus: the engine finds candidates, and what is told of them is computed here.

An engine's scores are made to rank: they are rounded, and go by counts of parts of the collection. Every score that
leaves this module is of the vectors and terms themselves, so that a passage has the same signals as on a machine's
disk; what can differ is which passages are candidates.
"""

from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.model import Passage
from index import fusion, meaning
from index.fusion import Way
from index.meaning import Meaning
from index.milvus import generations
from index.milvus.finding import Finding, matches
from index.milvus.generations import COMMAND, Place
from index.milvus.held import MilvusHeld
from index.milvus.lexicon import Lexicon
from index.milvus.lookup import Lookup
from index.model import ANYTHING, Filters, Hit, Matches
from index.models.encoder import Encoder
from index.models.reader import Reader
from index.ranking import LEAST_NEAR, depth
from index.words import analysis


class MilvusIndex(MilvusHeld):
    """A generation in Milvus opened for searching, from any number of threads. It keeps nothing on the disk here."""

    def __init__(
        self,
        lookup: Lookup,
        encoder: Encoder | None,
        reader: Reader | None = None,
        dense_weight: float = fusion.DENSE_WEIGHT,
    ) -> None:
        super().__init__(lookup)
        self.generation = lookup.manifest.name
        self.facts = lookup.manifest.facts
        self.meaning = Meaning(encoder, reader, self)
        self._lexicon = Lexicon(lookup)
        self._finding = Finding(lookup, self._places, self._lexicon)
        self._dense_weight = dense_weight

    @classmethod
    def open(
        cls,
        place: Place,
        encoder: Encoder | None,
        reader: Reader | None = None,
        dense_weight: float = fusion.DENSE_WEIGHT,
    ) -> Self:
        """Open the generation that serves; without an encoder, questions are answered by BM25 alone.

        Without a reader nothing is read a second time. Raises ``IndexMissing``, ``IndexDamaged``, ``WrongEncoder`` or
        ``MilvusUnusable``, all of them ``IndexUnusable``.
        """
        manifest = generations.open_current(place)
        meaning.check(encoder, manifest.facts, place.described, f"{COMMAND} {place.connection.address}")
        return cls(Lookup(place, manifest), encoder, reader, dense_weight)

    @property
    def dense(self) -> bool:
        """Whether questions can be compared with passages by meaning."""
        return self.meaning.encoder is not None

    def verify(self) -> None:
        """Nothing is left unread: the engine looks after what it holds."""

    def glance(self) -> None:
        """Nothing: what is asked of collections that were removed tells so itself."""

    def search(
        self,
        text: str,
        *,
        terms: Sequence[str] | None = None,
        filters: Filters = ANYTHING,
        top: int = 50,
        way: Way = fusion.DEFAULT,
    ) -> list[Hit]:
        """The ``top`` best passages for a question among those that ``filters`` allow, best first, equals in order."""
        terms = analysis.terms(text) if terms is None else tuple(terms)
        vector = self._meaning(text)
        scope = self._finding.scopes.searched(filters) if top > 0 else None
        if scope is None:
            return []
        wanted = depth(top)
        by_words = self._finding.by_words(terms, scope, wanted)
        if way is Way.BM25 or vector is None:
            numbers = by_words
        else:
            near = self._finding.by_meaning(vector, scope, wanted)
            numbers = near if way is Way.DENSE else np.union1d(by_words, near)
        signals = self._finding.signals(numbers, terms, vector)
        if way is Way.BM25 or vector is None:
            scores = signals.bm25
        elif way is Way.DENSE:
            scores = signals.nearness
        elif way is Way.RRF:
            nearest = np.lexsort((numbers, -signals.nearness))[:wanted]
            found = np.searchsorted(numbers, by_words)
            scores = fusion.reciprocal_rank(found, nearest, size=len(numbers))
        else:
            scores = fusion.convex(signals.bm25, signals.nearness, self._dense_weight)
        order = np.lexsort((numbers, -scores))[:top]
        passages = self.passages(numbers[order].tolist())
        return [
            Hit(
                passage,
                float(scores[at]),
                None if vector is None else float(signals.cosine[at]),
                float(signals.bm25[at]),
                signals.matched[at],
                () if vector is None else tuple(signals.sentences[at].tolist()),
            )
            for passage, at in zip(passages, order, strict=True)
        ]

    def matching(self, text: str, terms: Sequence[str], filters: Filters, nearest: int) -> Matches:
        """The passages that filters allow and, with a text, that hold a term or are of the ``nearest`` in meaning."""
        if not text.strip():
            return self._finding.all(filters)
        scope = self._finding.scopes.searched(filters)
        if scope is None:
            return matches([])
        rows, bm25, complete = self._finding.holding(terms, scope)
        numbers = {row["number"] for row in rows}
        near: set[int] = set()
        if (vector := self._meaning(text)) is not None:
            found, cosines = self._finding.nearest(vector, scope, nearest)
            found = [row for row, cosine in zip(found, cosines, strict=True) if cosine >= LEAST_NEAR]
            near = {row["number"] for row in found}
            others = [row for row in found if row["number"] not in numbers]
            rows = [*rows, *others]
            bm25 = np.concatenate([bm25, np.zeros(len(others), np.float32)])
            if not complete and others:  # those that hold a term were cut off before them
                bm25[len(bm25) - len(others) :] = self._finding.scores(terms, others)
        return matches(rows, bm25, near, complete=complete)

    def nearness(self, text: str, numbers: NDArray[np.int64]) -> NDArray[np.float64] | None:
        """How near each of these searched passages is to a question in meaning; None where that cannot be told."""
        vector = self._meaning(text)
        return None if vector is None else self._finding.signals(numbers, (), vector).nearness

    def similar(self, id: str, filters: Filters, top: int) -> Matches:
        """The ``top`` searched passages nearest in meaning to the one of this id, which is left out, nearest first."""
        number = self.number(id)
        row = None if number is None else self._lookup.passage_rows([number], ["searched", "vector"]).get(number)
        scope = self._finding.scopes.searched(filters)
        if row is None or not row["searched"] or scope is None:
            return matches([])
        found, _ = self._finding.nearest(np.array(row["vector"], np.float32), scope, top + 1)
        others = [one for one in found if one["number"] != number][:top]
        return matches(others, near={one["number"] for one in others}, in_order=False)

    def weight(self, term: str) -> float:
        """The idf of a term as analysed; of one that no passage holds, the highest there is."""
        return self._lexicon.weight(term)

    def holds(self, term: str) -> bool:
        """Whether any searched passage, as indexed, holds the term."""
        return self._lexicon.holding(term).passages > 0

    def documents_holding(self, term: str) -> int:
        """In how many documents a passage holds a word of this stem in its own words."""
        return self._lexicon.holding(term).documents

    def read(self, text: str, passage: Passage) -> float | None:
        """How likely a passage answers a question, read together: log-odds. None without a reader."""
        return self.meaning.reading(text, passage)

    def forget(self) -> None:
        """Let go of what is kept from earlier searches, for what measures the first."""
        super().forget()
        self._lexicon.forget()
        self.meaning.forget()

    def _meaning(self, text: str) -> NDArray[np.float32] | None:
        """The vector of a question; None without an encoder, where the text is blank, or nothing to compare it with."""
        return self.meaning.vector(text) if self.facts.searched else None
