"""Searching an index: rankings, signals, filters, and order that never varies."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from builders import document
from fakes import FakeEncoder
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Role, Voice
from index.build import build
from index.fusion import Way
from index.generations import IndexDamaged, IndexMissing
from index.local import LocalIndex, WrongEncoder
from index.model import Filters, Hit

DOCUMENTS = (
    document(
        "Health partners must contribute to assessments.",
        "Caseloads of social workers were too high.",
        id="medway",
        voice=Voice.OFSTED,
        facts={"council": "Medway Council"},
    ),
    document(
        "That the report on caseloads be noted.",
        "That health partners attend the board.",
        id="leeds",
        role=Role.DECISION,
        facts={"council": "Leeds City Council"},
    ),
    document("Ofsted heading", id="kent", searched=False, facts={"council": "Kent County Council"}),
    document("Workforce churn harmed practice.", id="york", voice=Voice.MEMBER),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("index")
    build(DOCUMENTS, place, FakeEncoder())
    return place


@pytest.fixture
def index(folder: Path) -> LocalIndex:
    return LocalIndex.open(folder, FakeEncoder())


def ids(hits: list[Hit]) -> list[str]:
    return [hit.passage.id for hit in hits]


def test_an_index_says_what_it_holds(index: LocalIndex) -> None:
    assert [source.id for source in index.sources] == ["medway", "leeds", "kent", "york"]
    assert (index.facts.documents, index.facts.passages, index.facts.searched) == (4, 6, 5)
    assert index.facts.encoder == "fake"


@pytest.mark.parametrize("way", Way, ids=str)
@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("what was said about health partners and assessments", "medway-0"),
        ("health partners on the board", "leeds-1"),
        ("social workers' caseloads", "medway-1"),
        ("churn in the workforce", "york-0"),
        ("Leeds caseloads", "leeds-0"),
    ],
    ids=["topic", "two topics", "possessive", "order of words", "named by its council"],
)
def test_the_best_hit(index: LocalIndex, question: str, best: str, way: Way) -> None:
    assert ids(index.search(question, way=way))[0] == best


@pytest.mark.parametrize("way", Way, ids=str)
def test_every_hit_carries_every_signal(index: LocalIndex, way: Way) -> None:
    by_id = {hit.passage.id: hit for hit in index.search("health caseloads", way=way)}
    hit = by_id["leeds-1"]
    assert hit.passage == DOCUMENTS[1].passages[1]
    assert hit.matched == {"health"}
    # in 2 of 5 passages, once among 7 terms where the mean is 5.8: ln(1 + 3.5 / 2.5) * 2.5 / 2.7328
    assert hit.bm25 == pytest.approx(0.8009, abs=1e-4)
    # one of the two words asked, one of the four words encoded: 1 / (2 ** 0.5 * 4 ** 0.5)
    assert hit.cosine == pytest.approx(0.3536, abs=1e-4)
    # it is one sentence, in a document without a title
    assert hit.sentences == (hit.cosine,)


def test_bm25_gives_only_what_matches(index: LocalIndex) -> None:
    assert sorted(ids(index.search("caseloads", way=Way.BM25))) == ["leeds-0", "medway-1"]
    assert index.search("Peterborough", way=Way.BM25) == []
    assert [hit.score == hit.bm25 > 0 for hit in index.search("caseloads", way=Way.BM25)] == [True, True]


def test_dense_gives_all_by_cosine(index: LocalIndex) -> None:
    hits = index.search("caseloads", way=Way.DENSE)
    assert len(hits) == 5
    assert [hit.score for hit in hits] == [hit.cosine for hit in hits] == sorted((h.score for h in hits), reverse=True)


def test_reciprocal_ranks_are_of_the_two_lists(index: LocalIndex) -> None:
    best, *_, last = index.search("churn", way=Way.RRF)
    assert best.score == pytest.approx(2 / 61)
    assert last.score == pytest.approx(1 / 65)


def test_the_best_by_both_signals_scores_one_in_the_convex_way(index: LocalIndex) -> None:
    best, second = index.search("churn", way=Way.CONVEX, top=2)
    assert best.score == pytest.approx(1.0)
    # "churn" is one word of four, so the best cosine is 0.5 and the others are 0: 0.8 * (0 + 1) / (0.5 + 1)
    assert (best.cosine, second.cosine) == (0.5, 0.0)
    assert second.score == pytest.approx(0.533333, abs=1e-6)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(documents=frozenset({"leeds"})), {"leeds-0", "leeds-1"}),
        (Filters(documents=frozenset({"leeds", "york"})), {"leeds-0", "leeds-1", "york-0"}),
        (Filters(documents=frozenset({"absent"})), set()),
        (Filters(documents=frozenset()), set()),
        (Filters(roles=frozenset({Role.DECISION})), {"leeds-0", "leeds-1"}),
        (Filters(voices=frozenset({Voice.OFSTED, Voice.MEMBER})), {"medway-0", "medway-1", "york-0"}),
        (Filters(documents=frozenset({"medway"}), roles=frozenset({Role.DECISION})), set()),
        (Filters(documents=frozenset({"kent"})), set()),
        (Filters(documents=frozenset({"york"}), said_in=1), {"york-0"}),
        (Filters(said_in=0), set()),
    ],
    ids=[
        *("one document", "two", "unknown", "none", "role", "voices", "nothing meets both", "only a heading"),
        *("said by one alone", "said by none"),
    ],
)
@pytest.mark.parametrize("way", [Way.DENSE, Way.RRF, Way.CONVEX], ids=str)
def test_filters_leave_full_lists(index: LocalIndex, filters: Filters, expected: set[str], way: Way) -> None:
    assert set(ids(index.search("caseloads", filters=filters, way=way))) == expected


def test_a_filter_is_applied_before_the_list_is_cut(index: LocalIndex) -> None:
    for way in Way:
        hits = index.search(
            "caseloads of social workers", filters=Filters(roles=frozenset({Role.DECISION})), top=1, way=way
        )
        assert ids(hits) == ["leeds-0"]


@pytest.mark.parametrize(("top", "count"), [(0, 0), (-1, 0), (2, 2), (5, 5), (9, 5)])
def test_top(index: LocalIndex, top: int, count: int) -> None:
    assert len(index.search("caseloads", top=top)) == count


@pytest.mark.parametrize(
    "text",
    ["", "  \u00a0\n", "who is it?", "?!", "\x00", "\ud800", "x" * 100_000],
    ids=["empty", "blank", "stop words", "marks", "NUL", "half a pair", "endless"],
)
@pytest.mark.parametrize("way", Way, ids=str)
def test_a_question_without_words_matches_no_term(index: LocalIndex, text: str, way: Way) -> None:
    assert all(not hit.matched and hit.bm25 == 0 for hit in index.search(text, way=way))


def test_terms_given_are_looked_up_in_place_of_the_text(index: LocalIndex) -> None:
    hits = index.search("anything", terms=["churn"], way=Way.BM25)
    assert (ids(hits), hits[0].matched) == (["york-0"], {"churn"})
    assert index.search("churn", terms=[], way=Way.BM25) == []
    assert ids(index.search("", terms=["churn"])) == ["york-0"]


def test_equals_come_in_document_order(tmp_path: Path) -> None:
    copies = [document("Caseloads were high.", id=f"d{number:02}") for number in range(30)]
    build(copies, tmp_path, FakeEncoder())
    index = LocalIndex.open(tmp_path, FakeEncoder())
    for way in (Way.BM25, Way.DENSE, Way.CONVEX):
        assert ids(index.search("caseloads", way=way, top=20)) == [f"d{number:02}-0" for number in range(20)]


@given(
    st.lists(st.sampled_from(["health partners", "caseloads", "report", "churn", "Leeds", "the"])), st.integers(1, 5)
)
def test_a_shorter_list_is_the_start_of_a_longer(folder: Path, words: list[str], top: int) -> None:
    index = LocalIndex.open(folder, FakeEncoder())
    for way in Way:
        assert index.search(" ".join(words), way=way, top=top) == index.search(" ".join(words), way=way)[:top]


def test_without_an_encoder_every_way_is_bm25(folder: Path) -> None:
    index = LocalIndex.open(folder, None)
    for way in Way:
        hits = index.search("caseloads", way=way)
        assert sorted(ids(hits)) == ["leeds-0", "medway-1"]
        assert all(hit.cosine is None and hit.score == hit.bm25 for hit in hits)


def test_a_question_is_encoded_once(folder: Path) -> None:
    encoder = FakeEncoder()
    index = LocalIndex.open(folder, encoder)
    for way in Way:
        index.search("caseloads", way=way)
    assert encoder.encoded == ["caseloads"]


def test_weights_are_those_of_what_is_indexed(index: LocalIndex) -> None:
    # ln(1 + (5 - n + 0.5) / (n + 0.5)): "leed" is in two passages' context, "churn" in one text, "kent" only above
    # a heading, which is not searched.
    assert index.weight("leed") == pytest.approx(0.8755, abs=1e-4)
    assert index.weight("churn") == pytest.approx(1.3863, abs=1e-4)
    assert index.weight("kent") == pytest.approx(2.4849, abs=1e-4)
    assert (index.holds("leed"), index.holds("kent"), index.holds("Leeds")) == (True, False, False)


def test_documents_come_whole(index: LocalIndex) -> None:
    assert index.document("kent") == DOCUMENTS[2]
    assert index.document("absent") is None


def test_an_index_of_no_documents_finds_nothing(tmp_path: Path) -> None:
    build([], tmp_path, FakeEncoder())
    index = LocalIndex.open(tmp_path, FakeEncoder())
    assert (index.sources, index.search("caseloads")) == ((), [])


def test_another_encoder_than_the_index_was_built_with_is_refused(folder: Path) -> None:
    with pytest.raises(WrongEncoder, match=r"built with the model fake, .*python build_index\.py"):
        LocalIndex.open(folder, FakeEncoder("other"))


def test_no_index_and_a_damaged_one_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        LocalIndex.open(tmp_path, None)
    name = build(DOCUMENTS, tmp_path, FakeEncoder()).generation
    (tmp_path / name / "bm25_rows.npy").write_bytes(b"\x93NUMPY")
    with pytest.raises(IndexDamaged, match=r"bm25_rows\.npy is damaged"):
        LocalIndex.open(tmp_path, None)


def test_an_open_index_outlives_the_builds_after_it(tmp_path: Path) -> None:
    build(DOCUMENTS, tmp_path, FakeEncoder())
    old = LocalIndex.open(tmp_path, FakeEncoder())
    build(DOCUMENTS[:2], tmp_path, FakeEncoder())
    assert ids(old.search("churn"))[0] == "york-0"
    assert old.document("york") == DOCUMENTS[3]
    assert LocalIndex.open(tmp_path, FakeEncoder()).document("york") is None


def test_threads_search_at_once(index: LocalIndex) -> None:
    questions = ["caseloads", "health partners", "churn", "report"] * 25
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda question: ids(index.search(question)), questions))
    assert found == [ids(index.search(question)) for question in questions]


def test_signals_can_be_written_as_json(index: LocalIndex) -> None:
    (hit,) = index.search("churn", top=1)
    assert json.loads(json.dumps([hit.score, hit.cosine, hit.bm25])) == [hit.score, hit.cosine, hit.bm25]
