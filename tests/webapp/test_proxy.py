"""Who a request is from: what proxies that are trusted say of it, and nothing that anybody else does."""

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

import pytest
import small_council
from flask import Flask, jsonify, request
from small_council import SECRET

from webapp.app import create_app
from webapp.guard.proxy import Proxied
from webapp.live import LiveAssistant
from webapp.settings import USUAL, Proxy, Settings

PROXIES = Proxy(addresses=("10.0.0.0/8", "fd00::/8"), user="X-Auth-User", groups="X-Auth-Groups")
OUTSIDE = "203.0.113.9"


def told(peer: str, headers: dict[str, str], proxy: Proxy = PROXIES) -> dict[str, Any]:
    """What an application behind the proxies is told of a request from ``peer``."""
    app = Flask("told")
    app.wsgi_app = Proxied(app.wsgi_app, proxy)  # type: ignore[method-assign]

    @app.get("/")
    def show() -> Any:
        names = dict(request.headers)
        return jsonify(client=request.remote_addr, base=request.host_url, user=names.get("X-Auth-User"), names=names)

    found: dict[str, Any] = app.test_client().get("/", headers=headers, environ_base={"REMOTE_ADDR": peer}).get_json()
    return found


CLIENTS = {
    "nobody in front": (OUTSIDE, None, OUTSIDE),
    "a client that claims to be another": (OUTSIDE, "198.51.100.1", OUTSIDE),
    "a proxy that says nothing": ("10.0.0.1", None, "10.0.0.1"),
    "a proxy": ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
    "two proxies": ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),
    "a client that says more": ("10.0.0.1", "127.0.0.1, 198.51.100.1", "198.51.100.1"),
    "a client that names a proxy": ("10.0.0.1", "10.9.9.9, 198.51.100.1", "198.51.100.1"),
    "a client behind a proxy of its own": ("10.0.0.1", "192.168.1.4,198.51.100.1 , 10.0.0.2", "198.51.100.1"),
    "a request of a proxy itself": ("10.0.0.1", "10.0.0.7", "10.0.0.7"),
    "with a port": ("10.0.0.1", "198.51.100.1:5123", "198.51.100.1"),
    "IPv6": ("fd00::1", "2001:db8::5", "2001:db8::5"),
    "IPv6 with a port": ("fd00::1", "[2001:DB8::5]:443", "2001:db8::5"),
    "IPv4 within IPv6": ("::ffff:10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
    "what is no address": ("10.0.0.1", "unknown", "10.0.0.1"),
    "what is no address, before a proxy": ("10.0.0.1", "198.51.100.1, <script>, 10.0.0.2", "10.0.0.2"),
    "nothing between commas": ("10.0.0.1", ",,", "10.0.0.1"),
}


@pytest.mark.parametrize(("peer", "forwarded", "client"), CLIENTS.values(), ids=CLIENTS)
def test_the_client_is_the_last_address_that_is_no_proxy(peer: str, forwarded: str | None, client: str) -> None:
    assert told(peer, {} if forwarded is None else {"X-Forwarded-For": forwarded})["client"] == client


BASES = {
    "a proxy": ("10.0.0.1", {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "a.example"}, "https://a.example/"),
    "anybody": (OUTSIDE, {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "a.example"}, "http://localhost/"),
    "the nearest of two": ("10.0.0.1", {"X-Forwarded-Proto": "http, https"}, "https://localhost/"),
    "another scheme": ("10.0.0.1", {"X-Forwarded-Proto": "javascript"}, "http://localhost/"),
    "a host with a port": ("10.0.0.1", {"X-Forwarded-Host": "evil.example, a.example:8443"}, "http://a.example:8443/"),
    "a host with a path": ("10.0.0.1", {"X-Forwarded-Host": "a.example/evil"}, "http://localhost/"),
    "other headers": ("10.0.0.1", {"X-Forwarded-Prefix": "/x", "Forwarded": "host=evil.example"}, "http://localhost/"),
}


@pytest.mark.parametrize(("peer", "headers", "base"), BASES.values(), ids=BASES)
def test_scheme_and_host_are_those_a_proxy_states(peer: str, headers: dict[str, str], base: str) -> None:
    assert told(peer, headers)["base"] == base


