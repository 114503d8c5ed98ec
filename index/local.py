"""The index as it is searched: a generation opened from this machine's disk."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.model import Document
from index import analysis, fusion, generations, store
from index.dense import Dense, Sentences
from index.encoder import Encoder
from index.fusion import Way
from index.lexical import Lexical
from index.model import Filters, Hit
from index.store import Store

# How many of the best by each signal are fused. The fusion paper fuses 1,000; more changes nothing that is shown.
CANDIDATES = 1_000

# What is kept of earlier work: vectors of questions (1.5 kB each) and documents (some 100 kB each).
VECTORS_KEPT = 2_000
DOCUMENTS_KEPT = 100


ANYTHING = Filters()


class WrongEncoder(generations.IndexUnusable):
    """The index was built with another model than the one that is to encode the questions."""


class LocalIndex:
    """A generation opened for searching, from any number of threads. Everything it gives is a function of the files.

    Inside, a *row* is a searched passage; the store's passage number is ``rows.number[row]``.
    """

    def __init__(
        self,
        generation: generations.Generation,
        store: Store,
        lexical: Lexical,
        dense: Dense,
        sentences: Sentences,
        encoder: Encoder | None,
        dense_weight: float = fusion.DENSE_WEIGHT,
    ) -> None:
        self.generation = generation.name
        self.facts = generation.facts
        self.encoder = encoder
        self.sources = store.sources()
        self._positions = {source.id: position for position, source in enumerate(self.sources)}
        self._rows = store.rows()
        self._store = store
        self._lexical = lexical
        self._dense = dense
        self._sentences = sentences
        self._dense_weight = dense_weight
        self._vector = lru_cache(maxsize=VECTORS_KEPT)(self._encoded)
        self._document = lru_cache(maxsize=DOCUMENTS_KEPT)(store.document)

    @classmethod
    def open(cls, folder: Path, encoder: Encoder | None, dense_weight: float = fusion.DENSE_WEIGHT) -> Self:
        """Open the generation that serves in ``folder``; without an encoder, questions are answered by BM25 alone.

        ``dense_weight`` is the share of the cosine in the convex fusion, for the evaluation to vary.
        Raises ``IndexMissing``, ``IndexDamaged`` or ``WrongEncoder``, all of them ``IndexUnusable``.
        """
        generation = generations.open_current(folder)
        if encoder is not None and encoder.fingerprint != generation.facts.fingerprint:
            raise WrongEncoder(
                f"The index in {folder} was built with the model {generation.facts.encoder}, and this is another "
                f"({encoder.name}, or other weights or settings). Use the model it was built with, or rebuild it with: "
                f"{generations.command(folder)} and the --encoder that you want."
            )
        return cls(
            generation,
            Store.open(generation.folder / store.FILE),
            Lexical.open(generation.folder),
            Dense.open(generation.folder),
            Sentences.open(generation.folder),
            encoder,
            dense_weight,
        )

    def search(
        self,
        text: str,
        *,
        terms: Sequence[str] | None = None,
        filters: Filters = ANYTHING,
        top: int = 50,
        way: Way = fusion.DEFAULT,
    ) -> list[Hit]:
        """The ``top`` best passages for a question among those that ``filters`` allow, best first, equals in order.

        ``text`` is encoded; ``terms`` are looked up, and are those of ``text`` unless given. Every hit has both
        signals, whichever found it. Found by BM25 are only passages with a term matched. Without an encoder, or where
        ``text`` is blank, every way is BM25.
        """
        terms = analysis.terms(text) if terms is None else tuple(terms)
        allowed = self._allowed(filters)
        vector = self._vector(text) if self.encoder is not None and text.strip() and len(self._dense) else None
        rows, scores = self._ranked(terms, vector, allowed, max(top, CANDIDATES), way)
        order = np.lexsort((rows, -scores))[: max(top, 0)]
        return self._hits(rows[order], scores[order], terms, vector)

    def weight(self, term: str) -> float:
        """The idf of a term as analysed; of one that no passage holds, the highest there is."""
        return self._lexical.weight(term)

    def holds(self, term: str) -> bool:
        """Whether any passage, as indexed, holds the term as analysed."""
        return self._lexical.holds(term)

    def document(self, id: str) -> Document | None:
        """The document of this id with its passages, or None."""
        return self._document(id)

    def _ranked(
        self,
        terms: Sequence[str],
        vector: NDArray[np.float32] | None,
        allowed: NDArray[np.bool_] | None,
        depth: int,
        way: Way,
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The candidate rows, and how each scores; the order is the caller's to make."""
        bm25 = self._lexical.scores(terms)
        found = _best(bm25 if allowed is None else np.where(allowed, bm25, 0.0), depth)
        if way is Way.BM25 or vector is None:
            return found, bm25[found]
        near = np.union1d(
            self._dense.nearest(vector, depth, allowed)[0], self._sentences.nearest(vector, depth, allowed)
        )
        if way is Way.DENSE:
            return near, self._nearness(vector, near)
        rows = np.union1d(found, near)
        nearness = self._nearness(vector, rows)
        if way is Way.RRF:
            near = rows[np.lexsort((rows, -nearness))][:depth]
            rankings = np.searchsorted(rows, found), np.searchsorted(rows, near)
            return rows, fusion.reciprocal_rank(*rankings, size=len(rows))
        return rows, fusion.convex(bm25[rows], nearness, self._dense_weight)

    def _nearness(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """How near each row is in meaning: half by the whole of it in its place, half by its nearest sentence."""
        whole = self._dense.cosines(vector, rows)
        nearest = [cosines.max() for cosines in self._sentences.cosines(vector, rows)]
        return (whole + np.array(nearest, np.float64)) / 2

    def _hits(
        self,
        rows: NDArray[np.int64],
        scores: NDArray[np.float64],
        terms: Sequence[str],
        vector: NDArray[np.float32] | None,
    ) -> list[Hit]:
        """Hits for rows and their scores, in their order, each with every signal."""
        passages = self._store.passages(self._rows.number[rows].tolist())
        cosines = [None] * len(rows) if vector is None else self._dense.cosines(vector, rows).tolist()
        each = (
            [()] * len(rows) if vector is None else [tuple(c.tolist()) for c in self._sentences.cosines(vector, rows)]
        )
        bm25 = self._lexical.scores(terms)[rows].tolist()
        matched = self._lexical.matched(terms, rows)
        return [Hit(*signals) for signals in zip(passages, scores.tolist(), cosines, bm25, matched, each, strict=True)]

    def _allowed(self, filters: Filters) -> NDArray[np.bool_] | None:
        """One flag a row, or None where every row is allowed."""
        flags = []
        if filters.documents is not None:
            positions = [self._positions[id] for id in filters.documents if id in self._positions]
            flags.append(np.isin(self._rows.document, positions))
        if filters.roles is not None:
            flags.append(np.isin(self._rows.role, [role.value for role in filters.roles]))
        if filters.voices is not None:
            flags.append(np.isin(self._rows.voice, [voice.value for voice in filters.voices]))
        if filters.said_in is not None:
            flags.append(self._rows.said_in <= filters.said_in)
        return np.logical_and.reduce(flags) if flags else None

    def _encoded(self, text: str) -> NDArray[np.float32]:
        assert self.encoder is not None
        vector: NDArray[np.float32] = self.encoder.encode([text])[0]
        return vector


def _best(scores: NDArray[np.float64], top: int) -> NDArray[np.int64]:
    """The rows of the ``top`` highest scores above 0, best first, equals by row."""
    rows = np.flatnonzero(scores > 0)
    if len(rows) > top:
        least = np.partition(scores[rows], len(rows) - top)[len(rows) - top]
        rows = rows[scores[rows] >= least]
    return rows[np.lexsort((rows, -scores[rows]))][:top]
