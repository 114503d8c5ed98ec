"""Faults of builds and of servers that are killed."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.faults import council
from benchmarks.faults.fault import Fault, Saw, fault
from benchmarks.faults.serving import (
    ROOT,
    build,
    build_command,
    load,
    look,
    said,
    serving,
    started,
    until,
)
from index.files import generations, publishing

FAULTS: list[Fault] = []
_QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def _begun(place: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(build_command(place), cwd=ROOT, **_QUIET)  # type: ignore[call-overload]


def leavings(place: Path) -> list[str]:
    """Folders that a build left unfinished."""
    return [path.name for path in (place / "index").iterdir() if path.is_dir() and path.name.startswith("unfinished-")]


def _more(place: Path, count: int) -> None:
    """More documents, so that a build takes a while."""
    for number in range(count):
        lines = "\n\n".join(f"{line}. Members heard of placement {number} and of carer {line}." for line in range(60))
        (place / "documents" / f"more-{number}.txt").write_text(f"Report {number}\n\n{lines}\n", encoding="utf-8")


@fault(
    FAULTS, "builds killed at eight random moments, under load", "the old one serves all the while; the next completes"
)
def killed_at_random(place: Path, saw: Saw) -> None:
    """Kill builds, and look at what serves."""
    chance, published = random.Random(7), 0
    with serving(place) as server, load(server, 1) as seen:
        for number in range(8):
            council.write(place / "documents", 3 + number)
            _more(place, 20 + number)
            before = generations.current(place / "index")
            process = _begun(place)
            time.sleep(chance.uniform(0.5, 6.0))
            process.kill()
            process.wait()
            published += generations.current(place / "index") != before
        made = build(place, 40)
        saw.that(f"{published} of 8 had published; the next build: {made.returncode} {said(made)}", not made.returncode)
        look(server, saw, 40, [40])
    seen.tell(saw)
    saw.that(f"left over: {leavings(place)}", not leavings(place))


@fault(
    FAULTS, "builds killed as soon as their manifest is seen, four times", "what the pointer names is whole each time"
)
def killed_while_publishing(place: Path, saw: Saw) -> None:
    """Kill builds between the manifest and the pointer, as nearly as can be told."""
    swapped = 0
    with serving(place) as server:
        for number in range(4):
            version, before = 3 + number, generations.current(place / "index")
            council.write(place / "documents", version)
            process = _begun(place)
            came = until(lambda process=process: _manifest_written(place) or process.poll() is not None)
            process.kill()
            process.wait()
            opened = generations.open_current(place / "index", whole=True)
            swapped += opened.name != before
            if not came:
                saw.that("no manifest was seen", False)
            look(server, Saw(), version if opened.name != before else version - 1)
        saw.that(f"4 times whole, {swapped} times after the swap")
        made = build(place, 20)
        saw.that(f"the next build: exit status {made.returncode} {said(made)}", made.returncode == 0)
        look(server, saw, 20, [20])
    saw.that(f"left over: {leavings(place)}", not leavings(place))


def _manifest_written(place: Path) -> bool:
    return any((place / "index").glob("unfinished-*/manifest.json"))


@fault(FAULTS, "the server killed (SIGKILL) under load and started again, twice", "the same answers each time")
def server_killed(place: Path, saw: Saw) -> None:
    """Kill a server while clients ask."""
    for _ in range(2):
        server = started(place)
        with load(server) as seen:
            until(lambda seen=seen: sum(seen.statuses.values()) >= 20)
            server.kill()
            time.sleep(0.3)
        seen.tell(saw, dropped=[0])
    with serving(place) as server:
        look(server, saw, 2)


@fault(FAULTS, "eight generations published under load", "no request dropped; no answer mixes two generations")
def switched_under_load(place: Path, saw: Saw) -> None:
    """Publish one generation after the other while clients ask."""
    with serving(place) as server, load(server) as seen:
        for version in range(3, 11):
            name = council.publish(place, version)
            until(lambda seen=seen, version=version: seen.versions[version] >= 3)
            told = server.health().get("generation")
            if told != name:
                saw.that(f"/healthz says {told} after {name} was published", False)
        look(server, saw, 10, range(1, 20))
    seen.tell(saw)


@fault(
    FAULTS, "two builds of one folder at once", "one completes; the other says that it waits for nobody: exit status 2"
)
def two_builds(place: Path, saw: Saw) -> None:
    """Start a build while another runs."""
    council.write(place / "documents", 3)
    with publishing.building(place / "index"):
        second = build(place)
    saw.that(f"the second: exit status {second.returncode}, “{_short(said(second))}”", second.returncode == 2)
    processes = [_begun(place) for _ in range(3)]
    ends = sorted(process.wait() for process in processes)
    saw.that(f"three at once end with {ends}", ends[0] == 0 and set(ends) <= {0, 2})
    with serving(place) as server:
        look(server, saw, 3)
    saw.that(f"left over: {leavings(place)}", not leavings(place))


def _short(text: str) -> str:
    return " ".join(word if not word.startswith("/") else f"…/{Path(word).name}" for word in text.split())[:300]


@fault(FAULTS, "files changed and removed while a build reads them", "it ends in words; every quote is of one version")
def sources_change(place: Path, saw: Saw) -> None:
    """Change one document and remove another while they are read."""
    _more(place, 120)
    council.write(place / "documents", 3)
    process = subprocess.Popen(
        build_command(place), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    time.sleep(0.9)
    council.write(place / "documents", 4)
    for number in range(60, 120):
        (place / "documents" / f"more-{number}.txt").unlink()
    told, _ = process.communicate()
    lines = [line for line in told.splitlines() if "%|" not in line]
    saw.that(f"exit status {process.returncode}: “{_short(' '.join(lines[:2]))}”", process.returncode in (0, 1))
    saw.that("a traceback" if "Traceback" in told else "no traceback", "Traceback" not in told)
    with serving(place) as server:
        both: list[Saw] = []
        for version in (3, 4):
            both.append(Saw())
            look(server, both[-1], version, [3, 4])
        best = next((one for one in both if one.right), both[0])
        saw.that("; ".join(best.words), best.right)
        build(place)
        look(server, saw, 4, [3, 4])


@fault(FAULTS, "the lock file held by another process, then a build", "exit status 2, saying so")
def lock_held(place: Path, saw: Saw) -> None:
    """Hold SQLite's lock from another process."""
    with _holding(place / "index" / "lock.sqlite"):
        made = build(place, 3)
    saw.that(f"exit status {made.returncode}, “{_short(said(made))}”", made.returncode == 2)


@fault(FAULTS, "passages.sqlite locked by another process under a running server", "answers go on")
def store_locked(place: Path, saw: Saw) -> None:
    """Hold the store that is being read."""
    name = generations.current(place / "index") or ""
    with serving(place) as server, _holding(place / "index" / name / "passages.sqlite"):
        look(server, saw, 2)


@fault(FAULTS, "readings.sqlite locked by another process for three seconds, then a build", "it waits, and completes")
def readings_locked(place: Path, saw: Saw) -> None:
    """Hold what was kept of readings for a while."""
    build(place, 3)
    council.write(place / "documents", 4)
    with _holding(place / "index" / "readings.sqlite") as holder:
        process = _begun(place)
        time.sleep(3)
        holder.kill()
        saw.that(f"exit status {process.wait()}", process.returncode == 0)
    with serving(place) as server:
        look(server, saw, 4)


@contextmanager
def _holding(path: Path) -> "Iterator[subprocess.Popen[bytes]]":
    """Another process that holds an SQLite file for itself."""
    program = (
        "import sqlite3, sys, time; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('BEGIN EXCLUSIVE'); print('held', flush=True); time.sleep(300)"
    )
    process = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
    finally:
        process.kill()
        process.wait()
