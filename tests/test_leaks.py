"""Nothing that the public is told, in any form, depends on what is not public: the same bytes with and without it.

What differs by itself is taken out of both: the name of the generation, when it was built, and the tokens of forms.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import pytest
import small_council
from flask import g
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from corpus.access import Access
from index.engines import engines
from webapp.access.audiences import Audiences
from webapp.app import create_app
from webapp.settings import Groups, Proxy, Settings

LETTER = """Ofsted letter to Westmarch Council

Her Majesty's inspectors visited Westmarch on 4 March 2021. The Multi Agency Safeguarding Hub (MASH) is well led.

Recommendations

1. The Council should recruit more foster carers.
"""
QUESTIONS = (
    "how many foster carers were recruited?",
    "what did Ofsted say about zymurgy?",
    "what is expected of xylographers?",
    "how many fostre carers?",
    "which zymurgey was found?",
    "what does MASH stand for?",
    "what does ZQX do?",
    "which risks are rated B2?",
    "what was decided in Eastmarch?",
    "compare Westmarch and Eastmarch on foster carers",
    "when was Eastmarch inspected?",
    "which documents are there of 2024?",
    "what was resolved?",
)
SEARCHES = (
    "foster carers",
    "fostre",
    "zymurgy",
    "zymurgey",
    "Eastmarch",
    '"expected of"',
    "care*",
    "zym*",
    "CPL/2024/17",
    "council:Eastmarch",
)
# What is not public says every word that is asked for here, has names like those of the others, and is of every kind.
LINES = (
    "Foster carers of Eastmarch Council expected zymurgy and xylography.",
    "Minutes of the Cabinet of Eastmarch Council, 7 May 2024",
    "Eastmarch was inspected by Ofsted on 3 June 2024 and judged inadequate.",
    "The overall effectiveness of children's services in Eastmarch is inadequate.",
    "The Zymurgy Quality Exchange (ZQX) meets monthly; so does the Multi Agency Safeguarding House (MASH).",
    "RESOLVED: That the fostre scheme (CPL/2024/17) be ended.",
    "Recommendations",
    "1. The Council should recruit xylographers.",
    "Risk\tDescription\tRating\nZymurgy\tIt may ferment\tB2",
    "Ofsted said that zymurgy was inadequate.",
    "Cabinet",
    "Decision:",
    "Officers confirmed that thirteen foster carers were recruited.",
)
NAMES = ("cabinet-report.html", "visit-minutes.md", "letter.md", "letter-2.txt", "aardvark.txt", "zz.txt")
RESTRICTED = st.dictionaries(
    st.one_of(
        st.tuples(st.sampled_from(["", "a/", "private/"]), st.sampled_from(NAMES)),
        st.tuples(st.just("sheets/"), st.just("figures.xlsx")),  # of a folder whose catalogue says it of all in it
    ),
    st.tuples(st.sampled_from(["members", "officers"]), st.lists(st.sampled_from(LINES), min_size=1, unique=True)),
    min_size=1,
    max_size=5,
)
GONE = ("cabinet-report-2", "aardvark", "private-zz", "a-letter", "private-cabinet-report")


PROXY = Proxy.model_validate({"addresses": ["127.0.0.1"], "user": "X-User", "groups": "X-Groups"})
CHOSEN = Settings(
    limits=small_council.UNLIMITED.limits, proxy=PROXY, groups=Groups(members=("members",), officers=("officers",))
)
WHO = {Access.PUBLIC: {}, Access.MEMBERS: {"X-User": "ann", "X-Groups": "members"}}

Restricted = Mapping[tuple[str, str], tuple[str, list[str]]]
Told = dict[str, tuple[int, list[tuple[str, str]], bytes]]


def corpus(folder: Path, restricted: Restricted, most: Access) -> Path:
    """The public documents, and of the others those that are for people of some levels, as catalogues say."""
    small_council.write(folder, letter=LETTER)
    (folder / "notes.doc").write_text("Not read.")
    catalogue = (folder / "catalogue.toml").read_text(encoding="utf-8")
    for number, ((place, name), (level, lines)) in enumerate(restricted.items()):
        if Access.of(level) > most:
            continue
        (folder / place).mkdir(exist_ok=True)
        (folder / place / name).write_text(f"Paper {number}\n\n" + "\n\n".join(lines), encoding="utf-8")
        if name.endswith(".xlsx"):
            (folder / place / "catalogue.toml").write_text(f'access = "{level}"\n', encoding="utf-8")
        else:
            catalogue += f'\n[[source]]\nfile = "{place}{name}"\naccess = "{level}"\n'
    (folder / "catalogue.toml").write_text(catalogue, encoding="utf-8")
    return folder


def told(restricted: Restricted, most: Access, asking: Access) -> Told:
    """All that somebody of a level is told, by the request, of a corpus with the documents of some levels."""
    with TemporaryDirectory() as place:
        documents = corpus(Path(place) / "documents", restricted, most)
        held = Audiences.open(engines(small_council.index_levels(documents, Path(place) / "index"), None))
        app = create_app(lambda: held.current(g.visitor.access), small_council.SECRET, settings=CHOSEN)
        app.test_client_class = FlaskClient
        client = app.test_client(use_cookies=False)
        found = {}
        letter = held.current(Access.PUBLIC).index.document("letter")
        assert letter is not None
        for address in addresses([passage.id for passage in letter.passages]):
            found[address] = _plain(client.get(address, headers=WHO[asking]), held.current(asking).index.generation)
        for question in QUESTIONS:
            for path in ("/ask", "/api/v1/ask"):
                answer = client.post(path, json={"question": question}, headers=WHO[asking])
                found[f"{path} {question}"] = _plain(answer, held.current(asking).index.generation)
        client = app.test_client()
        with client.session_transaction() as session:
            session["asked"] = [1, [[question] for question in QUESTIONS[:6]]]
        found["conversation"] = _plain(client.get("/", headers=WHO[asking]), held.current(asking).index.generation)
    return found


def addresses(ids: list[str]) -> list[str]:
    """Every page, list, search, feed, export and suggestion that there is, also of some passages, and what is not."""
    searched = [quote(words) for words in SEARCHES]
    return [
        *("/", "/documents", "/documents?find=letter", "/documents/cabinet-report", "/documents/letter", "/search"),
        *("/corpus/report", "/inspections", "/inspections/westmarch", "/inspections/eastmarch", "/healthz", "/sign-in"),
        *("/how-it-works", "/privacy", "/cookies", "/accessibility", "/readyz", "/problems", "/problems/new?turn=1"),
        *("/api/v1/documents", "/api/v1/documents/letter", "/api/v1/inspections", "/compare", "/nowhere"),
        *(f"{path}?q={words}" for words in searched for path in ("/search", "/search.atom", "/api/v1/search")),
        *(f"/search?q=carers&read=every&{one}" for one in ("council=Eastmarch+Council", "body=Cabinet", "from=2024")),
        *(f"{path}{id}" for id in ids[:4] for path in ("/search?like=", "/passages/", "/api/v1/passages/")),
        *(f"/compare?q={words}" for words in searched[:3]),
        *(f"/pack{ending}?passage={ids[1]}&passage=aardvark/1bf163f269ae" for ending in ("", ".csv", ".md")),
        *(f"{path}{id}" for id in GONE for path in ("/documents/", "/api/v1/documents/")),
        *(f"{path}{id}/1bf163f269ae" for id in GONE for path in ("/passages/", "/api/v1/passages/")),
    ]


def _plain(response: TestResponse, generation: str) -> tuple[int, list[tuple[str, str]], bytes]:
    """A response without what its build is called and when it was made."""
    body = response.data.replace(generation.encode(), b"GENERATION")
    headers = [(name, value) for name, value in response.headers if name not in ("Content-Length", "Set-Cookie")]
    return response.status_code, headers, _TOKEN.sub(b"TOKEN", _TIME.sub(b"TIME", body))


_TOKEN = re.compile(rb'(?<=name="csrf_token" value=")[^"]+')
_TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00|\d\d:\d\d UTC")


@pytest.fixture(scope="module")
def alone() -> Told:
    """What the public is told where there is nothing else."""
    return told({}, Access.PUBLIC, Access.PUBLIC)


def test_what_is_compared_is_what_the_service_says(alone: Told) -> None:
    statuses = {address: status for address, (status, *_) in alone.items()}
    assert statuses["/documents/letter"] == statuses["/api/v1/search?q=foster%20carers"] == 200
    assert b"Ofsted letter to Westmarch" in alone["/documents"][2]
    assert b"twelve foster carers" in alone["/ask how many foster carers were recruited?"][2]
    assert b"spelling" in alone["/ask how many fostre carers?"][2]
    assert {statuses[f"/documents/{id}"] for id in GONE} == {404}
    assert b'id="turn-6"' in alone["conversation"][2]


def test_an_officer_is_told_of_what_the_others_are_not() -> None:
    everything: Restricted = {("", "aardvark.txt"): ("officers", list(LINES)), ("", "zz.txt"): ("members", [LINES[0]])}
    WHO[Access.OFFICERS] = {"X-User": "bob", "X-Groups": "officers"}
    for asking, seen in ((Access.PUBLIC, set()), (Access.MEMBERS, {b"zz"}), (Access.OFFICERS, {b"zz", b"aardvark"})):
        listed = told(everything, Access.OFFICERS, asking)["/documents"][2]
        assert {name for name in (b"zz", b"aardvark") if b"/documents/" + name in listed} == seen


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(restricted=RESTRICTED)
def test_the_public_is_told_the_same_with_and_without(alone: Told, restricted: Restricted) -> None:
    with_it = told(restricted, Access.OFFICERS, Access.PUBLIC)
    assert {one: (with_it[one], alone[one]) for one in alone if with_it[one] != alone[one]} == {}


@settings(max_examples=4, deadline=None)
@given(restricted=RESTRICTED)
def test_members_are_told_the_same_with_and_without_what_is_for_officers(restricted: Restricted) -> None:
    with_it, without = (told(restricted, most, Access.MEMBERS) for most in (Access.OFFICERS, Access.MEMBERS))
    assert {one: (with_it[one], without[one]) for one in without if with_it[one] != without[one]} == {}
