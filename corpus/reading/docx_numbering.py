"""The numbers that Word shows in front of paragraphs. A file does not hold them: they are counted, as Word counts.

The rules are those of ECMA-376, part 1, 17.9. Where a level is used before those above it, these count as begun: Word
numbers a first second-level heading "1.1", and the first-level heading after it "2".
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from corpus.reading.docx_package import Element, W, setting, switched, whole
from corpus.reading.docx_styles import LEVELS, Styles

BULLET = "-"
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
# What Word counts to in letters (z thirty times) and in Roman numerals; beyond, a file asks for numbers without end.
_MOST_LETTERS, _MOST_ROMAN = 780, 32_767
# Word's own limit for the text of a level; numbers in letters could make it many times as long.
_LONGEST = 255


class Level(NamedTuple):
    """How one level of a list counts and shows its number: ``pattern`` is "%1.%2", ``restart`` the level (from 1) that
    starts it again, 0 none, None any above it. ``style`` is the paragraph style that it is the level of.
    """

    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    restart: int | None = None
    legal: bool = False
    style: str | None = None


class List(NamedTuple):
    """A list that paragraphs name: its levels, the counts it shares with others, and where it starts levels again."""

    levels: Mapping[int, Level]
    counts: str
    starts: Mapping[int, int]


@dataclass(slots=True)
class Numbering:
    """A document's lists by id, and how far each has counted. ``unknown`` are ways to count that were not known."""

    lists: Mapping[str, List]
    unknown: set[str] = field(default_factory=set)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def load(cls, root: Element | None, styles: Styles) -> "Numbering":
        """The lists of a document's numbering part, where it has one."""
        if root is None:
            return cls({})
        abstract = {one.get(f"{W}abstractNumId", ""): one for one in root.iterchildren(f"{W}abstractNum")}
        named = {id: one for one in root.iterchildren(f"{W}num") if (id := one.get(f"{W}numId"))}
        lists = {}
        for id, one in named.items():
            counts = setting(one, "abstractNumId") or ""
            style = setting(abstract.get(counts), "numStyleLink")
            if style is not None and (elsewhere := named.get(styles.whole(style).number or "")) is not None:
                counts = setting(elsewhere, "abstractNumId") or ""
            if counts in abstract:
                lists[id] = _list(counts, abstract[counts], one)
        return cls(lists)

    def level(self, id: str, styles: Iterable[str]) -> int | None:
        """The level of a list that is that of the first of these paragraph styles to have one."""
        linked = {level.style: n for n, level in self.lists[id].levels.items()} if id in self.lists else {}
        return next((linked[style] for style in styles if style in linked), None)

    def next(self, id: str, level: int) -> str:
        """The number of the next paragraph of a list, as Word shows it; "-" for a bullet, "" for none."""
        found = self.lists.get(id)
        if found is None or level not in found.levels:
            return ""
        counts = self._counts.setdefault(found.counts, [None] * LEVELS)
        own = found.levels[level]
        if level in found.starts and (id, level) not in self._begun:
            counts[level] = None
        self._begun.add((id, level))
        for n in range(level + 1):
            start = found.starts.get(n, found.levels.get(n, own).start)
            count = counts[n]
            counts[n] = start if count is None else count + (n == level)
        for n in range(level + 1, LEVELS):
            restart = found.levels.get(n, own).restart
            if level < (n if restart is None else restart):
                counts[n] = None
        if own.format == "bullet":
            return BULLET if own.pattern.strip() else ""
        shown = _PLACE.sub(lambda place: self._shown(found, counts, int(place[1]) - 1, own.legal), own.pattern).strip()
        return shown if len(shown) <= _LONGEST else ""

    def _shown(self, found: List, counts: Sequence[int | None], level: int, legal: bool) -> str:
        count = counts[level]
        if count is None or level not in found.levels:
            return ""
        format = found.levels[level].format
        shown = number(count, "decimal" if legal and format != "none" else format)
        if shown is None:
            self.unknown.add(format)
            return str(count)
        return shown


def number(count: int, format: str) -> str | None:
    """A number in one of Word's formats ("lowerRoman"), or None for a format that is not known."""
    match format:
        case "decimal" | "decimalHalfWidth":
            return str(count)
        case "decimalZero":
            return f"{count:02}"
        case "lowerLetter" | "upperLetter" if 0 < count <= _MOST_LETTERS:
            letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
            return letters if format == "lowerLetter" else letters.upper()
        case "lowerRoman" | "upperRoman" if 0 < count <= _MOST_ROMAN:
            return _roman(count) if format == "lowerRoman" else _roman(count).upper()
        case "lowerLetter" | "upperLetter" | "lowerRoman" | "upperRoman":
            return str(count)
        case "ordinal":
            ending = "th" if count % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
            return f"{count}{ending}"
        case "numberInDash":
            return f"- {count} -"
        case "bullet" | "none":
            return ""
    return None


def _roman(count: int) -> str:
    numeral = ""
    for value, letters in _ROMAN:
        numeral += letters * (count // value)
        count %= value
    return numeral


def _list(counts: str, abstract: Element, one: Element) -> List:
    levels = _levels(abstract)
    starts: dict[int, int] = {}
    for override in one.iterchildren(f"{W}lvlOverride"):
        at = whole(override.get(f"{W}ilvl")) or 0
        for level in _levels(override).values():
            levels[at] = level
        start = whole(setting(override, "startOverride"))
        if start is not None:
            starts[at] = start
    return List(levels, counts, starts)


def _levels(parent: Element) -> dict[int, Level]:
    found = {}
    for nth, element in enumerate(parent.iterchildren(f"{W}lvl")):
        at = whole(element.get(f"{W}ilvl"))
        at = nth if at is None else at  # some programs leave it out
        if at < LEVELS:
            found[at] = _level(element)
    return found


def _level(element: Element) -> Level:
    # A format of the author's own is offered beside one that every program knows.
    formats = [one.get(f"{W}val", "") for one in element.iter(f"{W}numFmt")]
    pattern = setting(element, "lvlText") or ""
    format = next((one for one in formats if one != "custom"), "decimal")
    if format == "bullet" and setting(element, "lvlPicBulletId") is not None:
        pattern = BULLET
    start = whole(setting(element, "start"))
    return Level(
        0 if start is None else start,
        format,
        pattern if len(pattern) <= _LONGEST else "",
        whole(setting(element, "lvlRestart")),
        bool(switched(element, "isLgl")),
        setting(element, "pStyle"),
    )
