"""Any index: rankings, signals, filters, what is found and counted, and order that never varies."""

import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from builders import document
from engines import OpenIndex
from fakes import FakeEncoder
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Role, Voice
from corpus.passages.outcomes import Badge
from index.fusion import Way
from index.index import Index
from index.model import Filters, Hit, Matches
from index.words.expression import All, Any, Phrase, Without, Word

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
def index(open_index: OpenIndex) -> Index:
    return open_index(DOCUMENTS)


@pytest.fixture(scope="module")
def words_alone(open_index: OpenIndex) -> Index:
    return open_index(DOCUMENTS, model=False)


def ids(hits: list[Hit]) -> list[str]:
    return [hit.passage.id for hit in hits]


def test_an_index_says_what_it_holds(index: Index) -> None:
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
def test_the_best_hit(index: Index, question: str, best: str, way: Way) -> None:
    assert ids(index.search(question, way=way))[0] == best


@pytest.mark.parametrize("way", Way, ids=str)
def test_every_hit_carries_every_signal(index: Index, way: Way) -> None:
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


def test_bm25_gives_only_what_matches(index: Index) -> None:
    assert sorted(ids(index.search("caseloads", way=Way.BM25))) == ["leeds-0", "medway-1"]
    assert index.search("Peterborough", way=Way.BM25) == []
    assert [hit.score == hit.bm25 > 0 for hit in index.search("caseloads", way=Way.BM25)] == [True, True]


def test_dense_gives_all_by_cosine(index: Index) -> None:
    hits = index.search("caseloads", way=Way.DENSE)
    assert len(hits) == 5
    assert [hit.score for hit in hits] == [hit.cosine for hit in hits] == sorted((h.score for h in hits), reverse=True)


def test_reciprocal_ranks_are_of_the_two_lists(index: Index) -> None:
    best, *_, last = index.search("churn", way=Way.RRF)
    assert best.score == pytest.approx(2 / 61)
    assert last.score == pytest.approx(1 / 65)


def test_the_best_by_both_signals_scores_one_in_the_convex_way(index: Index) -> None:
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
def test_filters_leave_full_lists(index: Index, filters: Filters, expected: set[str], way: Way) -> None:
    assert set(ids(index.search("caseloads", filters=filters, way=way))) == expected


def test_a_filter_is_applied_before_the_list_is_cut(index: Index) -> None:
    for way in Way:
        hits = index.search(
            "caseloads of social workers", filters=Filters(roles=frozenset({Role.DECISION})), top=1, way=way
        )
        assert ids(hits) == ["leeds-0"]


@pytest.mark.parametrize(("top", "count"), [(0, 0), (-1, 0), (2, 2), (5, 5), (9, 5)])
def test_top(index: Index, top: int, count: int) -> None:
    assert len(index.search("caseloads", top=top)) == count


@pytest.mark.parametrize(
    "text",
    ["", "  \u00a0\n", "who is it?", "?!", "\x00", "\ud800", "x" * 100_000],
    ids=["empty", "blank", "stop words", "marks", "NUL", "half a pair", "endless"],
)
@pytest.mark.parametrize("way", Way, ids=str)
def test_a_question_without_words_matches_no_term(index: Index, text: str, way: Way) -> None:
    assert all(not hit.matched and hit.bm25 == 0 for hit in index.search(text, way=way))


def test_terms_given_are_looked_up_in_place_of_the_text(index: Index) -> None:
    hits = index.search("anything", terms=["churn"], way=Way.BM25)
    assert (ids(hits), hits[0].matched) == (["york-0"], {"churn"})
    assert index.search("churn", terms=[], way=Way.BM25) == []
    assert ids(index.search("", terms=["churn"])) == ["york-0"]


def test_equals_come_in_document_order(open_index: OpenIndex) -> None:
    index = open_index([document("Caseloads were high.", id=f"d{number:02}") for number in range(30)])
    for way in (Way.BM25, Way.DENSE, Way.CONVEX):
        assert ids(index.search("caseloads", way=way, top=20)) == [f"d{number:02}-0" for number in range(20)]


@settings(max_examples=25)
@given(
    st.lists(st.sampled_from(["health partners", "caseloads", "report", "churn", "Leeds", "the"])), st.integers(1, 5)
)
def test_a_shorter_list_is_the_start_of_a_longer(index: Index, words: list[str], top: int) -> None:
    for way in Way:
        assert index.search(" ".join(words), way=way, top=top) == index.search(" ".join(words), way=way)[:top]


