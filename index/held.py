"""What a generation of the index holds, to be looked up: documents, passages, and which passages are of a kind."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.model import Document, Passage, Role, Span, Voice
from index import analysis
from index.expression import Expression, holding, marks
from index.model import Filters
from index.positions import Positions
from index.store import Store

# What is kept of documents that were looked up, some 100 kB each.
DOCUMENTS_KEPT = 100


class Held:
    """The documents and passages of one generation. Passages have numbers, from 0 in document order.

    Flags are arrays of one truth value a passage, by number.
    """

    def __init__(self, store: Store, positions: Positions) -> None:
        self.sources = store.sources()
        self.columns = store.columns()
        self.positions = positions
        self._places = {source.id: place for place, source in enumerate(self.sources)}
        self._store = store
        self._document = lru_cache(maxsize=DOCUMENTS_KEPT)(store.document)
        self._matters = lru_cache(maxsize=DOCUMENTS_KEPT)(store.matters)

    def forget(self) -> None:
        """Let go of what is kept from earlier searches, for what measures the first."""
        self._document.cache_clear()
        self._matters.cache_clear()

    def document(self, id: str) -> Document | None:
        """The document of this id with its passages, or None."""
        return self._document(id)

    def matters(self, id: str) -> Document | None:
        """The document of this id with those of its passages alone that decide, recommend or advise; or None."""
        return self._matters(id)

    def passage(self, id: str) -> Passage | None:
        """The passage of this id; None if there is none."""
        number = self._store.number(id)
        return None if number is None else self._store.passages([number])[0]

    def passages(self, numbers: Sequence[int]) -> list[Passage]:
        """The passages of these numbers, in their order."""
        return self._store.passages(numbers)

    def moved(self, id: str) -> str | None:
        """The id of the passage nearest now to one that was held before; None where there is none."""
        return self._store.moved(id)

    def since(self, numbers: Sequence[int]) -> list[str]:
        """When each of these passages was first indexed, in their order: ISO 8601 in UTC."""
        return self._store.since(numbers)

    def referred(self, reference: str) -> NDArray[np.bool_]:
        """One flag a passage, by number: whether this is its reference, or it is inside what the reference names."""
        flags = np.zeros(len(self.columns.document), np.bool_)
        flags[self._store.referred(reference)] = True
        return flags

    def marks(self, expression: Expression, numbers: Sequence[int]) -> list[list[Span]]:
        """Where each of these passages holds what the expression asks for: spans of its document's text, in order."""
        spans = []
        for inside, passage in zip(marks(expression, self.positions, numbers), self.passages(numbers), strict=True):
            words = analysis.word_spans(passage.text)
            spans.append([Span(passage.start + words[a][1], passage.start + words[b][2]) for a, b in inside])
        return spans

    def allowed(self, filters: Filters) -> NDArray[np.bool_]:
        """One flag a passage, by number: whether it is what ``filters`` ask for."""
        columns = self.columns
        flags = np.ones(len(columns.document), np.bool_)
        if filters.documents is not None:
            positions = [self._places[id] for id in filters.documents if id in self._places]
            flags &= np.isin(columns.document, positions)
        for kind, wanted, codes in (
            (Role, filters.roles, columns.role),
            (Voice, filters.voices, columns.voice),
        ):
            if wanted is not None:
                flags &= np.isin(codes, [list(kind).index(one) for one in wanted])
        if filters.said_in is not None:
            flags &= columns.said_in <= filters.said_in
        if filters.expression is not None:
            flags &= holding(filters.expression, self.positions)
        return flags
