"""Conditions as the engine reads them, made of parts. They hold whole numbers and words of ours alone."""

from collections.abc import Iterable, Sequence

# So many numbers in a row are asked for as a range.
_ROW = 3


def both(*conditions: str) -> str:
    """Conditions together, without those that ask for nothing."""
    asked = list(dict.fromkeys(filter(None, conditions)))
    return asked[0] if len(asked) == 1 else " and ".join(f"({one})" for one in asked)


def either(*conditions: str) -> str:
    """One condition of several, each of which asks for something."""
    asked = list(dict.fromkeys(conditions))
    return asked[0] if len(asked) == 1 else " or ".join(f"({one})" for one in asked)


def among(field: str, values: Iterable[int]) -> str:
    """That a field is one of these whole numbers."""
    return f"{field} in {sorted(map(int, values))}"


def in_rows(field: str, ascending: Sequence[int]) -> str:
    """That a field is one of these numbers, of which many follow one another."""
    alone: list[int] = []
    ranges: list[str] = []
    start = 0
    for at in range(1, len(ascending) + 1):
        if at < len(ascending) and ascending[at] == ascending[at - 1] + 1:
            continue
        row = ascending[start:at]
        if len(row) >= _ROW:
            ranges.append(f"{field} >= {row[0]} and {field} <= {row[-1]}")
        else:
            alone += row
        start = at
    return either(*([among(field, alone)] if alone else []), *ranges)
