"""How a generation comes to serve, and what others are removed: the side of the artefact that builds write to.

What is written, and in which order, is told in index/files/generations.py.
"""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

from index.files import disk, generations
from index.files.generations import (
    MANIFEST,
    NAME,
    POINTER,
    Facts,
    Generation,
    IndexBusy,
    IndexUnusable,
    current,
    pointed,
)

_LOCK = "lock.sqlite"
_UNFINISHED = "unfinished-"


def publish(folder: Path, write: Callable[[Path], Facts], good: str | None = None) -> Generation:
    """Make a new generation of what ``write`` puts into the folder it is given. Call it inside ``building``.

    When this returns, all of it is on disk and serves; if it raises, nothing has changed. ``good`` is the last good
    generation, which is kept beside the new one: the one that serves unless given.
    """
    good = good or pointed(folder)
    _remove(folder, lambda name: name.startswith(_UNFINISHED))  # they may be what fills the disk
    name = generations.new_name()
    unfinished = folder / f"{_UNFINISHED}{name}"
    unfinished.mkdir()
    pointer = folder / f"{_UNFINISHED}{POINTER}"
    try:
        facts = write(unfinished)
        files = sorted(path.name for path in unfinished.iterdir())
        for file in files:
            disk.to_disk(unfinished / file)
        manifest = {
            "format": generations.FORMAT,
            "generation": name,
            **asdict(facts),
            "files": {file: [(unfinished / file).stat().st_size, disk.checksum(unfinished / file)] for file in files},
        }
        (unfinished / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="ascii")
        disk.to_disk(unfinished / MANIFEST)
        disk.to_disk(unfinished)
        pointer.write_text(name + "\n", encoding="ascii")
        disk.to_disk(pointer)
        unfinished.rename(folder / name)
        if (folder / POINTER).is_dir():
            (folder / POINTER).rmdir()
        pointer.replace(folder / POINTER)
    except BaseException:
        for left in (unfinished, folder / name):
            shutil.rmtree(left, ignore_errors=True)
        with suppress(OSError):
            pointer.unlink()
        raise
    disk.to_disk(folder)
    _remove(folder, lambda other: other not in (name, good))
    return Generation(name, folder / name, facts)


def others(folder: Path) -> list[Path]:
    """The folders of generations beside the one that serves."""
    name = current(folder)
    return [path for path in _ours(folder) if path.name != name]


def remove_others(folder: Path) -> None:
    """Remove all but the generation that serves, as others hold what was withdrawn. Inside ``building``.

    Raises ``IndexUnusable`` where a file is in the way.
    """
    name = current(folder)
    _remove(folder, lambda other: other != name)
    if left := others(folder):
        raise IndexUnusable(
            f"The new index serves, but {left[0]} holds what was withdrawn and cannot be removed. "
            "Stop what still reads it, then build again."
        )


@contextmanager
def building(folder: Path) -> Iterator[None]:
    """Hold the folder for one build; raises ``IndexBusy`` if another holds it.

    The lock is SQLite's own on an empty database, because it works on every system and goes when its process does,
    however that ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        try:
            lock = sqlite3.connect(folder / _LOCK, timeout=0, isolation_level=None)
            held.callback(lock.close)
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise IndexBusy(f"Another build is writing to {folder}. Wait for it to end, then run again.") from error
            raise IndexUnusable(
                f"{folder} cannot be written to ({error}). Check who owns it, or give another."
            ) from error
        yield


def _remove(folder: Path, unwanted: Callable[[str], bool]) -> None:
    """Remove generations, and the leavings of dead builds, by name: nothing whose name is not of our making.

    What cannot be removed (a file that another process has open, on Windows) is left for the next time.
    """
    for path in _ours(folder):
        if unwanted(path.name):
            shutil.rmtree(path, ignore_errors=True)


def _ours(folder: Path) -> list[Path]:
    """The folders of generations, and of such as were not ended."""
    return [path for path in folder.iterdir() if path.is_dir() and NAME.fullmatch(path.name.removeprefix(_UNFINISHED))]
