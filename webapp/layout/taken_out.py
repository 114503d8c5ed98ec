"""Words that were taken out of a document, as its pages show them: black, and said to be so to those who listen."""

import re
from typing import NamedTuple

from corpus.blackout import BLOCK

# A block by itself or many, with the white space between the words that they stand for.
_TAKEN = re.compile(f"({BLOCK}+(?:\\s+{BLOCK}+)*)")


class Piece(NamedTuple):
    """A stretch of text, and whether it stands for words that were taken out."""

    text: str
    taken: bool


def pieces(text: str) -> list[Piece]:
    """A text as pieces that are shown alike, none of them empty."""
    return [Piece(part, number % 2 == 1) for number, part in enumerate(_TAKEN.split(text)) if part]


def any_taken(text: str) -> bool:
    """Whether words have been taken out of a text."""
    return BLOCK in text
