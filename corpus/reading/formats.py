"""Which reader reads which file, by the ending of its name."""

from collections.abc import Callable, Mapping
from pathlib import Path

from corpus.reading import docx, html, markdown, pdf, text
from corpus.reading.reading import Reading, UnreadableFile

READERS: Mapping[str, Callable[[Path], Reading]] = {
    ".aspx": html.read,
    ".docm": docx.read,
    ".docx": docx.read,
    ".htm": html.read,
    ".html": html.read,
    ".md": markdown.read,
    ".pdf": pdf.read,
    ".txt": text.read,
}

# An agenda pack of 1,000 pages with its plans and photographs has some 200 MB, and 3 million characters of text.
LARGEST_FILE = 1024**3
LONGEST_TEXT = 20_000_000


def read(path: Path) -> Reading:
    """A file as its reader reads it; :class:`corpus.reading.reading.UnreadableFile` where it cannot be read."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableFile(f"cannot be opened ({error.strerror or error})") from error
    if size > LARGEST_FILE:
        raise UnreadableFile(f"is larger than a document can be ({size:,} bytes, of at most {LARGEST_FILE:,})")
    reading = READERS[path.suffix.lower()](path)
    if len(reading.text) > LONGEST_TEXT:
        raise UnreadableFile(f"holds more text than a document can ({len(reading.text):,} characters)")
    return reading
