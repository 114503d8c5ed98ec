"""Markup: an HTML page as a tree of elements, however broken, deep or hostile its markup is.

lxml reads the tags (https://lxml.de/parsing.html#the-target-parser-interface), one after another, so that no depth of
nesting stops it; it opens no other file and no address. Nothing here walks the tree by recursion.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple, Union

from lxml import etree

from corpus.folding import on_one_line
from corpus.reading.reading import UnreadableFile

# A council's longest meeting page has about 10,000 elements; each takes half a kilobyte of memory.
_MOST_ELEMENTS = 250_000
_CONTROLS = dict.fromkeys([*range(9), 11, *range(14, 32), 127])
# How many elements and pieces of text are read to know what a small part of a page says.
_A_FEW = 400


@dataclass(slots=True, eq=False, repr=False)
class Element:
    """An element: its name and attributes in lower case, and its text and elements in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: Union["Element", None] = None
    children: list[Union["Element", str]] = field(default_factory=list)

    def get(self, name: str) -> str:
        """An attribute's value, "" where there is none."""
        return self.attributes.get(name, "")

    def has_class(self, name: str) -> bool:
        """Whether it is of a class, in capitals or not."""
        return name.lower() in self.get("class").lower().split()

    def elements(self) -> Iterator["Element"]:
        """Every element in it, in the page's order, itself first."""
        return (node for node in self.nodes() if isinstance(node, Element))

    def nodes(self) -> Iterator[Union["Element", str]]:
        """Every element and piece of text in it, in the page's order, itself first."""
        waiting: list[Element | str] = [self]
        while waiting:
            node = waiting.pop()
            yield node
            if isinstance(node, Element):
                waiting.extend(reversed(node.children))

    def words(self, most: int = _A_FEW) -> str:
        """What it says, on one line, as far as it is small: its first elements and pieces of text, ``most`` of them."""
        return on_one_line("".join(node for node in islice(self.nodes(), most) if isinstance(node, str)))


class Page(NamedTuple):
    """A page: its elements, in one without a name, and its comments."""

    root: Element
    comments: tuple[str, ...]


def parse(text: str) -> Page:
    """The page that ``text`` is the markup of; a fragment of a page is one too.

    Raises :class:`UnreadableFile` for markup of more elements than any real page has.
    """
    target = _Tree()
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True, no_network=True)
    content = text.translate(_CONTROLS).encode("utf-8", "replace")
    if content.strip():
        parser.feed(content)
        parser.close()
    return Page(target.root, tuple(target.comments))


class _Tree:
    """What lxml tells of a page, as it goes along."""

    def __init__(self) -> None:
        self.root = Element("")
        self.open = [self.root]
        self.comments: list[str] = []
        self.count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > _MOST_ELEMENTS:
            raise UnreadableFile(f"has more than {_MOST_ELEMENTS:,} elements, which is no page of words")
        named = {name.lower(): value for name, value in attributes.items()}
        element = Element(tag.lower(), named, self.open[-1])
        self.open[-1].children.append(element)
        self.open.append(element)

    def end(self, tag: str) -> None:
        if len(self.open) > 1 and self.open[-1].tag == tag.lower():
            self.open.pop()

    def data(self, text: str) -> None:
        self.open[-1].children.append(text)

    def comment(self, text: str) -> None:
        self.comments.append(text)

    def close(self) -> None:
        """lxml wants it."""
