"""The artefact: what serves is always whole, whatever happens to a build or to its files."""

import json
import multiprocessing
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from index.files import generations, publishing
from index.files.generations import Facts, Generation, IndexBusy, IndexDamaged, IndexMissing, IndexUnusable

FACTS = Facts(encoder="fake", fingerprint="f", documents=1, passages=2, searched=2, inputs="i", recall=0.96)


def writer(text: str = "one") -> Callable[[Path], Facts]:
    def write(folder: Path) -> Facts:
        (folder / "a.txt").write_text(text)
        (folder / "b.txt").write_text("b")
        return FACTS

    return write


def published(folder: Path, text: str = "one") -> str:
    with publishing.building(folder):
        return publishing.publish(folder, writer(text)).name


def folders(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_dir()}


def test_what_is_published_serves(tmp_path: Path) -> None:
    with publishing.building(tmp_path):
        made = publishing.publish(tmp_path, writer())
    opened = generations.open_current(tmp_path)
    assert generations.current(tmp_path) == opened.name
    assert opened == made
    assert opened.facts == FACTS
    assert (opened.folder / "a.txt").read_text() == "one"


def test_the_manifest_says_what_is_there(tmp_path: Path) -> None:
    manifest = json.loads((tmp_path / published(tmp_path) / "manifest.json").read_text())
    assert manifest["format"] == generations.FORMAT
    assert (manifest["encoder"], manifest["fingerprint"], manifest["passages"]) == ("fake", "f", 2)
    assert (manifest["searched"], manifest["recall"]) == (2, 0.96)
    assert manifest["files"] == {
        "a.txt": [3, "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"],
        "b.txt": [1, "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d"],
    }


def test_a_build_that_raises_leaves_the_old_one_serving_and_nothing_behind(tmp_path: Path) -> None:
    name = published(tmp_path)

    def write(folder: Path) -> NoReturn:
        (folder / "a.txt").write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), publishing.building(tmp_path):
        publishing.publish(tmp_path, write)
    assert generations.open_current(tmp_path).name == name
    assert folders(tmp_path) == {name}


def killed_build(folder: Path) -> None:
    def write(unfinished: Path) -> NoReturn:
        (unfinished / "a.txt").write_text("half")
        os._exit(9)

    with publishing.building(folder):
        publishing.publish(folder, write)


def test_a_build_that_is_killed_leaves_the_old_one_serving_and_the_next_clears_up(tmp_path: Path) -> None:
    name = published(tmp_path)
    process = multiprocessing.get_context("spawn").Process(target=killed_build, args=(tmp_path,))
    process.start()
    process.join()
    assert process.exitcode == 9
    assert len(folders(tmp_path)) == 2
    assert generations.open_current(tmp_path).name == name
    after = published(tmp_path)
    assert folders(tmp_path) == {name, after}


def test_the_one_before_is_kept_and_those_before_it_are_not(tmp_path: Path) -> None:
    names = [published(tmp_path, text) for text in ("one", "two", "three")]
    assert folders(tmp_path) == set(names[1:])
    assert generations.current(tmp_path) == names[2]


def test_nothing_that_a_build_did_not_make_is_removed(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "unfinished-letters").mkdir()
    (tmp_path / "20200101T000000-0123abcd").write_text("a file of that name")
    names = {published(tmp_path) for _ in range(3)}
    assert folders(tmp_path) - names == {"letters", "unfinished-letters"}
    assert (tmp_path / "20200101T000000-0123abcd").is_file()


def test_no_index_says_how_to_build_one(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "absent"):
        assert generations.current(folder) is None
        with pytest.raises(IndexMissing, match=r"python build_index\.py"):
            generations.open_current(folder)


def change(path: Path) -> None:
    path.write_text("changed")


@pytest.mark.parametrize(
    ("file", "harm", "said"),
    [
        ("a.txt", change, r"a\.txt is damaged"),
        ("b.txt", Path.unlink, r"b\.txt cannot be read"),
        ("manifest.json", Path.unlink, r"manifest\.json cannot be read"),
        ("manifest.json", change, r"manifest\.json cannot be read"),
        ("manifest.json", lambda path: path.write_text("[]"), r"manifest\.json cannot be read"),
        ("manifest.json", lambda path: path.write_text('{"format": 6}'), r"manifest\.json cannot be read"),
        (
            "manifest.json",
            lambda path: path.write_text('{"format": 0, "files": {}}'),
            r"is of format 0; this program reads format 6",
        ),
        ("../current", change, "current does not name a generation"),
        ("../current", lambda path: path.write_text("../../etc"), "current does not name a generation"),
        ("../current", lambda path: path.write_text("20200101T000000-0123abcd"), r"manifest\.json cannot be read"),
    ],
    ids=[
        "changed file",
        "lost file",
        "lost manifest",
        "manifest not JSON",
        "manifest a list",
        "manifest cut short",
        "other format",
        "pointer to nonsense",
        "pointer out of the folder",
        "pointer to what is gone",
    ],
)
def test_damage_is_named_with_what_repairs_it_and_a_build_repairs_it(
    tmp_path: Path, file: str, harm: Callable[[Path], object], said: str
) -> None:
    harm(tmp_path / published(tmp_path) / file)
    with pytest.raises(IndexDamaged, match=rf"{said}.*Rebuild the index with: python build_index\.py"):
        generations.open_current(tmp_path)
    name = published(tmp_path)
    assert generations.open_current(tmp_path).name == name


def test_a_generation_replaced_while_it_is_opened_gives_way_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = published(tmp_path)
    check = generations._verified
    newer: list[str] = []

    def verified_late(folder: Path, name: str, most: int | None) -> Generation:
        while len(newer) < 2:
            newer.append(published(tmp_path))
        return check(folder, name, most)

    monkeypatch.setattr(generations, "_verified", verified_late)
    assert generations.open_current(tmp_path).name == newer[1]
    assert not (tmp_path / first).exists()


@pytest.mark.parametrize(("changed", "found_at_once"), [("two", False), ("longer", True)], ids=["byte", "size"])
def test_a_large_file_is_read_after_the_index_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str, found_at_once: bool
) -> None:
    monkeypatch.setattr(generations, "_AT_MOST", 2)
    name = published(tmp_path)
    assert list(generations.open_current(tmp_path).unread) == ["a.txt"]
    generations.open_current(tmp_path).verify()
    (tmp_path / name / "a.txt").write_text(changed)
    if found_at_once:
        with pytest.raises(IndexDamaged, match="its size is not the manifest's"):
            generations.open_current(tmp_path)
        return
    with pytest.raises(IndexDamaged, match="its checksum is not the manifest's"):
        generations.open_current(tmp_path).verify()
    with pytest.raises(IndexDamaged, match="its checksum is not the manifest's"):
        generations.open_current(tmp_path, whole=True)


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    with publishing.building(tmp_path), pytest.raises(IndexBusy, match="Another build"):
        published(tmp_path)
    assert published(tmp_path)


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "lock.sqlite").mkdir()
    with pytest.raises(IndexUnusable, match="cannot be written"):
        published(tmp_path)


def test_names_are_in_the_order_in_which_they_were_given() -> None:
    names = []
    for _ in range(100):
        names.append(generations.new_name())
        time.sleep(0.0001)  # two builds are never within a microsecond
    assert names == sorted(set(names))
    assert [name for name in names if not generations.NAME.fullmatch(name)] == []
