"""A search as the address of its page, and back."""

from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from assistant.search.facets import Facet
from assistant.search.query import BadQuery
from assistant.search.search import SIZES, Order, Reading
from webapp.pages.addresses import Address, read, unread

KENT = (Facet.COUNCIL, "Kent")


def address(query: str) -> Address:
    """What an address asks for, given its part after "?"."""
    return read(MultiDict(parse_qsl(query, keep_blank_values=True)))


@pytest.mark.parametrize(
    ("query", "again"),
    [
        ("", "?"),
        ("q=caseloads", "?q=caseloads"),
        ("q=+caseloads++", "?q=caseloads"),
        ("q=a&read=best&sort=best&size=10&page=1&from=&to=&undated=1&like=", "?q=a"),
        ("q=a&read=every&sort=oldest&size=25&page=3", "?q=a&read=every&sort=oldest&size=25&page=3"),
        ("q=a&read=worst&sort=worst&size=7&page=-3&nothing=1", "?q=a"),
        ("q=a&size=x&page=x", "?q=a"),
        ("q=a&page=" + "9" * 5_000, "?q=a"),
        ("from=2019-09&to=2020", "?from=2019-09&to=2020"),
        ("from=2019-09&undated=1", "?from=2019-09&undated=1"),
        ("q=from:2019&undated=1", "?q=from%3A2019&undated=1"),
        ("q=a&undated=0", "?q=a"),
        ("role=risk&council=Kent&role=action&role=risk", "?council=Kent&role=action&role=risk"),
        ("council=&council=" + "x" * 301, "?"),
        ("like=a/0123", "?like=a%2F0123"),
        ("q=%22%3E%3Cscript%3E%26%22", "?q=%22%3E%3Cscript%3E%26%22"),
    ],
    ids=[
        "nothing",
        "words",
        "blanks",
        "usual",
        "all",
        "unknown",
        "no numbers",
        "huge",
        "days",
        "undated",
        "typed days",
        "not undated",
        "filters",
        "no values",
        "like",
        "hostile",
    ],
)
def test_an_address_says_again_what_it_asks(query: str, again: str) -> None:
    assert address(query).query() == again
    assert address(again[1:]).search == address(query).search


@pytest.mark.parametrize(
    ("changes", "query"),
    [
        ({"page": 2}, "?q=a&read=every&size=25&page=2&council=Kent"),
        ({"page": 1}, "?q=a&read=every&size=25&council=Kent"),
        ({"add": (Facet.ROLE, "risk")}, "?q=a&read=every&size=25&council=Kent&role=risk"),
        ({"add": KENT}, "?q=a&read=every&size=25&council=Kent"),
        ({"remove": KENT}, "?q=a&read=every&size=25"),
        ({"remove": (Facet.ROLE, "risk")}, "?q=a&read=every&size=25&council=Kent"),
        ({"read": "best"}, "?q=a&size=25&council=Kent"),
        ({"undated": "1"}, "?q=a&read=every&undated=1&size=25&council=Kent"),
        ({}, "?q=a&read=every&size=25&page=4&council=Kent"),
    ],
    ids=["page", "first page", "add", "add again", "remove", "remove what is not", "read", "undated", "none"],
)
def test_a_change_leads_to_the_first_page(changes: dict[str, object], query: str) -> None:
    assert address("q=a&read=every&size=25&page=4&council=Kent").query(**changes) == query


