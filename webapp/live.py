"""The assistant that answers now: it moves to a new generation of the index by itself."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from assistant.assistant import Assistant
from index.encoder import Encoder
from index.engines import Engine, OnDisk
from index.generations import IndexDamaged, IndexMissing, IndexUnusable
from index.reader import Reader

_log = logging.getLogger(__name__)


class LiveAssistant:
    """Holds an open assistant, and replaces it when another generation of the index has come to serve.

    A request keeps the assistant it was given until it ends. While one thread opens a new generation, the others go
    on with the old one. A new generation that cannot be opened is logged once, and the old one goes on serving.
    """

    def __init__(self, engine: Engine, open_assistant: Callable[[], Assistant], assistant: Assistant) -> None:
        self._engine = engine
        self._open = open_assistant
        self._assistant = assistant
        self._refused = ""
        self._opening = threading.Lock()

    @classmethod
    def open(cls, folder: Path, encoder: Encoder | None, reader: Reader | None = None) -> "LiveAssistant":
        """Open the index in ``folder`` as it is now.

        Raises :class:`IndexMissing` where no index has been built and :class:`IndexDamaged` where it cannot be read.
        """
        return cls.of(OnDisk(folder), encoder, reader)

    @classmethod
    def of(cls, engine: Engine, encoder: Encoder | None, reader: Reader | None = None) -> "LiveAssistant":
        """Open the index that an engine keeps, as it is now; :class:`IndexUnusable` where that cannot be done."""

        def open_assistant() -> Assistant:
            return Assistant(engine.open(encoder, reader))

        return cls(engine, open_assistant, open_assistant())

    def current(self) -> Assistant:
        """The assistant for one request.

        Raises :class:`IndexMissing` or :class:`IndexDamaged` when the index that serves has been taken away.
        """
        held = self._assistant
        wanted = self._pointed_at()
        if wanted == held.index.generation:
            if not self._engine.there(wanted):
                raise IndexDamaged("Files of the index have been removed. Build it again: python build_index.py")
        elif wanted != self._refused and self._opening.acquire(blocking=False):
            try:
                self._move(wanted)
            finally:
                self._opening.release()
        return self._assistant

    def _pointed_at(self) -> str:
        """The generation that the pointer names; the one held when the pointer cannot be read."""
        try:
            wanted = self._engine.current()
        except (IndexUnusable, OSError) as error:
            _log.error("The index's pointer cannot be read, so the generation before goes on serving: %s", error)
            return self._assistant.index.generation
        if wanted is None:
            raise IndexMissing("The index has been removed. Build it again: python build_index.py")
        return wanted

    def _move(self, generation: str) -> None:
        try:
            self._assistant = self._open()
        except Exception as error:  # whatever is wrong with it, there is one that serves
            self._refused = generation
            _log.error(
                "Generation %s cannot be opened, so the one before it goes on serving: %s",
                generation,
                error,
                exc_info=not isinstance(error, IndexUnusable),
            )
        else:
            _log.info("Now serving generation %s.", self._assistant.index.generation)