@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "X-Real-IP", "X-Original-URL"])
@pytest.mark.parametrize("peer", ["10.0.0.1", OUTSIDE], ids=["a proxy", "anybody"])
def test_nothing_else_sees_those_headers(peer: str, name: str) -> None:
    assert set(told(peer, {name: "198.51.100.1"})["names"]) == {"Host", "User-Agent"}


IDENTITIES = {
    "a proxy": ("10.0.0.1", {"X-Auth-User": "pat"}, "pat"),
    "anybody": (OUTSIDE, {"X-Auth-User": "pat"}, None),
    "anybody, in other letters": (OUTSIDE, {"x-aUTH-uSER": "pat"}, None),
    "anybody, with underscores": (OUTSIDE, {"X_Auth_User": "pat"}, None),
    "anybody who names a proxy": (OUTSIDE, {"X-Auth-User": "pat", "X-Forwarded-For": "10.0.0.1"}, None),
    "a machine beside the proxies": ("11.0.0.1", {"X-Auth-User": "pat"}, None),
    "no address": ("", {"X-Auth-User": "pat"}, None),
}


@pytest.mark.parametrize(("peer", "headers", "user"), IDENTITIES.values(), ids=IDENTITIES)
def test_who_is_signed_in_is_taken_from_a_proxy_alone(peer: str, headers: dict[str, str], user: str | None) -> None:
    assert told(peer, headers)["user"] == user
    assert "X-Auth-Groups" not in told(OUTSIDE, {"X-Auth-Groups": "officers", **headers})["names"]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("papers.westmarch.example:8443", 200),
        ("papers.westmarch.example.", 200),
        ("127.0.0.1:8000", 200),
        ("[::1]:8000", 200),
        ("[::ffff:127.0.0.1]", 200),
        ("web_app", 200),
        ("xn--bcher-kva.example", 200),
        ("", 400),
        ("a..b", 400),
        (".", 400),
        (f"{'a' * 64}.example", 400),
        (".".join(["a" * 60] * 5), 400),
        ("[..]", 400),
        ("[1.2.3.4]", 400),
        ("papers example", 400),
        ("papers/../x", 400),
        ("papers:port", 400),
        ("b\u00fccher.example", 400),
        ("user@papers.example", 400),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_host_that_can_be_none_is_refused(host: str, status: int, live: LiveAssistant) -> None:
    client = create_app(live.current, SECRET).test_client()
    response = client.get("/nowhere" if status == 400 else "/", environ_overrides={"HTTP_HOST": host})
    assert response.status_code == status
    assert response.headers["Content-Security-Policy"]


def test_without_proxies_nobody_is_believed() -> None:
    found = told("127.0.0.1", {"X-Forwarded-For": OUTSIDE, "X-Forwarded-Proto": "https"}, USUAL.proxy)
    assert (found["client"], found["base"]) == ("127.0.0.1", "http://localhost/")


SENT = {
    "as it is named": ([("X-Auth-User", "pat")], "pat"),
    "with underscores": ([("X_Auth_User", "pat")], None),
    "both": ([("X-Auth-User", "pat"), ("X_Auth_User", "mallory")], "pat"),
}


@pytest.mark.parametrize(("headers", "user"), SENT.values(), ids=SENT)
def test_through_a_real_server(live: LiveAssistant, headers: list[tuple[str, str]], user: str | None) -> None:
    proxy = Proxy(addresses=("127.0.0.1",), user="X-Auth-User", groups="X-Auth-Groups")
    app = create_app(live.current, SECRET, settings=Settings(proxy=proxy))
    app.add_url_rule("/who", "who", lambda: jsonify([request.headers.get("X-Auth-User"), request.remote_addr]))
    with small_council.serving(app) as address:
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
        connection.putrequest("GET", "/who")
        for name, value in [*headers, ("X-Forwarded-For", OUTSIDE)]:
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        assert json.load(response) == [user, OUTSIDE]
        assert "Server" not in response.headers
        connection.close()
