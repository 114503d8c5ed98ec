"""Some of the faults of ``benchmarks/faults.md``, made with real processes."""

from pathlib import Path

import pytest

from benchmarks.faults import making as faults
from benchmarks.faults.fault import Fault, Saw

BY_WORDS = (
    "passages.sqlite one bit flipped, then the server started",
    "sentences.faiss truncated, flipped",
    "the pointer file garbage",
    "the folder of the serving generation removed under load",
    "both generations damaged, then the server started",
    "the index's disk full under a running server",
    "the index folder read-only: a build",
    "the lock file held",
)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return faults.prepare(tmp_path_factory.mktemp("faults") / "prepared")


def the(words: str) -> Fault:
    (found,) = [fault for table in faults.TABLES.values() for fault in table if words in fault.done]
    return found


@pytest.mark.parametrize("words", BY_WORDS)
def test_it_goes_as_it_ought_to(words: str, prepared: Path, tmp_path: Path) -> None:
    saw = faults.made(the(words), prepared, tmp_path / "fault")
    if isinstance(saw, str):
        pytest.skip(saw)
    assert saw.right, saw.words


def test_what_ought_not_to_be_seen_is_marked_and_an_error_is_a_finding(
    prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(place: Path, saw: Saw) -> None:
        saw.that("something", False)
        raise ValueError("not foreseen")

    saw = faults.made(Fault("something", "nothing", run), prepared, tmp_path / "fault")
    assert isinstance(saw, Saw)
    assert not saw.right
    assert saw.words == ["**WRONG:** something", "**WRONG:** ValueError: not foreseen"]
    assert not (tmp_path / "fault").exists()


def test_there_are_thirty_and_each_says_what_is_done_once() -> None:
    done = [fault.done for table in faults.TABLES.values() for fault in table]
    assert len(done) == len(set(done)) >= 30
    assert [fault.done for table in faults.TABLES.values() for fault in table if not fault.expected] == []
