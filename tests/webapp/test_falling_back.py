"""The last good generation serves where the one that should is damaged, and gives way to the next good one."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import small_council
from fakes import FakeEncoder
from small_council import ANSWER, QUESTION, SECRET

from corpus.collection import Collection
from index.build import build
from index.engines import OnDisk
from index.files import generations
from index.files.generations import IndexDamaged, IndexMissing, IndexUnusable
from index.index import Index
from index.models.encoder import Encoder
from index.models.models import Models
from index.models.reader import Reader
from webapp import live as live_module
from webapp.app import create_app
from webapp.live import LiveAssistant

THIRD = "Third report\n\nThe Board welcomed the new strategy.\n"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two generations in a folder's ``index``, of which the second has a document more and serves."""
    place = tmp_path_factory.mktemp("prepared") / "place"
    small_council.live(place)
    small_council.index(small_council.write(place / "documents", third=THIRD), place / "index")
    return place


@pytest.fixture
def two(tmp_path: Path, prepared: Path) -> tuple[str, str]:
    """The same in ``tmp_path``; the names of the two."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    second = generations.current(tmp_path / "index")
    (first,) = {path.name for path in (tmp_path / "index").iterdir() if path.is_dir()} - {second}
    assert second is not None
    return first, second


def flipped(path: Path) -> None:
    harmed = bytearray(path.read_bytes())
    harmed[len(harmed) // 2] ^= 1
    path.write_bytes(harmed)


def cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


HARMS: list[Callable[[Path], object]] = [flipped, cut, Path.unlink, lambda path: path.write_bytes(b"")]
HOW = ["one bit flipped", "cut", "removed", "emptied"]


def quoted(live: LiveAssistant) -> bool:
    """Whether the answer is quoted, as an exact slice of the document."""
    (evidence,) = live.current().answer(QUESTION).evidence
    quote = evidence.quote
    return small_council.MINUTES[quote.start : quote.end] == quote.text and ANSWER in quote.text


@pytest.mark.parametrize("harm", HARMS, ids=HOW)
@pytest.mark.parametrize("file", ["passages.sqlite", "vectors.faiss", "bm25_rows.npy", "manifest.json"])
def test_at_the_start_the_one_before_serves_and_it_is_told(
    tmp_path: Path, two: tuple[str, str], caplog: pytest.LogCaptureFixture, file: str, harm: Callable[[Path], object]
) -> None:
    first, second = two
    harm(tmp_path / "index" / second / file)
    live = LiveAssistant.open(tmp_path / "index", None)
    assert live.current().index.generation == first
    assert quoted(live)
    assert live.in_place_of == second
    assert caplog.text.count("ERROR") == 1
    assert f"Generation {first} serves in place of {second}, which is damaged. " in caplog.text
    # A bit of the manifest may be one of another file's checksum.
    assert f"{file} " in caplog.text or (
        file == "manifest.json" and "its checksum is not the manifest's" in caplog.text
    )
    assert "Rebuild the index with: python build_index.py" in caplog.text


@pytest.mark.parametrize("harm", HARMS, ids=HOW)
@pytest.mark.parametrize("file", ["passages.sqlite", "vectors.faiss", "bm25_rows.npy", "manifest.json"])
def test_under_a_running_assistant_the_one_before_serves_at_once(
    tmp_path: Path, two: tuple[str, str], caplog: pytest.LogCaptureFixture, file: str, harm: Callable[[Path], object]
) -> None:
    first, second = two
    live = LiveAssistant.open(tmp_path / "index", None)
    assert live.current().index.generation == second
    harm(tmp_path / "index" / second / file)
    for _ in range(3):
        assert live.current().index.generation == first
        assert quoted(live)
    assert live.in_place_of == second
    assert caplog.text.count("serves in place of") == 1
    # And it moves on.
    small_council.write(tmp_path / "documents", fourth="Fourth report\n\nMore was said.\n")
    third = small_council.index(tmp_path / "documents", tmp_path / "index")
    assert live.current().index.generation == third
    assert live.in_place_of is None


def test_a_folder_removed_has_the_one_before_serve(tmp_path: Path, two: tuple[str, str]) -> None:
    first, second = two
    live = LiveAssistant.open(tmp_path / "index", None)
    shutil.rmtree(tmp_path / "index" / second)
    assert live.current().index.generation == first
    assert quoted(live)


def test_damage_found_in_the_background_has_the_one_before_serve(
    tmp_path: Path, two: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two
    monkeypatch.setattr(generations, "_AT_MOST", 0)
    # It was damaged before it was opened, so that no glance tells.
    flipped(tmp_path / "index" / second / "passages.sqlite")
    live = LiveAssistant.open(tmp_path / "index", None)
    assert live.current().index.generation == second
    live.verify().join(10)
    assert live.current().index.generation == first
    assert live.in_place_of == second
    assert quoted(live)


def test_with_none_left_nothing_is_answered_until_one_is_built(
    tmp_path: Path, two: tuple[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    live = LiveAssistant.open(tmp_path / "index", None)
    client = create_app(live.current, SECRET).test_client()
    for name in two:
        flipped(tmp_path / "index" / name / "passages.sqlite")
    for _ in range(3):
        assert client.get("/").status_code == 503
    assert caplog.text.count("No answers are given from generation") == 1
    with pytest.raises(IndexDamaged):
        LiveAssistant.open(tmp_path / "index", None)
    small_council.index(tmp_path / "documents", tmp_path / "index")
    assert client.get("/").status_code == 200


def test_what_is_put_back_serves_again(
    tmp_path: Path, two: tuple[str, str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(live_module, "_LOOK_AGAIN", 0.0)
    live = LiveAssistant.open(tmp_path / "index", None)
    (tmp_path / "index").rename(tmp_path / "elsewhere")
    with pytest.raises(IndexDamaged):
        live.current()
    (tmp_path / "elsewhere").rename(tmp_path / "index")
    assert live.current().index.generation == two[1]
    assert live.in_place_of is None
    assert quoted(live)


def test_one_that_could_not_be_opened_is_tried_again(
    tmp_path: Path, two: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_module, "_AGAIN", 0.0)
    first, second = two
    (tmp_path / "index" / second / "manifest.json").rename(tmp_path / "aside")
    live = LiveAssistant.open(tmp_path / "index", None)
    assert live.current().index.generation == first
    (tmp_path / "aside").rename(tmp_path / "index" / second / "manifest.json")
    assert live.current().index.generation == second
    assert live.in_place_of is None


@pytest.mark.parametrize("pointer", ["", "garbage", "20200101T000000-0123abcd", None], ids=str)
def test_without_a_pointer_the_newest_sound_one_serves(
    tmp_path: Path, two: tuple[str, str], caplog: pytest.LogCaptureFixture, pointer: str | None
) -> None:
    running = LiveAssistant.open(tmp_path / "index", None)
    if pointer is None:
        (tmp_path / "index" / "current").unlink()
    else:
        (tmp_path / "index" / "current").write_text(pointer)
    started = LiveAssistant.open(tmp_path / "index", None)
    for live in (running, started):
        assert live.current().index.generation in two
        assert quoted(live)
        assert live.in_place_of is not None
    assert "python build_index.py" in caplog.text


def test_no_index_is_told_as_before(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="There is no index in"):
        LiveAssistant.open(tmp_path / "none", None)


def test_one_of_another_model_serves_by_words_alone(tmp_path: Path, two: tuple[str, str]) -> None:
    class Other(FakeEncoder):
        def __init__(self) -> None:
            super().__init__("other")

    live = LiveAssistant.open(tmp_path / "index", FakeEncoder())
    assert live.current().dense
    # What serves is built with another model, and then damaged.
    intake = Collection.open([tmp_path / "documents"]).read()
    third = build(intake.documents, tmp_path / "index", Other(), receipts=intake.receipts).generation
    live = LiveAssistant.open(tmp_path / "index", Other())
    assert (live.current().index.generation, live.current().dense) == (third, True)
    flipped(tmp_path / "index" / third / "passages.sqlite")
    assert (live.current().index.generation, live.current().dense) == (two[1], False)
    assert quoted(live)


def test_models_that_come_later_are_used_by_what_serves(tmp_path: Path, two: tuple[str, str]) -> None:
    first, second = two
    flipped(tmp_path / "index" / second / "passages.sqlite")
    live = LiveAssistant.open(tmp_path / "index", None)
    live.load(lambda: Models(FakeEncoder())).join(10)
    assert (live.current().index.generation, live.current().dense) == (first, True)


def test_files_that_cannot_be_read_for_now_are_no_damage(
    tmp_path: Path, two: tuple[str, str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Exhausted(OnDisk):
        def open(self, encoder: Encoder | None, reader: Reader | None = None) -> Index:
            raise IndexUnusable("passages.sqlite cannot be read for now (Too many open files).")

    with pytest.raises(IndexUnusable, match="for now"):
        LiveAssistant.of(Exhausted(tmp_path / "index"))
    live = LiveAssistant.open(tmp_path / "index", None)
    tries: list[float] = []

    def verify() -> None:
        if not tries:
            raise IndexUnusable("passages.sqlite cannot be read for now (Too many open files).")

    monkeypatch.setattr(live.current().index, "verify", verify)
    monkeypatch.setattr(live_module.time, "sleep", tries.append)
    live.verify().join(10)
    assert tries == [60.0]
    assert live.current().index.generation == two[1]
    assert "could not be read through" in caplog.text


def test_health_and_the_report_say_so(tmp_path: Path, two: tuple[str, str]) -> None:
    live = LiveAssistant.open(tmp_path / "index", None)
    client = create_app(live.current, SECRET, in_place_of=lambda: live.in_place_of).test_client()
    words = "A newer index than this one is damaged"
    assert "in_place_of" not in client.get("/healthz").get_json()
    assert words not in client.get("/corpus/report").get_data(as_text=True)
    flipped(tmp_path / "index" / two[1] / "passages.sqlite")
    told = client.get("/healthz").get_json()
    assert (told["status"], told["generation"], told["in_place_of"]) == ("ok", *two)
    assert words in client.get("/corpus/report").get_data(as_text=True)
    assert words not in client.get("/").get_data(as_text=True)
