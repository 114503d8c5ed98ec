"""The same questions asked of an index on disk and of one in a Milvus."""

from pathlib import Path

from builders import document
from fakes import FakeEncoder

from evaluation import milvus
from evaluation.cases import Case, Span
from evaluation.milvus import PREFIX, asked_twice, indexed, tables
from index.build import build
from index.local import LocalIndex
from index.milvus.connection import Connection
from index.milvus.milvus_index import MilvusIndex

CASELOADS = "Caseloads of social workers fell in May."
DOCUMENTS = (
    document(CASELOADS, "Members thanked the director.", id="medway", facts={"council": "Medway Council"}),
    document("Foster carers were glad of the new offer.", id="york", facts={"council": "York Council"}),
)
CASES = (
    Case("a", "fact", ("How high were caseloads of social workers?",), "any", (Span("medway", 0, len(CASELOADS)),)),
    Case("b", "absent", ("What does a zebra eat?",), "none", ()),
)


def test_both_engines_are_asked_and_held_together(milvus: str) -> None:
    encoder, connection = FakeEncoder(dimension=256), Connection.open(milvus)
    with indexed(DOCUMENTS, connection, encoder) as (folder, place):
        assert len(encoder.encoded) == len(set(encoder.encoded)) == 3
        asked = asked_twice(LocalIndex.open(folder, encoder), MilvusIndex.open(place, encoder), CASES)
    assert [one.same for one in asked] == [True, True]
    assert not [name for name in connection.names() if name.startswith(PREFIX)]
    connection.close()
    good, times = tables({"Two": asked}, {one.id: one for one in DOCUMENTS})
    assert good.splitlines()[2].startswith("| Two: disk | 2 | 1.00 |")
    assert times.splitlines()[2].startswith("| Two | 2 | 2 |")


def test_an_answer_that_differs_is_named(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    build(DOCUMENTS, tmp_path / "all", encoder)
    build(DOCUMENTS[1:], tmp_path / "less", encoder)
    whole, less = (LocalIndex.open(tmp_path / name, encoder) for name in ("all", "less"))
    asked = asked_twice(whole, less, CASES[:1])
    *_, told, names = tables({"One": asked}, {one.id: one for one in DOCUMENTS})
    assert told == "Answered otherwise:"
    assert names == "- a: “How high were caseloads of social workers?”"


def test_the_committed_table_tells_the_server_and_every_set() -> None:
    table = (Path(milvus.__file__).parent / "milvus.md").read_text(encoding="utf-8")
    for part in ("milvus_lite", "to the letter", *milvus.FIVE):
        assert part in table
