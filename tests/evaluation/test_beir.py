"""Measures by hand-worked numbers; and a small collection in the BEIR layout, good and bad."""

import json
from pathlib import Path

import pytest
from fakes import FakeEncoder

from evaluation.beir import BadDataset, Query, joined, measured, ndcg, read_corpus, read_queries, recall, run, success
from index.fusion import Way
from index.texts import encoded_text, indexed_text

RANKED = ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("relevant", "expected"),
    [
        ({"a": 1}, 1.0),
        ({"b": 1}, 0.6309),  # 1 / log2(3)
        ({"c": 1}, 0.5),
        ({"z": 1}, 0.0),
        ({"a": 1, "z": 1}, 0.6131),  # 1 / (1 + 0.6309)
        ({"b": 1, "d": 1}, 0.6509),  # (0.6309 + 0.4307) / 1.6309
        ({"a": 1, "b": 2}, 0.8597),  # (1 + 2 * 0.6309) / (2 + 0.6309)
        ({"a": 2, "b": 1}, 1.0),
        ({"c": 3, "z": 1}, 0.4131),  # 3 * 0.5 / (3 + 0.6309)
    ],
    ids=str,
)
def test_ndcg(relevant: dict[str, int], expected: float) -> None:
    assert ndcg(RANKED, relevant, depth=10) == pytest.approx(expected, abs=1e-4)


def test_ndcg_is_of_the_first_ten_found_and_the_best_ten_there_are() -> None:
    ten = [f"x{number}" for number in range(10)]
    assert ndcg([*ten, "a"], {"a": 1}, depth=10) == 0.0
    assert ndcg(ten, dict.fromkeys([*ten, "y", "z"], 1), depth=10) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("relevant", "depth", "share", "found"),
    [({"a": 1, "d": 1}, 2, 0.5, 1.0), ({"d": 2}, 2, 0.0, 0.0), ({"d": 2}, 4, 1.0, 1.0), ({"z": 1}, 4, 0.0, 0.0)],
    ids=["one of two", "too deep", "deep enough", "not found"],
)
def test_recall_and_success(relevant: dict[str, int], depth: int, share: float, found: float) -> None:
    assert recall(RANKED, relevant, depth=depth) == share
    assert success(RANKED, relevant, depth=depth) == found


def test_measures_are_means_over_queries() -> None:
    queries = [Query("1", "", (), {"a": 1}), Query("2", "", (), {"b": 1, "z": 1})]
    means = measured(Way.RRF, queries, [RANKED, RANKED])
    assert (means.way, means.queries, means.recall_at_10) == (Way.RRF, 2, 0.75)
    assert (means.success_at_1, means.success_at_5) == (0.5, 1.0)
    assert means.ndcg_at_10 == pytest.approx((1 + 0.6309 / 1.6309) / 2, abs=1e-4)


CORPUS: list[dict[str, object]] = [
    {"_id": "d1", "title": "Foster carers", "text": "Carers were well supported."},
    {"_id": "d2", "title": "", "text": "Caseloads of social workers rose."},
    {"_id": "d3", "text": "The workforce was unstable.", "metadata": {"year": 2019}},
    {"_id": "d4", "title": None, "text": ""},
]
QUERIES: list[dict[str, object]] = [
    {"_id": "q1", "text": "foster carers"},
    {"_id": "q2", "text": "how high were they", "history": ["tell me of social workers", "and caseloads?"]},
    {"_id": "q3", "text": "not judged"},
    {"_id": "q4", "text": "judged, with nothing relevant"},
]
QRELS = "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\nq2\td2\t1\nq4\td1\t0\n"


def lines(objects: list[dict[str, object]]) -> str:
    return "".join(json.dumps(value) + "\n" for value in objects)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "corpus.jsonl").write_text(lines(CORPUS) + "\n")
    (tmp_path / "queries.jsonl").write_text(lines(QUERIES))
    (tmp_path / "qrels.tsv").write_text(QRELS)
    return tmp_path


def test_what_is_searched_is_title_and_text_and_nothing_else(folder: Path) -> None:
    texts = {
        document.id: {reading(document, passage) for passage in document.passages}
        for document in read_corpus(folder)
        for reading in (indexed_text, encoded_text)
    }
    assert texts == {
        "d1": {"Foster carers\nCarers were well supported."},
        "d2": {"Caseloads of social workers rose."},
        "d3": {"The workforce was unstable."},
        "d4": {""},
    }


