"""What an index knows of the one before it: since when a passage is held, and where one that has gone is now.

A passage's id comes from its document and its text, so it survives a rebuild. Where a text was changed, its id leads
to the passage of the same document that is most like it, among those that were not there before.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from corpus.model import Document, Passage
from index.files.store import Store

# Two texts that are less alike than this, of 100, are not the same passage, changed.
LEAST_ALIKE = 50.0


class History:
    """What the generation before knows of each document, as the documents of the next one come, in any order."""

    def __init__(self, now: int, before: Store | None = None, since: NDArray[np.int64] | None = None) -> None:
        """``now`` is the time of this generation, and ``since`` tells that of each passage of the one before."""
        self._now = now
        self._before = before
        self._since = np.empty(0, np.int64) if since is None else since
        self._unseen = {source.id for source in before.sources()} if before else set()
        self._gone: dict[str, str | None] = {}

    def since(self, document: Document) -> list[int]:
        """When each passage of a document was first indexed, in seconds from 1970. Each document is asked once."""
        held = self._before.ids_of(document.id) if self._before and document.id in self._unseen else {}
        self._unseen.discard(document.id)
        present = {passage.id for passage in document.passages}
        if self._before and (gone := [number for id, number in held.items() if id not in present]):
            new = [passage for passage in document.passages if passage.id not in held]
            self._gone |= {passage.id: nearest(passage, new) for passage in self._before.passages(gone)}
        return [int(self._since[held[p.id]]) if p.id in held else self._now for p in document.passages]

    def moved(self, held: Callable[[str], bool]) -> Mapping[str, str | None]:
        """Where each passage is now that an earlier generation held, and this one does not; None where nowhere.

        Asked when all documents have come; ``held`` tells whether this generation has a passage of an id.
        """
        if self._before is None:
            return {}
        gone = self._gone | {id: None for document in self._unseen for id in self._before.ids_of(document)}
        earlier = {
            id: target if target and held(target) else gone.get(target or "")
            for id, target in self._before.all_moved().items()
        }
        return {id: target for id, target in (earlier | gone).items() if not held(id)}


def nearest(passage: Passage, among: Sequence[Passage]) -> str | None:
    """The id of the passage most like one that has gone, among those of its document."""
    texts = [other.text for other in among]
    found = process.extractOne(passage.text, texts, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE)
    return among[found[2]].id if found else None
