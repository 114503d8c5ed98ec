"""Long and hostile text as values that a field holds: packed into letters, and cut."""

import base64
import json
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from index.milvus.schema import LONGEST_VALUE


def packed(content: bytes) -> list[str]:
    """Bytes as values, in order, whatever they hold and however many they are; one at least."""
    letters = base64.b85encode(zlib.compress(content, 6)).decode("ascii")
    return [letters[start : start + LONGEST_VALUE] for start in range(0, len(letters), LONGEST_VALUE)]


def unpacked(values: Iterable[str]) -> bytes:
    """The bytes that ``packed`` made these values of; ``ValueError`` where they are not whole."""
    try:
        return zlib.decompress(base64.b85decode("".join(values)))
    except zlib.error as error:
        raise ValueError(f"a value is not as it was written ({error})") from error


def as_values(fields: Any) -> list[str]:
    """What JSON can hold, as values."""
    return packed(json.dumps(fields, separators=(",", ":")).encode("ascii"))


def from_values(values: Sequence[str]) -> Any:
    """What ``as_values`` made these values of."""
    return json.loads(unpacked(values))
