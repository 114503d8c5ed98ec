"""What benchmarks/hostile.py looks at in every answer, and what it keeps of it."""

import heapq
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from werkzeug.wrappers import Response

# An answer that takes longer than this is a fault.
SLOWEST_SECONDS = 2.0
# What takes longer than this is sent again, and the shorter time counts: the machine may have had other work to do.
_AGAIN_SECONDS = 0.5
_KEPT = 10


@dataclass
class Watch:
    """All that was seen: how many of each kind with which status, the faults, and what took longest."""

    text_of: Callable[[str], str | None]
    statuses: dict[str, Counter[int]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    quotes: int = 0
    documents: int = 0
    slowest: list[tuple[float, str, str, float | None]] = field(default_factory=list)

    def total(self) -> int:
        """How many requests were answered."""
        return sum(sum(counted.values()) for counted in self.statuses.values())

    def took(self, kind: str, sent: str, seconds: float, computing: float | None) -> None:
        """Keep the slowest. ``computing`` are the seconds of a processor that this process needed for it."""
        self.slowest = heapq.nlargest(_KEPT, [*self.slowest, (seconds, kind, sent, computing)], key=lambda one: one[0])
        if seconds > SLOWEST_SECONDS:
            self.faults.append(f"{kind}: took {seconds:.1f} s: {sent}")

    def look(self, kind: str, sent: str, send: Callable[[], Response]) -> Response | None:
        """Send a request and look at its answer; None where there was none."""
        try:
            response, body, seconds, computing = _timed(send)
            if seconds > _AGAIN_SECONDS:
                _, _, *again = _timed(send)
                seconds, computing = min((seconds, computing), (again[0], again[1]))
        except Exception as error:  # whatever leaves the application is a fault of it
            self.faults.append(f"{kind}: {type(error).__name__}: {str(error)[:200]}: {sent}")
            return None
        self.took(kind, sent, seconds, computing)
        self.statuses.setdefault(kind, Counter())[response.status_code] += 1
        for fault in self._wrong(response, body):
            self.faults.append(f"{kind}: {fault}: {sent}")
        return response

    def _wrong(self, response: Response, body: bytes) -> Iterator[str]:
        if response.status_code >= 500:
            yield f"status {response.status_code}"
        # What is no HTTP the web server refuses itself, in a few plain words, before the application sees it.
        no_request = response.status_code == 400 and response.mimetype == "text/plain"
        if not no_request and not all(one in response.headers for one in ("Content-Security-Policy", "Cache-Control")):
            yield "headers are missing"
        if (response.mimetype or "").endswith("json") and body:
            try:
                told = json.loads(body.decode("utf-8"), parse_constant=_no_json)
            except ValueError as error:
                yield f"no JSON ({error})"
                return
            self.documents += 1
            if "openapi" not in told:  # its examples quote documents of another corpus
                yield from self._quoted(told, None)
        elif response.mimetype in ("text/html", "application/atom+xml", "text/markdown", "text/csv"):
            try:
                text = body.decode("utf-8")
            except UnicodeDecodeError:
                yield "no UTF-8"
                return
            if "Traceback (most recent" in text:
                yield "a trace"

    def _quoted(self, told: Any, document: str | None) -> Iterator[str]:
        """Each quote of an answer that is no slice of its document."""
        if isinstance(told, list):
            for one in told:
                yield from self._quoted(one, document)
        elif isinstance(told, Mapping):
            document = told["document"] if isinstance(told.get("document"), str) else document
            if document and isinstance(told.get("quote"), str) and isinstance(told.get("start"), int):
                self.quotes += 1
                text = self.text_of(document)
                if text is None or text[told["start"] : told["end"]] != told["quote"]:
                    yield f"a quote that is no slice of {document}, {told['start']} to {told['end']}"
            for one in told.values():
                yield from self._quoted(one, document)


def _timed(send: Callable[[], Response]) -> tuple[Response, bytes, float, float]:
    """What is answered, its body, and the seconds that took: by the clock, and of this process's computing."""
    started, busy = time.perf_counter(), time.process_time()
    response = send()
    body = response.get_data()
    return response, body, time.perf_counter() - started, time.process_time() - busy


def _no_json(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def resident(process: int | str = "self") -> int:
    """The bytes that a process has in memory."""
    return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * 4096
