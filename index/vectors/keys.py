"""What vectors are kept by: a hash of what each is of, and of what made it."""

import hashlib
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

LENGTH = hashlib.sha256().digest_size
Digests: TypeAlias = NDArray[np.uint8]


def key(fingerprint: str, text: str) -> bytes:
    """The key of the vector of a text, by the encoder of this fingerprint."""
    return hashlib.sha256(f"{fingerprint}\n{text}".encode("utf-8", "surrogatepass")).digest()


def digests(keys: Sequence[bytes] | bytes | bytearray) -> Digests:
    """Keys as an array, of shape (keys, LENGTH)."""
    joined = keys if isinstance(keys, (bytes, bytearray)) else b"".join(keys)
    return np.frombuffer(joined, np.uint8).reshape(-1, LENGTH)


class Keys:
    """Keys to be found: millions of them at some forty bytes each."""

    def __init__(self, held: Digests) -> None:
        each = _whole(held)
        self._order = np.argsort(each, kind="stable")
        self._sorted = each[self._order]

    def __len__(self) -> int:
        return len(self._sorted)

    def find(self, keys: Digests) -> NDArray[np.int64]:
        """The first place of each key among those held; -1 of one that is not."""
        if not len(self._sorted):
            return np.full(len(keys), -1, np.int64)
        wanted = _whole(keys)
        at = np.minimum(np.searchsorted(self._sorted, wanted), len(self._sorted) - 1)
        return np.where(self._sorted[at] == wanted, self._order[at], -1).astype(np.int64)

    def distinct(self) -> int:
        """How many different keys there are."""
        return len(self._sorted) and 1 + int(np.count_nonzero(self._sorted[1:] != self._sorted[:-1]))


def _whole(keys: Digests) -> NDArray[Any]:
    """Each key as one value, which numpy orders and compares byte by byte."""
    return np.ascontiguousarray(keys).view(f"S{LENGTH}").reshape(-1)