def test_queries_are_those_with_a_relevant_document(folder: Path) -> None:
    assert read_queries(folder) == [
        Query("q1", "foster carers", (), {"d1": 2}),
        Query("q2", "how high were they", ("tell me of social workers", "and caseloads?"), {"d2": 1}),
    ]


def test_earlier_questions_follow_the_question_latest_first() -> None:
    assert joined(Query("q", "third", ("first", "second"), {})) == "third\nsecond\nfirst"


def test_qrels_may_be_in_their_own_folder_and_have_no_header(folder: Path) -> None:
    (folder / "qrels.tsv").unlink()
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text("q1\td1\t2\r\nq2\td2\t1\r\n")
    assert [dict(query.relevant) for query in read_queries(folder)] == [{"d1": 2}, {"d2": 1}]


def test_a_run_ranks_in_every_way(folder: Path) -> None:
    told: list[tuple[str, int, int]] = []
    measures = run(folder, FakeEncoder(), progress=lambda *stage: told.append(stage))
    assert [(m.way, m.queries, m.ndcg_at_10, m.recall_at_10, m.success_at_1, m.success_at_5) for m in measures] == [
        (way, 2, 1.0, 1.0, 1.0, 1.0) for way in Way
    ]
    assert told[-2:] == [("Searching", 1, 2), ("Searching", 2, 2)]
    assert sorted(path.name for path in folder.iterdir()) == ["corpus.jsonl", "qrels.tsv", "queries.jsonl"]


def test_the_text_searched_can_be_made_otherwise(folder: Path) -> None:
    measures = run(folder, FakeEncoder(), text_of=lambda query: f"workforce {query.id}")
    assert {measure.success_at_1 for measure in measures} == {0.0}


def test_an_index_kept_is_used_again(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "kept"
    first = run(folder, FakeEncoder(), index=place)
    again = FakeEncoder()
    assert run(folder, again, index=place) == first
    assert again.encoded == ["foster carers", "how high were they\nand caseloads?\ntell me of social workers"]


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("corpus.jsonl", None, r"corpus\.jsonl is not there"),
        ("queries.jsonl", None, r"queries\.jsonl is not there"),
        ("qrels.tsv", None, r"neither qrels\.tsv nor qrels/test\.tsv"),
        ("corpus.jsonl", "", "holds no documents"),
        ("corpus.jsonl", '{"_id": "d1", "text": "a"}\n\n{"_id": ', r"corpus\.jsonl, line 3: not JSON"),
        ("corpus.jsonl", "[]", r"corpus\.jsonl, line 1: not a JSON object"),
        ("corpus.jsonl", '{"_id": 7, "text": "a"}', 'line 1: "_id" is missing or not a string'),
        ("corpus.jsonl", '{"_id": "d1"}', 'line 1: "text" is missing or not a string'),
        ("corpus.jsonl", '{"_id": "d1", "text": "", "title": 7}', 'line 1: "title" is not a string'),
        ("corpus.jsonl", lines([CORPUS[0], CORPUS[0]]), "line 2: the _id 'd1' is used a second time"),
        ("queries.jsonl", lines([QUERIES[0], QUERIES[0]]), "line 2: the _id 'q1' is used a second time"),
        ("queries.jsonl", '{"_id": "q1", "text": "a", "history": "b"}', 'line 1: "history" is not a list of strings'),
        ("queries.jsonl", lines(QUERIES[:1]), r"judge queries that queries\.jsonl does not have: q2"),
        ("qrels.tsv", QRELS + "q1\td1\n", r"qrels\.tsv, line 6: expected"),
        ("qrels.tsv", QRELS + "q1 d1 1\n", r"qrels\.tsv, line 6: expected"),
        ("qrels.tsv", QRELS + "q1\td1\t0.5\n", r"qrels\.tsv, line 6: expected"),
        ("qrels.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t0\n", "no query has a relevant document"),
    ],
    ids=lambda value: "" if value is None or len(value) > 20 else value,
)
def test_what_is_wrong_with_a_folder_is_said(folder: Path, file: str, content: str | None, said: str) -> None:
    (folder / file).unlink()
    if content is not None:
        (folder / file).write_text(content)
    with pytest.raises(BadDataset, match=said):
        run(folder, FakeEncoder())


def test_text_that_is_not_utf_8_is_said(folder: Path) -> None:
    (folder / "corpus.jsonl").write_bytes(b'{"_id": "d1", "text": "\xff"}')
    with pytest.raises(BadDataset, match="not UTF-8"):
        run(folder, FakeEncoder())
