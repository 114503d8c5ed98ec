"""The vectors of a build: kept from the generation before, from a build that was stopped, or encoded."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder
from index.milvus.generations import Manifest, Place
from index.milvus.rows import short
from index.unfinished import Unfinished

# How many keys are looked up at once, and so at most how many vectors come in one answer: 1.5 MB of them.
_AT_ONCE = 1_000

Vectors = dict[bytes, NDArray[np.float32]]


class Held(Protocol):
    """Where vectors may be held already."""

    def get(self, keys: Iterable[bytes]) -> Vectors:
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

    def get(self, keys: Iterable[bytes]) -> Vectors:
        """Those held of these keys."""
        wanted = {short(key): key for key in keys}
        held: Vectors = {}
        for collection in self._collections:
            left = [name for name, key in wanted.items() if key not in held]
            for start in range(0, len(left), _AT_ONCE):
                portion = left[start : start + _AT_ONCE]
                for row in self._connection.rows(collection, f"key in {portion}", ["key", "vector"]):
                    held[wanted[row["key"]]] = np.array(row["vector"], np.float32)
        return held


def vectors(
    texts: Mapping[bytes, str],
    encoder: Encoder,
    earlier: Sequence[Held],
    left: Unfinished,
    encoded: Callable[[int], None],
) -> Vectors:
    """The vectors of texts, by key; those made are kept in ``left`` as they come, and ``encoded`` is told how many."""
    held: Vectors = {}
    for one in earlier:
        held |= one.get([key for key in texts if key not in held])
    wanted = [key for key in texts if key not in held]
    if wanted:
        for numbers, portion in encoder.encode_in_portions([texts[key] for key in wanted]):
            of = [wanted[number] for number in numbers]
            left.put(of, portion)
            held |= zip(of, portion, strict=True)
            encoded(len(of))
    return held
