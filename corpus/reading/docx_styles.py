"""Word's styles: what a paragraph or run has from its style, and that from the style it is based on.

Built-in styles have English names in files of every language ("heading 1"); their ids are translated ("berschrift1").
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from corpus.reading.docx_package import Element, W, setting, switched, whole

# Word lets styles stand a dozen deep on one another; a file may say anything, circles included.
_LONGEST_CHAIN = 50
_HEADING = re.compile(r"heading ([1-9])")
_CONTENTS = re.compile(r"toc (?:[1-9]|heading)")
# Word's outline has nine levels, counted from 0; the tenth means text.
LEVELS = 9


class Style(NamedTuple):
    """What one style says; None where it leaves it to the style it is based on.

    ``outline`` is a heading's level, from 1; 0 for text. ``number`` and ``level`` are those of its list.
    """

    name: str | None = None
    based_on: str | None = None
    outline: int | None = None
    number: str | None = None
    level: int | None = None
    hidden: bool | None = None


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document, by id, and the one of paragraphs that name none."""

    styles: Mapping[str, Style]
    default: str | None = None
    _wholes: dict[str | None, Style] = field(default_factory=dict)

    @classmethod
    def load(cls, root: Element | None) -> "Styles":
        """The styles of a document's styles part, where it has one."""
        found: dict[str, Style] = {}
        default = None
        for element in () if root is None else root.iterchildren(f"{W}style"):
            id = element.get(f"{W}styleId", "")
            found[id] = _style(element)
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in ("1", "true", "on"):
                default = id
        return cls(found, default)

    def chain(self, id: str | None) -> Iterator[tuple[str, Style]]:
        """A style, the one it is based on, and so forth; the default paragraph style for None."""
        id = self.default if id is None else id
        for _ in range(_LONGEST_CHAIN):
            if id is None or id not in self.styles:
                return
            yield id, self.styles[id]
            id = self.styles[id].based_on

    def whole(self, id: str | None) -> Style:
        """A style with what it has from those it is based on."""
        if id not in self._wholes:
            found = Style()
            for _, style in self.chain(id):
                found = Style._make(b if a is None else a for a, b in zip(found, style, strict=True))
            self._wholes[id] = found
        return self._wholes[id]

    def is_title(self, id: str | None) -> bool:
        """Whether a style is the title's or based on it, as a subtitle's may be."""
        names = (style.name for _, style in self.chain(id))
        return next((name for name in names if name in ("title", "subtitle")), "") == "title"

    def is_contents(self, id: str | None) -> bool:
        """Whether a style is one of a table of contents."""
        return any(_CONTENTS.fullmatch(style.name or "") for _, style in self.chain(id))


def outline(properties: Element | None) -> int | None:
    """The level that a paragraph's properties give it in the document's outline, from 1; 0 for text."""
    level = whole(setting(properties, "outlineLvl"))
    return None if level is None else level + 1 if level < LEVELS else 0


def _style(element: Element) -> Style:
    name = (setting(element, "name") or "").split(",")[0].strip().lower()
    properties = element.find(f"{W}pPr")
    heading = _HEADING.fullmatch(name)
    level = outline(properties)
    return Style(
        name,
        setting(element, "basedOn"),
        int(heading[1]) if heading and level is None else level,
        setting(properties, "numPr", "numId"),
        whole(setting(properties, "numPr", "ilvl")),
        switched(element, "rPr", "vanish"),
    )
