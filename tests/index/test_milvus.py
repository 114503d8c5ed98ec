"""An index in Milvus: what is written there, which generation serves, and what is told when something is wrong."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from builders import document
from fakes import FakeEncoder
from hypothesis import given, settings
from hypothesis import strategies as st

import build_index
from assistant.__main__ import main as ask
from corpus.access import Access
from corpus.model import Document, Role, Voice
from index import audiences
from index.build import build as build_on_disk
from index.files.generations import IndexDamaged, IndexMissing, IndexUnusable, new_name
from index.fusion import Way
from index.local import LocalIndex
from index.meaning import WrongEncoder
from index.milvus import finding, generations, schema, scope, values
from index.milvus.build import build
from index.milvus.connection import Connection, MilvusUnusable
from index.milvus.generations import Place
from index.milvus.milvus_index import MilvusIndex
from index.milvus.rows import RecordKind, record
from index.model import Filters
from index.words.expression import All, Any, Expression, Near, Phrase, Without, Word
from webapp.__main__ import main as serve

HOSTILE = 'a "quoted" \\ {id} \' or true or \x00 \ud800 é'
DOCUMENTS = (
    document(
        "Health partners must contribute to assessments.",
        "Caseloads of social workers were too high.",
        id="medway",
        voice=Voice.OFSTED,
        facts={"council": "Medway Council"},
    ),
    document("Caseloads fell. Members were glad.", id=HOSTILE, role=Role.DECISION, facts={"council": HOSTILE}),
    document("A heading", "Caseloads of social workers were too high.", id="york", searched=False),
)
DIMENSION = 256


def encoder(name: str = "fake") -> FakeEncoder:
    return FakeEncoder(name, DIMENSION)


@pytest.fixture(scope="session")
def connection(milvus: str) -> Iterator[Connection]:
    connection = Connection.open(milvus)
    yield connection
    connection.close()


@pytest.fixture
def place(connection: Connection, request: pytest.FixtureRequest) -> Iterator[Place]:
    """A place of its own for each test, left empty."""
    place = Place(connection, f"test_{abs(hash(request.node.nodeid))}")
    yield place
    generations.remove_all_but(place, set())


def built(place: Place, folder: Path, *documents: Document, with_encoder: FakeEncoder | None = None) -> str:
    return build(documents, place, with_encoder or encoder(), folder).generation


def collections(place: Place) -> set[str]:
    """The generations that there are collections of."""
    found = {name.removeprefix(f"{place.prefix}_") for name in place.connection.names()}
    return {name[:24].replace("_", "-") for name in found if name[:8].isdigit()}


def test_a_build_serves_and_the_same_again_does_nothing(place: Place, tmp_path: Path) -> None:
    first = build(DOCUMENTS, place, encoder(), tmp_path)
    assert (first.documents, first.passages, first.searched, first.up_to_date) == (3, 5, 3, False)
    assert first.encoded == 5  # three passages, one of two sentences: the others are texts of their own
    assert generations.current(place) == first.generation
    silent = encoder()
    again = build(DOCUMENTS, place, silent, tmp_path)
    assert (again.up_to_date, again.generation, silent.encoded) == (True, first.generation, [])
    full = build(DOCUMENTS, place, silent, tmp_path, full=True)
    assert (full.encoded, full.reused, len(silent.encoded)) == (5, 0, 5)


def test_only_new_texts_are_encoded_and_the_generation_before_is_kept(place: Place, tmp_path: Path) -> None:
    names = [built(place, tmp_path, *DOCUMENTS)]
    for number in range(3):
        more = encoder()
        new = document(f"Foster carers number {number} came.", id="new")
        names.append(built(place, tmp_path, *DOCUMENTS, new, with_encoder=more))
        assert more.encoded == [new.text]
        assert collections(place) == set(names[-2:])
    assert MilvusIndex.open(place, encoder()).generation == names[-1]


def test_documents_come_back_as_they_were_whatever_they_hold(place: Place, tmp_path: Path) -> None:
    noise = "".join(chr(33 + (number * 7919) % 90) for number in range(400_000))
    hostile = document(HOSTILE, noise, f"{HOSTILE}\nmore", id=f"{HOSTILE}/2", facts={"title": HOSTILE})
    documents = (*DOCUMENTS, hostile)
    built(place, tmp_path, *documents)
    index = MilvusIndex.open(place, encoder())
    assert index.sources == tuple(one.source for one in documents)
    for one in documents:
        assert index.document(one.id) == one
        assert [index.passage(passage.id) for passage in one.passages] == list(one.passages)
    assert index.document("nowhere") is index.passage("nowhere") is index.moved("nowhere") is None
    found = index.search("caseloads", filters=Filters(documents=frozenset({HOSTILE})))
    assert [hit.passage for hit in found] == list(DOCUMENTS[1].passages)
    assert {hit.passage.document for hit in index.search(HOSTILE)} >= {hostile.id}


def test_a_build_that_fails_leaves_the_old_one_serving_and_nothing_else(place: Place, tmp_path: Path) -> None:
    first = built(place, tmp_path, *DOCUMENTS)

    class Failing(FakeEncoder):
        def vectors(self, texts: Sequence[str]) -> np.ndarray:
            if len(self.encoded) == 2:
                raise RuntimeError("not foreseen")
            return super().vectors(texts)

    new = document("The longest of all came.", "A shorter one.", "Short.", id="new")
    with pytest.raises(RuntimeError, match="not foreseen"):
        built(place, tmp_path, *DOCUMENTS, new, with_encoder=Failing(dimension=DIMENSION))
    assert collections(place) == {first}
    assert MilvusIndex.open(place, encoder()).generation == first
    rest = encoder()
    built(place, tmp_path, *DOCUMENTS, new, with_encoder=rest)
    assert rest.encoded == ["Short."]


def test_what_serves_stays_until_another_can_though_this_program_cannot_read_it(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = built(place, tmp_path, *DOCUMENTS)
    monkeypatch.setattr(schema, "FORMAT", schema.FORMAT + 1)
    created: list[set[str]] = []
    create = Connection.create

    def seen(self: Connection, name: str, collection: schema.Collection) -> None:
        created.append(collections(place))
        create(self, name, collection)

    monkeypatch.setattr(Connection, "create", seen)
    last = built(place, tmp_path, *DOCUMENTS)
    assert all(first in there for there in created)
    assert collections(place) == {first, last}


def test_what_a_killed_build_leaves_is_removed_by_the_next_and_nothing_of_others(place: Place, tmp_path: Path) -> None:
    first = built(place, tmp_path, *DOCUMENTS)
    dead = new_name()
    place.connection.create(place.collection(dead, "records"), schema.records())
    other = f"{place.prefix}_of_somebody_else"
    place.connection.create(other, schema.records())
    last = built(place, tmp_path, *DOCUMENTS[:2])
    assert collections(place) == {first, last}
    assert other in place.connection.names()
    place.connection.drop(other)


def test_without_an_index_it_says_how_to_build_one(place: Place) -> None:
    with pytest.raises(IndexMissing, match=r"python build_index.py --milvus http://127"):
        MilvusIndex.open(place, None)


@pytest.mark.parametrize("what", ["passages", "sentences", "records"])
def test_a_collection_that_is_gone_is_told(place: Place, tmp_path: Path, what: str) -> None:
    name = built(place, tmp_path, *DOCUMENTS)
    place.connection.drop(place.collection(name, what))
    with pytest.raises(IndexUnusable):
        MilvusIndex.open(place, None)
    assert built(place, tmp_path, *DOCUMENTS) != name
    assert MilvusIndex.open(place, encoder()).search("caseloads")


def test_rows_that_are_missing_or_too_many_are_told(place: Place, tmp_path: Path) -> None:
    name = built(place, tmp_path, *DOCUMENTS)
    row = record("stray", RecordKind.PART, 0, "")
    place.connection.insert(place.collection(name, "records"), [row])
    with pytest.raises(IndexDamaged, match=r"rows of .*Build one with: python build_index.py --milvus"):
        MilvusIndex.open(place, None)


def test_another_format_and_another_encoder_are_told(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(place, tmp_path, *DOCUMENTS)
    with pytest.raises(WrongEncoder, match="built with the model fake, and this is another"):
        MilvusIndex.open(place, encoder("other"))
    monkeypatch.setattr(schema, "FORMAT", schema.FORMAT + 1)
    with pytest.raises(IndexDamaged, match="is of format 2; this program reads format 3"):
        MilvusIndex.open(place, None)


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("http://127.0.0.1:9", "does not answer"),
        ("http://somebody:secret@127.0.0.1:9", "does not answer"),
        ("nonsense", "is not the address of a Milvus"),
        ("folder/milvus.db", "is not the address of a Milvus"),
    ],
    ids=["nobody there", "with a password", "nonsense", "a file"],
)
def test_a_milvus_that_cannot_be_used_is_told_without_its_secrets(uri: str, said: str) -> None:
    pytest.importorskip("pymilvus")
    with pytest.raises(MilvusUnusable, match=said) as told:
        Connection.open(uri, token="somebody:secret")
    assert "secret" not in str(told.value)
    assert "MILVUS_TOKEN" in str(told.value)


def test_what_the_corpus_knows_is_gathered_as_on_disk(two: tuple[MilvusIndex, LocalIndex]) -> None:
    for index in two:
        assert (list(index.documents), len(index.holdings.sources)) == ([f"d{n}" for n in range(0, 60, 10)], 6)
        assert index.documents["d20"] == index.document("d20")
        assert sorted(index.holdings.councils) == ["Council 0", "Council 1", "Council 2"]
    in_milvus, on_disk = two
    assert in_milvus.register.rows == on_disk.register.rows
    assert in_milvus.register.councils == on_disk.register.councils
    assert in_milvus.report is not None
    assert on_disk.report is not None
    assert in_milvus.report.counts() == on_disk.report.counts()


WORDS = ("care", "carers", "ofsted", "the", "board", "plan")
TERMS = ("care", "carer", "ofst", "", "board", "plan", "zebra")
OCCURRING = st.one_of(
    st.builds(Word, st.sampled_from(TERMS)),
    st.builds(Phrase, st.lists(st.sampled_from(WORDS), max_size=3).map(tuple)),
    st.builds(Near, st.builds(Word, st.sampled_from(TERMS)), st.builds(Word, st.sampled_from(TERMS)), st.just(2)),
)
EXPRESSIONS: st.SearchStrategy[Expression] = st.recursive(
    OCCURRING,
    lambda parts: st.one_of(
        st.builds(All, st.lists(parts, max_size=3).map(tuple)),
        st.builds(Any, st.lists(parts, max_size=3).map(tuple)),
        st.builds(Without, parts),
    ),
    max_leaves=5,
)


@pytest.fixture(scope="module")
def two(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[MilvusIndex, LocalIndex]]:
    """The same sixty passages in both engines, one of more words than the engine holds."""
    rolls = np.random.default_rng(7).integers(0, len(WORDS), (59, 4))
    texts = [" ".join(WORDS[place] for place in roll) for roll in rolls]
    texts.append("care plan " + " ".join(f"word{number}" for number in range(5_000)))
    documents = [
        document(
            *texts[start : start + 10],
            id=f"d{start}",
            facts={"council": f"Council {start % 3}", "date": f"20{start + 10}-01-01"},
        )
        for start in range(0, 60, 10)
    ]
    folder, place = tmp_path_factory.mktemp("two"), Place(connection, "two")
    build(documents, place, encoder(), folder / "milvus")
    build_on_disk(documents, folder / "local", encoder())
    yield MilvusIndex.open(place, encoder()), LocalIndex.open(folder / "local", encoder())
    generations.remove_all_but(place, set())


@settings(max_examples=60)
@given(EXPRESSIONS)
def test_an_expression_finds_what_it_finds_on_disk(two: tuple[MilvusIndex, LocalIndex], expression: Expression) -> None:
    in_milvus, on_disk = (one.matching("", (), Filters(expression=expression), 0) for one in two)
    assert in_milvus.number.tolist() == on_disk.number.tolist()


QUESTIONS = ("care plan", "the ofsted board", "carers carers board", "zebra", "")


@pytest.mark.parametrize("named", [0, 4_000], ids=["by conditions", "named"])
@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(documents=frozenset({"d0", "d20", "d50"})),
        Filters(documents=frozenset({"d20", "d30", "d40"})),
        Filters(expression=Phrase(("care", "plan"))),
        Filters(expression=Without(Word("care")), said_in=1),
        Filters(references=frozenset({"para 3"}), other_references=frozenset({"para 4"})),
    ],
    ids=["anything", "documents", "days", "phrase", "left out", "references"],
)
def test_hits_and_matches_are_those_on_disk(
    two: tuple[MilvusIndex, LocalIndex], filters: Filters, named: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scope, "NAMED", named)
    for question in QUESTIONS:  # of equals, all are asked for: an engine may stop at any of them
        for way in Way:
            in_milvus, on_disk = (one.search(question, filters=filters, way=way, top=7) for one in two)
            assert in_milvus == on_disk
        terms = question.split()
        found = [one.matching(question, terms, filters, 60) for one in two]
        for name in ("number", "document", "role", "voice", "outcome", "near"):
            one, other = (getattr(matches, name).tolist() for matches in found)
            assert one == other, name
        assert np.allclose(found[0].bm25, found[1].bm25, rtol=1e-6)
        near = [one.nearness(question, found[0].number[:4]) for one in two] if question else [np.zeros(0)] * 2
        assert np.array_equal(*near)
    like = [one.similar("d0-3", filters, 60).number.tolist() for one in two]
    assert like[0] == like[1]


def test_no_more_are_found_than_are_counted(
    two: tuple[MilvusIndex, LocalIndex], monkeypatch: pytest.MonkeyPatch
) -> None:
    index = two[0]
    everything = index.matching("", (), Filters(), 0)
    assert (len(everything), everything.complete) == (60, True)
    care = index.matching("care", ["care"], Filters(), 0)
    monkeypatch.setattr(finding, "MOST_FOUND", 10)
    first = index.matching("", (), Filters(), 0)
    assert not first.complete
    assert first.number.tolist() == list(range(len(first)))
    assert 5 <= len(first) <= 10
    best = index.matching("care", ["care"], Filters(), 3)
    assert not best.complete
    assert 10 <= len(best) <= 13
    assert set(best.number) <= set(care.number)
    assert np.sort(best.bm25)[-1] == care.bm25.max()


def test_a_graph_finds_what_comparing_all_finds(
    two: tuple[MilvusIndex, LocalIndex], connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "EXACT_UP_TO", 0)
    documents = [document for source in two[1].sources if (document := two[1].document(source.id))]
    place = Place(connection, "graph")
    build(documents, place, encoder(), tmp_path)
    index = MilvusIndex.open(place, encoder())
    for question in ("care plan", "the board"):
        assert index.search(question, way=Way.DENSE, top=5) == two[1].search(question, way=Way.DENSE, top=5)
    generations.remove_all_but(place, set())


def test_a_pointer_to_what_is_no_generation_is_told(place: Place, tmp_path: Path) -> None:
    built(place, tmp_path, *DOCUMENTS)
    stray = f"{place.prefix}_stray"
    place.connection.create(stray, schema.records())
    place.connection.point(place.alias, stray)
    with pytest.raises(IndexDamaged, match="names no generation"):
        generations.current(place)
    last = built(place, tmp_path, *DOCUMENTS)
    assert generations.current(place) == last
    place.connection.drop(stray)


def test_a_manifest_that_cannot_be_read_is_told(place: Place, tmp_path: Path) -> None:
    name = new_name()
    collection = place.collection(name, "records")
    place.connection.create(collection, schema.records())
    (value,) = values.as_values({"format": schema.FORMAT})
    place.connection.insert(collection, [record("manifest/0", RecordKind.MANIFEST, 0, value)])
    place.connection.ready(collection, schema.records(), 1)
    generations.serve(place, name)
    with pytest.raises(IndexDamaged, match=r"manifest in .* cannot be read"):
        MilvusIndex.open(place, None)


def test_without_pymilvus_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(MilvusUnusable, match=r"pip install -r requirements-milvus.txt"):
        Connection.open("http://127.0.0.1:9")


def test_pymilvus_is_imported_only_when_asked_for() -> None:
    program = "import sys, build_index, webapp.__main__; sys.exit('pymilvus' in sys.modules or 'grpc' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parents[2]).returncode == 0


def test_the_token_goes_to_the_engine_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    pymilvus = pytest.importorskip("pymilvus")
    given: dict[str, object] = {}

    def client(**options: object) -> None:
        given.update(options)
        raise pymilvus.MilvusException(code=65535, message="auth check failure")

    monkeypatch.setattr(pymilvus, "MilvusClient", client)
    monkeypatch.setenv("MILVUS_TOKEN", "somebody:secret")
    said: list[str] = []
    for main, arguments in ((serve, []), (ask, ["search", "care"]), (build_index.main, [])):
        given.clear()
        monkeypatch.setattr("builtins.print", lambda *words, **_: said.append(" ".join(map(str, words))))
        assert main([*arguments, "--milvus", "http://127.0.0.1:9"]) == 2
        assert given["token"] == "somebody:secret"
    assert len(said) == 3
    assert all("auth check failure" in one and "secret" not in one for one in said)


def test_each_level_of_access_has_a_place_of_its_own(place: Place, tmp_path: Path) -> None:
    officers = audiences.place_of(place, Access.OFFICERS)
    built(place, tmp_path / "public", *DOCUMENTS[:1])
    private = build(DOCUMENTS, officers, encoder(), tmp_path / "officers", beside=place)
    assert private.reused > 0, "what everyone may see has its vectors already"
    assert [source.id for source in MilvusIndex.open(place, None).sources] == ["medway"]
    assert [source.id for source in MilvusIndex.open(officers, None).sources] == ["medway", HOSTILE, "york"]
    audiences.remove_other_places(place, [Access.PUBLIC])
    assert generations.current(officers) is None
    assert not [name for name in place.connection.names() if name.startswith(officers.prefix)]
    assert [source.id for source in MilvusIndex.open(place, None).sources] == ["medway"]
