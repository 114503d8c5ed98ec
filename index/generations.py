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
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

# What the files hold and how (BM25's k1 and b included): a change is a new number, and another must be rebuilt.
FORMAT = 6

MANIFEST = "manifest.json"
_POINTER = "current"
_LOCK = "lock.sqlite"
_UNFINISHED = "unfinished-"
# Files of up to so many bytes are read through when an index is opened, some 0.05 seconds each at the most.
_AT_MOST = 64 * 1024**2
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
    """What a manifest says of its generation.

    ``inputs`` is a digest of all that it was built from, and ``recall`` the share of the ten passages nearest in
    meaning that a search finds: 1 where it compares them all.
    """

    encoder: str
    fingerprint: str
    documents: int
    passages: int
    searched: int
    inputs: str
    recall: float = 1.0


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation on disk. ``unread`` are its files of which only the size is known to be as it was written."""

    name: str
    folder: Path
    facts: Facts
    unread: Mapping[str, str] = field(default_factory=dict, repr=False)

    def verify(self) -> None:
        """Read the files that were not read, a second or so a gigabyte; ``IndexDamaged`` for one that differs."""
        for name, checksum in self.unread.items():
            _verify(self.folder.parent, self.folder / name, checksum)


def current(folder: Path) -> str | None:
    """The name of the generation that serves, or None if there is none. Cheap: one small file is read."""
    try:
        name = (folder / _POINTER).read_text(encoding="ascii", errors="replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not _NAME.fullmatch(name):
        raise IndexDamaged(_repair(folder, f"{folder / _POINTER} does not name a generation."))
    return name


def open_current(folder: Path, *, whole: bool = False) -> Generation:
    """The generation that serves, once its format, the size of every file and the checksums are found right.

    Large files are read only if the ``whole`` is to be verified; see :meth:`Generation.verify`. Raises
    ``IndexMissing`` or ``IndexDamaged``.
    """
    while True:
        name = current(folder)
        if name is None:
            raise IndexMissing(f"There is no index in {folder}. Build one with: {command(folder)}")
        try:
            return _verified(folder, name, _AT_MOST if not whole else None)
        except IndexDamaged:
            if current(folder) == name:  # otherwise it was replaced, and removed, while we read
                raise


def publish(folder: Path, write: Callable[[Path], Facts]) -> Generation:
    """Make a new generation of what ``write`` puts into the folder it is given. Call it inside ``building``.

    When this returns, all of it is on disk and serves; if ``write`` raises, nothing has changed.
    """
    before = current(folder) if _pointer_is_sound(folder) else None
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
    unfinished = folder / f"{_UNFINISHED}{name}"
    unfinished.mkdir()
    try:
        facts = write(unfinished)
        files = sorted(path.name for path in unfinished.iterdir())
        for file in files:
            _to_disk(unfinished / file)
        manifest = {
            "format": FORMAT,
            "generation": name,
            **asdict(facts),
            "files": {file: [(unfinished / file).stat().st_size, _checksum(unfinished / file)] for file in files},
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
    return Generation(name, folder / name, facts)


def remove_others(folder: Path) -> None:
    """Remove all but the generation that serves, as others hold words that were taken down. Inside ``building``.

    Raises ``IndexUnusable`` where a file is in the way.
    """
    name = current(folder)
    _remove_all_but(folder, {name})
    if left := [path for path in _ours(folder) if path.name != name]:
        raise IndexUnusable(
            f"The new index serves, but {left[0]} holds what was taken down and cannot be removed. "
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


def _verified(folder: Path, name: str, most: int | None) -> Generation:
    """The generation of a name, its files of up to ``most`` bytes read; or ``IndexDamaged``."""
    generation = folder / name
    path = generation / MANIFEST
    try:
        manifest = json.loads(path.read_bytes())
        found, facts = manifest["format"], None
        if found == FORMAT:
            facts = Facts(**{fact: manifest[fact] for fact in Facts.__slots__})
            files = {file: (int(size), str(checksum)) for file, (size, checksum) in manifest["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamaged(_repair(folder, f"{path} cannot be read ({error}).")) from error
    if facts is None:
        raise IndexDamaged(_repair(folder, f"{path} is of format {found}; this program reads format {FORMAT}."))
    unread = {}
    for file, (size, checksum) in files.items():
        with _readable(folder, generation / file):
            found_size = (generation / file).stat().st_size
        if found_size != size:
            raise IndexDamaged(_repair(folder, f"{generation / file} is damaged: its size is not the manifest's."))
        if most is None or size <= most:
            _verify(folder, generation / file, checksum)
        else:
            unread[file] = checksum
    return Generation(name, generation, facts, unread)


def _verify(folder: Path, file: Path, checksum: str) -> None:
    with _readable(folder, file):
        same = _checksum(file) == checksum
    if not same:
        raise IndexDamaged(_repair(folder, f"{file} is damaged: its checksum is not the manifest's."))


@contextmanager
def _readable(folder: Path, file: Path) -> Iterator[None]:
    """Tell of a file that cannot be read as damage."""
    try:
        yield
    except OSError as error:
        raise IndexDamaged(_repair(folder, f"{file} cannot be read ({error.strerror}).")) from error


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
    for path in _ours(folder):
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


def _ours(folder: Path) -> list[Path]:
    """The folders of generations, and of such as were not ended."""
    return [path for path in folder.iterdir() if path.is_dir() and _NAME.fullmatch(path.name.removeprefix(_UNFINISHED))]


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
