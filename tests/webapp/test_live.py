"""Moving to a new generation of the index, and what happens when one is broken or gone."""

import shutil
import threading
from pathlib import Path

import pytest
import small_council
from fakes import FakeEncoder
from small_council import QUESTION, SECRET

from index.engines import OnDisk
from index.files import generations
from index.files.generations import IndexDamaged, current
from index.index import Index
from index.models.encoder import Encoder, EncoderUnavailable
from index.models.models import WORDS_ALONE, Models
from index.models.reader import Reader
from webapp.app import create_app
from webapp.live import LiveAssistant


def test_a_new_generation_is_served_without_a_restart(tmp_path: Path) -> None:
    live = small_council.live(tmp_path, FakeEncoder())
    client = create_app(live.current, SECRET).test_client()
    before = live.current()
    small_council.write(tmp_path / "documents", third="Third report\n\nThe Board welcomed the new strategy.\n")
    name = small_council.index(tmp_path / "documents", tmp_path / "index")
    assert client.get("/healthz").get_json()["generation"] == name
    assert client.get("/documents/third").status_code == 200
    # A request that began before goes on with what it had.
    assert before.answer(QUESTION).evidence[0].source.id == "visit-minutes"
    assert before.index.document("third") is None


def test_a_broken_generation_leaves_the_old_one_serving(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    live = small_council.live(tmp_path, FakeEncoder())
    first = live.current()
    small_council.write(tmp_path / "documents", third="Third report\n\nThe Board welcomed the new strategy.\n")
    name = small_council.index(tmp_path / "documents", tmp_path / "index")
    (tmp_path / "index" / name / "passages.sqlite").write_bytes(b"not a database")
    assert live.current() is first
    assert live.current() is first
    assert caplog.text.count(f"Generation {name} cannot be opened") == 1
    # The one after it is taken up.
    small_council.write(tmp_path / "documents", fourth="Fourth report\n\nMore was said.\n")
    last = small_council.index(tmp_path / "documents", tmp_path / "index")
    assert live.current().index.generation == last


def test_whatever_goes_wrong_in_opening_leaves_the_old_one_serving(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = small_council.live(tmp_path, FakeEncoder()).current()

    class Failing(OnDisk):
        def open(self, encoder: Encoder | None, reader: Reader | None = None) -> Index:
            raise RuntimeError("not foreseen")

    live = LiveAssistant(Failing(tmp_path / "index"), WORDS_ALONE, first)
    small_council.write(tmp_path / "documents", third="Third report\n\nThe Board welcomed the new strategy.\n")
    small_council.index(tmp_path / "documents", tmp_path / "index")
    assert live.current() is first
    assert "not foreseen" in caplog.text


def test_a_pointer_that_cannot_be_read_leaves_the_old_one_serving(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    live = small_council.live(tmp_path, FakeEncoder())
    first = live.current()
    (tmp_path / "index" / "current").write_text("../../etc\n")
    assert live.current() is first
    assert "pointer cannot be read" in caplog.text


@pytest.mark.parametrize("gone", ["the folder", "the generation"])
def test_an_index_taken_away_is_told_and_taken_up_again(tmp_path: Path, gone: str) -> None:
    live = small_council.live(tmp_path, FakeEncoder())
    client = create_app(live.current, SECRET).test_client()
    name = current(tmp_path / "index")
    assert name is not None
    shutil.rmtree(tmp_path / "index" if gone == "the folder" else tmp_path / "index" / name)
    assert client.get("/").status_code == 503
    small_council.index(tmp_path / "documents", tmp_path / "index")
    assert client.get("/").status_code == 200


def test_while_one_thread_opens_the_others_keep_the_old(tmp_path: Path) -> None:
    opened = small_council.live(tmp_path, FakeEncoder())
    first = opened.current()
    began, go_on = threading.Event(), threading.Event()

    class Slow(OnDisk):
        def open(self, encoder: Encoder | None, reader: Reader | None = None) -> Index:
            began.set()
            assert go_on.wait(10)
            return super().open(encoder, reader)

    live = LiveAssistant(Slow(tmp_path / "index"), Models(FakeEncoder()), first)
    small_council.write(tmp_path / "documents", third="Third report\n\nThe Board welcomed the new strategy.\n")
    name = small_council.index(tmp_path / "documents", tmp_path / "index")
    got: list[str] = []
    opener = threading.Thread(target=lambda: got.append(live.current().index.generation))
    opener.start()
    assert began.wait(10)
    assert live.current() is first
    go_on.set()
    opener.join(10)
    assert got == [name]
    assert live.current().index.generation == name


def test_until_the_models_are_loaded_it_answers_by_words_and_says_so(tmp_path: Path) -> None:
    live = small_council.live(tmp_path)
    client = create_app(live.current, SECRET, lambda: live.loading).test_client()
    arrived = threading.Event()

    def load() -> Models:
        assert arrived.wait(10)
        return Models(FakeEncoder())

    thread = live.load(load)
    waiting = client.post("/ask", data={"question": QUESTION}, follow_redirects=True).get_data(as_text=True)
    assert "still being loaded" in waiting
    assert "visit-minutes" in waiting
    assert client.get("/healthz").get_json()["model"] is None
    arrived.set()
    thread.join(10)
    assert live.current().dense
    assert not live.loading
    assert "Searching by words alone" not in client.get("/").get_data(as_text=True)
    # What is opened later has them too.
    small_council.write(tmp_path / "documents", third="Third report\n\nThe Board welcomed the new strategy.\n")
    name = small_council.index(tmp_path / "documents", tmp_path / "index")
    assert (live.current().index.generation, live.current().dense) == (name, True)


@pytest.mark.parametrize(
    ("problem", "said"),
    [(EncoderUnavailable("No model here."), "No model here."), (RuntimeError("not foreseen"), "not foreseen")],
    ids=["known", "not foreseen"],
)
def test_models_that_cannot_be_had_leave_it_answering_by_words(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, problem: Exception, said: str
) -> None:
    live = small_council.live(tmp_path)

    def load() -> Models:
        raise problem

    live.load(load).join(10)
    page = create_app(live.current, SECRET, lambda: live.loading).test_client().get("/").get_data(as_text=True)
    assert "is not loaded" in page
    assert said in caplog.text


def test_models_of_another_index_are_not_used(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    live = small_council.live(tmp_path)
    live.load(lambda: Models(FakeEncoder("another"))).join(10)
    assert not live.current().dense
    assert "was built with the model fake" in caplog.text


def test_damage_found_after_opening_ends_the_answers_until_the_index_is_built_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(generations, "_AT_MOST", 0)
    live = small_council.live(tmp_path, FakeEncoder())
    client = create_app(live.current, SECRET).test_client()
    live.verify().join(10)
    assert client.get("/").status_code == 200
    sqlite = tmp_path / "index" / live.current().index.generation / "passages.sqlite"
    harmed = bytearray(sqlite.read_bytes())
    harmed[-1] ^= 1
    sqlite.write_bytes(harmed)
    live.verify().join(10)
    with pytest.raises(IndexDamaged, match="its checksum is not the manifest's"):
        live.current()
    assert client.get("/").status_code == 503
    assert "No answers are given from generation" in caplog.text
    small_council.index(tmp_path / "documents", tmp_path / "index")
    assert client.get("/").status_code == 200