@pytest.mark.parametrize(
    ("query", "first", "last", "undated"),
    [
        ("from=2019", date(2019, 1, 1), None, False),
        ("to=2019", None, date(2019, 12, 31), False),
        ("from=2019-02&to=2019-02", date(2019, 2, 1), date(2019, 2, 28), False),
        ("from=3 September 2019&to=03/09/2019", date(2019, 9, 3), date(2019, 9, 3), False),
        ("from=“2019”&undated=1", date(2019, 1, 1), None, True),
        ("q=from:2019", None, None, False),
        ("q=from:2019&undated=1", None, None, True),
        ("q=a", None, None, True),
    ],
    ids=["from", "to", "month", "day", "quoted", "typed", "typed, undated", "none"],
)
def test_days(query: str, first: date | None, last: date | None, undated: bool) -> None:
    search = address(query).search
    assert (search.first, search.last, search.undated) == (first, last, undated)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ('q="care', "opens a quotation that is not closed"),
        ("q=" + "x" * 1_001, "is 1,001 characters long"),
        ("from=soon", "is no date"),
        ('from="', "says nothing after the colon"),
        ("to=2019-13", "is no date"),
        ("from=2020&to=2019", "The days from 2020-01-01 to 2019-12-31 end before they begin"),
        ("from=" + "1" * 2_000, "characters long"),
        ("from=2019) OR (x", "is no date"),
    ],
    ids=["quotation", "long", "no date", "quotation mark", "month 13", "backwards", "long date", "language"],
)
def test_what_cannot_be_read(query: str, says: str) -> None:
    with pytest.raises(BadQuery, match="^.*" + says.replace("(", r"\(")):
        address(query)


def test_what_cannot_be_read_is_shown_again() -> None:
    asked = MultiDict(
        [("q", '"care'), ("from", "soon"), ("read", "every"), ("sort", "oldest"), ("size", "25"), ("council", "Kent")]
    )
    again = unread(asked)
    assert again.typed == {"q": '"care', "from": "soon", "to": ""}
    assert (again.search.reading, again.search.order, again.size) == (Reading.EVERY, Order.OLDEST, 25)
    assert again.search.chosen == {KENT}


@pytest.mark.parametrize(
    ("query", "asks"),
    [
        ("", False),
        ("q=the+of", False),
        ("q=!!", False),
        ("read=every&sort=newest&size=100&undated=1&page=2", False),
        ("q=caseloads", True),
        ("q=-caseloads", True),
        ("q=kind:minutes", True),
        ("council=Kent", True),
        ("from=2019", True),
        ("like=a/0", True),
    ],
    ids=str,
)
def test_whether_anything_is_asked(query: str, asks: bool) -> None:
    assert address(query).asks is asks


_VALUES = st.text(max_size=8).map(str.strip)


@given(
    st.sampled_from(["", "caseloads", '"improvement board" -x', "(a OR b) NEAR/3 c", "from:2019 x", "<&>'\"é\x00"]),
    st.sampled_from(["", "best", "every"]),
    st.sampled_from(["", "best", "newest", "oldest"]),
    st.sampled_from(SIZES),
    st.integers(0, 99),
    st.lists(st.tuples(st.sampled_from([facet.value for facet in Facet]), _VALUES), max_size=5),
    st.sampled_from(["", "2019", "2019-09"]),
    st.sampled_from(["", "1"]),
    _VALUES,
)
def test_any_address_leads_back_to_itself(
    q: str,
    reading: str,
    order: str,
    size: int,
    page: int,
    filters: list[tuple[str, str]],
    first: str,
    undated: str,
    like: str,
) -> None:
    given = [("q", q), ("read", reading), ("sort", order), ("size", str(size)), ("page", str(page)), ("from", first)]
    try:
        one = read(MultiDict([*given, ("undated", undated), ("like", like), *filters]))
    except BadQuery:
        return
    assert read(MultiDict(one.arguments())) == one
    assert address(one.query()[1:]) == one
    for facet, value in one.search.chosen:
        without = address(one.query(remove=(facet, value))[1:])
        assert without.search.chosen == one.search.chosen - {(facet, value)}
        assert address(without.query(add=(facet, value))[1:]).search == one.search


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", ""),
        ("q=foster+carers", "foster carers"),
        ("q=carers&from=2019&to=2020-03&council=Kent", "carers; from 2019; to 2020-03; council: Kent"),
        ("role=risk&council=Kent", "council: Kent; role: risk"),
    ],
)
def test_what_is_searched_for_in_words(query: str, words: str) -> None:
    assert address(query).in_words == words


def test_words_for_a_pack_are_never_too_long_for_one() -> None:
    assert len(address("q=" + "a" * 990 + "&council=" + "b" * 300).in_words) == 1000
