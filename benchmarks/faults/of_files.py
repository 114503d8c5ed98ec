"""Faults of the index's files, before a server starts and under one that runs."""

import shutil
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from benchmarks.faults import council
from benchmarks.faults.fault import Fault, Saw, fault
from benchmarks.faults.serving import build, load, log_line, look, said, serving, started, until
from index.files import generations

FAULTS: list[Fault] = []

# A file of each kind.
KINDS = (
    "passages.sqlite",
    "sentences.faiss",
    "bm25_scores.npy",
    "columns.npz",
    "bm25_terms.json",
    "positions_words.txt",
    "manifest.json",
)


def truncated(path: Path) -> None:
    """Cut a file to half its length, in place."""
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def flipped(path: Path) -> None:
    """Change one bit in the middle of a file, in place."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        (byte,) = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte ^ 1]))


def emptied(path: Path) -> None:
    """Leave nothing of a file."""
    path.write_bytes(b"")


HARMS: Mapping[str, Callable[[Path], object]] = {
    "truncated": truncated,
    "one bit flipped": flipped,
    "emptied": emptied,
    "removed": Path.unlink,
}


def _serving_folder(place: Path) -> Path:
    return place / "index" / (generations.current(place / "index") or "")


def before_start(kind: str, harm: str, place: Path, saw: Saw) -> None:
    """Harm a file of the generation that should serve, and start a server."""
    name = _serving_folder(place).name
    HARMS[harm](place / "index" / name / kind)
    with serving(place) as server:
        look(server, saw, 1)
        log_line(server, "serves in place of", saw)
        told = server.health().get("in_place_of")
        saw.that("/healthz names the damaged generation" if told == name else f"/healthz says {told}", told == name)


def while_serving(kind: str, place: Path, saw: Saw) -> None:
    """Harm a file of the generation that serves in each way, and publish a new one each time."""
    with serving(place) as server:
        look(server, saw, 2)
        for version, (harm, harmed) in enumerate(HARMS.items(), 3):
            harmed(_serving_folder(place) / kind)
            saw.that(f"{harm}:")
            look(server, saw, 1)  # the last that was not harmed, which builds keep
            council.publish(place, version)
            look(server, saw, version)
        log_line(server, "serves in place of", saw)
        alive = server.process.poll() is None
        saw.that("the process goes on" if alive else f"the process ended: {server.process.returncode}", alive)


for _kind in KINDS:
    for _harm in HARMS:
        FAULTS.append(
            Fault(
                f"{_kind} {_harm}, then the server started",
                "the generation before serves; one log line; /healthz says so",
                partial(before_start, _kind, _harm),
            )
        )
for _kind in KINDS:
    FAULTS.append(
        Fault(
            f"{_kind} truncated, flipped, emptied, removed in turn under a running server, a new version published"
            " after each",
            "the one before serves at once; the new one as soon as it is published; the process goes on",
            partial(while_serving, _kind),
        )
    )


@fault(FAULTS, "both generations damaged, then the server started", "exit status 2, with what to run")
def none_left(place: Path, saw: Saw) -> None:
    """Leave nothing sound."""
    for folder in (path for path in (place / "index").iterdir() if path.is_dir()):
        flipped(folder / "passages.sqlite")
    server = started(place)
    server.process.wait(30)
    saw.that(f"exit status {server.process.returncode}", server.process.returncode == 2)
    log_line(server, "Rebuild the index with", saw)


@fault(FAULTS, "both generations damaged under a running server, then built again", "503, then the new version")
def none_left_serving(place: Path, saw: Saw) -> None:
    """Leave nothing sound under a server."""
    with serving(place) as server:
        look(server, saw, 2)
        for folder in [path for path in (place / "index").iterdir() if path.is_dir()]:
            flipped(folder / "passages.sqlite")
        look(server, saw, None)
        log_line(server, "No answers are given", saw)
        made = build(place, 3)
        saw.that(f"build: exit status {made.returncode} {said(made)}", made.returncode == 0)
        look(server, saw, 3)


@fault(FAULTS, "the folder of the serving generation removed under load", "the one before serves; no request dropped")
def removed_under_load(place: Path, saw: Saw) -> None:
    """Take the folder away while clients ask."""
    with serving(place) as server, load(server) as seen:
        until(lambda: sum(seen.statuses.values()) > 20)
        shutil.rmtree(_serving_folder(place))
        until(lambda: seen.versions[1] > 20)
    seen.tell(saw)
    log_line(server, "serves in place of", saw)


@fault(FAULTS, "all of the index removed under a running server, and put back", "503, then answers again")
def taken_and_put_back(place: Path, saw: Saw) -> None:
    """Move the whole index away for a while."""
    with serving(place) as server:
        (place / "index").rename(place / "elsewhere")
        look(server, saw, None)
        (place / "elsewhere").rename(place / "index")
        time.sleep(6)  # it looks for a sound one every five seconds
        look(server, saw, 2)


def a_folder(path: Path) -> None:
    """Put a folder in the place of a file."""
    path.unlink()
    path.mkdir()


POINTERS: Mapping[str, Callable[[Path], object]] = {
    "empty": emptied,
    "garbage": lambda path: path.write_bytes(b"\xff\x00../../etc/passwd\n"),
    "naming nothing there": lambda path: path.write_text("20200101T000000-0123abcd\n"),
    "removed": Path.unlink,
    "a folder": a_folder,
}


def pointer(harm: str, place: Path, saw: Saw) -> None:
    """Harm the pointer under a server, start another, and build."""
    with serving(place) as running:
        look(running, saw, 2)
        POINTERS[harm](place / "index" / "current")
        look(running, saw, 2)
        with serving(place) as restarted:
            saw.that("started again:")
            look(restarted, saw, 2)
            log_line(restarted, "serves in place of", saw)
        made = build(place, 3)
        saw.that(f"build: exit status {made.returncode} {said(made)}", made.returncode == 0)
        look(running, saw, 3)


for _harm in POINTERS:
    FAULTS.append(
        Fault(
            f"the pointer file {_harm}, under a running server; another started; then built",
            "both serve the newest sound generation; the build repairs it",
            partial(pointer, _harm),
        )
    )


@fault(FAULTS, "the manifest is 200,000 brackets, then the server started", "the one before serves")
def nested_manifest(place: Path, saw: Saw) -> None:
    """A manifest that the JSON reader cannot follow."""
    (_serving_folder(place) / "manifest.json").write_text("[" * 200_000)
    with serving(place) as server:
        look(server, saw, 1)
        log_line(server, "serves in place of", saw)
