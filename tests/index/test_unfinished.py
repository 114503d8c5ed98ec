"""What a build that was stopped leaves behind: every vector that was written whole, and nothing else."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.vectors.keys import LENGTH, key
from index.vectors.unfinished import FILES, Unfinished, unfinished

KEYS = [key("f", text) for text in ("one", "two", "three")]
VECTORS = np.array([[1, 0], [0, 1], [-0.6, 0.8]], np.float32)
RECORD = LENGTH + 2 * 4


def stopped(folder: Path, keys: Sequence[bytes] = KEYS, vectors: NDArray[np.float32] = VECTORS) -> Path:
    """The file of a build that put vectors, one portion each, and was stopped."""
    with pytest.raises(KeyboardInterrupt), unfinished(folder) as left:
        for one, vector in zip(keys, vectors, strict=True):
            left.put([one], vector[None])
        raise KeyboardInterrupt
    (file,) = folder.glob(FILES)
    return file


def held(left: Unfinished) -> list[tuple[bytes, list[float]]]:
    keys = left.keys()
    vectors = left.vectors(np.arange(len(keys))) if len(keys) else ()
    return [(one.tobytes(), vector.tolist()) for one, vector in zip(keys, vectors, strict=True)]


ALL = [(one, vector.tolist()) for one, vector in zip(KEYS, VECTORS, strict=True)]


def test_what_was_put_is_held_by_the_next_build_and_no_more_when_that_ends_well(tmp_path: Path) -> None:
    stopped(tmp_path)
    with unfinished(tmp_path) as left:
        assert held(left) == ALL
    assert list(tmp_path.iterdir()) == []
    with unfinished(tmp_path) as left:
        assert held(left) == []


def test_what_is_put_is_held_at_once(tmp_path: Path) -> None:
    with unfinished(tmp_path) as left:
        assert held(left) == []
        left.put(KEYS[:2], VECTORS[:2])
        assert held(left) == ALL[:2]
        left.put(KEYS[2:], VECTORS[2:])
        assert held(left) == ALL


def test_a_build_that_goes_on_adds_to_what_was_left(tmp_path: Path) -> None:
    stopped(tmp_path, KEYS[:1], VECTORS[:1])
    file = stopped(tmp_path, KEYS[1:], VECTORS[1:])
    assert file.stat().st_size == 3 * RECORD
    with unfinished(tmp_path) as left:
        assert held(left) == ALL


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-5])


def zeros(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: 2 * RECORD] + bytes(3 * RECORD))


def zeros_that_end_within_a_record(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: 2 * RECORD] + bytes(RECORD + 7))


def not_numbers(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: 2 * RECORD] + b"\xff" * RECORD)


def half_written(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-4] + bytes(4))


@pytest.mark.parametrize(
    "harm", [cut, zeros, zeros_that_end_within_a_record, not_numbers, half_written], ids=lambda harm: harm.__name__
)
def test_what_is_not_whole_is_cut_off_and_what_is_before_it_is_held(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    harm(stopped(tmp_path))
    with unfinished(tmp_path) as left:
        assert held(left) == ALL[:2]
        left.put(KEYS[2:], VECTORS[2:])
        assert held(left) == ALL


def test_many_are_looked_at_a_part_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.vectors.unfinished._BLOCK", 2)
    file = stopped(tmp_path)
    with pytest.raises(KeyboardInterrupt), unfinished(tmp_path) as left:
        assert held(left) == ALL
        raise KeyboardInterrupt
    cut(file)
    with unfinished(tmp_path) as left:
        assert held(left) == ALL[:2]


@pytest.mark.parametrize("size", [0, 1, RECORD - 1], ids=["empty", "a byte", "all but a byte of one"])
def test_a_file_of_no_whole_vector_holds_none(tmp_path: Path, size: int) -> None:
    file = stopped(tmp_path)
    file.write_bytes(file.read_bytes()[:size])
    with unfinished(tmp_path) as left:
        assert held(left) == []


def test_vectors_of_another_length_take_the_place_of_those_before(tmp_path: Path) -> None:
    stopped(tmp_path)
    longer = np.array([[0, 0, 1]], np.float32)
    file = stopped(tmp_path, KEYS[:1], longer)
    assert file.name == "vectors-3.unfinished"
    with unfinished(tmp_path) as left:
        assert held(left) == [(KEYS[0], [0, 0, 1])]


def test_a_build_of_another_model_that_encodes_nothing_keeps_what_was_left(tmp_path: Path) -> None:
    stopped(tmp_path)
    with pytest.raises(KeyboardInterrupt), unfinished(tmp_path):
        raise KeyboardInterrupt
    with unfinished(tmp_path) as left:
        assert held(left) == ALL


def test_a_build_anew_holds_nothing_from_before(tmp_path: Path) -> None:
    stopped(tmp_path)
    with unfinished(tmp_path, anew=True) as left:
        assert held(left) == []


def test_nothing_else_in_the_folder_is_read_or_removed(tmp_path: Path) -> None:
    others = {"vectors-many.unfinished", "vectors-2.unfinished.txt", "unfinished-20200101T000000-0123abcd"}
    for name in others:
        (tmp_path / name).write_text("kept")
    with unfinished(tmp_path, anew=True) as left:
        assert held(left) == []
        left.put(KEYS, VECTORS)
    assert {path.name for path in tmp_path.iterdir()} == others
