"""Any search as an Atom feed: what RFC 4287 requires of it, and what is new at the top."""

import re
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import pytest
import small_council
from fakes import FakeEncoder
from flask.testing import FlaskClient
from officers import client_of_five, hostile_client

from index import build as building
from webapp.app import create_app
from webapp.pages import feed

ATOM = "{http://www.w3.org/2005/Atom}"
# RFC 3339, section 5.6, as RFC 4287, section 3.3, has it: capital T, and Z or an offset.
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
# XML 1.0, section 2.2: what a document may not hold, as a character or by its number.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def one(element: ElementTree.Element, name: str) -> str:
    """The text of the one child of this name: RFC 4287 has it once, and no page of ours leaves it blank."""
    (child,) = element.findall(ATOM + name)
    assert child.text and child.text.strip()
    return child.text


def check(element: ElementTree.Element) -> str:
    """What feeds and entries both need (sections 4.1.1 and 4.1.2); the id."""
    assert one(element, "title")
    written = one(element, "updated")
    assert DATE.fullmatch(written)
    assert datetime.fromisoformat(written).tzinfo
    id = one(element, "id")
    assert id.isascii() and " " not in id
    assert urlsplit(id).scheme in ("http", "https") and urlsplit(id).netloc
    links = [
        (link.get("rel", "alternate"), link.get("type"), link.get("href")) for link in element.findall(ATOM + "link")
    ]
    assert len({link[:2] for link in links}) == len(links)
    for rel, _, href in links:
        assert rel in ("alternate", "self") and href and urlsplit(href).netloc
    return id


def read(client: FlaskClient, address: str) -> ElementTree.Element:
    """A feed that is valid."""
    response = client.get(address)
    assert (response.status_code, response.mimetype) == (200, "application/atom+xml")
    text = response.get_data().decode("utf-8")
    assert not FORBIDDEN.search(text)
    root = ElementTree.fromstring(response.get_data())
    assert root.tag == f"{ATOM}feed"
    check(root)
    (author,) = root.findall(f"{ATOM}author")
    assert one(author, "name")
    entries = root.findall(f"{ATOM}entry")
    ids = [check(entry) for entry in entries]
    assert len(set(ids)) == len(ids)
    for entry in entries:
        assert len(entry.findall(f"{ATOM}content")) == 1
        assert all(category.get("term") for category in entry.findall(f"{ATOM}category"))
    updated = [one(entry, "updated") for entry in entries]
    assert updated == sorted(updated, reverse=True)
    if entries:
        assert one(root, "updated") == updated[0]
    return root


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return client_of_five(tmp_path_factory)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return hostile_client(tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize(
    ("query", "entries"),
    [
        ("q=caseload&read=every", 7),
        ("q=role%3Adecision", 5),
        ("role=decision", 5),
        ("q=caseload&read=every&council=Medway+Council", 5),
        ("q=caseload&read=every&sort=oldest&size=100&page=9", 7),
        ("q=%22no+such+words%22", 0),
        ("q=council%3Awestmarch", 0),
        ("q=kind%3Areport", 96),
        ("q=-westmarch", feed.MOST_ENTRIES),
        ("", 0),
    ],
    ids=["words", "limit", "filter", "both", "page", "nothing", "no council", "report", "the most", "not asked"],
)
def test_a_feed_is_valid_and_holds_what_the_search_finds(five: FlaskClient, query: str, entries: int) -> None:
    assert len(read(five, f"/search.atom?{query}").findall(f"{ATOM}entry")) == entries


def test_an_entry(five: FlaskClient) -> None:
    root = read(five, "/search.atom?q=brazil&read=every")
    assert one(root, "title") == "brazil – Inspection documents"
    (entry,) = root.findall(f"{ATOM}entry")
    assert one(entry, "title") == "para 4.2, Ofsted Inspection of Medway's Children's Services"
    words = one(entry, "content")
    assert words.startswith("4.2 The commissioner appointed for the DfE to act as")
    assert "Medway Council · Cabinet (supplied)" in words or "Medway Council · Cabinet · 3 September 2019" in words
    assert entry.findall(f"{ATOM}category")[0].get("term") == "recommended only"
    permalink = urlsplit(one(entry, "id"))
    assert five.get(permalink.path).status_code == 302
    self = next(link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self")
    assert self == "http://localhost/search.atom?q=brazil&read=every"


def test_the_page_links_its_feed(five: FlaskClient) -> None:
    html = five.get("/search?q=caseload&read=every&page=2").get_data(as_text=True)
    assert 'href="/search.atom?q=caseload&amp;read=every"' in html


@pytest.mark.parametrize(
    "query",
    [
        "q=caseloads",
        "q=caseloads&read=every",
        "q=%00%08caseloads%EF%BF%BE",
        "q=caseloads+%3Cscript%3E%26",
        "role=decision",
    ],
    ids=["best", "every", "forbidden", "markup", "filter"],
)
def test_hostile_documents_leave_a_feed_valid(hostile: FlaskClient, query: str) -> None:
    root = read(hostile, f"/search.atom?{query}")
    assert root.findall(f"{ATOM}entry")
    words = "".join(root.itertext())
    assert "<script>" in words
    assert "]]>" in words or query == "role=decision"


def test_hostile_queries_leave_a_feed_valid(five: FlaskClient) -> None:
    for words in ("]]>", "<![CDATA[", "&amp; &#0;", "é–", "\ufffe", '"</title>"', "x\u2028y", "%"):
        read(five, f"/search.atom?council={quote(words)}&q={quote(words)}")


def test_what_a_rebuild_brings_is_at_the_top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime):
        day_now = 4

        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime(2026, 3, cls.day_now, tzinfo=tz)  # type: ignore[arg-type]

    monkeypatch.setattr(building, "datetime", Clock)
    live = small_council.live(tmp_path, FakeEncoder())
    client = create_app(live.current, small_council.SECRET).test_client()
    address = "/search.atom?q=foster+OR+placements&read=every"
    before = [one(entry, "id") for entry in read(client, address).findall(f"{ATOM}entry")]
    assert len(before) >= 2
    Clock.day_now = 5
    # Its text sorts after the others, and its council before.
    small_council.write(
        tmp_path / "documents", zebra="Agenda item\n\nLater\n\nMinutes:\n\nFoster carers left Aaaton.\n"
    )
    small_council.index(tmp_path / "documents", tmp_path / "index")
    after = read(client, address)
    entries = after.findall(f"{ATOM}entry")
    assert "Foster carers left Aaaton." in one(entries[0], "content")
    assert one(entries[0], "updated") == one(after, "updated") == "2026-03-05T00:00:00+00:00"
    assert [one(entry, "id") for entry in entries[1:]] == before
    assert {one(entry, "updated") for entry in entries[1:]} == {"2026-03-04T00:00:00+00:00"}
