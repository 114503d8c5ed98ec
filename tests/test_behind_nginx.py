"""The server as its unit starts it, behind nginx as the site's file has it, over TLS."""

import gzip
import http.client
import json
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import deployed
import pytest
import small_council
from deployed import NAME, Got, Site
from small_council import ANSWER, QUESTION

pytestmark = pytest.mark.skipif(not deployed.nginx(), reason="nginx is not installed")

DOWN = "The service is not available"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("machine")
    small_council.live(folder)
    with deployed.server(folder / "index", folder) as (_, port), deployed.site(folder, port) as site:
        yield site


@pytest.fixture(scope="module")
def echoing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with deployed.echo() as port, deployed.site(tmp_path_factory.mktemp("echoing"), port) as site:
        yield site


def test_nginx_finds_no_fault_with_the_file(site: Site) -> None:
    command = [str(deployed.nginx()), "-t", "-p", str(site.folder), "-c", str(site.folder / "nginx.conf")]
    checked = subprocess.run(command, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    assert "[warn]" not in checked.stderr


def test_plain_http_is_sent_to_https(site: Site) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.plain, timeout=30)
    connection.request("GET", "/search?q=wordofplain", headers={"Host": NAME})
    answer = connection.getresponse()
    connection.close()
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{NAME}/search?q=wordofplain")
    # A second request, which is logged, comes after the first: what that was to leave in a log is there.
    site.ask("/documents?q=plain")
    assert site.logs('"GET /documents" 200')
    assert site.log("usual.log") == ""


def test_a_person_asks_and_reads_the_answer(site: Site) -> None:
    home = site.ask("/")
    assert home.status == 200
    cookie = _cookies(home)
    body = urlencode({**deployed.fields(home.text, "/ask"), "question": QUESTION}).encode()
    form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{NAME}", "Cookie": cookie}
    asked = site.ask("/ask", body, form)
    assert asked.status == 303, asked.text
    assert ANSWER.rstrip(".") in re.sub("<.*?>", "", site.ask("/", headers={"Cookie": _cookies(asked)}).text)


def test_a_program_asks(site: Site) -> None:
    body = json.dumps({"question": QUESTION}).encode()
    asked = site.ask("/ask", body, {"Content-Type": "application/json"})
    assert json.loads(asked.body)["status"] == "answered"


def test_addresses_are_those_that_the_public_uses(site: Site) -> None:
    feed = site.ask("/search.atom?q=carers").text
    assert f"https://{NAME}/search?q=carers" in feed
    assert set(re.findall(r'"(https?://[^/"]+)/(?:search|passages)', feed)) == {f"https://{NAME}"}


def test_another_name_gets_nothing(site: Site) -> None:
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        site.ask("/", headers={"Host": "elsewhere.example"})


@pytest.mark.parametrize(
    ("header", "arrives"),
    [
        ("X-Forwarded-For", "127.0.0.1"),
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Host", None),
        ("X-Forwarded-Port", None),
        ("X-Forwarded-Prefix", None),
        ("X-Real-IP", None),
        ("Forwarded", None),
        ("X-Remote-User", None),
        ("X-Remote-Groups", None),
        ("X_Remote_User", None),
        ("X_Forwarded_For", None),
    ],
    ids=lambda value: str(value),
)
def test_what_a_client_says_of_itself_does_not_pass(echoing: Site, header: str, arrives: str | None) -> None:
    got = json.loads(echoing.ask("/", headers={header: "forged"}).body)
    assert [value for name, value in got if name.lower() == header.lower()] == ([arrives] if arrives else [])


def test_the_host_arrives_as_it_was_asked_for(echoing: Site) -> None:
    assert ["Host", NAME] in json.loads(echoing.ask("/").body)


@pytest.mark.parametrize(
    ("size", "words"),
    [(3_000_000, "The question is far too long"), (5_000_000, "What you sent is too long")],
    ids=["told by the program", "told by nginx"],
)
def test_a_body_that_is_too_large_is_refused_in_words(site: Site, size: int, words: str) -> None:
    got = site.ask("/ask", b"question=" + b"x" * size)
    assert got.status == 413
    assert f"<h1>{words}</h1>" in got.text


def test_pages_are_not_compressed_and_files_are(site: Site) -> None:
    asking = {"Accept-Encoding": "gzip"}
    assert "Content-Encoding" not in site.ask("/", headers=asking).headers
    style = site.ask("/static/style.css", headers=asking)
    assert style.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(style.body) == (deployed.ROOT / "webapp" / "static" / "style.css").read_bytes()
    assert style.headers["Vary"] == "Accept-Encoding"
    assert style.headers["Cache-Control"] == "max-age=300"
    assert style.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "name", ["Strict-Transport-Security", "Content-Security-Policy", "X-Content-Type-Options", "Cache-Control"]
)
def test_a_page_has_a_header_once(site: Site, name: str) -> None:
    assert len(site.ask("/").headers.get_all(name, [])) == 1


def test_what_serves_is_not_told_by_its_version(site: Site) -> None:
    assert site.ask("/").headers["Server"] == "nginx"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_told_to_those_that_watch_alone(site: Site, path: str) -> None:
    assert site.ask(path).status == 200
    assert site.ask(path, source="127.0.0.2").status == 403


def test_a_page_of_nginx_is_no_address(site: Site) -> None:
    assert DOWN not in site.ask("/_pages/down.html").text


def test_what_is_searched_for_is_in_no_log(site: Site) -> None:
    site.ask("/search?q=wordofsearch", headers={"Referer": f"https://{NAME}/search?q=wordofpage"})
    assert site.logs('"GET /search" 200')
    for name in ("inspection-assistant.log", "inspection-assistant-error.log", "started.log"):
        assert not re.search("wordofsearch|wordofpage", site.log(name))


def test_a_flood_is_refused_in_words(echoing: Site) -> None:
    connection = echoing.connect("127.0.0.3")
    for _ in range(5000):
        connection.request("GET", "/", headers={"Host": NAME})
        answer = connection.getresponse()
        body = answer.read().decode()
        if answer.status != 200:
            break
    connection.close()
    assert answer.status == 429
    assert "<h1>Too many requests</h1>" in body


def test_sigterm_stops_the_server_and_people_are_told(tmp_path: Path) -> None:
    small_council.live(tmp_path)
    with deployed.server(tmp_path / "index", tmp_path) as (process, port), deployed.site(tmp_path, port) as site:
        assert site.ask("/").status == 200
        assert deployed.unit("inspection-assistant.service")["KillSignal"] == ["SIGTERM"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) in (0, -signal.SIGTERM)
        for got in (site.ask("/search?q=wordofsearch"), site.ask("/ask", b"question=panel")):
            assert got.status == 502
            assert f"<h1>{DOWN}</h1>" in got.text
            assert got.headers["Retry-After"] == "60"
            assert got.headers["Cache-Control"] == "no-store"
            assert got.headers["X-Content-Type-Options"] == "nosniff"
            assert got.headers["Content-Security-Policy"].startswith("default-src 'none';")
        assert site.ask("/static/style.css").status == 200
        assert "wordofsearch" not in site.log("inspection-assistant-error.log")


def _cookies(got: Got) -> str:
    return "; ".join(one.partition(";")[0] for one in got.headers.get_all("Set-Cookie", []))
