"""The commands and the pages over an index in Milvus."""

import json
from collections.abc import Iterator
from pathlib import Path

import milvus_server
import pytest
import small_council
from fakes import FakeEncoder
from small_council import QUESTION, SECRET

import build_index
from assistant.__main__ import main as assistant
from index import engines
from index.engines import InMilvus
from index.milvus import connection as door
from index.milvus import generations
from index.milvus.connection import Connection
from index.milvus.generations import Place
from index.models.apart import EncoderApart
from index.models.models import WORDS_ALONE, Models
from webapp.__main__ import main as serve
from webapp.app import create_app
from webapp.live import LiveAssistant

DIMENSION = 256


@pytest.fixture(autouse=True)
def fake_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EncoderApart, "find", lambda name=None: FakeEncoder(name or "fake", DIMENSION))
    monkeypatch.setattr(engines, "_LOOK_EVERY", 0.0)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    small_council.write(tmp_path / "documents")
    return tmp_path / "documents"


@pytest.fixture
def emptied(milvus: str) -> Iterator[str]:
    """The address of a Milvus whose index a test may build, left without one."""
    yield milvus
    connection = Connection.open(milvus)
    generations.remove_all_but(Place(connection), set())
    connection.close()


def built(uri: str, documents: Path, *arguments: str) -> int:
    folder = documents.parent / "index"
    return build_index.main(["--milvus", uri, "--documents", str(documents), "--index", str(folder), *arguments])


def live(uri: str) -> LiveAssistant:
    return LiveAssistant.of(InMilvus(Place(Connection.open(uri))), Models(FakeEncoder(dimension=DIMENSION)))


def test_the_commands_build_and_search(
    emptied: str, documents: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.search_command.models", lambda name, **_: WORDS_ALONE)
    assert assistant(["search", "carers", "--milvus", emptied]) == 2
    assert "There is no index in the Milvus at http://127.0.0.1" in capsys.readouterr().err
    assert serve(["--milvus", emptied]) == 2
    capsys.readouterr()
    assert built(emptied, documents) == 0
    told = capsys.readouterr().out
    assert "Indexed 2 documents" in told
    assert "2 new" in told
    assert built(emptied, documents) == 0
    assert "Up to date: 2 documents" in capsys.readouterr().out
    assert assistant(["search", "carers", "--milvus", emptied, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] > 0


def test_pages_answer_and_move_to_a_new_generation(emptied: str, documents: Path) -> None:
    assert built(emptied, documents) == 0
    serving = live(emptied)
    client = create_app(serving.current, SECRET).test_client()
    first = client.get("/healthz").get_json()["generation"]
    body = client.post("/ask", json={"question": QUESTION}).get_json()
    assert (body["status"], body["evidence"][0]["document"]) == ("answered", "visit-minutes")
    for page in ("/search?q=carers", "/documents", "/documents/visit-minutes", "/inspections", "/corpus/report"):
        assert client.get(page).status_code == 200, page
    before = serving.current()
    small_council.write(documents, third="Third report\n\nThe Board welcomed the new strategy.\n")
    assert built(emptied, documents) == 0
    assert client.get("/healthz").get_json()["generation"] != first
    assert client.get("/documents/third").status_code == 200
    # A request that began before goes on with what it had.
    assert before.answer(QUESTION).evidence[0].source.id == "visit-minutes"
    assert before.index.document("third") is None


def test_where_nobody_answers_any_more_the_pages_say_so(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with milvus_server.serving(tmp_path) as uri:
        assert built(uri, documents) == 0
        client = create_app(live(uri).current, SECRET).test_client()
        assert client.get("/search?q=carers").status_code == 200
    monkeypatch.setattr(door, "PATIENCE", 0.5)
    monkeypatch.setattr(door, "GLANCE", 0.2)
    assert client.get("/search?q=foster").status_code == 503
    assert built(uri, documents) == 2
