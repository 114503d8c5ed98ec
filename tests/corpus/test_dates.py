"""Dates as councils write them."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import find_dates


@pytest.mark.parametrize(
    ("text", "found", "first", "last"),
    [
        ("on the 20 and 21 August 2020.", "20 and 21 August 2020", date(2020, 8, 20), date(2020, 8, 21)),
        ("from 15 to 26 July 2019", "15 to 26 July 2019", date(2019, 7, 15), date(2019, 7, 26)),
        ("over 2 days on 13/14th July 2022", "13/14th July 2022", date(2022, 7, 13), date(2022, 7, 14)),
        ("in November/December 2019 which", "November/December 2019", date(2019, 11, 1), date(2019, 12, 31)),
        ("in September and October 2019", "September and October 2019", date(2019, 9, 1), date(2019, 10, 31)),
        ("early 2021 at the earliest", "2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("Plan 2017-2020", "2017-2020", date(2017, 1, 1), date(2020, 12, 31)),
        ("the year 2019/20", "2019/20", date(2019, 1, 1), date(2020, 12, 31)),
        ("3 SEPTEMBER 2019", "3 SEPTEMBER 2019", date(2019, 9, 3), date(2019, 9, 3)),
        ("the 27 August 2019", "27 August 2019", date(2019, 8, 27), date(2019, 8, 27)),
        ("1st of May 2021", "1st of May 2021", date(2021, 5, 1), date(2021, 5, 1)),
        ("4 March, 2021", "4 March, 2021", date(2021, 3, 4), date(2021, 3, 4)),
        ("published Jan 2020).", "Jan 2020", date(2020, 1, 1), date(2020, 1, 31)),
        ("in Sept. 2019", "Sept. 2019", date(2019, 9, 1), date(2019, 9, 30)),
        ("30 June to 2 July 2021", "30 June to 2 July 2021", date(2021, 6, 30), date(2021, 7, 2)),
        ("by\u00a010\u00a0February\u00a02020", "10\u00a0February\u00a02020", date(2020, 2, 10), date(2020, 2, 10)),
        ("15–26 July 2019", "15–26 July 2019", date(2019, 7, 15), date(2019, 7, 26)),
        ("2019-09-03", "2019-09-03", date(2019, 9, 3), date(2019, 9, 3)),
        ("on 03/09/2019", "03/09/2019", date(2019, 9, 3), date(2019, 9, 3)),
        ("29 February 2020", "29 February 2020", date(2020, 2, 29), date(2020, 2, 29)),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_date_and_the_days_it_can_mean(text: str, found: str, first: date, last: date) -> None:
    (only,) = find_dates(text)
    assert (text[only.start : only.end], only.first, only.last) == (found, first, last)


@pytest.mark.parametrize(
    "text",
    [
        "children may remain at risk",
        "May and June saw demand",
        "in the Autumn",
        "24 September",
        "the Education Act 1996",
        "the Regulations (England) (Meetings) 2012",
        "31 June 2020",
        "2019-13-45",
        "the year 3019",
        "section 12.6",
        "20 July to 10 July 2019",
        "rule 2019a",
    ],
)
def test_what_is_not_a_date(text: str) -> None:
    assert find_dates(text) == []


def test_dates_are_found_in_order() -> None:
    text = "The Children Act 2004, the visit of July 2019 and the meeting of 14 September 2022"
    assert [text[d.start : d.end] for d in find_dates(text)] == ["July 2019", "14 September 2022"]


@given(st.text(alphabet="0123456789/-, .andtoMayJulyActs()2019\u00a0–", max_size=80))
def test_dates_lie_in_the_text_in_order(text: str) -> None:
    found = find_dates(text)
    assert all(0 <= d.start < d.end <= len(text) and d.first <= d.last for d in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
