"""The assistant that answers now: it moves to a new generation of the index by itself, and gets its models later."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from assistant.assistant import Assistant
from index.encoder import Encoder, EncoderUnavailable
from index.engines import Engine, OnDisk
from index.generations import IndexDamaged, IndexMissing, IndexUnusable
from index.models import WORDS_ALONE, Models
from index.reader import Reader

_log = logging.getLogger(__name__)


class LiveAssistant:
    """Holds an open assistant, and replaces it when another generation of the index has come to serve.

    A request keeps the assistant it was given until it ends. While one thread opens a new generation, the others go
    on with the old one. A new generation that cannot be opened is logged once, and the old one goes on serving.
    """

    def __init__(self, engine: Engine, models: Models, assistant: Assistant) -> None:
        self._engine = engine
        self._models = models
        self._assistant = assistant
        self._refused = ""
        self._damage: tuple[str, IndexDamaged] | None = None
        self._opening = threading.Lock()
        self._loading: threading.Thread | None = None

    @classmethod
    def open(cls, folder: Path, encoder: Encoder | None, reader: Reader | None = None) -> "LiveAssistant":
        """Open the index in ``folder`` as it is now.

        Raises :class:`IndexMissing` where no index has been built and :class:`IndexDamaged` where it cannot be read.
        """
        return cls.of(OnDisk(folder), Models(encoder, reader))

    @classmethod
    def of(cls, engine: Engine, models: Models = WORDS_ALONE) -> "LiveAssistant":
        """Open the index that an engine keeps, as it is now; :class:`IndexUnusable` where that cannot be done."""
        return cls(engine, models, Assistant(engine.open(models.encoder, models.reader)))

    @property
    def loading(self) -> bool:
        """Whether models are being loaded, and questions answered by their words alone until they are."""
        return self._loading is not None and self._loading.is_alive()

    def load(self, models: Callable[[], Models]) -> threading.Thread:
        """Have models loaded by a thread of its own, which is returned, and used from then on.

        Those that cannot be had, or are not those of the index, are logged: it goes on by words alone.
        """
        self._loading = threading.Thread(target=self._load, args=(models,), name="loading the models", daemon=True)
        self._loading.start()
        return self._loading

    def verify(self) -> threading.Thread:
        """Have what opening the index left unread be read through, by a thread of its own, which is returned."""
        thread = threading.Thread(target=self._verify, args=(self._assistant,), name="verifying", daemon=True)
        thread.start()
        return thread

    def current(self) -> Assistant:
        """The assistant for one request.

        Raises :class:`IndexMissing` or :class:`IndexDamaged` when the index that serves has been taken away, or has
        been found damaged since it was opened.
        """
        held = self._assistant
        wanted = self._pointed_at()
        if wanted == held.index.generation:
            if not self._engine.there(wanted):
                raise IndexDamaged("Files of the index have been removed. Build it again: python build_index.py")
            if self._damage is not None and self._damage[0] == wanted:
                raise self._damage[1]
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
            self._assistant = self._opened(self._models)
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
            self.verify()

    def _opened(self, models: Models) -> Assistant:
        return Assistant(self._engine.open(models.encoder, models.reader))

    def _load(self, load: Callable[[], Models]) -> None:
        try:
            models = load()
            with self._opening:
                self._assistant = self._opened(models)
                self._models = models
        except (EncoderUnavailable, IndexUnusable) as problem:
            _log.error("Answering by words alone: %s", problem)
        except Exception:  # nobody else would be told of it
            _log.exception("Answering by words alone: the models cannot be used.")
        else:
            _log.info("The models are loaded.")

    def _verify(self, assistant: Assistant) -> None:
        try:
            assistant.index.verify()
        except IndexDamaged as damage:
            self._damage = assistant.index.generation, damage
            _log.error("No answers are given from generation %s: %s", assistant.index.generation, damage)
