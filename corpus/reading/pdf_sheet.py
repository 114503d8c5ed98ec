"""What stands on a page of a PDF: lines of words in their places, the rules drawn between them, and pictures.

All measures are in points, from the lower left corner of the page as it is read, whichever way it was turned.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

# A4, where a page's own size is not known.
A4 = (595.0, 842.0)
# In points: what is drawn thicker is a bar or a shade, and what is shorter a corner or a dot.
_THICKEST, _SHORTEST_RULE = 3.0, 3.0


class Word(NamedTuple):
    """A word of a line, and where it starts and ends."""

    text: str
    left: float
    right: float


class Line(NamedTuple):
    """A line as it is set: the height of its first and last baseline above the page's foot, as is ``left``.

    ``words`` are those of ``text`` with their places, where they are known. ``cells`` are those of a table's row, which
    is a line of its own. ``opens`` tells that something parts it from the line before: a rule, or another column.
    ``upright`` is False for a line turned another way than its page, and ``recognised`` True for one read from a
    picture, whose size is only about right.
    """

    text: str
    page: int
    top: float
    bottom: float
    left: float = 72.0
    size: float = 12.0
    bold: bool = False
    words: tuple[Word, ...] = ()
    cells: tuple[str, ...] = ()
    opens: bool = False
    upright: bool = True
    recognised: bool = False

    @property
    def right(self) -> float:
        return max((word.right for word in self.words), default=self.left)


class Box(NamedTuple):
    """A rectangle on a page."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def around(cls, points: Iterable[tuple[float, float]]) -> "Box":
        """The smallest that holds ``points``, of which there is at least one."""
        across, up = zip(*points, strict=True)
        return cls(min(across), min(up), max(across), max(up))

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.top - self.bottom)

    @property
    def is_thin(self) -> bool:
        return min(self.right - self.left, self.top - self.bottom) <= _THICKEST


class Rule(NamedTuple):
    """A thin line drawn on a page, along or up it."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def is_level(self) -> bool:
        return self.right - self.left >= self.top - self.bottom


class Placing(NamedTuple):
    """How the measures of what is drawn within a page become the page's: x' = ax + cy + e and y' = bx + dy + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def around(self, own: "Placing") -> "Placing":
        """The placing of what is placed by ``own`` within what is placed by this."""
        outer = self._replace(e=0.0, f=0.0)
        return Placing(*outer.point(own.a, own.b), *outer.point(own.c, own.d), *self.point(own.e, own.f))


class Turned(NamedTuple):
    """How a page is turned so that its lines run across it: by how many degrees, and its own box before."""

    turn: int
    box: Box

    @property
    def size(self) -> tuple[float, float]:
        """How wide and high the page then is."""
        size = self.box.right - self.box.left, self.box.top - self.box.bottom
        return size if self.turn % 180 == 0 else size[::-1]

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page as it was is then."""
        left, bottom, right, top = self.box
        if self.turn == 90:
            return y - bottom, right - x
        if self.turn == 180:
            return right - x, top - y
        if self.turn == 270:
            return top - y, x - left
        return x - left, y - bottom

    def rule(self, box: Box) -> Rule | None:
        """A box as a rule, if it is thin enough for one and not just a dot."""
        if not box.is_thin:
            return None
        across, up = zip(self.point(box.left, box.bottom), self.point(box.right, box.top), strict=True)
        rule = Rule(min(across), min(up), max(across), max(up))
        return rule if max(rule.right - rule.left, rule.top - rule.bottom) >= _SHORTEST_RULE else None


class Sheet(NamedTuple):
    """A page: its number from 1, its size, what stands on it, and the share of it that pictures cover.

    ``drawn`` counts what is drawn on it: letters together, shapes and pictures one by one.
    """

    number: int
    width: float = A4[0]
    height: float = A4[1]
    lines: tuple[Line, ...] = ()
    rules: tuple[Rule, ...] = ()
    pictured: float = 0.0
    drawn: int = 0


class Picture(NamedTuple):
    """A page drawn as a picture, in a format that programs for it read; how many dots to a point, and points high."""

    dots: bytes
    scale: float
    height: float


class Bookmark(NamedTuple):
    """An entry of a file's own list of contents: its words, the page it leads to, and its depth from 0."""

    title: str
    page: int
    depth: int


def part(line: Line, words: Sequence[Word]) -> Line:
    """A line of some of the words of another."""
    return line._replace(text=" ".join(word.text for word in words), left=words[0].left, words=tuple(words))


def apart(line: Line, gap: float) -> Iterator[Line]:
    """A line in the parts that wide gaps cut it into; itself, where it has none or its words' places are unknown."""
    cuts, piece = [0], 0
    for before, after in pairwise(line.words):
        piece += after.left - before.right >= gap
        cuts.append(piece)
    if piece == 0:
        yield line
        return
    for _, numbered in groupby(zip(cuts, line.words, strict=True), key=lambda pair: pair[0]):
        yield part(line, [word for _, word in numbered])
