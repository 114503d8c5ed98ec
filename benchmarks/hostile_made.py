"""What benchmarks/hostile.py sends: questions, searches and requests that nobody would write, drawn by Hypothesis."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

QUESTIONS = Path(__file__).resolve().parent.parent / "evaluation" / "questions" / "questions.jsonl"

# Half of a surrogate pair, nothing, controls, what turns the line around, what joins, combines or is not there.
ODD = "\ud800\udfff\x00\x01\x1b\x7f\u0085\u00a0\u00ad\u0301\u200b\u200d\u200f\u202a\u202e\u2028\u2066\ufeff\ufffe"
PIECES = (
    *("what", "who", "when", "how many", "and", "compare", "since 2019", "last year", "31 February 2021", "99/99/9999"),
    *("Ofsted", "Medway", "Kent", "SEND", "DCS", "carrers", "placments", "inadequate", "decided", "minute 11.4"),
    *('"', "“", "”", "(", ")", "-", "—", "OR", "NOT", "NEAR/5", "NEAR/99999", "council:", "from:2019", "to:", "role:x"),
    *("<script>alert(1)</script>", "'; DROP TABLE passages;--", "{{7*7}}", "%s%n", "../../etc/passwd", "\r\nX-A: b"),
    *(
        "(a+)+$",
        "[[[[",
        "\\",
        "|",
        "*",
        "?",
        "&#0;",
        "%00",
        "1e999",
        "-1",
        "NaN",
        "٣",
        "Ⅷ",
        "ﬁ",
        "ß",
        "İ",
        "漢字",
        "👩‍👩‍👧",
    ),
)
FIELDS = ("council", "body", "kind", "role", "voice", "outcome")
ADDRESSES = (
    *("/", "/ask", "/start-again", "/search", "/search.atom", "/compare", "/documents", "/documents/x", "/passages/x"),
    *("/corpus/report", "/inspections", "/inspections/medway-council", "/pack", "/pack.docx", "/pack.md", "/pack.csv"),
    *("/healthz", "/static/chat.js", "/static/../app.py", "/api/v1/ask", "/api/v1/search", "/api/v1/documents"),
    *("/api/v1/documents/x", "/api/v1/passages/x/y", "/api/v1/inspections", "/api/v1/openapi.json", "/api/v1/", "//"),
)
METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "X")
TYPES = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/xml", "\xff")
HEADERS = (
    *("Accept", "Cookie", "Content-Type", "X-Turn-Only", "X-CSRFToken", "Origin", "Sec-Fetch-Site", "Host", "Range"),
    *(
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "If-None-Match",
        "If-Modified-Since",
        "Accept-Charset",
    ),
)


@dataclass(frozen=True, slots=True)
class Sent:
    """One request, as Werkzeug's test client takes it. ``json`` is sent as it is written, mistakes included."""

    method: str
    path: str
    query: str | Mapping[str, Any] = ""
    headers: tuple[tuple[str, str], ...] = ()
    form: Mapping[str, Any] | None = None
    body: bytes | None = None

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``FlaskClient.open``. A path, and a query that is text, are sent byte for byte."""
        overrides = {"PATH_INFO": self.path.encode("utf-8", "surrogatepass").decode("latin-1")}
        if isinstance(self.query, str):
            overrides["QUERY_STRING"] = self.query
        return {
            "method": self.method,
            "query_string": None if isinstance(self.query, str) else self.query,
            "environ_overrides": overrides,
            "headers": self.headers,
            "data": self.form if self.form is not None else self.body,
        }

    def short(self) -> str:
        """The request on a line, shortened."""
        parts = [self.method, self.path, self.query, self.form if self.form is not None else self.body]
        return " ".join(ascii(part)[:160] for part in parts if part)


def real_questions() -> tuple[str, ...]:
    """Questions of members and officers, to be spoilt."""
    rows = map(json.loads, QUESTIONS.read_text(encoding="utf-8").splitlines())
    return tuple(dict.fromkeys(turn for row in rows for turn in row["turns"]))


def _spoilt(text: str, at: int, piece: str, times: int) -> str:
    cut = at % (len(text) + 1)
    return (text[:cut] + piece * times + text[cut:])[:3000]


def texts() -> st.SearchStrategy[str]:
    """Questions and searches: real ones spoilt, pieces strung together, one thing very often, and any text at all."""
    piece = st.one_of(st.sampled_from(PIECES), st.sampled_from(ODD), st.text(max_size=5))
    times = st.one_of(st.just(1), st.integers(1, 1200))
    return st.one_of(
        st.sampled_from(real_questions()),
        st.builds(_spoilt, st.sampled_from(real_questions()), st.integers(0, 200), piece, st.integers(1, 3)),
        st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
        st.lists(piece, max_size=30).map("".join),
        st.builds(lambda one, n: (one * n)[:1000], piece, times),
        st.builds(lambda one, n: (f"{one} " * n)[:1000], st.sampled_from(PIECES), times),
        st.text(max_size=1100),
    )


def _asked(how: str, question: str, history: list[str], without: list[str], number: int | None) -> Sent:
    form: dict[str, Any] = {"question": question, "history": history, "without": without}
    if how in ("/ask", "/api/v1/ask"):
        body = json.dumps({**form, "id": "x"}).encode()
        return Sent("POST", how, headers=(("Content-Type", "application/json"),), body=body)
    if number is not None:
        form["turn"] = str(number)
    form = {name: _utf8(value) for name, value in form.items()}
    return Sent("POST", "/ask", headers=(("X-Turn-Only", how),), form=form)


def _utf8(value: Any) -> Any:
    """What a form can carry: Werkzeug's client encodes strictly."""
    if isinstance(value, list):
        return [_utf8(one) for one in value]
    return value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def questions() -> st.SearchStrategy[Sent]:
    """Questions by the page's form, its script, as JSON and by the interface for programs."""
    before = st.sampled_from(real_questions())
    removed = st.sampled_from(("date:2021", "spelling:carrers", "council:Kent", "", "x" * 300))
    return st.builds(
        _asked,
        st.sampled_from(("/ask", "/api/v1/ask", "yes", "no")),
        texts(),
        st.lists(before, max_size=4) | st.lists(texts(), max_size=4),
        st.lists(removed, max_size=4) | st.lists(texts(), max_size=4),
        st.one_of(st.none(), st.integers(-5, 99)),
    )


