"""Documents on disk: they come back as they were, each by its place."""

import pytest
from builders import document

from corpus.spool import Spool, pack

DOCUMENTS = [document("Caseloads are high.", id=id) for id in ("a", "b", "c")]


@pytest.fixture
def spool() -> Spool:
    made = Spool.new()
    for one in DOCUMENTS:
        made.add(pack(one))
    return made


def test_documents_come_back_as_they_were(spool: Spool) -> None:
    assert list(spool) == DOCUMENTS
    assert (len(spool), spool[1], spool[-1], spool[1:]) == (3, DOCUMENTS[1], DOCUMENTS[2], tuple(DOCUMENTS[1:]))
    assert list(spool) == DOCUMENTS


def test_some_of_them_in_another_order(spool: Spool) -> None:
    assert list(spool.of([2, 0])) == [DOCUMENTS[2], DOCUMENTS[0]]


def test_there_is_no_document_after_the_last(spool: Spool) -> None:
    with pytest.raises(IndexError):
        spool[3]


def test_a_spool_of_nothing() -> None:
    assert list(Spool.new()) == []
