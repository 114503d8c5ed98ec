"""Documents that are read when they are asked for."""

import pytest
from builders import document

from corpus.model import Document
from index.documents import Documents

HELD = {"a": document("One.", id="a"), "b": document("Two.", id="b")}


def test_a_document_is_read_when_it_is_asked_for() -> None:
    read: list[str] = []

    def reading(id: str) -> Document | None:
        read.append(id)
        return HELD.get(id)

    documents = Documents(HELD, reading)
    assert (len(documents), list(documents), "b" in documents, "c" in documents) == (2, ["a", "b"], True, False)
    assert read == []
    assert documents["b"] is HELD["b"]
    assert read == ["b"]
    with pytest.raises(KeyError):
        documents["c"]
