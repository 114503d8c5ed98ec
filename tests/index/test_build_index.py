"""The command that builds the index: what it prints, and how it exits."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import FakeEncoder

import build_index
from index.files import generations, publishing
from index.local import LocalIndex
from index.models.apart import EncoderApart
from index.models.encoder import EncoderUnavailable


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
    with publishing.building(tmp_path / "built"):
        assert built("--documents", documents, "--index", tmp_path / "built") == 2
    assert "Another build is writing" in capsys.readouterr().err


def test_what_became_of_the_files_is_told(documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (documents / "same.txt").write_bytes((documents / "minutes.txt").read_bytes())
    (documents / "private.txt").write_text("NOT FOR PUBLICATION\n\nThe director's pay.")
    (documents / "noted.txt").write_text("Pay\n\nThe appendix is not for publication.")
    (documents / "old.doc").write_bytes(b"")
    assert built("--documents", documents, "--index", tmp_path / "built") == 0
    said = capsys.readouterr()
    assert "2 files read: 2 new. All of them are in " in said.out
    assert "Not documents, and passed over: 1 .doc." in said.out
    assert [line for line in said.err.splitlines() if line and "it/s" not in line and "file/s" not in line][-6:] == [
        "Set aside as not for publication, 1:",
        "  private.txt: says at its top “NOT FOR PUBLICATION”",
        "Left out as duplicates, 1:",
        "  same.txt: says the same, word for word, as another file (minutes.txt)",
        "Read, with something to look at, 1:",
        "  noted.txt: speaks of what is not for publication: see that it may be public",
    ]


def test_a_file_that_goes_is_gone_from_the_index(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = tmp_path / "built"
    (documents / "report.txt").write_text("Foster carers were praised.\n")
    built("--documents", documents, "--index", index)
    (documents / "report.txt").unlink()
    capsys.readouterr()
    built("--documents", documents, "--index", index)
    assert "1 file read: 1 unchanged, 1 removed." in capsys.readouterr().out
    opened = LocalIndex.open(index, FakeEncoder())
    assert all(hit.passage.document == "minutes" for hit in opened.search("foster carers"))


def test_a_folder_is_watched_until_it_is_stopped(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    index = tmp_path / "built"
    naps = 0

    def nap(seconds: float) -> None:
        nonlocal naps
        naps += 1
        if naps == 2:
            (documents / "report.txt").write_text("Foster carers were")
        elif naps == 3:
            (documents / "report.txt").write_text("Foster carers were praised.\n")
        elif naps > 6:
            raise KeyboardInterrupt

    monkeypatch.setattr(build_index.time, "sleep", nap)
    assert built("--documents", documents, "--index", index, "--watch") == 0
    said = capsys.readouterr()
    assert said.out.count("Indexed ") == 2  # and not one of the file half written
    assert said.out.count("Watching for changes.") == 2
    assert "Stopped. Nothing is lost" in said.err
    assert LocalIndex.open(index, FakeEncoder()).search("praised")


def test_a_build_that_is_stopped_says_so(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(build_index, "build", stopped)
    assert built("--documents", documents, "--index", tmp_path / "built") == 130
    assert "Stopped. Nothing is lost" in capsys.readouterr().err


def unreadable(documents: Path) -> None:
    """Have a file that will not be opened, as it is kept elsewhere now."""
    elsewhere = (documents / "report.txt").rename(documents.parent / "report.txt")
    (documents / "report.txt").symlink_to(elsewhere)


def changed(documents: Path) -> None:
    """Have a file that somebody broke."""
    (documents / "report.txt").write_bytes(b"\x00\xff\xfe\x00\xd8")


def taken_down_meanwhile(documents: Path) -> None:
    """Have a file that will not be opened, and another one that is to be seen no more."""
    unreadable(documents)
    (documents / "takedowns.toml").write_text(
        '[[takedown]]\ndocument = "old.txt"\nreason = "Asked for"\ndate = 2026-11-22\nby = "Data protection officer"\n'
    )
    (documents / "takedowns.toml").chmod(0o600)


def gone_meanwhile(documents: Path) -> None:
    """Have a file that will not be opened, and another one that was removed."""
    unreadable(documents)
    (documents / "old.txt").unlink()


@pytest.mark.parametrize(
    ("fault", "arguments", "left"),
    [
        (unreadable, [], {"minutes", "old", "report"}),
        (unreadable, ["--leave-out"], {"minutes", "old"}),
        (changed, [], {"minutes", "old"}),
        (taken_down_meanwhile, [], {"minutes"}),
        (gone_meanwhile, [], {"minutes"}),
    ],
    ids=["is not opened", "is left out", "was changed", "a take-down goes before", "a removal goes before"],
)
def test_what_could_be_read_and_has_not_changed_does_not_leave_the_index(
    documents: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    fault: Callable[[Path], None],
    arguments: list[str],
    left: set[str],
) -> None:
    index = tmp_path / "built"
    (documents / "report.txt").write_text("Foster carers were praised.\n")
    (documents / "old.txt").write_text("School attendance had risen.\n")
    assert built("--documents", documents, "--index", index) == 0
    fault(documents)
    assert built("--documents", documents, "--index", index, *arguments) == (2 if len(left) == 3 else 1)
    said = capsys.readouterr().err
    assert "report.txt: " in said
    assert ("the index stays as it was" in said) is (len(left) == 3)
    assert {source.id for source in LocalIndex.open(index, FakeEncoder()).sources} == left


def test_what_only_some_may_see_does_not_leave_the_index_either(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = tmp_path / "built"
    (documents / "report.txt").write_text("Foster carers were praised.\n")
    (documents / "catalogue.toml").write_text('[[source]]\nfile = "report.txt"\naccess = "officers"\n')
    assert built("--documents", documents, "--index", index) == 0
    unreadable(documents)
    assert built("--documents", documents, "--index", index) == 2
    assert "the index stays as it was" in capsys.readouterr().err
    assert {source.id for source in LocalIndex.open(index / "officers", FakeEncoder()).sources} == {"minutes", "report"}
