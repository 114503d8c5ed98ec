"""How often a client may ask: who is counted as one, when the next request is let in, and what is told meanwhile."""

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from small_council import QUESTION, SECRET

from webapp.app import create_app
from webapp.guard.rates import Rate, counted_as
from webapp.live import LiveAssistant
from webapp.settings import Limits, Proxy, Settings


class Clock:
    """A clock that stands still until it is set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


# At these seconds a client asks, three a minute allowed, and is told to wait so long.
ASKED = {
    "as many as allowed": ([0, 1, 2], [0, 0, 0]),
    "one too many": ([0, 1, 2, 3], [0, 0, 0, 57]),
    "waiting as long as told": ([0, 1, 2, 3, 60], [0, 0, 0, 57, 0]),
    "asking meanwhile counts for nothing": ([0, 0, 0, 10, 20, 59, 60], [0, 0, 0, 50, 40, 1, 0]),
    "a window that moves": ([0, 30, 50, 60, 61, 90, 91], [0, 0, 0, 0, 29, 0, 19]),
    "after a long time": ([0, 0, 0, 1000, 1000, 1000, 1000], [0, 0, 0, 0, 0, 0, 60]),
}


@pytest.mark.parametrize(("at", "waits"), ASKED.values(), ids=ASKED)
def test_so_many_a_minute(at: list[float], waits: list[float]) -> None:
    clock = Clock()
    rate = Rate(3, clock=clock)
    told = []
    for clock.now in at:
        told.append(rate.wait("a"))
        assert rate.wait("another") == 0 or len(told) > 3
    assert told == waits


STEPS = st.tuples(st.floats(0, 30), st.sampled_from("ab"), st.integers(1, 6))


@given(st.lists(STEPS, max_size=60), st.integers(1, 4))
def test_never_more_in_any_minute(steps: list[tuple[float, str, int]], most: int) -> None:
    clock = Clock()
    rate = Rate(most, clock=clock)
    let_in: list[tuple[float, str]] = []
    for step, client, times in steps:
        clock.now += step
        if rate.wait(client, times) == 0:
            let_in += [(clock.now, client)] * min(times, most)
    for at, client in let_in:
        assert sum(one == client and at <= then < at + 60 for then, one in let_in) <= most


# After two of three at these seconds, a client that asks for so many more at second 20 is told to wait so long.
AT_ONCE = {"two": (2, 40), "three": (3, 50), "more than ever allowed": (9, 50)}


@pytest.mark.parametrize(("times", "wait"), AT_ONCE.values(), ids=AT_ONCE)
def test_several_at_once(times: int, wait: float) -> None:
    clock = Clock()
    rate = Rate(3, clock=clock)
    for clock.now in (0, 10):
        rate.wait("a")
    clock.now = 20
    assert rate.wait("a", times) == wait
    clock.now = 20 + wait
    assert rate.wait("a", times) == 0
    assert rate.wait("another", times) == 0


def test_millions_of_addresses_take_no_more_memory_than_some() -> None:
    clock = Clock()
    rate = Rate(60, clients=100, clock=clock)
    for number in range(100_000):
        clock.now += 0.001
        assert rate.wait(str(number)) == 0
        assert len(rate) <= 100
    assert [rate.wait("99999") for _ in range(60)] == [0] * 59 + [pytest.approx(60, abs=0.1)]


def test_clients_unheard_of_are_forgotten() -> None:
    clock = Clock()
    rate = Rate(3, clock=clock)
    for clock.now in (0, 1, 2):
        rate.wait(f"at {clock.now}")
    clock.now = 61
    rate.wait("now")
    assert len(rate) == 2


COUNTED = [
    ("203.0.113.9", "203.0.113.9"),
    ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
    ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
    ("fe80::1%eth0", "fe80::/64"),
    ("::ffff:203.0.113.9", "203.0.113.9"),
    ("::1", "::/64"),
    ("", ""),
    ("x" * 1000, "x" * 100),
]


@pytest.mark.parametrize(("address", "client"), COUNTED, ids=[row[0][:30] for row in COUNTED])
def test_who_is_counted_as_one(address: str, client: str) -> None:
    assert counted_as(address) == client


@pytest.fixture
def limited(live: LiveAssistant) -> FlaskClient:
    """Pages that answer two questions a minute and six requests."""
    chosen = Settings(
        limits=Limits(questions_a_minute=2, requests_a_minute=6), proxy=Proxy(addresses=("127.0.0.1/32",))
    )
    return create_app(live.current, SECRET, settings=chosen).test_client()


def test_a_third_question_is_refused_in_words_and_kept(limited: FlaskClient) -> None:
    for _ in range(2):
        assert limited.post("/ask", data={"question": QUESTION}).status_code == 303
    response = limited.post("/ask", data={"question": "<b>what</b> was decided?", "without": "date:2021"})
    html = response.get_data(as_text=True)
    assert response.status_code == 429
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    assert "Too many requests have come from your address" in html
    assert "&lt;b&gt;what&lt;/b&gt; was decided?</textarea>" in html
    assert '<input type="hidden" name="without" value="date:2021">' in html
    assert limited.get("/documents").status_code == 200


TOLD = {
    "the script": ("/ask", {"X-Turn-Only": "yes"}, "application/json"),
    "json": ("/ask", {"Accept": "application/json"}, "application/json"),
    "a program": ("/api/v1/search?q=carers", {}, "application/problem+json"),
    "a page": ("/search?q=carers", {}, "text/html; charset=utf-8"),
    "a feed": ("/search.atom?q=carers", {}, "text/html; charset=utf-8"),
}


@pytest.mark.parametrize(("address", "headers", "kind"), TOLD.values(), ids=TOLD)
def test_everyone_is_told_when_to_ask_again(
    limited: FlaskClient, address: str, headers: dict[str, str], kind: str
) -> None:
    for _ in range(2):
        limited.get("/search?q=carers")
    response = limited.open(address, method="POST" if address == "/ask" else "GET", headers=headers)
    assert (response.status_code, response.content_type) == (429, kind)
    assert 1 <= int(response.headers["Retry-After"]) <= 60


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_each_way_of_searching_is_counted(limited: FlaskClient, method: str) -> None:
    assert [limited.open("/search?q=carers", method=method).status_code for _ in range(3)] == [200, 200, 429]


PAGES = {
    "the page": ("GET", {}, {}, [200, 429]),
    "a question from the page": ("POST", {"question": QUESTION}, {}, [303, 429]),
    "what is no question": ("POST", {"question": ""}, {}, [422, 429]),
    "a question from its script": ("POST", {"question": QUESTION}, {"X-Turn-Only": "yes"}, [200, 200]),
}


@pytest.mark.parametrize(("method", "form", "headers", "statuses"), PAGES.values(), ids=PAGES)
def test_a_page_of_a_conversation_counts_as_often_as_it_asks(
    live: LiveAssistant, method: str, form: dict[str, str], headers: dict[str, str], statuses: list[int]
) -> None:
    before = create_app(live.current, SECRET).test_client()
    for _ in range(3):
        before.post("/ask", data={"question": QUESTION})
    cookie = before.get_cookie("questions")
    assert cookie is not None
    few = Settings(limits=Limits(questions_a_minute=4))
    client = create_app(live.current, SECRET, settings=few).test_client()
    client.set_cookie("questions", cookie.value)
    address = "/ask" if method == "POST" else "/"
    told = [client.open(address, method=method, data=form, headers=headers).status_code for _ in statuses]
    assert told == statuses


def test_a_form_too_large_to_be_kept_is_refused_all_the_same(limited: FlaskClient) -> None:
    for _ in range(2):
        limited.get("/search?q=carers")
    response = limited.post("/ask", data={"question": "x" * 2_100_000})
    assert response.status_code == 429
    assert "<form" not in response.get_data(as_text=True)


def test_all_is_counted_but_files_and_health(limited: FlaskClient) -> None:
    for _ in range(6):
        assert limited.get("/nowhere").status_code == 404
    assert [limited.get(address).status_code for address in ("/documents", "/healthz", "/static/chat.js")] == [
        429,
        200,
        200,
    ]


def test_each_client_behind_a_proxy_has_its_own(limited: FlaskClient) -> None:
    def ask(client: str) -> int:
        return limited.get("/search?q=carers", headers={"X-Forwarded-For": client}).status_code

    assert [ask(client) for client in ("198.51.100.1", "198.51.100.1", "198.51.100.2")] == [200] * 3
    assert [ask(client) for client in ("198.51.100.1", "198.51.100.2", "9.9.9.9, 198.51.100.1")] == [429, 200, 429]


def test_nobody_gets_more_by_naming_other_addresses(limited: FlaskClient) -> None:
    outside = {"REMOTE_ADDR": "203.0.113.9"}
    statuses = [
        limited.get(
            "/search?q=carers", headers={"X-Forwarded-For": f"198.51.100.{number}"}, environ_base=outside
        ).status_code
        for number in range(3)
    ]
    assert statuses == [200, 200, 429]
