"""Markdown: a text with its headings, lists and tables marked by signs, read as the web page that it stands for.

markdown-it knows the signs (https://spec.commonmark.org, with the tables of GitHub's); HTML within it is words.
"""

import re
from dataclasses import replace
from pathlib import Path

from markdown_it import MarkdownIt

from corpus.reading import html, text
from corpus.reading.reading import Reading, UnreadableFile

# Far more than any report; some texts take markdown-it longer than their length.
LARGEST = 2 * 1024 * 1024
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
# Properties above the text, between lines of dashes, which many makers of Markdown put there.
_PROPERTIES = re.compile(r"\ufeff?---[ \t]*\n(?P<lines>(?:[\w-]+:.*\n|[ \t]+.*\n|- .*\n)+)(?:---|\.\.\.)[ \t]*(?:\n|$)")


def read(path: Path) -> Reading:
    """A Markdown file's text and headings.

    Raises :class:`UnreadableFile` for a file that cannot be opened, is not UTF-8, is larger than ``LARGEST`` bytes, or
    holds no text.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableFile(f"is larger than {LARGEST // 1024 // 1024} MB, which is no page of words")
    except OSError as error:
        raise UnreadableFile(f"cannot be opened ({error.strerror or error})") from error
    return reading(text.decode(path))


def reading(written: str) -> Reading:
    """What a Markdown text says; :class:`UnreadableFile` where it says nothing."""
    written = written.replace("\r\n", "\n").removeprefix("\ufeff")
    properties = _PROPERTIES.match(written)
    found = html.reading(_MARKDOWN.render(written[properties.end() :] if properties else written))
    if properties is None:
        return found
    return replace(found, notes=("the properties above its text were not read", *found.notes))
