"""A small chart of counts by year."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.layout.bars import GAP, HEIGHT, WIDTH, Bar, bars


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ((), ()),
        (((2019, 3),), (Bar("2019", 3, 0, 0, 60),)),
        (
            ((2019, 1), (2020, 0), (2021, 2)),
            (Bar("2019", 1, 0, 30, 30), Bar("2020", 0, 34, 60, 0), Bar("2021", 2, 68, 0, 60)),
        ),
        (((2019, 1_000), (None, 1)), (Bar("2019", 1_000, 0, 0, 60), Bar("no date", 1, 34, 58, 2))),
        (((2019, 0),), (Bar("2019", 0, 0, 60, 0),)),
    ],
    ids=["none", "one", "a gap", "very few", "nothing found"],
)
def test_bars(years: tuple[tuple[int | None, int], ...], expected: tuple[Bar, ...]) -> None:
    assert bars(years) == expected


@given(st.lists(st.tuples(st.one_of(st.none(), st.integers(1, 9999)), st.integers(0, 10**6)), max_size=30))
def test_bars_stand_on_one_line_side_by_side(years: list[tuple[int | None, int]]) -> None:
    found = bars(years)
    assert [bar.count for bar in found] == [count for _, count in years]
    assert all(bar.y + bar.height == HEIGHT and 0 <= bar.height <= HEIGHT for bar in found)
    assert all((bar.height > 0) is (bar.count > 0) for bar in found)
    assert [bar.x for bar in found] == [place * (WIDTH + GAP) for place in range(len(found))]
    highest = max((bar.count for bar in found), default=0)
    assert all(bar.height == HEIGHT for bar in found if bar.count == highest > 0)
