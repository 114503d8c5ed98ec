"""Keys are found where they are, as a dictionary would find them, whatever their bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.vectors.keys import LENGTH, Keys, digests, key

# Of few different bytes, NUL among them, so that keys are like each other; and of any.
LIKE = st.lists(st.sampled_from([0, 1, 127, 128, 255]), min_size=LENGTH, max_size=LENGTH).map(bytes)
KEYS = st.lists(st.one_of(LIKE, st.binary(min_size=LENGTH, max_size=LENGTH)), max_size=12)


@given(KEYS, KEYS)
def test_each_is_found_where_it_is_first(held: list[bytes], others: list[bytes]) -> None:
    held = [*held, *held[::2]]
    wanted = [*others, *held[::-1]]
    first: dict[bytes, int] = {}
    for place, one in enumerate(held):
        first.setdefault(one, place)
    keys = Keys(digests(held))
    assert keys.find(digests(wanted)).tolist() == [first.get(one, -1) for one in wanted]
    assert (len(keys), keys.distinct()) == (len(held), len(first))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (b"\x01" + bytes(LENGTH - 1), bytes(LENGTH)),
        (bytes(LENGTH - 1) + b"\x01", bytes(LENGTH)),
        (b"\x01\x00\x02" + bytes(LENGTH - 3), b"\x01" + bytes(LENGTH - 1)),
        (b"\xff" * LENGTH, b"\x7f" * LENGTH),
    ],
    ids=["ends in NUL", "differs at its end", "NUL within", "high bytes"],
)
def test_keys_that_are_like_each_other_are_told_apart(one: bytes, other: bytes) -> None:
    keys = Keys(digests([other, one]))
    assert keys.find(digests([one, other])).tolist() == [1, 0]
    assert keys.distinct() == 2


def test_nothing_is_found_in_nothing() -> None:
    nothing = Keys(digests([]))
    assert nothing.find(digests([bytes(LENGTH)] * 2)).tolist() == [-1, -1]
    assert nothing.find(digests(b"")).tolist() == []
    assert (len(nothing), nothing.distinct()) == (0, 0)


def test_keys_joined_are_the_same_keys() -> None:
    one, other = key("f", "one"), key("f", "other")
    assert digests(one + other).tolist() == digests(bytearray(one + other)).tolist() == digests([one, other]).tolist()
    assert digests(one + other).shape == (2, LENGTH)


@pytest.mark.parametrize(
    ("fingerprint", "text"),
    [("f", "other"), ("g", "text"), ("f", "\ud800"), ("f", "")],
    ids=["another text", "another model", "half of a surrogate pair", "no text"],
)
def test_a_key_is_of_the_text_and_of_the_model(fingerprint: str, text: str) -> None:
    assert key(fingerprint, text) != key("f", "text")
    assert key(fingerprint, text) == key(fingerprint, text)
    assert len(key(fingerprint, text)) == LENGTH
