"""The artefact on disk: one folder a generation, and a pointer to the one that serves.

A generation is written under another name, its manifest last, and only when all of it is on disk is the pointer
swapped (``os.replace``: a reader sees the old one or the new one). A build that dies changes nothing that serves; what
it leaves is removed by the next. The generation before the current one is kept, for processes that still read it.
"""

import hashlib
import json
import os
import re
import secrets
import shlex
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

# What the files hold and how (BM25's k1 and b included): a change is a new number, and another must be rebuilt.
FORMAT = 6

MANIFEST = "manifest.json"
_POINTER = "current"
_LOCK = "lock.sqlite"
_UNFINISHED = "unfinished-"
_NAME = re.compile(r"\d{8}T\d{6}-[0-9a-f]{8}")


class IndexUnusable(Exception):
    """An index cannot be used; the text says why, and what to do."""


class IndexMissing(IndexUnusable):
    """No index has been built yet."""


class IndexDamaged(IndexUnusable):
    """A file of the index is not as it was written, or of a form that this program does not read."""


class IndexBusy(IndexUnusable):
    """Another build is writing to the same folder."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a manifest says of its generation. ``inputs`` is a digest of all that it was built from."""

    encoder: str
    fingerprint: str
    documents: int
    passages: int
    searched: int
    inputs: str


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation on disk whose files are as they were written."""

    name: str
    folder: Path
    facts: Facts


def current(folder: Path) -> str | None:
    """The name of the generation that serves, or None if there is none. Cheap: one small file is read."""
    try:
        name = (folder / _POINTER).read_text(encoding="ascii", errors="replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not _NAME.fullmatch(name):
        raise IndexDamaged(_repair(folder, f"{folder / _POINTER} does not name a generation."))
    return name


def open_current(folder: Path) -> Generation:
    """The generation that serves, once its format and every checksum are found right.

    Raises ``IndexMissing`` or ``IndexDamaged``.
    """
    while True:
        name = current(folder)
        if name is None:
            raise IndexMissing(f"There is no index in {folder}. Build one with: {command(folder)}")
        try:
            return Generation(name, folder / name, _verified(folder, folder / name))
        except IndexDamaged:
            if current(folder) == name:  # otherwise it was replaced, and removed, while we read
                raise


def publish(folder: Path, facts: Facts, write: Callable[[Path], None]) -> str:
    """Make a new generation of what ``write`` puts into the folder it is given; its name. Call it inside ``building``.

    When this returns, all of it is on disk and serves; if ``write`` raises, nothing has changed.
    """
    before = current(folder) if _pointer_is_sound(folder) else None
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
    unfinished = folder / f"{_UNFINISHED}{name}"
    unfinished.mkdir()
    try:
        write(unfinished)
        files = sorted(path.name for path in unfinished.iterdir())
        for file in files:
            _to_disk(unfinished / file)
        manifest = {
            "format": FORMAT,
            "generation": name,
            **asdict(facts),
            "files": {file: _checksum(unfinished / file) for file in files},
        }
        (unfinished / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="ascii")
        _to_disk(unfinished / MANIFEST)
        _to_disk(unfinished)
        unfinished.rename(folder / name)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise

    pointer = folder / f"{_UNFINISHED}{_POINTER}"
    pointer.write_text(name + "\n", encoding="ascii")
    _to_disk(pointer)
    pointer.replace(folder / _POINTER)
    _to_disk(folder)
    _remove_all_but(folder, {name, before})
    return name


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


def _verified(folder: Path, generation: Path) -> Facts:
    """The facts of the generation's manifest, or ``IndexDamaged``."""
    path = generation / MANIFEST
    try:
        manifest = json.loads(path.read_bytes())
        found, files = manifest["format"], dict(manifest["files"])
        facts = Facts(**{name: manifest[name] for name in Facts.__slots__}) if found == FORMAT else None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(_repair(folder, f"{path} cannot be read ({error}).")) from error
    if facts is None:
        raise IndexDamaged(_repair(folder, f"{path} is of format {found}; this program reads format {FORMAT}."))
    for name, checksum in files.items():
        try:
            same = _checksum(generation / name) == checksum
        except OSError as error:
            raise IndexDamaged(_repair(folder, f"{generation / name} cannot be read ({error.strerror}).")) from error
        if not same:
            raise IndexDamaged(_repair(folder, f"{generation / name} is damaged: its checksum is not the manifest's."))
    return facts


def _pointer_is_sound(folder: Path) -> bool:
    try:
        current(folder)
    except IndexDamaged:
        return False
    return True


def _remove_all_but(folder: Path, kept: set[str | None]) -> None:
    """Remove other generations and the leavings of dead builds: nothing whose name is not of our making.

    What cannot be removed (a file that another process has open, on Windows) is left for the next time.
    """
    for path in folder.iterdir():
        if path.is_dir() and _NAME.fullmatch(path.name.removeprefix(_UNFINISHED)) and path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    """Have the system write a file, or a folder's list of files, through to the disk."""
    if path.is_dir() and os.name == "nt":
        return  # Windows opens no folders
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _repair(folder: Path, fault: str) -> str:
    return f"{fault} Rebuild the index with: {command(folder)}"


def command(folder: Path) -> str:
    """What to type to build the index of this folder."""
    return f"python build_index.py --index {shlex.quote(str(folder))}"