def test_without_an_encoder_every_way_is_bm25(words_alone: Index) -> None:
    assert not words_alone.dense
    for way in Way:
        hits = words_alone.search("caseloads", way=way)
        assert sorted(ids(hits)) == ["leeds-0", "medway-1"]
        assert all(hit.cosine is None and hit.score == hit.bm25 for hit in hits)


def test_a_question_is_encoded_once(open_index: OpenIndex) -> None:
    encoder = FakeEncoder()
    index = open_index(DOCUMENTS, encoder)
    encoder.encoded.clear()
    for way in Way:
        index.search("caseloads", way=way)
    assert encoder.encoded == ["caseloads"]


def test_weights_are_those_of_what_is_indexed(index: Index) -> None:
    # ln(1 + (5 - n + 0.5) / (n + 0.5)): "leed" is in two passages' context, "churn" in one text, "kent" only above
    # a heading, which is not searched.
    assert index.weight("leed") == pytest.approx(0.8755, abs=1e-4)
    assert index.weight("churn") == pytest.approx(1.3863, abs=1e-4)
    assert index.weight("kent") == pytest.approx(2.4849, abs=1e-4)
    assert (index.holds("leed"), index.holds("kent"), index.holds("Leeds")) == (True, False, False)


def test_documents_come_whole(index: Index) -> None:
    assert index.document("kent") == DOCUMENTS[2]
    assert index.document("absent") is None


def test_an_index_of_no_documents_finds_nothing(open_index: OpenIndex) -> None:
    index = open_index([])
    assert (index.sources, index.search("caseloads")) == ((), [])
    assert (
        len(index.matching("caseloads", ["caseload"], Filters(), 5)) == len(index.matching("", [], Filters(), 5)) == 0
    )


def test_threads_search_at_once(index: Index) -> None:
    questions = ["caseloads", "health partners", "churn", "report"] * 25
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda question: ids(index.search(question)), questions))
    assert found == [ids(index.search(question)) for question in questions]


def test_signals_can_be_written_as_json(index: Index) -> None:
    (hit,) = index.search("churn", top=1)
    assert json.loads(json.dumps([hit.score, hit.cosine, hit.bm25])) == [hit.score, hit.cosine, hit.bm25]


def named(index: Index, matches: Matches) -> list[str]:
    """The ids of the passages found, in order."""
    return [passage.id for passage in index.passages(matches.number.tolist())]


ALL = ["medway-0", "medway-1", "leeds-0", "leeds-1", "kent-0", "york-0"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), ALL),
        (Filters(searched=True), [id for id in ALL if id != "kent-0"]),
        (Filters(searched=False), ["kent-0"]),
        (Filters(documents=frozenset({"york", "kent", "absent"})), ["kent-0", "york-0"]),
        (Filters(documents=frozenset()), []),
        (Filters(roles=frozenset({Role.DECISION})), ["leeds-0", "leeds-1"]),
        (Filters(roles=frozenset()), []),
        (Filters(voices=frozenset({Voice.OFSTED, Voice.MEMBER})), ["medway-0", "medway-1", "york-0"]),
        (Filters(outcomes=frozenset({Badge.NONE})), ["medway-0", "medway-1", "kent-0", "york-0"]),
        (Filters(outcomes=frozenset(Badge) - {Badge.NONE}), ["leeds-0", "leeds-1"]),
        (Filters(references=frozenset({"para 2", "para 9"})), ["medway-1", "leeds-1"]),
        (Filters(other_references=frozenset({"para 2"})), ["medway-0", "leeds-0", "kent-0", "york-0"]),
        (Filters(references=frozenset({"para 1"}), other_references=frozenset({"para 1"})), []),
        (Filters(expression=Word("caseload")), ["medway-1", "leeds-0"]),
        (Filters(expression=Phrase(("health", "partners"))), ["medway-0", "leeds-1"]),
        (Filters(expression=All((Word("caseload"), Without(Word("social"))))), ["leeds-0"]),
        (Filters(expression=Any((Word("churn"), Word("head")))), ["kent-0", "york-0"]),
        (Filters(expression=All()), ALL),
        (Filters(expression=Word("caseload"), roles=frozenset({Role.DECISION})), ["leeds-0"]),
        (Filters(said_in=0), []),
    ],
    ids=[
        "none",
        "searched",
        "not searched",
        "documents",
        "no document",
        "a role",
        "no role",
        "voices",
        "no outcome",
        "outcomes",
        "references",
        "other references",
        "a reference and others",
        "a word",
        "a phrase",
        "without a word",
        "any word",
        "all words",
        "a word and a role",
        "said in a document",
    ],
)
@pytest.mark.parametrize("blank", ["", " \u00a0\n"], ids=["empty", "blank"])
def test_without_a_text_all_that_filters_allow_is_found(
    index: Index, filters: Filters, expected: list[str], blank: str
) -> None:
    found = index.matching(blank, [], filters, 3)
    assert named(index, found) == expected
    assert found.complete
    assert not found.near.any() and not found.bm25.any()


