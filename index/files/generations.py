"""The artefact on disk: one folder a generation, and a pointer to the one that serves.

A generation is written under another name, its manifest last, and only when all of it is on disk is the pointer
swapped (``os.replace``: a reader sees the old one or the new one). A build that dies changes nothing that serves; what
it leaves is removed by the next. The last good generation before the current one is kept, for processes that still
read it, and to serve if the current one is found damaged.
"""

import errno
import hashlib
import json
import re
import secrets
import shlex
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from index.files import disk
from index.files.disk import Stamp

# What the files hold and how (BM25's k1 and b included): a change is a new number, and another must be rebuilt.
FORMAT = 6

MANIFEST = "manifest.json"
POINTER = "current"
# Files of up to so many bytes are read through when an index is opened, some 0.05 seconds each at the most.
_AT_MOST = 64 * 1024**2
NAME = re.compile(r"\d{8}T\d{6}-[0-9a-f]{8}")
# What the system lacks for a while: the file may be sound.
_FOR_NOW = {errno.EMFILE, errno.ENFILE, errno.ENOMEM}


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
    """A generation on disk. ``unread`` are its files of which only the size is known to be as it was written.

    ``checksums`` are those of all its files, and ``stamps`` tell when each was last written to, as it was found.
    """

    name: str
    folder: Path
    facts: Facts
    unread: Mapping[str, str] = field(default_factory=dict, repr=False)
    checksums: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    stamps: dict[str, Stamp] = field(default_factory=dict, repr=False, compare=False)

    def verify(self) -> None:
        """Read the files that were not read, a second or so a gigabyte; ``IndexDamaged`` for one that differs."""
        for name, checksum in self.unread.items():
            _verify(self.folder.parent, self.folder / name, checksum)

    def glance(self) -> None:
        """Raise ``IndexDamaged`` for a file that has been changed or removed since the generation was opened.

        Some 0.3 milliseconds: only a file that has been written to, or put in the place of another, is read.
        """
        for name, before in self.stamps.items():
            with _readable(self.folder.parent, self.folder / name):
                now = disk.stamp(self.folder / name)
            if now != before:
                _verify(self.folder.parent, self.folder / name, self.checksums[name])
                self.stamps[name] = now


def new_name() -> str:
    """A name for a generation; of two, the one made later has the later name, and none is given twice."""
    now = datetime.now(UTC)
    return f"{now:%Y%m%dT%H%M%S}-{now.microsecond:05x}{secrets.randbelow(4096):03x}"


def current(folder: Path) -> str | None:
    """The name of the generation that serves, or None if there is none. Cheap: one small file is read."""
    try:
        with _readable(folder, folder / POINTER):
            name = (folder / POINTER).read_text(encoding="ascii", errors="replace").strip()
    except IndexDamaged as damage:
        if isinstance(damage.__cause__, FileNotFoundError | NotADirectoryError):
            return None
        raise
    if not NAME.fullmatch(name):
        raise IndexDamaged(_repair(folder, f"{folder / POINTER} does not name a generation."))
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


def last_good(folder: Path) -> Generation:
    """The generation that serves or, where that is damaged, the newest other that is sound. Every byte of it is read.

    Raises ``IndexMissing`` where there is none.
    """
    try:
        others = [path.name for path in folder.iterdir() if NAME.fullmatch(path.name)]
    except OSError:
        others = []
    for name in dict.fromkeys([*filter(None, [pointed(folder)]), *sorted(others, reverse=True)]):
        try:
            return _verified(folder, name, None)
        except IndexDamaged:
            continue
    raise IndexMissing(_repair(folder, f"No generation in {folder} is sound."))


def pointed(folder: Path) -> str | None:
    """The name of the generation that the pointer names; None where there is no pointer, or it names none."""
    try:
        return current(folder)
    except IndexDamaged:
        return None


def _verified(folder: Path, name: str, most: int | None) -> Generation:
    """The generation of a name, its files of up to ``most`` bytes read; or ``IndexDamaged``."""
    generation = folder / name
    path = generation / MANIFEST
    with _readable(folder, path):
        stamps, content = {MANIFEST: disk.stamp(path)}, path.read_bytes()
    try:
        manifest = json.loads(content)
        found, facts = manifest["format"], None
        if found == FORMAT:
            facts = Facts(**{fact: manifest[fact] for fact in Facts.__slots__})
            files = {file: (int(size), str(checksum)) for file, (size, checksum) in manifest["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise IndexDamaged(_repair(folder, f"{path} cannot be read ({error}).")) from error
    if facts is None:
        raise IndexDamaged(_repair(folder, f"{path} is of format {found}; this program reads format {FORMAT}."))
    unread = {}
    for file, (size, checksum) in files.items():
        with _readable(folder, generation / file):
            stamps[file] = disk.stamp(generation / file)
        if stamps[file][0] != size:
            raise IndexDamaged(_repair(folder, f"{generation / file} is damaged: its size is not the manifest's."))
        if most is None or size <= most:
            _verify(folder, generation / file, checksum)
        else:
            unread[file] = checksum
    checksums = {file: checksum for file, (_, checksum) in files.items()}
    checksums[MANIFEST] = hashlib.sha256(content).hexdigest()
    return Generation(name, generation, facts, unread, checksums, stamps)


def _verify(folder: Path, file: Path, checksum: str) -> None:
    with _readable(folder, file):
        same = disk.checksum(file) == checksum
    if not same:
        raise IndexDamaged(_repair(folder, f"{file} is damaged: its checksum is not the manifest's."))


@contextmanager
def _readable(folder: Path, file: Path) -> Iterator[None]:
    """Tell of a file that cannot be read as damage, unless it is the system that cannot read any for now."""
    try:
        yield
    except OSError as error:
        if error.errno in _FOR_NOW:
            raise IndexUnusable(f"{file} cannot be read for now ({error.strerror}).") from error
        raise IndexDamaged(_repair(folder, f"{file} cannot be read ({error.strerror}).")) from error


def _repair(folder: Path, fault: str) -> str:
    return f"{fault} Rebuild the index with: {command(folder)}"


def command(folder: Path) -> str:
    """What to type to build the index of this folder."""
    return f"python build_index.py --index {shlex.quote(str(folder))}"
