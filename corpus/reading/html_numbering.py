"""Numbering: what a browser writes in front of the items of a list."""

import re
from dataclasses import dataclass

from corpus.reading.html_markup import Element

BULLET = "- "
_NUMBER = re.compile(r"-?\d{1,4}")
_STYLES = {"a": "a", "i": "i", "A": "A", "I": "I", "lower-alpha": "a", "lower-latin": "a", "lower-roman": "i"} | {
    "upper-alpha": "A",
    "upper-latin": "A",
    "upper-roman": "I",
}
_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b((?:lower|upper)-(?:alpha|latin|roman)|none)\b", re.IGNORECASE)
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(slots=True)
class Numbering:
    """A list as it goes along: its style ("1", "a", "i", "A", "I", "-", or "" for none), and its next number."""

    style: str
    next: int = 1

    @classmethod
    def of(cls, element: Element) -> "Numbering":
        """The numbering of a list, by its element and what it says of its style."""
        match = _STYLE.search(element.get("style"))
        own = match[1].lower() if match else element.get("type")
        if own == "none":
            return cls("")
        if element.tag != "ol":
            return cls("-")
        start = element.get("start").strip()
        return cls(_STYLES.get(own, "1"), int(start) if _NUMBER.fullmatch(start) else 1)

    def marker(self, item: Element) -> str:
        """What stands in front of ``item``, with the space after it: "- ", "3. ", "c) ", "iii) "."""
        if self.style in ("", "-"):
            return BULLET if self.style else ""
        value = item.get("value").strip()
        number = int(value) if _NUMBER.fullmatch(value) else self.next
        self.next = number + 1
        return f"{_written(number, self.style)} "


def _written(number: int, style: str) -> str:
    if style == "1" or not 1 <= number <= 26:
        return f"{number}."
    if style in "aA":
        letters = chr(ord("a") + number - 1)
    else:
        letters, left = "", number
        for value, numeral in _ROMAN:
            letters += numeral * (left // value)
            left %= value
    return f"{letters if style.islower() else letters.upper()})"
