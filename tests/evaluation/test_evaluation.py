"""The evaluation's own questions, and its command on the real documents."""

import json
from pathlib import Path

import pytest

from corpus.collection import Collection
from evaluation.__main__ import RESULTS, main
from evaluation.cases import Case, read
from evaluation.results import REPORTING, TUNING

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    read_all = Collection.open([ROOT / "corpus" / "documents"]).read()
    return {document.id: document.text for document in read_all.documents}


@pytest.mark.parametrize("path", [REPORTING, TUNING], ids=["reporting", "tuning"])
def test_every_answer_is_a_slice_of_its_document(path: Path, texts: dict[str, str]) -> None:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    wrong = [
        (row["id"], answer["quote"])
        for row in rows
        for answer in row["answers"]
        if texts[answer["document"]][answer["start"] : answer["end"]] != answer["quote"]
    ]
    assert wrong == []


def test_no_question_is_in_both_sets() -> None:
    def asked(cases: list[Case]) -> set[tuple[str, ...]]:
        return {tuple(turn.lower().strip(" ?") for turn in case.turns) for case in cases}

    assert asked(read(REPORTING)) & asked(read(TUNING)) == set()


def test_a_missing_index_is_said_and_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--index", str(tmp_path)]) == 2
    assert "build_index.py" in capsys.readouterr().err


def test_a_missing_collection_is_said_and_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--beir", str(tmp_path)]) == 2
    assert "qrels" in capsys.readouterr().err


def test_the_committed_table_has_every_part() -> None:
    table = RESULTS.read_text(encoding="utf-8")
    for part in ("The reporting questions", "Not yet right", "BM25 alone", "dense alone", "reciprocal rank", "convex"):
        assert part in table
