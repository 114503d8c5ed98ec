"""Who asks: from a trusted proxy's headers, or from having signed in; and what they may see."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
import small_council
from flask import Flask, g
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from openid_provider import CLIENT, CLIENT_SECRET, Provider, provider

from corpus.access import Access
from index.engines import engines
from webapp.access import visitors
from webapp.access.audiences import Audiences
from webapp.app import create_app
from webapp.records.database import Records
from webapp.settings import Groups, OpenID, Proxy, Settings, SettingsWrong

PUBLIC, MEMBERS, OFFICERS = Access
GROUPS = Groups(members=("SG-Members",), officers=("SG-Officers", "SG-Clerks"))
PROXY = Proxy.model_validate({"addresses": ["127.0.0.1"], "user": "X-Remote-User", "groups": "X-Remote-Groups"})


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The indexes of the small council with a briefing for members and a letter for officers."""
    tmp = tmp_path_factory.mktemp("levels")
    documents = small_council.write(tmp / "documents")
    for level, words in (("members", "The Leader expects zymurgy."), ("officers", "The Director expects xylography.")):
        (documents / level).mkdir()
        (documents / level / "letter.txt").write_text(f"Letter to {level}\n\n{words}", encoding="utf-8")
        (documents / level / "catalogue.toml").write_text(f'access = "{level}"', encoding="utf-8")
    return small_council.index_levels(documents, tmp / "index")


def app(index: Path, settings: Settings) -> Flask:
    held = Audiences.open(engines(index, None))
    records = Records(index.parent / "records")
    return create_app(lambda: held.current(g.visitor.access), small_council.SECRET, settings=settings, records=records)


@pytest.mark.parametrize(
    ("groups", "access"),
    [
        ([], PUBLIC),
        (["Everyone"], PUBLIC),
        (["SG-Members"], MEMBERS),
        (["Everyone", "SG-Clerks"], OFFICERS),
        (["SG-Members", "SG-Officers"], OFFICERS),
        (["sg-officers"], PUBLIC),
        ([""], PUBLIC),
    ],
    ids=str,
)
def test_groups_give_the_highest_level(groups: list[str], access: Access) -> None:
    assert visitors.access_of(groups, GROUPS) is access


LETTERS = {PUBLIC: set(), MEMBERS: {"members-letter"}, OFFICERS: {"members-letter", "officers-letter"}}


def letters(client: FlaskClient, **options: object) -> set[str]:
    """The restricted documents that the list shows."""
    html = client.get("/documents", **options).get_data(as_text=True)  # type: ignore[arg-type]
    return set(re.findall(r"/documents/([a-z]+-letter)", html))


@pytest.mark.parametrize(
    ("headers", "peer", "access"),
    [
        ({}, "127.0.0.1", PUBLIC),
        ({"X-Remote-User": "ann", "X-Remote-Groups": "SG-Members"}, "127.0.0.1", MEMBERS),
        ({"X-Remote-User": "bob", "X-Remote-Groups": "Everyone, SG-Officers"}, "127.0.0.1", OFFICERS),
        ({"X-Remote-User": "cy", "X-Remote-Groups": ""}, "127.0.0.1", PUBLIC),
        ({"X-Remote-User": " ", "X-Remote-Groups": "SG-Officers"}, "127.0.0.1", PUBLIC),
        ({"X-Remote-Groups": "SG-Officers"}, "127.0.0.1", PUBLIC),
        ({"X-Remote-User": "eve", "X-Remote-Groups": "SG-Officers"}, "203.0.113.9", PUBLIC),
        ({"X-Remote-User": "eve", "X-Remote-Groups": "SG-Officers", "X-Forwarded-For": "127.0.0.1"}, "::1", PUBLIC),
    ],
    ids=["nobody", "a member", "an officer", "no group", "no name", "no user", "not the proxy", "it says so itself"],
)
def test_a_proxy_that_is_trusted_says_who_asks(index: Path, headers: dict[str, str], peer: str, access: Access) -> None:
    client = app(index, Settings(proxy=PROXY, groups=GROUPS)).test_client()
    asked = {"headers": headers, "environ_base": {"REMOTE_ADDR": peer}}
    assert letters(client, **asked) == LETTERS[access]
    for level in (MEMBERS, OFFICERS):
        address = f"/documents/{level.word}-letter"
        assert client.get(address, **asked).status_code == (200 if level <= access else 404)
    stored = client.get("/documents", **asked).headers["Cache-Control"]
    assert stored == ("no-store" if access else "private, no-cache")


def test_without_a_way_to_sign_in_everyone_is_the_public(index: Path) -> None:
    client = app(index, Settings(groups=GROUPS)).test_client()
    asked = {"headers": {"X-Remote-User": "bob", "X-Remote-Groups": "SG-Officers"}}
    assert letters(client, **asked) == set()
    assert client.get("/sign-in").status_code == 404
    assert "Sign in" not in small_council.page(client)


def test_what_is_cited_from_a_restricted_document_says_so(index: Path) -> None:
    client = app(index, Settings(proxy=PROXY, groups=GROUPS)).test_client()
    officer = {"X-Remote-User": "bob", "X-Remote-Groups": "SG-Officers"}
    question = {"question": "what does the Director expect of xylography?"}
    answer = client.post("/ask", json=question, headers=officer).json
    assert answer["evidence"][0]["citation"].endswith(", not public: for officers")
    assert "xylography" not in client.post("/ask", json=question).get_data(as_text=True).replace(
        question["question"], ""
    )
    for address in ("/documents", "/documents/officers-letter", "/search?q=xylography"):
        html = client.get(address, headers=officer).get_data(as_text=True).replace("Not public", "not public")
        assert "not public: for officers" in html, address


