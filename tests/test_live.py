"""Moving to a new generation of the index, and what happens when one is broken or gone."""

import shutil
import threading
from pathlib import Path

import pytest
import small_council
from fakes import FakeEncoder
from small_council import QUESTION, SECRET

from index.engines import OnDisk
from index.generations import current
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

    def fail() -> None:
        raise RuntimeError("not foreseen")

    live = LiveAssistant(OnDisk(tmp_path / "index"), fail, first)  # type: ignore[arg-type]
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

    def slowly() -> object:
        began.set()
        assert go_on.wait(10)
        return LiveAssistant.open(tmp_path / "index", FakeEncoder()).current()

    live = LiveAssistant(OnDisk(tmp_path / "index"), slowly, first)  # type: ignore[arg-type]
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
