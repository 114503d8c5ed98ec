"""A fault: what is done to real processes and files, what ought to be seen, and what was."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


class NotHere(Exception):
    """The fault cannot be made on this machine; the text says what it wants."""


@dataclass(slots=True)
class Saw:
    """What was seen, in the order in which it was; what ought not to have been is marked."""

    words: list[str] = field(default_factory=list)
    right: bool = True

    def that(self, words: str, right: bool = True) -> None:
        """Note something, and whether it is as it ought to be."""
        self.words.append(words if right else f"**WRONG:** {words}")
        self.right = self.right and right


# Takes a new folder, in which versions 1 and 2 of the council's documents have been indexed, the second serving.
Run = Callable[[Path, Saw], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """One row of the table. ``done`` and ``expected`` are sentences for it."""

    done: str
    expected: str
    run: Run


def fault(table: list[Fault], done: str, expected: str) -> Callable[[Run], Run]:
    """Put a function into a table of faults."""

    def put(run: Run) -> Run:
        table.append(Fault(done, expected, run))
        return run

    return put
