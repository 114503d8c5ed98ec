"""Markdown: a text with its headings, lists and tables marked by signs, read as the web page that it stands for.

markdown-it knows the signs (https://spec.commonmark.org, with the tables of GitHub's); HTML within it is words.
"""

import re
from dataclasses import replace
from pathlib import Path

from markdown_it import MarkdownIt

from corpus.reading import html, text
from corpus.reading.reading import Reading, UnreadableFile

# Far more than any report.
LARGEST = 2 * 1024 * 1024
# Links are made words here, by patterns that look no further than a link reaches: markdown-it's own take a time that
# grows with the square of the length of a text of brackets (52 seconds for 20,000 of them).
_RULES_LEFT_OUT = ["link", "image", "autolink", "reference"]
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable(_RULES_LEFT_OUT)
_LINK = re.compile(
    r"""(?<!\\)(?P<image>!?)\[(?P<words>(?:\\.|[^\[\]\\]){0,1000})\]
        (?:\([ ]*[^\s()]{0,2000}(?:\([^\s()]{0,500}\)[^\s()]{0,500})?(?:[ ]+(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'))?[ ]*\)
          |\[[^\[\]\n]{0,200}\])""",
    re.VERBOSE,
)
_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^\s<>]{1,2000})>")
_DEFINITION = re.compile(r"^ {0,3}\[[^\[\]\n]{1,200}\]:[ ]*\S[^\n]*$", re.MULTILINE)
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
    words = _DEFINITION.sub("", written[properties.end() :] if properties else written)
    words = _LINK.sub(lambda link: "" if link["image"] else link["words"], words)
    found = html.reading(_MARKDOWN.render(_ADDRESS.sub(r"\1", words)))
    if properties is None:
        return found
    return replace(found, notes=("the properties above its text were not read", *found.notes))
