"""Who may see a document: everyone, the council's members, or its officers."""

from enum import IntEnum
from typing import Self


class Access(IntEnum):
    """The levels, each of whose people may see its documents and those of the levels before it."""

    PUBLIC = 0
    MEMBERS = 1
    OFFICERS = 2

    @property
    def word(self) -> str:
        """What catalogues and settings call the level."""
        return self.name.lower()

    @property
    def said(self) -> str:
        """What is said of a document of the level where it is cited; "" of one that is public."""
        return ("", "not public: for members and officers", "not public: for officers")[self]

    @classmethod
    def of(cls, word: str) -> Self:
        """The level that goes by a word; ``ValueError`` for another word."""
        for level in cls:
            if level.word == word:
                return level
        raise ValueError(f"{word!r} is not one of {', '.join(level.word for level in cls)}")