@pytest.mark.parametrize(
    ("text", "terms", "filters", "nearest", "expected", "near"),
    [
        ("caseloads", ["caseload"], Filters(), 0, ["medway-1", "leeds-0"], []),
        ("caseloads", ["caseload"], Filters(), 1, ["medway-1", "leeds-0"], ["leeds-0"]),
        ("caseloads", ["caseload"], Filters(), 9, ["medway-1", "leeds-0"], ["medway-1", "leeds-0"]),
        ("churn", ["caseload"], Filters(), 9, ["medway-1", "leeds-0", "york-0"], ["york-0"]),
        ("churn", ["caseload"], Filters(documents=frozenset({"york"})), 9, ["york-0"], ["york-0"]),
        ("caseloads", ["caseload"], Filters(documents=frozenset({"medway"})), 1, ["medway-1"], ["medway-1"]),
        ("heading", ["head"], Filters(), 9, [], []),
        ("zebra", ["zebra"], Filters(), 9, [], []),
        ("churn", [], Filters(), 9, ["york-0"], ["york-0"]),
    ],
    ids=["words", "nearest", "near enough", "by either", "filtered", "nearest of those", "heading", "none", "no term"],
)
def test_with_a_text_what_holds_a_term_or_is_near_is_found(
    index: Index, text: str, terms: list[str], filters: Filters, nearest: int, expected: list[str], near: list[str]
) -> None:
    found = index.matching(text, terms, filters, nearest)
    assert named(index, found) == expected
    assert named(index, found.of(found.near)) == near
    holding = [id for id, score in zip(expected, found.bm25, strict=True) if score > 0]
    assert holding == [id for id in expected if id != "york-0"]


def test_without_a_model_only_what_holds_a_term_is_found(words_alone: Index) -> None:
    found = words_alone.matching("churn caseloads", ["caseload"], Filters(), 9)
    assert named(words_alone, found) == ["medway-1", "leeds-0"]
    assert not found.near.any()
    assert words_alone.nearness("caseloads", found.number) is None


def test_what_is_counted_stands_beside_what_is_found(index: Index) -> None:
    found = index.matching("caseloads", ["caseload"], Filters(), 0)
    assert found.number.tolist() == [1, 2]
    assert [index.sources[place].id for place in found.document] == ["medway", "leeds"]
    assert [list(Role)[code] for code in found.role] == [Role.DISCUSSION, Role.DECISION]
    assert [list(Voice)[code] for code in found.voice] == [Voice.OFSTED, Voice.NOT_STATED]
    assert [list(Badge)[code] for code in found.outcome] == [Badge.NONE, Badge.NOTED]
    by_id = {hit.passage.id: hit.bm25 for hit in index.search("caseloads")}
    assert found.bm25.tolist() == pytest.approx([by_id["medway-1"], by_id["leeds-0"]])


def test_nearness_is_of_each_in_the_order_given(index: Index) -> None:
    near = index.nearness("churn", np.array([5, 0]))
    assert near is not None
    # "churn" is one of four words, and the passage is one sentence
    assert near.tolist() == pytest.approx([0.5, 0.0], abs=1e-6)
    assert index.nearness(" ", np.array([5])) is None


def test_similar_passages_come_nearest_first(index: Index) -> None:
    assert named(index, index.similar("leeds-1", Filters(), 1)) == ["medway-0"]
    found = index.similar("leeds-1", Filters(documents=frozenset({"leeds", "york"})), 9)
    assert named(index, found) == ["leeds-0", "york-0"]
    assert found.near.all()
    for id in ("absent", "kent-0"):
        assert len(index.similar(id, Filters(), 9)) == 0


def test_the_documents_that_hold_a_word(index: Index) -> None:
    held = {term: index.documents_holding(term) for term in ("caseload", "head", "health", "leed", "zebra")}
    assert held == {"caseload": 2, "head": 1, "health": 2, "leed": 0, "zebra": 0}


def test_the_newest_keep_their_order(index: Index) -> None:
    found = index.newest(np.array([3, 0, 5, 1]), 3)
    assert [number for number, _ in found] == [3, 0, 5]
    assert len({since for _, since in found}) == 1
    assert index.newest(np.empty(0, np.int64), 3) == []
