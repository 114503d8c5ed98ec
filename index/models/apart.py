"""An encoder in a process of its own: its model loads while files are read, and nothing here keeps it waiting."""

import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from index.models.encoder import EncoderUnavailable, SentenceEncoder, in_order

_CONTEXT: Any = multiprocessing.get_context("spawn")


class EncoderApart:
    """A :class:`SentenceEncoder` in another process, which starts when it is prepared or first encodes.

    Close it when all is encoded; as a context manager it closes itself. For one thread.
    """

    def __init__(self, model: str | None, name: str, fingerprint: str) -> None:
        self.name = name
        self.fingerprint = fingerprint
        self._model = model
        self._process: Any = None
        self._connection: Connection | None = None

    @classmethod
    def find(cls, name_or_folder: str | None = None) -> Self:
        """The model found and identified as ``SentenceEncoder.find`` does, and not loaded.

        Raises :class:`EncoderUnavailable`, as encoding does where it cannot be loaded.
        """
        found = SentenceEncoder.find(name_or_folder)
        return cls(name_or_folder, found.name, found.fingerprint)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def dimension(self) -> int:
        """The length of a vector, in numbers."""
        (dimension,) = self._asked(None)
        return int(dimension)

    def prepare(self) -> None:
        """Begin to load the model, and return at once."""
        if self._process is None:
            self._connection, theirs = _CONTEXT.Pipe()
            self._process = _CONTEXT.Process(target=_serve, args=(theirs, self._model), daemon=True)
            self._process.start()
            theirs.close()

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """Vectors of length 1, of shape (texts, dimension). ``progress`` is told how many more texts are done."""
        return in_order(self, texts, progress)

    def encode_in_portions(self, texts: Sequence[str]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """The same vectors as they come: the numbers of some texts, and their vectors; each once, longest first."""
        return self._asked(list(texts))

    def close(self) -> None:
        """End the process, if there is one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None

    def _asked(self, texts: list[str] | None) -> Iterator[Any]:
        """What the other process answers, until it says that this is all."""
        self.prepare()
        assert self._connection is not None
        try:
            self._connection.send(texts)
            while (answer := self._connection.recv()) is not None:
                if isinstance(answer, Exception):
                    raise answer
                yield answer
        except (EOFError, ConnectionError) as error:
            self.close()
            raise EncoderUnavailable(
                "The process that encodes has ended, perhaps for want of memory. Run again: what it had done is kept."
            ) from error


def _serve(connection: Connection, name_or_folder: str | None) -> None:
    """What the other process does: load the model, then encode what it is given, until there is nobody to ask."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it is told, and ends it
    # A bar's own lock is a semaphore of the system, which nobody would take down when this process is killed.
    tqdm.set_lock(threading.RLock())
    with suppress(EOFError, ConnectionError):
        try:
            encoder = SentenceEncoder.load(name_or_folder)
        except EncoderUnavailable as problem:
            connection.recv()
            connection.send(problem)
            return
        while True:
            texts = connection.recv()
            try:
                for portion in [encoder.dimension] if texts is None else encoder.encode_in_portions(texts):
                    connection.send(portion)
                connection.send(None)
            except (EOFError, ConnectionError):
                raise
            except Exception as error:  # raised again where the vectors were wanted
                connection.send(error)
