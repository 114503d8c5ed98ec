"""What was taken down, as whoever asks, searches, exports or follows a link finds it: nowhere."""

import io
import json
import re
import zipfile
from pathlib import Path
from urllib.parse import urlencode

import pytest
import small_council
from fakes import FakeEncoder
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.blackout import BLOCK, black
from corpus.collection import read_document
from corpus.folders import File
from corpus.model import Document, Span
from corpus.reading.reading import Reading
from corpus.takedowns.takedowns import Takedown, Takedowns
from corpus.takedowns.taking import take
from index.build import build
from webapp.app import create_app
from webapp.live import LiveAssistant

SECRET = "a secret of more than thirty-two characters"
# Names that no template, catalogue or other line of the texts has.
NAMES = ("Quillon", "Vexford", "Marzipane", "Okonjo", "Brightholm", "Tadworth")
LINES = st.lists(
    st.lists(st.sampled_from([*NAMES, "placements", "caseloads", "were", "reviewed", "noted.", "Members"]), min_size=3)
    .map(" ".join)
    .flatmap(lambda words: st.sampled_from([words, f"- {words}", f"1.1 {words}.", f"Decision:\n\n{words}"])),
    min_size=1,
    max_size=6,
)


def without(text: str, *words: str) -> Document:
    """A document of a text out of which words are taken."""
    takedowns = Takedowns(tuple(Takedown(f"takedown {n}", words=one) for n, one in enumerate(words)))
    reading, entry, _ = take(Reading(text), File("a", Path("a.txt"), "a.txt"), takedowns, read_document)
    return read_document("a", "a.txt", reading, entry)


def everywhere(client: FlaskClient, document: Document, question: str) -> dict[str, str]:
    """All that the pages, downloads and programs' answers say of a document."""
    ids = [("passage", passage.id) for passage in document.passages]
    query = urlencode({"q": question})
    addresses = [
        *("/documents", f"/documents/{document.id}", f"/search?{query}", f"/search?{query}&read=every"),
        *(f"/search.atom?{query}", "/corpus/report", f"/compare?{query}", "/inspections"),
        *(f"/pack{ending}?{urlencode(ids)}" for ending in ("", ".md", ".csv", ".docx")),
        *(f"/api/v1/documents/{document.id}", f"/api/v1/search?{query}"),
        *(f"/passages/{passage.id}" for passage in document.passages[:3]),
    ]
    found = {}
    for address in addresses:
        response = client.get(address)
        assert response.status_code in (200, 302), address
        content = response.data
        if content[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(content)) as file:
                content = b"\n".join(file.read(name) for name in file.namelist())
        found[address] = content.decode()
    asked = client.post("/ask", json={"question": question}, headers={"Accept": "application/json"}).data
    return found | {"/ask": json.dumps(json.loads(asked), ensure_ascii=False), "page": client.get("/").text}


@given(LINES, st.sets(st.sampled_from(NAMES), min_size=1))
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_words_taken_out_are_nowhere(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], taken: set[str]
) -> None:
    text = "Scrutiny Committee\n\n" + "\n\n".join(lines)
    before, after = without(text), without(text, *taken)
    spans = [Span(*match.span()) for name in taken for match in re.finditer(rf"\b{name}\b", text)]
    assert after.text == black(text, spans)
    assert all(passage.text == after.text[passage.start : passage.end] for passage in after.passages)

    folder = tmp_path_factory.mktemp("index")
    build([after], folder, FakeEncoder())
    client = create_app(LiveAssistant.open(folder, FakeEncoder()).current, SECRET).test_client()
    # The words of a question are shown again, so it is misspelt: its answer would suggest what the corpus has.
    question = "placements reviewed " + " ".join(f"{name[:-2]}{name[-1]}" for name in sorted(taken))
    said = everywhere(client, after, question)
    assert {address for address, words in said.items() if any(name.lower() in words.lower() for name in taken)} == set()
    held = b"".join(path.read_bytes().lower() for path in folder.rglob("*") if path.is_file())
    assert [name for name in taken if name.lower().encode() in held] == []
    assert [p.span for p in after.passages] == [p.span for p in before.passages]
    assert [p.id for p in after.passages if BLOCK not in p.text] == [
        before.passages[p.ordinal].id for p in after.passages if BLOCK not in p.text
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_council.write(tmp_path / "documents")


def listed(folder: Path, entry: str) -> None:
    path = folder / "takedowns.toml"
    path.write_text(f'[[takedown]]\n{entry}\nreason = "x"\ndate = 2026-11-22\nby = "x"\n', encoding="utf-8")
    path.chmod(0o600)


def test_a_server_moves_on_by_itself_and_says_what_is_missing(folder: Path, tmp_path: Path) -> None:
    small_council.index(folder, tmp_path / "index")
    live = LiveAssistant.open(tmp_path / "index", FakeEncoder())
    client = create_app(live.current, SECRET).test_client()
    index = live.current().index
    found = index.document("visit-minutes")
    assert found is not None
    old = next(passage for passage in found.passages if "twelve foster carers" in passage.text)
    assert "twelve foster carers" in client.get("/documents/visit-minutes").text

    listed(folder, 'words = "twelve"')
    small_council.index(folder, tmp_path / "index")
    html = client.get("/documents/visit-minutes").text
    hidden = '<span aria-hidden="true">██████</span><span class="vh">[words taken out]</span>'
    assert f'<span class="taken-out">{hidden}</span> foster carers' in html
    assert "Words have been taken out of this document." in html
    assert "Words have been taken out" not in client.get("/documents/cabinet-report").text
    moved = client.get(f"/passages/{old.id}")  # the address that was cited leads to what is left of the passage
    assert moved.status_code == 200
    assert hidden in moved.text
    assert "twelve" not in moved.text
    link = f"/documents/visit-minutes?start={old.start}&end={old.end}"
    assert f"{hidden}</span> foster carers were recruited" in client.get(link).text


def test_a_document_that_is_taken_down_is_as_one_that_never_was(folder: Path, tmp_path: Path) -> None:
    small_council.index(folder, tmp_path / "index")
    live = LiveAssistant.open(tmp_path / "index", FakeEncoder())
    client = create_app(live.current, SECRET).test_client()
    passage = live.current().index.document("visit-minutes")
    assert passage is not None
    id = passage.passages[-1].id
    listed(folder, 'document = "visit-minutes"')
    small_council.index(folder, tmp_path / "index")
    for taken, never in (
        ("/documents/visit-minutes", "/documents/never-there"),
        (f"/passages/{id}", "/passages/never-there/0123456789ab"),
        ("/api/v1/documents/visit-minutes", "/api/v1/documents/never-there"),
    ):
        one, other = client.get(taken), client.get(never)
        assert (one.status_code, other.status_code) == (404, 404)
        assert (
            one.text.replace("visit-minutes", "never-there").replace(id.partition("/")[2], "0123456789ab") == other.text
        )
    report = client.get("/corpus/report").text
    assert "<dt>Taken down</dt><dd>1</dd>" in report
    assert "visit-minutes" not in report
