"""What a generation in Milvus holds, to be looked up: documents and passages."""

import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.model import Document, Passage
from index import report
from index.documents import Documents
from index.knowledge.holdings import Holdings
from index.knowledge.mentions import Mentions
from index.knowledge.register import Register
from index.knowledge.spellings import Spellings
from index.milvus import tokens, values
from index.milvus.earlier import iso
from index.milvus.lookup import Lookup
from index.milvus.places import Places
from index.milvus.rows import PASSAGE_FIELDS

# What is kept of documents that were looked up, some 100 kB each.
DOCUMENTS_KEPT = 100


class MilvusHeld:
    """The documents and passages of one generation.

    Its sources are read when it is opened, as are the files that the build gathered, which lie in a temporary folder
    for as long as this is open; all else is read when it is asked for.
    """

    def __init__(self, lookup: Lookup) -> None:
        held = lookup.held()
        self.sources = tuple(one.source for one in held)
        self._places = Places(self.sources)
        self._held = {one.source.id: (place, one) for place, one in enumerate(held)}
        self._lookup = lookup
        self._files = tempfile.TemporaryDirectory(prefix="inspection-records-", ignore_cleanup_errors=True)
        folder = Path(self._files.name)
        lookup.save_parts(folder)
        self.holdings = Holdings(self.sources, Mentions.open(folder))
        self.documents = Documents(self.holdings.by_id, self.document)
        self.spellings = Spellings.open(folder)
        self.register = Register.open(folder)
        self.report = report.read(folder / report.FILE)
        self._document = lru_cache(maxsize=DOCUMENTS_KEPT)(self._whole)
        self._matters = lru_cache(maxsize=DOCUMENTS_KEPT)(self._that_matters)

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

    def number(self, id: str) -> int | None:
        """The number of the passage of this id; None if there is none."""
        found = self._named(id)
        return None if found is None else found[0]

    def passage(self, id: str) -> Passage | None:
        """The passage of this id; None if there is none."""
        found = self._named(id)
        return None if found is None else found[1]

    def passages(self, numbers: Sequence[int]) -> list[Passage]:
        """The passages of these numbers, in their order; ``KeyError`` for one that is not there."""
        rows = self._lookup.passage_rows(numbers, PASSAGE_FIELDS)
        by_number = dict(zip(rows, self._lookup.passages_of(rows.values()), strict=True))
        return [by_number[int(number)] for number in numbers]

    def moved(self, id: str) -> str | None:
        """The id of the passage nearest now to one that was held before; None where there is none."""
        found = self._lookup.values([f"moved/{tokens.number(id)}"])
        was, now = values.from_values(list(found.values())) if found else (id, None)
        return now if was == id else None

    def newest(self, numbers: NDArray[np.int64], most: int) -> list[tuple[int, str]]:
        """The ``most`` of these passages that were first indexed last, latest first, those of one time as given."""
        rows = self._lookup.passage_rows(numbers.tolist(), ["since"])
        since = np.array([rows[number]["since"] for number in numbers.tolist()], np.int64)
        latest = np.argsort(-since, kind="stable")[:most]
        return [(int(numbers[place]), iso(int(since[place]))) for place in latest]

    def _named(self, id: str) -> tuple[int, Passage] | None:
        """The passage of this id with its number. Ids are looked up by a hash, which another may have too."""
        lookup = self._lookup
        rows = lookup.connection.rows(lookup.passages, f"name == {tokens.number(id)}", PASSAGE_FIELDS)
        for row, passage in zip(rows, lookup.passages_of(rows), strict=True):
            if passage.id == id:
                return row["number"], passage
        return None

    def _whole(self, id: str) -> Document | None:
        return self._with(id, "")

    def _that_matters(self, id: str) -> Document | None:
        return self._with(id, "matters == true")

    def _with(self, id: str, where: str) -> Document | None:
        if id not in self._held:
            return None
        place, held = self._held[id]
        return self._lookup.document(place, held, where)