@pytest.fixture
def signing() -> Iterator[Provider]:
    with provider() as held:
        yield held


@pytest.fixture
def site(index: Path, signing: Provider, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A real server whose people sign in with the provider; its address."""
    monkeypatch.setenv("ASSISTANT_OPENID_CLIENT_SECRET", CLIENT_SECRET)
    openid = OpenID(issuer=signing.issuer, client_id=CLIENT)
    with small_council.serving(app(index, Settings(openid=openid, groups=GROUPS))) as address:
        yield address


def seen(person: requests.Session, site: str) -> set[str]:
    return set(re.findall(r"/documents/([a-z]+-letter)", person.get(f"{site}/documents", timeout=30).text))


@pytest.mark.parametrize(
    ("changed", "access"),
    [
        ({}, OFFICERS),
        ({"groups": ["SG-Members"]}, MEMBERS),
        ({"groups": "SG-Members"}, MEMBERS),
        ({"groups": []}, PUBLIC),
        ({"groups": None}, PUBLIC),
    ],
    ids=["an officer", "a member", "one group", "no group", "groups are not told"],
)
def test_people_sign_in(site: str, signing: Provider, changed: dict[str, object], access: Access) -> None:
    signing.changed = changed
    with requests.Session() as person:
        assert seen(person, site) == set()
        back = person.get(f"{site}/sign-in", params={"back": "/documents?find=letter"}, timeout=30)
        assert back.url == f"{site}/documents?find=letter"
        assert seen(person, site) == LETTERS[access]
        assert "p.example@westmarch.example" in back.text
        (asked,) = signing.asked
        assert asked["code_challenge_method"] == "S256"
        assert asked["scope"] == "openid profile"


FORGED = RSAKey.generate_key(2048, {"kid": "one"})


@pytest.mark.parametrize(
    "change",
    [
        {"changed": {"aud": "another service"}},
        {"changed": {"iss": "https://elsewhere.example"}},
        {"changed": {"nonce": "another"}},
        {"changed": {"exp": int(time.time()) - 3600}},
        {"signing_key": FORGED},
        {"refuses": True},
    ],
    ids=["for another service", "another issuer", "another sign-in", "old", "another's key", "refused"],
)
def test_an_answer_that_is_not_right_signs_nobody_in(site: str, signing: Provider, change: dict[str, object]) -> None:
    for name, value in change.items():
        setattr(signing, name, value)
    with requests.Session() as person:
        told = person.get(f"{site}/sign-in", timeout=30)
        assert told.status_code == 502
        assert "You are not signed in" in told.text
        assert "Error" not in told.text
        assert seen(person, site) == set()


def test_an_answer_to_nobodys_question_signs_nobody_in(site: str, signing: Provider) -> None:
    with requests.Session() as person, requests.Session() as other:
        sent = person.get(f"{site}/sign-in", allow_redirects=False, timeout=30).headers["Location"]
        answered = requests.get(sent, allow_redirects=False, timeout=30).headers["Location"]
        assert other.get(answered, timeout=30).status_code == 502
        assert seen(other, site) == set()
        assert person.get(answered, timeout=30).status_code == 200
        assert seen(person, site) == LETTERS[OFFICERS]
        assert person.get(answered, timeout=30).status_code == 502, "an answer serves once"


def test_a_provider_that_is_down_is_told(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_OPENID_CLIENT_SECRET", CLIENT_SECRET)
    openid = OpenID(issuer="http://127.0.0.1:9", client_id=CLIENT)
    client = app(index, Settings(openid=openid)).test_client()
    told = client.get("/sign-in")
    assert told.status_code == 502
    assert "127.0.0.1" not in told.get_data(as_text=True)


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        ("/documents", "/documents"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/x\r\nSet-Cookie: a=b", "/"),
        ("", "/"),
    ],
    ids=repr,
)
def test_signing_in_leads_back_into_the_service_alone(site: str, back: str, expected: str) -> None:
    with requests.Session() as person:
        led = person.get(f"{site}/sign-in", params={"back": back}, timeout=30)
        assert urlsplit(led.url).netloc == urlsplit(site).netloc
        assert urlsplit(led.url).path == expected


def test_people_sign_out_and_nothing_of_theirs_is_left(site: str) -> None:
    with requests.Session() as person:
        page = person.get(f"{site}/sign-in", timeout=30).text
        assert "Sign out" in page
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        person.post(f"{site}/sign-out", data={"csrf_token": token[1]} if token else {}, timeout=30)
        assert seen(person, site) == set()
        assert "Sign in" in person.get(site, timeout=30).text


def test_who_signed_in_is_asked_again_in_time(index: Path, signing: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_OPENID_CLIENT_SECRET", CLIENT_SECRET)
    made = app(index, Settings(openid=OpenID(issuer=signing.issuer, client_id=CLIENT), groups=GROUPS))
    client = made.test_client()
    for until, access in ((int(time.time()) + 60, OFFICERS), (int(time.time()) - 1, PUBLIC)):
        with client.session_transaction() as session:
            session["visitor"] = ["p.example", "officers", until]
        assert letters(client) == LETTERS[access]


def test_a_client_without_its_secret_is_refused(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ASSISTANT_OPENID_CLIENT_SECRET", raising=False)
    with pytest.raises(SettingsWrong, match="ASSISTANT_OPENID_CLIENT_SECRET is not set"):
        app(index, Settings(openid=OpenID(issuer="https://login.example", client_id=CLIENT)))
