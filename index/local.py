"""The index as it is searched: a generation opened from this machine's disk."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.model import Passage
from index import fusion, meaning, report
from index.documents import Documents
from index.files import generations, store
from index.files.columns import Columns
from index.files.store import Store
from index.fusion import Way
from index.held import Held
from index.knowledge.holdings import Holdings
from index.knowledge.mentions import Mentions
from index.knowledge.register import Register
from index.knowledge.spellings import Spellings
from index.meaning import Meaning
from index.model import ANYTHING, Filters, Hit, Matches
from index.models.encoder import Encoder
from index.models.reader import Reader
from index.ranking import LEAST_NEAR, best, depth
from index.vectors.dense import Dense, Sentences
from index.words import analysis
from index.words.lexical import Lexical
from index.words.positions import Positions


class LocalIndex(Held):
    """A generation opened for searching, from any number of threads. Everything it gives is a function of the files.

    Inside, a *row* is a searched passage; its number among all passages is ``number[row]``.
    """

    def __init__(
        self,
        generation: generations.Generation,
        store: Store,
        columns: Columns,
        positions: Positions,
        lexical: Lexical,
        dense: Dense,
        sentences: Sentences,
        encoder: Encoder | None,
        reader: Reader | None = None,
        dense_weight: float = fusion.DENSE_WEIGHT,
    ) -> None:
        super().__init__(store, columns, positions)
        self._generation = generation
        self._glancing = threading.Lock()
        self.generation = generation.name
        self.facts = generation.facts
        self.holdings = Holdings(self.sources, Mentions.open(generation.folder))
        self.documents = Documents(self.holdings.by_id, self.document)
        self.spellings = Spellings.open(generation.folder)
        self.register = Register.open(generation.folder)
        self.report = report.read(generation.folder / report.FILE)
        self.meaning = Meaning(encoder, reader, self)
        self._number = np.flatnonzero(self._columns.searched)
        self._columns_of_rows = self._columns.of(self._number)
        self._lexical = lexical
        self._dense = dense
        self._sentences = sentences
        self._dense_weight = dense_weight

    @classmethod
    def open(
        cls,
        folder: Path,
        encoder: Encoder | None,
        reader: Reader | None = None,
        dense_weight: float = fusion.DENSE_WEIGHT,
    ) -> Self:
        """Open the generation that serves in ``folder``; without an encoder, questions are answered by BM25 alone.

        Without a reader nothing is read a second time. ``dense_weight`` is the share of the cosine in the convex
        fusion, for the evaluation to vary.
        Raises ``IndexMissing``, ``IndexDamaged`` or ``WrongEncoder``, all of them ``IndexUnusable``.
        """
        return cls.of(generations.open_current(folder), encoder, reader, dense_weight)

    @classmethod
    def of(
        cls,
        generation: generations.Generation,
        encoder: Encoder | None,
        reader: Reader | None = None,
        dense_weight: float = fusion.DENSE_WEIGHT,
    ) -> Self:
        """Open a generation that was found sound; raises ``WrongEncoder``."""
        folder = generation.folder.parent
        meaning.check(encoder, generation.facts, str(folder), generations.command(folder))
        return cls(
            generation,
            Store.open(generation.folder / store.FILE),
            Columns.open(generation.folder),
            Positions.open(generation.folder),
            Lexical.open(generation.folder),
            Dense.open(generation.folder),
            Sentences.open(generation.folder),
            encoder,
            reader,
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
        vector = self._meaning(text)
        return self._hits(*self._ranked(terms, vector, self._rows(filters), top, way), terms, vector)

    def ranking(self, text: str, terms: Sequence[str], filters: Filters, top: int) -> NDArray[np.int64]:
        """The numbers of the passages that ``search`` gives, without looking up any of them."""
        vector = self._meaning(text)
        return self._number[self._ranked(terms, vector, self._rows(filters), top, fusion.DEFAULT)[0]]

    def read(self, text: str, passage: Passage) -> float | None:
        """How likely a passage answers a question, read together: log-odds. None without a reader."""
        return self.meaning.reading(text, passage)

    def verify(self) -> None:
        """Read through what was not read when the index was opened; raises ``IndexDamaged``."""
        self._generation.verify()

    def glance(self) -> None:
        """Look at the size and time of each file, and read those that have been written to; ``IndexDamaged``."""
        with self._glancing:
            self._generation.glance()

    def forget(self) -> None:
        """Let go of what is kept from earlier searches, for what measures the first."""
        super().forget()
        self.meaning.forget()

    def weight(self, term: str) -> float:
        """The idf of a term as analysed; of one that no passage holds, the highest there is."""
        return self._lexical.weight(term)

    def holds(self, term: str) -> bool:
        """Whether any passage, as indexed, holds the term as analysed."""
        return self._lexical.holds(term)

    @property
    def dense(self) -> bool:
        """Whether questions can be compared with passages by meaning."""
        return self.meaning.encoder is not None

    def matching(self, text: str, terms: Sequence[str], filters: Filters, nearest: int) -> Matches:
        """The passages that filters allow and, with a text, that hold a term or are of the ``nearest`` in meaning."""
        if not text.strip():
            return self._matches(np.flatnonzero(self.allowed(filters)))
        rows = self._rows(filters)
        bm25 = self._lexical.scores(terms).astype(np.float64)
        found = bm25 > 0
        if rows is not None:
            found &= rows
        near = np.empty(0, np.int64)
        if (vector := self._meaning(text)) is not None:
            near, cosines = self._dense.nearest(vector, nearest, rows)
            near = near[cosines >= LEAST_NEAR]
            found[near] = True
        places = np.flatnonzero(found)
        flags = np.zeros(len(places), np.bool_)
        flags[np.searchsorted(places, near)] = True
        return self._matches(self._number[places], bm25[places], flags)

    def nearness(self, text: str, numbers: NDArray[np.int64]) -> NDArray[np.float64] | None:
        """How near each of these searched passages is to a question in meaning; None where that cannot be told."""
        vector = self._meaning(text)
        return None if vector is None else self._nearness(vector, np.searchsorted(self._number, numbers))

    def similar(self, id: str, filters: Filters, top: int) -> Matches:
        """The ``top`` searched passages nearest in meaning to the one of this id, which is left out, nearest first."""
        number = self._store.number(id)
        row = -1 if number is None else int(np.searchsorted(self._number, number))
        if number is None or row == len(self._number) or self._number[row] != number:
            return self._matches(np.empty(0, np.int64))
        rows = self._rows(filters)
        others = np.ones(len(self._number), np.bool_) if rows is None else rows
        others[row] = False
        (vector,) = self._dense.vectors(np.array([row]))
        near = self._number[self._dense.nearest(vector, top, others)[0]]
        return self._matches(near, near=np.ones(len(near), np.bool_))

    def _rows(self, filters: Filters) -> NDArray[np.bool_] | None:
        """One flag a row: whether it is what ``filters`` ask for; None where every row is."""
        if filters.searched:
            filters = replace(filters, searched=None)
        return None if filters == ANYTHING else self._flags(filters, self._columns_of_rows, self._number)

    def _matches(
        self,
        numbers: NDArray[np.int64],
        bm25: NDArray[np.float64] | None = None,
        near: NDArray[np.bool_] | None = None,
    ) -> Matches:
        """The passages of these numbers, with what is counted of them."""
        return Matches(
            numbers,
            self._columns.document[numbers],
            self._columns.role[numbers],
            self._columns.voice[numbers],
            self._columns.outcome[numbers],
            np.zeros(len(numbers)) if bm25 is None else bm25,
            np.zeros(len(numbers), np.bool_) if near is None else near,
        )

    def _meaning(self, text: str) -> NDArray[np.float32] | None:
        """The vector of a question; None without an encoder, where the text is blank, or nothing to compare it with."""
        return self.meaning.vector(text) if len(self._dense) else None

    def _ranked(
        self,
        terms: Sequence[str],
        vector: NDArray[np.float32] | None,
        allowed: NDArray[np.bool_] | None,
        top: int,
        way: Way,
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The ``top`` best rows of those allowed, best first, equals by row, and how each scores."""
        rows, scores = self._candidates(terms, vector, allowed, depth(top), way)
        order = np.lexsort((rows, -scores))[: max(top, 0)]
        return rows[order], scores[order]

    def _candidates(
        self,
        terms: Sequence[str],
        vector: NDArray[np.float32] | None,
        allowed: NDArray[np.bool_] | None,
        depth: int,
        way: Way,
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Rows among which the best are, and how each scores."""
        roughly = self._lexical.scores(terms)
        if allowed is not None:
            roughly *= allowed
        found = best(roughly, depth)
        if way is Way.BM25 or vector is None:
            return found, self._lexical.scores_of(terms, found)
        near = self._dense.nearest(vector, depth, allowed)[0]
        if way is Way.DENSE:
            return near, self._nearness(vector, near)
        rows = np.union1d(found, near)
        nearness = self._nearness(vector, rows)
        if way is Way.RRF:
            near = rows[np.lexsort((rows, -nearness))][:depth]
            rankings = np.searchsorted(rows, found), np.searchsorted(rows, near)
            return rows, fusion.reciprocal_rank(*rankings, size=len(rows))
        return rows, fusion.convex(self._lexical.scores_of(terms, rows), nearness, self._dense_weight)

    def _nearness(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """How near each row is in meaning: half by the whole of it in its place, half by its nearest sentence."""
        return (self._dense.cosines(vector, rows) + self._sentences.best(vector, rows)) / 2

    def _hits(
        self,
        rows: NDArray[np.int64],
        scores: NDArray[np.float64],
        terms: Sequence[str],
        vector: NDArray[np.float32] | None,
    ) -> list[Hit]:
        """Hits for rows and their scores, in their order, each with every signal."""
        passages = self._store.passages(self._number[rows].tolist())
        cosines = [None] * len(rows) if vector is None else self._dense.cosines(vector, rows).tolist()
        each = (
            [()] * len(rows) if vector is None else [tuple(c.tolist()) for c in self._sentences.cosines(vector, rows)]
        )
        bm25, matched = self._lexical.scores_of(terms, rows).tolist(), self._lexical.matched(terms, rows)
        signals = zip(passages, scores.tolist(), cosines, bm25, matched, each, strict=True)
        return [Hit(*one) for one in signals]
