"""The assistants of all levels of access, each over the index of what its people may see."""

import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor

from assistant.assistant import Assistant
from corpus.access import Access
from index.engines import Engine
from index.models.models import Models
from webapp.live import LiveAssistant

_log = logging.getLogger(__name__)


class Audiences:
    """Holds the assistant of each level that has an index, and opens one when its index appears.

    A request of the public touches nothing of the other levels. Their people are answered from the widest index that
    they may see: where the catalogues keep nothing for a level, it has none of its own.
    """

    def __init__(self, engines: Mapping[Access, Engine], public: LiveAssistant) -> None:
        self._engines = engines
        self._held = {Access.PUBLIC: public}
        self._models: Future[Models] | None = None
        self._opening = threading.Lock()

    @classmethod
    def open(cls, engines: Mapping[Access, Engine]) -> "Audiences":
        """Open the public index; :class:`index.files.generations.IndexUnusable` where that cannot be done."""
        return cls(engines, LiveAssistant.of(engines[Access.PUBLIC]))

    @property
    def public(self) -> LiveAssistant:
        """The assistant of everyone."""
        return self._held[Access.PUBLIC]

    @property
    def loading(self) -> bool:
        """Whether models are being loaded, and questions answered by their words alone until they are."""
        return self.public.loading

    def load(self, models: Callable[[], Models]) -> None:
        """Have models loaded by a thread of its own, once for all levels, and used from then on."""
        pool = ThreadPoolExecutor(1, thread_name_prefix="loading the models")
        self._models = pool.submit(models)
        pool.shutdown(wait=False)
        for live in list(self._held.values()):
            live.load(self._models.result)

    def verify(self) -> None:
        """Have what opening the indexes left unread be read through, by threads of their own."""
        for live in list(self._held.values()):
            live.verify()

    def current(self, access: Access) -> Assistant:
        """The assistant for one request of somebody of a level.

        Raises :class:`index.files.generations.IndexUnusable` where the index that should answer cannot be used: nobody
        is answered from fewer documents than they may see without being told.
        """
        for level in sorted(Access, reverse=True):
            if level is Access.PUBLIC:
                break
            if level <= access and (live := self._restricted(level)):
                return live.current()
        return self.public.current()

    def _restricted(self, level: Access) -> LiveAssistant | None:
        """The assistant of a level, opened if need be; None where the level has no index."""
        if self._engines[level].current() is None:
            self._held.pop(level, None)
            return None
        with self._opening:
            if level not in self._held:
                live = LiveAssistant.of(self._engines[level])
                if self._models is not None:
                    live.load(self._models.result)
                live.verify()
                self._held[level] = live
                _log.info("Now serving the index for %s too.", level.word)
            return self._held[level]
