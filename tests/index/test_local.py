"""An index on this machine's disk: how it is opened, and what becomes of it when another is built."""

from pathlib import Path

import pytest
from fakes import FakeEncoder
from test_index import DOCUMENTS

from index.build import build
from index.files.generations import IndexDamaged, IndexMissing
from index.local import LocalIndex
from index.meaning import WrongEncoder


def test_another_encoder_than_the_index_was_built_with_is_refused(tmp_path: Path) -> None:
    build(DOCUMENTS, tmp_path, FakeEncoder())
    with pytest.raises(WrongEncoder, match=r"built with the model fake, .*python build_index\.py"):
        LocalIndex.open(tmp_path, FakeEncoder("other"))


def test_no_index_and_a_damaged_one_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        LocalIndex.open(tmp_path, None)
    name = build(DOCUMENTS, tmp_path, FakeEncoder()).generation
    (tmp_path / name / "bm25_rows.npy").write_bytes(b"\x93NUMPY")
    with pytest.raises(IndexDamaged, match=r"bm25_rows\.npy is damaged"):
        LocalIndex.open(tmp_path, None)


def test_an_open_index_outlives_the_builds_after_it(tmp_path: Path) -> None:
    build(DOCUMENTS, tmp_path, FakeEncoder())
    old = LocalIndex.open(tmp_path, FakeEncoder())
    build(DOCUMENTS[:2], tmp_path, FakeEncoder())
    assert old.search("churn")[0].passage.id == "york-0"
    assert old.document("york") == DOCUMENTS[3]
    assert LocalIndex.open(tmp_path, FakeEncoder()).document("york") is None
