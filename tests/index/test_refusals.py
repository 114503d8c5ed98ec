"""What a disk refuses is told in plain words, by the command that builds too; nothing that serves is touched."""

import errno
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import small_council
from fakes import FakeEncoder
from small_council import QUESTION, SECRET

import build_index
from index.files import generations
from index.files.generations import IndexUnusable
from index.files.refusals import told
from index.models.apart import EncoderApart
from webapp.app import create_app
from webapp.live import LiveAssistant


def of_sqlite(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("in SQLite's words")
    error.sqlite_errorcode = code
    return error


def of_system(code: int) -> OSError:
    return OSError(code, os.strerror(code))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (of_system(errno.ENOSPC), "The disk is full"),
        (of_system(errno.EDQUOT), "The disk is full"),
        (of_sqlite(sqlite3.SQLITE_FULL), "The disk is full"),
        (OSError("1234 requested and 0 written"), "The disk is full"),
        (RuntimeError("write error in a.faiss: 0 != 8 (No space left on device)"), "The disk is full"),
        (of_system(errno.EROFS), "cannot be written to"),
        (of_system(errno.EACCES), "cannot be written to"),
        (of_sqlite(sqlite3.SQLITE_READONLY_DIRECTORY), "cannot be written to"),
        (of_sqlite(sqlite3.SQLITE_CANTOPEN), "cannot be written to"),
        (of_sqlite(sqlite3.SQLITE_BUSY), "Another program holds a file"),
    ],
    ids=["full", "quota", "SQLite full", "numpy", "faiss", "read-only", "forbidden", "SQLite", "no file", "held"],
)
def test_a_refusal_is_told_in_plain_words(tmp_path: Path, error: Exception, said: str) -> None:
    with pytest.raises(IndexUnusable, match=rf"{said}.*What served before still serves, as it was\."), told(tmp_path):
        raise error


@pytest.mark.parametrize(
    "error", [of_system(errno.ENOENT), RuntimeError("another"), sqlite3.DatabaseError("another")], ids=repr
)
def test_other_errors_go_through(tmp_path: Path, error: Exception) -> None:
    with pytest.raises(type(error)) as raised, told(tmp_path):
        raise error
    assert raised.value is error


@contextmanager
def mounted(folder: Path, *how: str) -> Iterator[None]:
    """Something mounted on a folder, where that may be done."""
    if os.name == "nt" or os.geteuid() or shutil.which("mount") is None:
        pytest.skip("mounting wants root")
    if subprocess.run(["mount", *how, str(folder)], capture_output=True, check=False).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """A folder that cannot be written to."""
    with mounted(folder, "--bind", str(folder)):
        subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)
        yield


@pytest.fixture
def council(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(EncoderApart, "find", lambda name=None: FakeEncoder())
    (tmp_path / "index").mkdir()
    small_council.write(tmp_path / "documents")
    return tmp_path


def built(place: Path) -> int:
    return build_index.main(["--documents", str(place / "documents"), "--index", str(place / "index")])


def answered(live: LiveAssistant) -> bool:
    client = create_app(live.current, SECRET).test_client()
    return client.post("/ask", json={"question": QUESTION}).get_json()["status"] == "answered"


def test_a_build_on_a_full_disk_says_so_and_leaves_what_serves(
    council: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = council / "index"
    with mounted(index, "-t", "tmpfs", "-o", "size=6m", "full"):
        assert built(council) == 0
        name = generations.current(index)
        live = LiveAssistant.open(index, None)
        small_council.write(council / "documents", third="Third report\n\nThe Board welcomed the strategy.\n")
        ballast = index / "ballast"
        for room in (0, 60_000, 150_000):
            ballast.unlink(missing_ok=True)
            ballast.write_bytes(b"\0" * (shutil.disk_usage(index).free - room))
            capsys.readouterr()
            assert built(council) == 2
            err = capsys.readouterr().err
            assert "The disk is full" in err
            assert "Free some room and run again" in err
            assert {path.name for path in index.iterdir() if path.is_dir()} == {name}
            assert answered(live)
        ballast.unlink()
        assert built(council) == 0
        assert live.current().index.document("third") is not None


def test_a_build_into_a_read_only_folder_says_so_and_it_serves(
    council: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert built(council) == 0
    small_council.write(council / "documents", third="Third report\n\nThe Board welcomed the strategy.\n")
    with read_only(council / "index"):
        assert built(council) == 2
        assert "cannot be written to" in capsys.readouterr().err
        assert answered(LiveAssistant.open(council / "index", None))


def test_a_new_folder_that_cannot_be_written_says_so(council: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with read_only(council / "index"):
        assert built(council) == 2
    assert "cannot be written to" in capsys.readouterr().err
