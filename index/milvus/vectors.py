"""The vectors of a build: kept from the generation before, from a build that was stopped, or encoded."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from index.milvus.generations import Manifest, Place
from index.milvus.rows import short
from index.models.encoder import Encoder
from index.vectors.keys import Keys, digests
from index.vectors.unfinished import Unfinished

# How many keys are looked up at once, and so about how many vectors come in one answer: 1.5 MB of them.
_AT_ONCE = 1_000

# Vectors that were made last, of texts that documents repeat ("There were none."): 75 MB of them.
_RECENT = 50_000

Kept = dict[bytes, NDArray[np.float32]]


class Held(Protocol):
    """Where vectors may be held already."""

    def get(self, keys: Iterable[bytes]) -> Kept:
        """Those held of these keys."""


class Before:
    """The vectors of the generation that serves, by key."""

    def __init__(self, place: Place, name: str) -> None:
        self._connection = place.connection
        self._collections = [place.collection(name, what) for what in ("passages", "sentences")]

    @classmethod
    def of(cls, place: Place, manifest: Manifest | None, encoder: Encoder) -> list[Self]:
        """Where vectors can be kept from: nowhere, if the generation is of another encoder."""
        same = manifest is not None and manifest.facts.fingerprint == encoder.fingerprint
        return [cls(place, manifest.name)] if manifest is not None and same else []

    def get(self, keys: Iterable[bytes]) -> Kept:
        """Those held of these keys. One that many rows share may be missed, and is then encoded again."""
        wanted = {short(key): key for key in keys}
        held: Kept = {}
        for collection in self._collections:
            left = [name for name, key in wanted.items() if key not in held]
            for start in range(0, len(left), _AT_ONCE):
                portion = left[start : start + _AT_ONCE]
                for row in self._connection.rows(collection, f"key in {portion}", ["key", "vector"]):
                    held[wanted[row["key"]]] = np.array(row["vector"], np.float32)
        return held


class Stopped:
    """The vectors that builds which were stopped have left on this machine's disk."""

    def __init__(self, left: Unfinished) -> None:
        """Those of now; what is encoded from now on is not among them."""
        self._keys = Keys(left.keys())
        self._left = left

    def get(self, keys: Iterable[bytes]) -> Kept:
        """Those held of these keys."""
        wanted = list(keys)
        places = self._keys.find(digests(wanted)).tolist() if wanted else []
        held = [(key, place) for key, place in zip(wanted, places, strict=True) if place >= 0]
        if not held:
            return {}
        vectors = self._left.vectors(np.array([place for _, place in held]))
        return {key: vector for (key, _), vector in zip(held, vectors, strict=True)}


class Vectors:
    """Gives the vectors of texts, by key: those that are held, and all others encoded."""

    def __init__(
        self,
        encoder: Encoder,
        held: Sequence[Held],
        left: Unfinished,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        """What is encoded is kept in ``left`` as it comes; ``progress`` is told how many texts are, of how many."""
        self.fingerprint = encoder.fingerprint
        self.encoded = 0
        self.reused = 0
        self._encoder = encoder
        self._held = held
        self._left = left
        self._recent: Kept = {}
        self._progress = progress

    def of(self, texts: Mapping[bytes, str]) -> Kept:
        """The vectors of these texts."""
        found = {key: self._recent[key] for key in texts if key in self._recent}
        known = len(found)
        for one in self._held:
            found |= one.get([key for key in texts if key not in found])
        self.reused += len(found) - known
        wanted = [key for key in texts if key not in found]
        total = self.encoded + len(wanted)
        if wanted and self._progress:
            self._progress(self.encoded, total)  # the model may take a while to load
        for numbers, portion in self._encoder.encode_in_portions([texts[key] for key in wanted]) if wanted else ():
            of = [wanted[number] for number in numbers]
            self._left.put(of, portion)
            found |= zip(of, portion, strict=True)
            self.encoded += len(of)
            if self._progress:
                self._progress(self.encoded, total)
        self._recent = dict([*self._recent.items(), *((key, found[key]) for key in wanted)][-_RECENT:])
        return found
