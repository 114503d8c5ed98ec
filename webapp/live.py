"""The assistant that answers now: it moves to a new generation of the index by itself, and gets its models later."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from assistant.assistant import Assistant
from index.engines import Engine, OnDisk
from index.files.generations import IndexDamaged, IndexMissing, IndexUnusable
from index.meaning import WrongEncoder
from index.models.encoder import Encoder, EncoderUnavailable
from index.models.models import WORDS_ALONE, Models
from index.models.reader import Reader

_log = logging.getLogger(__name__)

# What could not be opened or read is tried again after so many seconds: whoever runs the service may have mended it.
_AGAIN = 60.0
# And a sound generation looked for where there was none, which reads all there is.
_LOOK_AGAIN = 5.0


class LiveAssistant:
    """Holds an open assistant, and replaces it when another generation of the index has come to serve.

    A request keeps the assistant it was given until it ends. While one thread opens a new generation, the others go
    on with the old one. A new generation that cannot be opened is logged once, and the old one goes on serving. Where
    the one that serves is found damaged, the last good one takes its place; nothing is answered from damaged files.
    """

    def __init__(self, engine: Engine, models: Models, assistant: Assistant) -> None:
        self._engine = engine
        self._models = models
        self._assistant = assistant
        self._damaged: dict[str, IndexDamaged] = {}  # found by reading them through
        self._refused: dict[str, float] = {}  # and those that could not be opened, with when to try again
        self._look_again = 0.0
        self._logged: set[str] = set()
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
        """Open the index that an engine keeps, as it is now: the last good generation, where the one named is damaged.

        Raises :class:`IndexUnusable` where there is none.
        """
        try:
            return cls(engine, models, Assistant(engine.open(models.encoder, models.reader)))
        except (IndexDamaged, IndexMissing) as fault:
            try:
                live = cls(engine, models, _last_good(engine, models))
            except IndexUnusable:
                raise fault from None
            live._took_its_place(live._pointed_at(), fault)
            return live

    @property
    def loading(self) -> bool:
        """Whether models are being loaded, and questions answered by their words alone until they are."""
        return self._loading is not None and self._loading.is_alive()

    @property
    def in_place_of(self) -> str | None:
        """The damaged generation in whose place another serves; None where all is well.

        It is "unknown" where the index does not say which should serve.
        """
        wanted = self._pointed_at()
        if wanted is None:
            return "unknown"
        stands_in = wanted != self._assistant.index.generation and (wanted in self._damaged or wanted in self._refused)
        return wanted if stands_in else None

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
        """The assistant for one request, of files that are as they were written.

        Raises :class:`IndexDamaged` when those of every generation have been taken away or damaged.
        """
        wanted = self._pointed_at()
        if wanted is not None and self._to_open(wanted) and self._opening.acquire(blocking=False):
            try:
                self._move(wanted)
            finally:
                self._opening.release()
        held = self._assistant
        try:
            self._look_at(held)
        except IndexDamaged as damage:
            with self._opening:  # whoever comes meanwhile waits: this is sooner done than asked again
                if self._assistant.index.generation == held.index.generation:
                    self._fall_back(damage)
        return self._assistant

    def _pointed_at(self) -> str | None:
        """The generation that should serve; None where that cannot be told."""
        try:
            wanted = self._engine.current()
        except (IndexUnusable, OSError) as error:
            problem = str(error)
        else:
            if wanted is not None:
                return wanted
            problem = "It is not there."
        self._say(
            "The index's pointer cannot be read, so generation %s is kept. %s Build the index again: "
            "python build_index.py",
            self._assistant.index.generation,
            problem,
        )
        return None

    def _to_open(self, wanted: str) -> bool:
        if wanted == self._assistant.index.generation or wanted in self._damaged:
            return False
        return time.monotonic() >= self._refused.get(wanted, 0.0)

    def _look_at(self, assistant: Assistant) -> None:
        """Raise ``IndexDamaged`` where its files are not as they were written."""
        damage = self._damaged.get(assistant.index.generation)
        if damage is not None:
            raise damage
        assistant.index.glance()

    def _move(self, generation: str) -> None:
        if not self._to_open(generation):
            return  # another thread has, since this one looked
        try:
            self._assistant = Assistant(self._engine.open(self._models.encoder, self._models.reader))
        except Exception as error:  # whatever is wrong with it, there is one that serves
            again = generation in self._refused
            self._refused[generation] = time.monotonic() + _AGAIN
            if not again:
                _log.error(
                    "Generation %s cannot be opened, so the one before it, %s, goes on serving: %s",
                    generation,
                    self._assistant.index.generation,
                    error,
                    exc_info=not isinstance(error, IndexUnusable),
                )
        else:
            self._logged.clear()
            _log.info("Now serving generation %s.", self._assistant.index.generation)
            self.verify()

    def _fall_back(self, damage: IndexDamaged) -> None:
        """Have the last good generation serve in place of the one that does; raises ``damage`` where there is none."""
        name = self._assistant.index.generation
        self._damaged[name] = damage
        if time.monotonic() < self._look_again:
            raise damage
        try:
            self._assistant = _last_good(self._engine, self._models)
        except IndexUnusable:
            self._look_again = time.monotonic() + _LOOK_AGAIN
            self._say("No answers are given from generation %s, and there is no other that is sound: %s", name, damage)
            raise damage from None
        self._took_its_place(name, damage)

    def _took_its_place(self, damaged: str | None, fault: IndexUnusable) -> None:
        """Note that another generation than the damaged one serves, which may be itself once it is mended."""
        serving = self._assistant.index.generation
        self._damaged.pop(serving, None)
        if damaged == serving:
            self._logged.clear()
            _log.info("Generation %s has been mended, and serves again.", serving)
            return
        if damaged is not None:
            self._refused[damaged] = time.monotonic() + _AGAIN
        self._say("Generation %s serves in place of %s, which is damaged. %s", serving, damaged or "another", fault)

    def _say(self, words: str, *about: object) -> None:
        """Log a problem of the index once, however many requests meet it."""
        if (said := words % about) not in self._logged:
            self._logged.add(said)
            _log.error("%s", said)

    def _load(self, load: Callable[[], Models]) -> None:
        try:
            models = load()
            with self._opening:
                self._assistant = self._reopened(models)
                self._models = models
        except (EncoderUnavailable, IndexUnusable) as problem:
            _log.error("Answering by words alone: %s", problem)
        except Exception:  # nobody else would be told of it
            _log.exception("Answering by words alone: the models cannot be used.")
        else:
            _log.info("The models are loaded.")

    def _reopened(self, models: Models) -> Assistant:
        """What serves now, with models."""
        if self._pointed_at() == self._assistant.index.generation:
            return Assistant(self._engine.open(models.encoder, models.reader))
        return Assistant(self._engine.last_good(models.encoder, models.reader))

    def _verify(self, assistant: Assistant) -> None:
        while True:
            try:
                assistant.index.verify()
            except IndexDamaged as damage:
                self._found(assistant.index.generation, damage)
            except IndexUnusable as problem:
                self._say("The index could not be read through; it is tried again in a minute. %s", problem)
                time.sleep(_AGAIN)
                continue
            return

    def _found(self, generation: str, damage: IndexDamaged) -> None:
        """Have nothing be answered any more from a generation."""
        self._damaged[generation] = damage
        with self._opening:
            if self._assistant.index.generation == generation:
                try:
                    self._fall_back(damage)
                except IndexDamaged:
                    return  # it has been logged, and whoever asks is told


def _last_good(engine: Engine, models: Models) -> Assistant:
    """The last good generation, by words alone where it is of another model than the one that was to serve."""
    try:
        return Assistant(engine.last_good(models.encoder, models.reader))
    except WrongEncoder:
        return Assistant(engine.last_good(None))
