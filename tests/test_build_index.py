"""The command that builds the index: what it prints, and how it exits."""

from pathlib import Path

import pytest
from fakes import FakeEncoder

import build_index
from index import generations
from index.apart import EncoderApart
from index.encoder import EncoderUnavailable
from index.local import LocalIndex


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "minutes.txt").write_text("Caseloads\n\nThe Committee heard that caseloads were high.\n")
    return folder


@pytest.fixture(autouse=True)
def fake_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EncoderApart, "find", lambda name=None: FakeEncoder(name or "fake"))


def built(*arguments: str | Path) -> int:
    return build_index.main([str(argument) for argument in arguments])


def test_a_build_and_the_same_again(documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index = tmp_path / "built"
    assert built("--documents", documents, "--index", index) == 0
    assert "Indexed 1 document, " in capsys.readouterr().out
    assert LocalIndex.open(index, FakeEncoder()).search("caseloads")
    first = generations.current(index)

    assert built("--documents", documents, "--index", index) == 0
    assert "Up to date: 1 document, " in capsys.readouterr().out
    assert generations.current(index) == first

    assert built("--documents", documents, "--index", index, "--full") == 0
    assert generations.current(index) != first


def test_several_folders_and_another_encoder(documents: Path, tmp_path: Path) -> None:
    more = tmp_path / "more"
    more.mkdir()
    (more / "report.txt").write_text("Foster carers were praised.\n")
    index = tmp_path / "built"
    assert built("--documents", documents, more, "--index", index, "--encoder", "other") == 0
    opened = LocalIndex.open(index, FakeEncoder("other"))
    assert {source.id for source in opened.sources} == {"minutes", "report"}


def test_what_cannot_be_read_is_listed_and_the_rest_is_indexed(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (documents / "broken.txt").write_bytes(b"\x00\xff\xfe\x00\xd8")
    assert built("--documents", documents, "--index", tmp_path / "built") == 1
    said = capsys.readouterr()
    assert "Indexed 1 document, " in said.out
    assert "Could not be read, 1:\n  broken.txt: " in said.err


def test_where_nothing_can_be_read_the_index_stays(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = tmp_path / "built"
    built("--documents", documents, "--index", index)
    first = generations.current(index)
    (documents / "minutes.txt").write_bytes(b"\x00\xff\xfe\x00\xd8")
    assert built("--documents", documents, "--index", index) == 1
    assert "Nothing could be read" in capsys.readouterr().err
    assert generations.current(index) == first


def test_a_folder_without_documents_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert built("--documents", tmp_path, "--index", tmp_path / "built") == 2
    assert "no documents" in capsys.readouterr().err
    assert not (tmp_path / "built").exists()


def test_all_mistakes_of_a_catalogue_are_said_at_once(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (documents / "catalogue.toml").write_text("first = 1\nsecond = 2\n")
    assert built("--documents", documents, "--index", tmp_path / "built") == 2
    said = capsys.readouterr().err
    assert "first" in said
    assert "second" in said
    assert not (tmp_path / "built").exists()


def test_without_a_model_nothing_is_written(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(name: str | None = None) -> EncoderApart:
        raise EncoderUnavailable("Install it with: pip install it")

    monkeypatch.setattr(EncoderApart, "find", none)
    assert built("--documents", documents, "--index", tmp_path / "built") == 2
    assert "pip install it" in capsys.readouterr().err
    assert not (tmp_path / "built").exists()


def test_a_second_build_is_told_to_wait(documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with generations.building(tmp_path / "built"):
        assert built("--documents", documents, "--index", tmp_path / "built") == 2
    assert "Another build is writing" in capsys.readouterr().err
