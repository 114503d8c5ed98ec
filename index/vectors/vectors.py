"""The vectors of a build: those that are known are kept, and the others are encoded while the build goes on."""

from array import array
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.models.encoder import Encoder
from index.vectors.keys import Digests, Keys, digests, key
from index.vectors.unfinished import Unfinished

# So many texts are encoded at a time, longest first. Of fewer, more would stand beside others of another length; more
# would wait in memory, and no more than so many portions of them do.
AT_ONCE = 20_000
_WAITING = 2
# So many vectors are looked up at once, some 75 MB of them.
_BLOCK = 50_000


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """Vectors that are held somewhere: ``vectors`` gives those of places, which ``keys`` finds."""

    keys: Keys
    vectors: Callable[[NDArray[np.int64]], NDArray[np.float32]]


class Vectors:
    """What the passages and sentences of a build are encoded to. As a context manager it stops encoding on an error."""

    def __init__(
        self,
        encoder: Encoder,
        known: Sequence[Held],
        left: Unfinished,
        progress: Callable[[int, int], None] | None = None,
        at_once: int = AT_ONCE,
    ) -> None:
        self._encoder = encoder
        self._known = list(known)
        self._left = left
        self._progress = progress
        self._at_once = at_once
        self._passages, self._sentences, self.counts = bytearray(), bytearray(), array("i")
        self._wanted: dict[bytes, str] = {}
        self._seen: set[bytes] = set()
        self._done = 0
        self._stopped = False
        self._beside = ThreadPoolExecutor(1)
        self._encoding: deque[Future[None]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped = True
        self._beside.shutdown(cancel_futures=True)

    def add(self, passages: Sequence[str], sentences: Sequence[Sequence[str]]) -> None:
        """Take what is encoded of the next passages, and of the sentences of each."""
        texts = [*passages, *(text for one in sentences for text in one)]
        keys = [key(self._encoder.fingerprint, text) for text in texts]
        self._passages += b"".join(keys[: len(passages)])
        self._sentences += b"".join(keys[len(passages) :])
        self.counts.extend([len(one) for one in sentences])
        for place in np.flatnonzero(~self._is_known(digests(keys))) if keys else ():
            if keys[place] not in self._seen:
                self._seen.add(keys[place])
                self._wanted[keys[place]] = texts[place]
        if len(self._wanted) >= self._at_once:
            self._encode()

    def finish(self) -> None:
        """Wait until all that was added is encoded."""
        if self._wanted:
            self._encode()
        while self._encoding:
            self._encoding.popleft().result()
        if self._seen:
            self._known.append(Held(Keys(self._left.keys()), self._left.vectors))

    @property
    def encoded(self) -> int:
        """How many texts were not known."""
        return len(self._seen)

    @property
    def kept(self) -> int:
        """How many different texts were known."""
        return Keys(self.keys).distinct() - self.encoded

    @property
    def keys(self) -> Digests:
        """The keys of all passages, and after them those of all sentences, in order."""
        return digests(self._passages + self._sentences)

    @property
    def dimension(self) -> int:
        """The length of a vector; 1 where there is none, as faiss cannot hold vectors of no length."""
        return next((len(block[0]) for block in self._blocks(self.keys[:1])), 1)

    def of_passages(self) -> Iterator[NDArray[np.float32]]:
        """The vectors of all passages, in order, some thousands at a time."""
        return self._blocks(digests(self._passages))

    def of_sentences(self) -> Iterator[NDArray[np.float32]]:
        """The vectors of all sentences, in order, some thousands at a time."""
        return self._blocks(digests(self._sentences))

    def _blocks(self, keys: Digests) -> Iterator[NDArray[np.float32]]:
        for first in range(0, len(keys), _BLOCK):
            wanted = keys[first : first + _BLOCK]
            block: NDArray[np.float32] | None = None
            missing = np.ones(len(wanted), np.bool_)
            for held in self._known:
                at = held.keys.find(wanted)
                found = np.flatnonzero((at >= 0) & missing)
                if len(found):
                    vectors = held.vectors(at[found])
                    if block is None:
                        block = np.empty((len(wanted), vectors.shape[1]), np.float32)
                    block[found] = vectors
                    missing[found] = False
            assert block is not None and not missing.any()
            yield block

    def _is_known(self, keys: Digests) -> NDArray[np.bool_]:
        known = np.zeros(len(keys), np.bool_)
        for held in self._known:
            known |= held.keys.find(keys) >= 0
        return known

    def _encode(self) -> None:
        """Have what is wanted encoded beside this; wait, where much is waiting already."""
        self._encoding.append(self._beside.submit(self._encoded, self._wanted))
        self._wanted = {}
        while len(self._encoding) > _WAITING or (self._encoding and self._encoding[0].done()):
            self._encoding.popleft().result()

    def _encoded(self, wanted: dict[bytes, str]) -> None:
        """Encode texts, and keep their vectors as they come."""
        keys = list(wanted)
        self._tell()  # the model may take a while to load
        for numbers, portion in self._encoder.encode_in_portions(list(wanted.values())):
            if self._stopped:
                return
            self._left.put([keys[number] for number in numbers], portion)
            self._done += len(numbers)
            self._tell()

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress(self._done, len(self._seen))
