"""What filtering and counting need to know of each passage: arrays side by side, one entry a passage, by number."""

import hashlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.folding import fold, on_one_line
from corpus.model import Document, Form, Passage, Role, Voice
from corpus.passages.outcomes import Badge

FILE = "columns.npz"

_ROLES, _VOICES, _BADGES = ({one: place for place, one in enumerate(kind)} for kind in (Role, Voice, Badge))


@dataclass(frozen=True, eq=False)
class Columns:
    """``document`` is the position of its document among the sources, ``role``, ``voice`` and ``outcome`` the positions
    of theirs among all there are, ``said_in`` the number of documents that say the same, word for word, ``searched``
    whether a search by meaning or weight can find it, and ``since`` when it was first indexed, in seconds from 1970.
    """

    document: NDArray[np.int32]
    role: NDArray[np.uint8]
    voice: NDArray[np.uint8]
    outcome: NDArray[np.uint8]
    said_in: NDArray[np.int32]
    searched: NDArray[np.bool_]
    since: NDArray[np.int64]

    def of(self, numbers: NDArray[np.int64]) -> Self:
        """The columns of the passages of these numbers alone."""
        return replace(self, **{field.name: getattr(self, field.name)[numbers] for field in fields(self)})

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """How many of the passages are of each document, up to the last that has any."""
        return np.bincount(self.document)

    def save(self, folder: Path) -> None:
        """Write the file named in ``FILE``."""
        np.savez(folder / FILE, **{field.name: getattr(self, field.name) for field in fields(self)})

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The arrays that ``save`` wrote."""
        with np.load(folder / FILE, allow_pickle=False) as stored:
            return cls(**{field.name: stored[field.name] for field in fields(cls)})


class Rows:
    """The columns of passages as their documents come."""

    def __init__(self) -> None:
        self._documents = 0
        self._document, self._since = array("i"), array("q")
        self._role, self._voice, self._outcome, self._searched = array("B"), array("B"), array("B"), array("B")
        self._said = array("Q")

    def add(self, document: Document, badges: Sequence[Badge], since: Sequence[int]) -> None:
        """Take the next document, with the badge of each passage's item and when each was first indexed."""
        passages = document.passages
        self._document.extend([self._documents] * len(passages))
        self._role.extend([_ROLES[passage.role] for passage in passages])
        self._voice.extend([_VOICES[passage.voice] for passage in passages])
        self._outcome.extend([_BADGES[badge] for badge in badges])
        self._searched.extend([passage.searched for passage in passages])
        self._said.extend([wording(passage) for passage in passages])
        self._since.extend(since)
        self._documents += 1

    def __len__(self) -> int:
        return len(self._document)

    def columns(self) -> Columns:
        """The columns of all that was added."""
        document = np.frombuffer(self._document, np.int32)
        role, voice, outcome = (np.frombuffer(one, np.uint8) for one in (self._role, self._voice, self._outcome))
        searched = np.frombuffer(self._searched, np.uint8).astype(np.bool_)
        return Columns(document, role, voice, outcome, self._said_in(document), searched, np.array(self._since))

    def _said_in(self, document: NDArray[np.int32]) -> NDArray[np.int32]:
        """In how many documents each passage is said."""
        _, words = np.unique(np.frombuffer(self._said, np.uint64), return_inverse=True)
        pairs = np.unique(words.astype(np.int64) * self._documents + document) if len(words) else words
        counts = np.bincount(pairs // max(self._documents, 1), minlength=1)
        return counts[words].astype(np.int32)


def wording(passage: Passage) -> int:
    """What a passage says, as it is compared with others: eight bytes of a hash, which hardly ever are another's.

    A table's row and what opens a list say it of those alone.
    """
    own = passage.id if passage.form is Form.ROW or passage.opens is not None else ""
    words = f"{own}\n{on_one_line(fold(passage.text)).casefold()}"
    digest = hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")
