"""Files as a disk holds them: whether one is as it was written, and that what is written reaches the disk."""

import hashlib
import os
from pathlib import Path

# A file's size, when it was last written to, and which file it is.
Stamp = tuple[int, int, int]


def stamp(path: Path) -> Stamp:
    """What changes whenever a file is written to, or another is put in its place. Nothing of it is read."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns, found.st_ino


def checksum(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def to_disk(path: Path) -> None:
    """Have the system write a file, or a folder's list of files, through to the disk."""
    if path.is_dir() and os.name == "nt":
        return  # Windows opens no folders
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
