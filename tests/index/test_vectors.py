"""The vectors of a build: each different text is encoded once, while the build goes on, and none that is known."""

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from fakes import FakeEncoder
from numpy.typing import NDArray

from index.vectors.keys import Keys, digests, key
from index.vectors.unfinished import Unfinished, unfinished
from index.vectors.vectors import Held, Vectors

PASSAGES = ["Caseloads were high.", "The board met.", "Caseloads were high."]
SENTENCES = [["Caseloads were high."], ["The board met.", "It noted the report."], ["Churn."]]
DISTINCT = ["Caseloads were high.", "The board met.", "It noted the report.", "Churn."]


class Recording(FakeEncoder):
    """Keeps which texts it was asked for at once, and makes two vectors at a time."""

    portion = 2

    def __init__(self) -> None:
        super().__init__(dimension=64)
        self.asked: list[list[str]] = []

    def encode_in_portions(self, texts: Sequence[str]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        self.asked.append(list(texts))
        return super().encode_in_portions(texts)


class Failing(Recording):
    """Gives one portion, and fails."""

    def encode_in_portions(self, texts: Sequence[str]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        yield next(super().encode_in_portions(texts))
        raise MemoryError("too long")


class Waiting(Recording):
    """Gives one portion, and the others only when it is told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.go_on = threading.Event(), threading.Event()

    def encode_in_portions(self, texts: Sequence[str]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        for portion in super().encode_in_portions(texts):
            yield portion
            self.begun.set()
            self.go_on.wait()


@pytest.fixture
def left(tmp_path: Path) -> Iterator[Unfinished]:
    with unfinished(tmp_path) as held:
        yield held


def rows(blocks: Iterator[NDArray[np.float32]]) -> list[list[float]]:
    return [vector.tolist() for block in blocks for vector in block]


def axes(*texts: str, fingerprint: str = "fake-64") -> Held:
    """Of each text, a vector of 64 numbers, of which one is 1: that of its place."""
    return Held(Keys(digests([key(fingerprint, text) for text in texts])), np.eye(64, dtype=np.float32).__getitem__)


def expected(texts: Sequence[str]) -> list[list[float]]:
    return [FakeEncoder(dimension=64).encode([text])[0].tolist() for text in texts]


def test_each_different_text_is_encoded_once_and_has_its_vector_everywhere(left: Unfinished) -> None:
    encoder = Recording()
    with Vectors(encoder, [], left) as vectors:
        vectors.add(PASSAGES, SENTENCES)
        vectors.add(["The board met."], [["Churn."]])
        vectors.finish()
        assert rows(vectors.of_passages()) == expected([*PASSAGES, "The board met."])
        assert rows(vectors.of_sentences()) == expected([*(one for each in SENTENCES for one in each), "Churn."])
    assert encoder.asked == [DISTINCT]
    assert (vectors.encoded, vectors.kept, vectors.dimension) == (4, 0, 64)
    assert vectors.counts.tolist() == [1, 2, 1, 1]
    said = [*PASSAGES, "The board met.", *(one for each in SENTENCES for one in each), "Churn."]
    assert vectors.keys.tolist() == digests([key("fake-64", text) for text in said]).tolist()


def test_what_is_known_is_not_encoded_and_the_first_that_knows_it_gives_it(left: Unfinished) -> None:
    encoder = Recording()
    known = [axes("Churn.", "The board met."), axes("The board met.", "Caseloads were high.")]
    with Vectors(encoder, known, left) as vectors:
        vectors.add(PASSAGES, SENTENCES)
        vectors.finish()
        assert encoder.asked == [["It noted the report."]]
        assert (vectors.encoded, vectors.kept) == (1, 3)
        assert [row.index(1) for row in rows(vectors.of_passages())] == [1, 1, 1]
        assert rows(vectors.of_sentences())[2] == expected(["It noted the report."])[0]
        assert [rows(vectors.of_sentences())[place].index(1) for place in (0, 1, 3)] == [1, 1, 0]


def test_what_another_model_knows_is_encoded(left: Unfinished) -> None:
    with Vectors(Recording(), [axes(*DISTINCT, fingerprint="other")], left) as vectors:
        vectors.add(PASSAGES, SENTENCES)
        vectors.finish()
    assert (vectors.encoded, vectors.kept) == (4, 0)


def test_an_encoder_is_asked_for_nothing_where_all_is_known(left: Unfinished) -> None:
    encoder = Recording()
    with Vectors(encoder, [axes(*DISTINCT)], left) as vectors:
        vectors.add(PASSAGES, SENTENCES)
        vectors.finish()
    assert encoder.asked == []


def test_there_may_be_nothing(left: Unfinished) -> None:
    with Vectors(Recording(), [], left) as vectors:
        vectors.add([], [])
        vectors.finish()
        assert (rows(vectors.of_passages()), rows(vectors.of_sentences()), vectors.dimension) == ([], [], 1)
    assert (vectors.encoded, vectors.kept, len(vectors.counts)) == (0, 0, 0)


def test_texts_are_encoded_so_many_at_a_time_as_they_come(left: Unfinished) -> None:
    encoder = Recording()
    with Vectors(encoder, [], left, at_once=2) as vectors:
        for text in ("a", "b", "c", "a", "d", "e"):
            vectors.add([text], [[text]])
        vectors.finish()
    assert encoder.asked == [["a", "b"], ["c", "d"], ["e"]]


def test_encoding_begins_before_all_has_come(left: Unfinished) -> None:
    encoder = Waiting()
    with Vectors(encoder, [], left, at_once=2) as vectors:
        vectors.add(["a", "b"], [["a"], ["b"]])
        assert encoder.begun.wait(60)
        vectors.add(["c"], [["c"]])
        encoder.go_on.set()
        vectors.finish()
        assert rows(vectors.of_passages()) == expected(["a", "b", "c"])


def test_vectors_are_given_a_block_at_a_time(left: Unfinished, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.vectors.vectors._BLOCK", 2)
    with Vectors(Recording(), [axes("Churn.")], left) as vectors:
        vectors.add(PASSAGES, SENTENCES)
        vectors.finish()
        assert [len(block) for block in vectors.of_passages()] == [2, 1]
        assert rows(vectors.of_passages()) == expected(PASSAGES)


def test_progress_tells_how_many_are_done_of_how_many_wanted_so_far(left: Unfinished) -> None:
    told: list[tuple[int, int]] = []
    with Vectors(Recording(), [axes("Churn.")], left, lambda *counts: told.append(counts)) as vectors:
        vectors.add(PASSAGES, SENTENCES)
        vectors.add(["a", "b"], [["a"], ["b"]])
        vectors.finish()
    assert told == [(0, 5), (2, 5), (4, 5), (5, 5)]


def test_what_was_encoded_is_left_for_the_next_build(tmp_path: Path) -> None:
    with pytest.raises(MemoryError), unfinished(tmp_path) as left, Vectors(Failing(), [], left) as vectors:
        vectors.add(PASSAGES, SENTENCES)
        vectors.finish()
    encoder = Recording()
    with unfinished(tmp_path) as left, Vectors(encoder, [Held(Keys(left.keys()), left.vectors)], left) as vectors:
        vectors.add(PASSAGES, SENTENCES)
        vectors.finish()
        assert rows(vectors.of_passages()) == expected(PASSAGES)
    assert encoder.asked == [["The board met.", "Churn."]]  # the longest were first


def finishing(vectors: Vectors) -> None:
    vectors.add(["a"], [["a"]])
    vectors.finish()


def adding(vectors: Vectors) -> None:
    """More than may wait, so that this fails long before the end."""
    for number in range(1_000):
        vectors.add([str(number)], [[str(number)]])


@pytest.mark.parametrize("go_on", [finishing, adding], ids=lambda one: one.__name__)
def test_an_error_of_the_encoder_comes_out(left: Unfinished, go_on: Callable[[Vectors], None]) -> None:
    encoder = Failing()
    with pytest.raises(MemoryError, match="too long"), Vectors(encoder, [], left, at_once=1) as vectors:
        go_on(vectors)
    assert len(encoder.asked) < 10


class Endless(Recording):
    """Gives the same vector over and over, far more often than a test can wait for."""

    def __init__(self) -> None:
        super().__init__()
        self.given, self.begun = 0, threading.Event()

    def encode_in_portions(self, texts: Sequence[str]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        numbers, portion = next(super().encode_in_portions(texts))
        while self.given < 100_000:
            self.given += 1
            yield numbers, portion
            self.begun.set()


def test_leaving_stops_the_encoding_and_what_waits_for_it(tmp_path: Path) -> None:
    encoder = Endless()
    with (
        pytest.raises(KeyboardInterrupt),
        unfinished(tmp_path) as left,
        Vectors(encoder, [], left, at_once=4) as vectors,
    ):
        for text in "abcdefgh":
            vectors.add([text], [[text]])
        assert encoder.begun.wait(60)
        raise KeyboardInterrupt
    assert encoder.asked == [["a", "b", "c", "d"]]
    assert encoder.given < 100_000
