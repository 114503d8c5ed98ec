"""A server in a process of its own, and what is asked of it: every quote is held against the documents."""

import http.client
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.faults import council
from benchmarks.faults.fault import Saw

ROOT = Path(__file__).resolve().parent.parent.parent
# How many seconds a process is waited for.
PATIENCE = 120.0
# Limits that no fault is to meet.
_SETTINGS = """[limits]
questions_a_minute = 1000000
requests_a_minute = 1000000
"""


@dataclass(slots=True)
class Server:
    """A server that runs, or ran."""

    process: subprocess.Popen[bytes]
    log: Path
    port: int

    def get(self, path: str = "/", body: object = None, patience: float = PATIENCE) -> tuple[int, str]:
        """The status and text of one answer; 0 and the reason where there is none."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience)
        try:
            if body is None:
                connection.request("GET", path)
            else:
                connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
            response = connection.getresponse()
            return response.status, response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            return 0, f"{type(error).__name__}: {error}"
        finally:
            connection.close()

    def health(self) -> dict[str, Any]:
        """What /healthz says; nothing where it does not answer."""
        status, text = self.get("/healthz")
        return json.loads(text) if status == 200 else {}

    def logged(self) -> str:
        """All that it has written."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def kill(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.wait()


def started(place: Path, *options: str, env: Mapping[str, str] | None = None, cwd: Path = ROOT, **how: Any) -> Server:
    """Start a server of ``place / "index"``; its port is 0 where it ended instead."""
    settings, log = place / "settings.toml", place / f"server-{time.monotonic_ns()}.log"
    settings.write_text(_SETTINGS, encoding="utf-8")
    words_alone = [] if "--encoder" in options or "--model" in options else ["--encoder", str(place / "documents")]
    options = tuple(option for option in options if option != "--model")
    command = [sys.executable, "-m", "webapp", "--index", str(place / "index"), "--port", "0"]
    with log.open("wb") as file:
        process = subprocess.Popen(
            [*command, "--settings", str(settings), *words_alone, *options],
            cwd=cwd,
            env=_environment(env),
            stdout=file,
            stderr=subprocess.STDOUT,
            **how,
        )
    server = Server(process, log, 0)
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", server.logged())
        if found:
            server.port = int(found[1])
            break
        time.sleep(0.05)
    return server


@contextmanager
def serving(place: Path, *options: str, **how: Any) -> Iterator[Server]:
    """A server while the context lasts."""
    server = started(place, *options, **how)
    try:
        yield server
    finally:
        server.kill()


def build(
    place: Path, version: int | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command that builds an index to its end, of the documents of a version or as they are."""
    if version is not None:
        council.write(place / "documents", version)
    return subprocess.run(
        build_command(place), cwd=ROOT, env=_environment(env), capture_output=True, text=True, check=False
    )


def build_command(place: Path) -> list[str]:
    """The command that builds the index."""
    command = [sys.executable, "-m", "benchmarks.faults.building"]
    return [*command, "--documents", str(place / "documents"), "--index", str(place / "index")]


def said(run: subprocess.CompletedProcess[str]) -> str:
    """What a build said when it failed, without its progress bars."""
    lines = [line for line in run.stderr.splitlines() if line.strip() and "Reading:" not in line]
    return " ".join(line for line in lines if "Encoding:" not in line)


def _environment(more: Mapping[str, str] | None) -> dict[str, str]:
    key = {"ASSISTANT_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz", "HF_HUB_OFFLINE": "1"}
    return {**os.environ, **key, **(more or {})}


def version_of(answer: Mapping[str, Any], versions: Sequence[int]) -> int | None:
    """Of which version every quote of an answer is an exact slice; None where there is none such."""
    for version in versions:
        texts = council.texts(version)
        quotes = [(one["document"], one[what]) for one in answer["evidence"] for what in ("lead_in",) if one[what]]
        slices = [(one["document"], one["start"], one["end"], one["quote"]) for one in answer["evidence"]]
        slices += [(document, part["start"], part["end"], part["quote"]) for document, part in quotes]
        if slices and all(texts.get(document, "")[start:end] == quote for document, start, end, quote in slices):
            return version
    return None


def look(server: Server, saw: Saw, expected: int | None, among: Sequence[int] = range(1, 10)) -> None:
    """Ask each question once; note whether the quotes are exact, and of the version expected (None: answers stop)."""
    found: Counter[str] = Counter()
    for question in council.QUESTIONS:
        status, text = server.get("/api/v1/ask", {"question": question})
        version = version_of(json.loads(text), among) if status == 200 else None
        exact = f"quotes exact, version {version}" if version else "NO EXACT QUOTE"
        found[f"{status}, {exact}" if status == 200 else str(status)] += 1
    wanted = "503" if expected is None else f"200, quotes exact, version {expected}"
    for words, count in found.items():
        saw.that(f"{words} (×{count})", words == wanted)


@dataclass(slots=True)
class Load:
    """What clients saw that asked all the while: how often each status, and answers that were not of one version."""

    statuses: Counter[int] = field(default_factory=Counter)
    versions: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def tell(self, saw: Saw, dropped: Sequence[int] = ()) -> None:
        """Note it all; only statuses of ``dropped``, beside 200, are as they ought to be."""
        statuses = ", ".join(f"{status or 'no answer'} ×{count}" for status, count in sorted(self.statuses.items()))
        saw.that(f"under load: {statuses}", set(self.statuses) <= {200, *dropped} and bool(self.statuses[200]))
        versions = ", ".join(f"{version} ×{count}" for version, count in sorted(self.versions.items()))
        saw.that(f"answers by version: {versions}", bool(self.versions))
        saw.that(f"{len(self.wrong)} answers with a quote that is not of one version {self.wrong[:1]}", not self.wrong)


@contextmanager
def load(server: Server, clients: int = 4) -> Iterator[Load]:
    """Clients that ask one question after the other while the context lasts."""
    seen, over, together = Load(), threading.Event(), threading.Lock()

    def ask() -> None:
        number = 0
        while not over.is_set():
            number += 1
            status, text = server.get("/api/v1/ask", {"question": council.QUESTIONS[number % len(council.QUESTIONS)]})
            with together:
                seen.statuses[status] += 1
                if status == 200:
                    version = version_of(json.loads(text), range(1, 60))
                    if version is None:
                        seen.wrong.append(text[:300])
                    else:
                        seen.versions[version] += 1
            if not status:
                time.sleep(0.05)

    threads = [threading.Thread(target=ask, daemon=True) for _ in range(clients)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        over.set()
        for thread in threads:
            thread.join(PATIENCE)


def log_line(server: Server, words: str, saw: Saw, wanted: bool = True) -> None:
    """Note the line of a server's log that has some words, without its paths."""
    lines = [re.sub(r"^[-\d]+ [:,\d]+ ", "", line) for line in server.logged().splitlines() if words in line]
    shown = re.sub(r"/\S*/", "…/", lines[0]) if lines else f"no log line with “{words}”"
    saw.that(f"log: “{shown}”" if lines else shown, bool(lines) == wanted)
    if len(lines) > len(set(lines)):
        saw.that(f"the same line {len(lines) - len(set(lines))} times more", False)


def until(done: Any, seconds: float = PATIENCE) -> bool:
    """Whether something came to be true within a time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError):
            if done():
                return True
        time.sleep(0.02)
    return False
