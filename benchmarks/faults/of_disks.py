"""Faults of disks: full, or not to be written to. Mounting wants root."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.faults import council
from benchmarks.faults.fault import Fault, NotHere, Saw, fault
from benchmarks.faults.of_builds import leavings
from benchmarks.faults.serving import build, look, said, serving

FAULTS: list[Fault] = []
_BALLAST = "ballast"
_MEGABYTE = 1_000_000


@contextmanager
def mounted(folder: Path, *how: str) -> Iterator[None]:
    """Mount something on a folder while the context lasts."""
    if shutil.which("mount") is None or os.geteuid() != 0:
        raise NotHere("mounting a disk wants root")
    done = subprocess.run(["mount", *how, str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotHere(f"a disk cannot be mounted here: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)  # a process of the fault may hold it still


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    """Put the index onto a disk of four megabytes; its folder."""
    index, aside = place / "index", place / "aside"
    index.rename(aside)
    index.mkdir()
    with mounted(index, "-t", "tmpfs", "-o", "size=4m", "faults"):
        shutil.copytree(aside, index, dirs_exist_ok=True)
        yield index


def leave(folder: Path, free: int) -> None:
    """Fill a disk but for so many bytes."""
    ballast = folder / _BALLAST
    ballast.unlink(missing_ok=True)
    with ballast.open("wb") as file:
        file.write(b"\0" * max(0, shutil.disk_usage(folder).free - free))


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Have a folder be one that cannot be written to."""
    with mounted(folder, "--bind", str(folder)):
        options = ["mount", "-o", "remount,ro,bind", str(folder)]
        if subprocess.run(options, capture_output=True, check=False).returncode:
            raise NotHere("a folder cannot be mounted again as read-only here")
        yield


def _plain(made: "subprocess.CompletedProcess[str]", saw: Saw, words: str) -> None:
    told = " ".join(word if not word.startswith("/") else f"…/{Path(word).name}" for word in said(made).split())
    plain = made.returncode == 2 and words in told and "Traceback" not in told
    saw.that(f"exit status {made.returncode}, “{told[-330:]}”", plain)


@fault(
    FAULTS,
    "the index's disk full during builds, with 40 kB more room each time until one completes",
    "exit status 2 and a plain message; what serves is untouched; nothing unfinished is left; room makes it complete",
)
def full(place: Path, saw: Saw) -> None:
    """Leave a little more room each time, until a build completes."""
    with small_disk(place) as index, serving(place) as server:
        failed: list[subprocess.CompletedProcess[str]] = []
        for room in range(12):
            leave(index, room * 40_000)
            made = build(place, 3)
            if made.returncode == 0:
                break
            failed.append(made)
            if leavings(place) or len([path for path in index.iterdir() if path.is_dir()]) > 2:
                saw.that(f"left with {room * 40} kB: {leavings(place)}", False)
            look(server, counted := Saw(), 2)
            if not counted.right:
                saw.that("; ".join(counted.words), False)
        saw.that(f"{len(failed)} builds failed", len(failed) >= 3)
        for made in failed:
            if "disk is full" not in said(made) or "Traceback" in said(made) or made.returncode != 2:
                saw.that(f"exit status {made.returncode}, “{said(made)[-300:]}”", False)
        _plain(failed[0], saw, "The disk is full")
        (index / _BALLAST).unlink()
        made = build(place, 4)
        saw.that(f"with room again: exit status {made.returncode} {said(made)}", made.returncode == 0)
        look(server, saw, 4)


@fault(FAULTS, "five builds in a row onto a full disk", "no more is on the disk after the fifth than after the first")
def full_again(place: Path, saw: Saw) -> None:
    """See that what fails does not grow."""
    with small_disk(place) as index:
        leave(index, 150_000)
        free = []
        for version in range(3, 8):
            build(place, version)
            free.append(shutil.disk_usage(index).free)
        saw.that(f"bytes free after each: {free}", free[-1] >= free[0])
        saw.that(f"unfinished folders: {leavings(place)}", not leavings(place))


@fault(FAULTS, "a full disk, and what a killed build left on it", "the next build removes that first, and completes")
def full_of_leavings(place: Path, saw: Saw) -> None:
    """Let the leavings of a dead build fill the disk."""
    with small_disk(place) as index:
        left = index / "unfinished-20200101T000000-0123abcd"
        left.mkdir()
        leave(left, 100_000)
        made = build(place, 3)
        saw.that(f"exit status {made.returncode} {said(made)[-300:]}", made.returncode == 0)
        saw.that(f"unfinished folders: {leavings(place)}", not leavings(place))


@fault(FAULTS, "the disk of temporary files full during a build", "exit status 2 and a plain message")
def full_temporary(place: Path, saw: Saw) -> None:
    """Fill the temporary folder only."""
    temporary = place / "temporary"
    temporary.mkdir()
    with mounted(temporary, "-t", "tmpfs", "-o", "size=1m", "faults"), serving(place) as server:
        leave(temporary, 4096)  # enough for Python to see that it can write there
        made = build(place, 3, {"TMPDIR": str(temporary)})
        if made.returncode == 0:  # Python goes on to another folder where it cannot write into the first
            saw.that("the build completes: temporary files went elsewhere")
        else:
            _plain(made, saw, "disk is full")
        look(server, saw, 3 if made.returncode == 0 else 2)


@fault(FAULTS, "the index's disk full under a running server", "answers go on: nothing is written to serve")
def full_serving(place: Path, saw: Saw) -> None:
    """Serve from a full disk."""
    with small_disk(place) as index:
        leave(index, 0)
        with serving(place) as server:
            look(server, saw, 2)


@fault(FAULTS, "the index folder read-only: a server started", "it serves")
def read_only_serving(place: Path, saw: Saw) -> None:
    """Serve what cannot be written to."""
    with read_only(place / "index"), serving(place) as server:
        look(server, saw, 2)


@fault(FAULTS, "the index folder read-only: a build", "exit status 2 and a plain message; what serves is untouched")
def read_only_build(place: Path, saw: Saw) -> None:
    """Build into what cannot be written to, with files there already and without any."""
    with serving(place) as server:
        with read_only(place / "index"):
            _plain(build(place, 3), saw, "cannot be written to")
            look(server, saw, 2)
        empty = place / "empty"
        (empty / "index").mkdir(parents=True)
        council.write(empty / "documents", 3)
        with read_only(empty / "index"):
            _plain(build(empty), saw, "cannot be written to")


@fault(FAULTS, "the folder of documents read-only: a build", "it completes: documents are only read")
def read_only_documents(place: Path, saw: Saw) -> None:
    """Build from what cannot be written to."""
    council.write(place / "documents", 3)
    with read_only(place / "documents"):
        made = build(place)
    saw.that(f"exit status {made.returncode} {said(made)}", made.returncode == 0)
