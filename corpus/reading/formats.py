"""Which reader reads which file, by the ending of its name."""

from collections.abc import Callable, Mapping
from pathlib import Path

from corpus.reading import docx, pdf, text
from corpus.reading.reading import Reading

READERS: Mapping[str, Callable[[Path], Reading]] = {
    ".docm": docx.read,
    ".docx": docx.read,
    ".pdf": pdf.read,
    ".txt": text.read,
}


def read(path: Path) -> Reading:
    """A file as its reader reads it; :class:`corpus.reading.reading.UnreadableFile` where it cannot be read."""
    return READERS[path.suffix.lower()](path)
