"""What a generation on this machine's disk holds, to be looked up: documents, passages, and which are of a kind."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.model import Document, Passage, Role, Voice
from corpus.passages.outcomes import Badge
from index.files.columns import Columns
from index.files.store import Store
from index.model import Filters
from index.words.expression import holding
from index.words.positions import Positions

# What is kept of documents that were looked up, some 100 kB each.
DOCUMENTS_KEPT = 100
# And of references that were searched for: each is looked for in all that there are.
REFERENCES_KEPT = 100

Flags = NDArray[np.bool_]


class Held:
    """The documents and passages of one generation. Passages have numbers, from 0 in document order.

    Flags are arrays of one truth value a passage, by number.
    """

    def __init__(self, store: Store, columns: Columns, positions: Positions) -> None:
        self.sources = store.sources()
        self._columns = columns
        self._positions = positions
        self._places = {source.id: place for place, source in enumerate(self.sources)}
        self._store = store
        self._document = lru_cache(maxsize=DOCUMENTS_KEPT)(store.document)
        self._matters = lru_cache(maxsize=DOCUMENTS_KEPT)(store.matters)
        self._of_reference = lru_cache(maxsize=REFERENCES_KEPT)(store.referred)

    def forget(self) -> None:
        """Let go of what is kept from earlier searches, for what measures the first."""
        self._document.cache_clear()
        self._matters.cache_clear()
        self._of_reference.cache_clear()

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

    def newest(self, numbers: NDArray[np.int64], most: int) -> list[tuple[int, str]]:
        """The ``most`` of these passages that were first indexed last, latest first, those of one time as given."""
        since = self._columns.since[numbers]
        latest = np.argsort(-since, kind="stable")[:most]
        return [(int(numbers[place]), _time(int(since[place]))) for place in latest]

    def documents_holding(self, term: str) -> int:
        """In how many documents a passage holds a word of this stem in its own words."""
        found = self._positions.passages_of(self._positions.of_term(term))
        return int(np.count_nonzero(np.bincount(self._columns.document[found])))

    def allowed(self, filters: Filters) -> Flags:
        """One flag a passage, by number: whether it is what ``filters`` ask for."""
        return self._flags(filters, self._columns, slice(None))

    def _flags(self, filters: Filters, columns: Columns, numbers: slice | NDArray[np.int64]) -> Flags:
        """One flag for each of the passages of these numbers, whose columns are given."""
        wanted: list[Flags] = []
        if filters.documents is not None:
            of = np.zeros(len(self.sources), np.bool_)
            of[[self._places[id] for id in filters.documents if id in self._places]] = True
            # A document's passages stand together.
            wanted.append(np.repeat(of[: len(columns.counts)], columns.counts))
        for kind, values, codes in (
            (Role, filters.roles, columns.role),
            (Voice, filters.voices, columns.voice),
            (Badge, filters.outcomes, columns.outcome),
        ):
            if values is not None:
                wanted.append(np.array([one in values for one in kind], np.bool_)[codes])
        if filters.said_in is not None:
            wanted.append(columns.said_in <= filters.said_in)
        if filters.searched is not None:
            wanted.append(columns.searched == filters.searched)
        if filters.references is not None:
            wanted.append(self._referred(filters.references)[numbers])
        if filters.other_references:
            wanted.append(~self._referred(filters.other_references)[numbers])
        if filters.expression is not None:
            wanted.append(holding(filters.expression, self._positions)[numbers])
        flags = wanted[0] if wanted else np.ones(len(columns.document), np.bool_)
        for more in wanted[1:]:
            flags &= more
        return flags

    def _referred(self, references: Iterable[str]) -> Flags:
        """One flag a passage, by number: whether it has one of these references, or is inside what one names."""
        flags = np.zeros(len(self._columns.document), np.bool_)
        for reference in references:
            flags[self._of_reference(reference)] = True
        return flags


def _time(seconds: int) -> str:
    """Seconds from 1970 as ISO 8601 in UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