def searches() -> st.SearchStrategy[Sent]:
    """Searches, comparisons, feeds and packs, with arguments of every sort."""
    number = st.one_of(st.integers(-3, 10**12).map(str), st.sampled_from(("x", "", "1e3", "٣", "0x1", "1_0")))
    argument = st.one_of(
        st.tuples(st.sampled_from(("q", "like", "from", "to", "searched", "find", "turn")), texts()),
        st.tuples(st.sampled_from(("page", "size", "start", "end", "undated")), number),
        st.tuples(st.sampled_from(("read", "sort")), st.sampled_from(("best", "every", "newest", "oldest", "x"))),
        st.tuples(st.sampled_from(FIELDS), st.sampled_from(("minutes", "report", "decision", "not stated", "x" * 301))),
        st.tuples(st.sampled_from(("councils", "passage", "without")), texts()),
    )
    words = st.builds(lambda q, rest: [("q", q), *rest], texts(), st.lists(argument, max_size=6))
    pages = ("/search", "/search.atom", "/compare", "/api/v1/search", "/pack", "/pack.docx", "/pack.md", "/pack.csv")
    paths = st.sampled_from((*pages, "/documents", "/documents/medway-cabinet-2019-09-03"))
    return st.builds(lambda path, pairs: Sent("GET", path, _query(pairs)), paths, words)


def _query(pairs: list[tuple[str, str]]) -> Mapping[str, Any]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(_utf8(value))
    return found


def raw() -> st.SearchStrategy[Sent]:
    """Requests of any method, path, query, headers and body."""
    latin = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=200)
    value = st.one_of(latin, st.sampled_from(("*/*", "text/html", "application/json", "yes", "cross-site", "null", "")))
    cookie = st.one_of(latin, st.binary(max_size=60).map(lambda one: f"questions={one.hex()}.x.y"))
    header = st.one_of(
        st.tuples(st.sampled_from(HEADERS), value),
        st.tuples(st.just("Cookie"), cookie),
        st.tuples(st.just("Content-Type"), st.sampled_from(TYPES)),
    )
    any_path = st.text(max_size=80).map(lambda path: "/" + _utf8(path))
    path = st.one_of(st.sampled_from(ADDRESSES), any_path, st.builds(str.__add__, st.sampled_from(ADDRESSES), any_path))
    nested = st.integers(1, 60_000).map(lambda depth: b'{"question": ' + b"[" * depth)
    body = st.one_of(
        st.none(), st.binary(max_size=2000), texts().map(lambda one: one.encode("utf-8", "replace")), nested
    )
    return st.builds(
        Sent,
        st.sampled_from(METHODS),
        path,
        latin.map(lambda text: re.sub(r"\s", "+", text)),
        st.lists(header, max_size=6).map(tuple),
        st.none(),
        body,
    )


def on_the_wire() -> st.SearchStrategy[bytes]:
    """What goes over a socket: requests that are almost sound, and bytes."""
    line = st.builds(
        lambda method, path, version: f"{method} {path} {version}".encode("utf-8", "replace"),
        st.sampled_from(METHODS),
        st.one_of(st.sampled_from(ADDRESSES), st.text(max_size=60)),
        st.sampled_from(("HTTP/1.1", "HTTP/1.0", "HTTP/9.9", "")),
    )
    header = st.one_of(
        st.sampled_from(
            (
                *(
                    b"Host: x",
                    b"Content-Length: 5",
                    b"Content-Length: -1",
                    b"Content-Length: 5, 6",
                    b"Expect: 100-continue",
                ),
                *(
                    b"Transfer-Encoding: chunked",
                    b"Transfer-Encoding: x",
                    b"Connection: close",
                    b"X_User: a",
                    b" folded",
                ),
                *(b"Cookie: questions=.", b"Host: \xff\xfe", b"A: " + b"x" * 70_000, b":"),
            )
        ),
        st.binary(max_size=60),
    )
    made: Callable[..., bytes] = lambda first, rest, body: b"\r\n".join([first, *rest, b"Connection: close", b"", body])  # noqa: E731
    body = st.one_of(
        st.binary(max_size=200), st.sampled_from((b"5\r\nhello\r\n0\r\n\r\n", b"zz\r\n", b"fffffffff\r\n"))
    )
    return st.one_of(st.builds(made, line, st.lists(header, max_size=5), body), st.binary(max_size=300))
