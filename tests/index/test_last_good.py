"""The last good generation: which it is, that builds keep it and go on from it, and how damage is noticed."""

import errno
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import small_council
from fakes import FakeEncoder

from corpus.collection import Collection
from index.build import build
from index.files import disk, generations, publishing
from index.files.generations import Facts, IndexDamaged, IndexMissing, IndexUnusable, Stamp

FACTS = Facts(encoder="fake", fingerprint="f", documents=1, passages=2, searched=2, inputs="i")


def published(folder: Path, good: str | None = None) -> str:
    def write(place: Path) -> Facts:
        (place / "a.txt").write_text("one")
        return FACTS

    with publishing.building(folder):
        return publishing.publish(folder, write, good).name


def harm(folder: Path, name: str) -> None:
    (folder / name / "a.txt").write_text("two")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_dir()}


@pytest.mark.parametrize(
    ("damaged", "pointer", "expected"),
    [
        ((), None, 1),
        ((1,), None, 0),
        ((), "", 1),
        ((), "garbage", 1),
        ((), "20200101T000000-0123abcd", 1),
        ((1,), "garbage", 0),
        ((0, 1), None, None),
    ],
    ids=["all sound", "newest damaged", "empty pointer", "garbage", "pointer to nothing", "both", "none sound"],
)
def test_the_last_good_is_the_one_that_serves_or_the_newest_other(
    tmp_path: Path, damaged: tuple[int, ...], pointer: str | None, expected: int | None
) -> None:
    # A name tells the second at which a generation was made, and of one second which is the newer cannot be told.
    made = [published(tmp_path)]
    after = time.time() + 1
    while time.time() < after:
        time.sleep(0.05)
    made.append(published(tmp_path))
    for number in damaged:
        harm(tmp_path, made[number])
    if pointer is not None:
        (tmp_path / "current").write_text(pointer)
    if expected is None:
        with pytest.raises(IndexMissing, match=r"is sound\. Rebuild the index with: python build_index\.py"):
            generations.last_good(tmp_path)
    else:
        assert generations.last_good(tmp_path).name == made[expected]


def test_the_one_pointed_at_comes_before_a_newer_one(tmp_path: Path) -> None:
    first, _ = published(tmp_path), published(tmp_path)
    (tmp_path / "current").write_text(first)
    assert generations.last_good(tmp_path).name == first


def test_a_build_keeps_the_last_good_one_and_not_the_damaged(tmp_path: Path) -> None:
    good, damaged = published(tmp_path), published(tmp_path)
    harm(tmp_path, damaged)
    newest = published(tmp_path, good)
    assert names(tmp_path) == {good, newest}


def council(place: Path, encoder: FakeEncoder) -> str:
    intake = Collection.open([small_council.write(place / "documents")]).read()
    return build(intake.documents, place / "index", encoder, receipts=intake.receipts).generation


def test_a_build_goes_on_from_the_last_good_one_and_never_calls_a_damaged_index_up_to_date(tmp_path: Path) -> None:
    small_council.index(small_council.write(tmp_path / "documents"), tmp_path / "index")
    intake = Collection.open([tmp_path / "documents"]).read()
    second = build(intake.documents, tmp_path / "index", FakeEncoder(), receipts=intake.receipts, full=True).generation
    (tmp_path / "index" / second / "passages.sqlite").write_bytes(b"")
    encoder = FakeEncoder()
    third = council(tmp_path, encoder)
    assert third != second
    assert encoder.encoded == []
    assert generations.open_current(tmp_path / "index", whole=True).name == third


def test_a_disk_that_fills_up_at_the_pointer_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = published(tmp_path)
    to_disk = disk.to_disk

    def full(path: Path) -> None:
        if path.name == "unfinished-current":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        to_disk(path)

    monkeypatch.setattr(disk, "to_disk", full)
    with pytest.raises(OSError, match="No space left"):
        published(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {first, "current", "lock.sqlite"}
    assert generations.open_current(tmp_path).name == first


def test_what_a_dead_build_left_goes_before_the_next_writes(tmp_path: Path) -> None:
    left = tmp_path / "unfinished-20200101T000000-0123abcd"
    left.mkdir()

    def write(place: Path) -> Facts:
        assert not left.exists()
        raise RuntimeError("after looking")

    with publishing.building(tmp_path), pytest.raises(RuntimeError, match="after looking"):
        publishing.publish(tmp_path, write)


def test_a_pointer_that_is_an_empty_folder_is_replaced(tmp_path: Path) -> None:
    first = published(tmp_path)
    (tmp_path / "current").unlink()
    (tmp_path / "current").mkdir()
    with pytest.raises(IndexDamaged, match="current cannot be read"):
        generations.open_current(tmp_path)
    assert generations.last_good(tmp_path).name == first
    after = published(tmp_path)
    assert generations.open_current(tmp_path).name == after


def rewritten(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content)
    os.utime(path, ns=(1, 1))


def replaced(path: Path) -> None:
    other = path.with_suffix(".other")
    other.write_bytes(path.read_bytes())
    other.replace(path)


@pytest.mark.parametrize(
    ("file", "change", "damaged"),
    [
        ("a.txt", rewritten, False),
        ("a.txt", replaced, False),
        ("manifest.json", rewritten, False),
        ("a.txt", lambda path: path.write_text("two"), True),
        ("a.txt", lambda path: path.write_text(""), True),
        ("a.txt", Path.unlink, True),
        ("manifest.json", Path.unlink, True),
        ("manifest.json", lambda path: path.write_text("{}"), True),
    ],
    ids=["touched", "replaced", "manifest touched", "changed", "emptied", "lost", "manifest lost", "manifest changed"],
)
def test_a_glance_tells_of_damage_and_of_nothing_else(
    tmp_path: Path, file: str, change: Callable[[Path], object], damaged: bool
) -> None:
    generation = tmp_path / published(tmp_path)
    opened = generations.open_current(tmp_path)
    opened.glance()
    change(generation / file)
    if damaged:
        with pytest.raises(IndexDamaged, match=rf"{file} .*Rebuild the index with"):
            opened.glance()
        return
    opened.glance()
    assert opened.stamps[file] == disk.stamp(generation / file)


def test_a_glance_reads_nothing_that_was_not_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published(tmp_path)
    opened = generations.open_current(tmp_path)

    def read(path: Path) -> str:
        raise AssertionError(path)

    monkeypatch.setattr(disk, "checksum", read)
    opened.glance()


@pytest.mark.parametrize("code", [errno.EMFILE, errno.ENFILE, errno.ENOMEM], ids=errno.errorcode.get)
def test_what_the_system_lacks_for_a_while_is_no_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    published(tmp_path)

    def stamp(path: Path) -> Stamp:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(disk, "stamp", stamp)
    with pytest.raises(IndexUnusable, match="cannot be read for now") as told:
        generations.open_current(tmp_path)
    assert not isinstance(told.value, IndexDamaged)


def test_a_manifest_nested_too_deeply_is_damage(tmp_path: Path) -> None:
    (tmp_path / published(tmp_path) / "manifest.json").write_text("[" * 200_000)
    with pytest.raises(IndexDamaged, match=r"manifest\.json cannot be read"):
        generations.open_current(tmp_path)


def test_checksums_of_all_files_are_known(tmp_path: Path) -> None:
    published(tmp_path)
    checksums: Mapping[str, str] = generations.open_current(tmp_path).checksums
    assert checksums["a.txt"] == "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"
    assert sorted(checksums) == ["a.txt", "manifest.json"]
