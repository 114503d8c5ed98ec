"""Pages of a long list: which one is shown, and the numbers to go to another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of a list: the page of this number, of how many."""

    shown: Sequence[T]
    number: int
    pages: int

    @classmethod
    def of(cls, whole: Sequence[T], number: int, size: int) -> "Page[T]":
        """The page of a number, of ``size`` entries; the first or the last, where there is none of that number."""
        pages = max(1, -(-len(whole) // size))
        number = min(max(1, number), pages)
        return cls(whole[(number - 1) * size : number * size], number, pages)

    @property
    def numbers(self) -> Sequence[int | None]:
        """As :func:`numbers` gives them."""
        return numbers(self.number, self.pages)


def numbers(page: int, pages: int) -> Sequence[int | None]:
    """The first and last page and those around this one, with a gap where pages are left out."""
    near = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
    found: list[int | None] = []
    for number in near:
        if found and number - (found[-1] or 0) > 1:
            found.append(None)
        found.append(number)
    return found
