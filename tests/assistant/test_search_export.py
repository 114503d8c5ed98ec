"""A search as JSON and as CSV: the keys other programs rely on, exact slices, and cells no spreadsheet runs."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from asking import assistant, reading

from assistant.exports.documents import document_json, source_json
from assistant.exports.searches import results_csv, results_json
from assistant.search.query import parse
from assistant.search.search import Reading, Results, Search, Searcher

TEXT = """CABINET

4 MARCH 2021

FOSTERING

1. Findings

1.1 The fostering panel met twice.

2. Legal implications

2.1 The panel must have an independent chair.

3. Recommendations

3.1 That Cabinet agree to recruit two carers.

4. Decision

RESOLVED:

a) That Cabinet agree to recruit three carers.
"""
RESULTS = {
    "query",
    "ignored",
    "generation",
    "notice",
    "total",
    "matching",
    "searched",
    "undated",
    "complete",
    "page",
    "pages",
    "size",
    "results",
    "facets",
    "years",
    "groups",
}
BESIDE = {"id", "permalink", "recommended", "changes", "advice"}


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder: Path = tmp_path_factory.mktemp("index")
    minutes = reading(
        "minutes",
        TEXT,
        council="Westmarch Council",
        body="=Cabinet",
        kind="report",
        title="Fostering",
        date="2021-03-04",
    )
    other = reading("other", "1. Schools\n\n1.1 =SUM(A1) of the panel \x1b[2J rose.\n", title="@Schools")
    return assistant(folder, minutes, other).searcher


def found(searcher: Searcher, asked: str, **more: Any) -> Results:
    return searcher.search(Search(parse(asked), **more))


def test_results_have_every_key_and_are_json(searcher: Searcher) -> None:
    told = results_json(found(searcher, "the independent chair", reading=Reading.EVERY))
    assert json.loads(json.dumps(told)) == told
    assert told.keys() == RESULTS
    assert (told["query"], told["ignored"], told["notice"]) == ("the independent chair", ["the"], "")
    assert (told["total"], told["matching"], told["searched"], told["undated"]) == (1, 1, 2, 0)
    assert (told["page"], told["pages"], told["size"]) == (1, 1, 10)
    assert told["facets"]["council"] == [{"value": "Westmarch Council", "passages": 1, "chosen": False}]
    assert list(told["facets"]) == ["council", "body", "kind", "role", "voice", "outcome"]
    assert told["years"] == [{"year": 2021, "passages": 1}]
    assert told["groups"] == [{"council": "Westmarch Council", "year": 2021, "passages": 1}]


def test_a_result_is_evidence_with_the_decision_and_advice_beside_it(searcher: Searcher) -> None:
    (one,) = results_json(found(searcher, '"met twice"'))["results"]
    assert one.keys() >= BESIDE
    assert one["id"].startswith("minutes/")
    assert one["permalink"] == f"/passages/{one['id']}"
    assert [TEXT[start:end] for start, end in one["highlights"]] == ["met twice"]
    assert TEXT[one["start"] : one["end"]] == one["quote"] == "1.1 The fostering panel met twice."
    assert one["outcome"]["badge"] == "resolved"
    for passage in (*one["outcome"]["passages"], *one["recommended"], *one["advice"][0]["passages"]):
        assert TEXT[passage["start"] : passage["end"]] == passage["quote"]
    assert [passage["quote"] for passage in one["recommended"]] == ["3.1 That Cabinet agree to recruit two carers."]
    assert one["changes"] == [
        {"kind": "same", "words": "That Cabinet agree to recruit"},
        {"kind": "left out", "words": "two"},
        {"kind": "added", "words": "three"},
        {"kind": "same", "words": "carers."},
    ]
    assert [(advice["heading"], len(advice["passages"])) for advice in one["advice"]] == [("2. Legal implications", 1)]


def test_nothing_found_has_the_same_keys(searcher: Searcher) -> None:
    told = results_json(found(searcher, "council:Eastmarch panel"))
    assert told.keys() == RESULTS
    assert (
        told["notice"] == "No document here is from “Eastmarch”. The documents are from: Westmarch Council; not stated."
    )
    assert (told["total"], told["results"]) == (0, [])
    assert told["facets"] == {name: [] for name in ("council", "body", "kind", "role", "voice", "outcome")}


def rows(results: Results) -> list[dict[str, str]]:
    text = results_csv(results)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_row_stands_alone(searcher: Searcher) -> None:
    (row,) = rows(found(searcher, '"met twice"'))
    citation = "Westmarch Council, =Cabinet, 4 March 2021 (supplied), Fostering, minute 1.1"
    assert row["Quote"] == "1.1 The fostering panel met twice."
    assert (row["Citation"], row["Reference"]) == (citation, "minute 1.1")
    assert row["What was decided"] == "resolved"
    assert row["Decision in its own words"].endswith("That Cabinet agree to recruit three carers.")
    assert row["Recommended"] == "3.1 That Cabinet agree to recruit two carers."
    assert (row["Date"], row["Council"], row["Title"]) == ("2021-03-04", "Westmarch Council", "Fostering")
    assert TEXT[int(row["Start"]) : int(row["End"])] == row["Quote"]
    assert row["Link"] == f"/passages/{row['Passage id']}"


def test_no_cell_is_a_formula(searcher: Searcher) -> None:
    assert rows(found(searcher, '"met twice"'))[0]["Body"] == "'=Cabinet"
    (row,) = rows(found(searcher, '"rose"'))
    assert row["Title"] == "'@Schools"
    assert row["Quote"] == "1.1 =SUM(A1) of the panel \ufffd[2J rose."


def test_a_row_a_result(searcher: Searcher) -> None:
    results = searcher.search(Search(parse("-zebra")), page=2, size=2)
    assert [row["Number"] for row in rows(results)] == ["3", "4"]
    assert rows(found(searcher, "council:Eastmarch panel")) == []


def test_a_document_has_its_facts_and_all_its_text(searcher: Searcher) -> None:
    document = searcher.index.document("minutes")
    assert document is not None
    told = document_json(document)
    assert json.loads(json.dumps(told)) == told
    assert told.items() >= source_json(document.source).items()
    assert told["facts"]["body"] == {"value": "=Cabinet", "known": "supplied", "span": None}
    assert told["facts"]["url"] == {"value": None, "known": "not stated", "span": None}
    assert (told["characters"], told["url"]) == (len(TEXT), "/documents/minutes")
    assert [TEXT[one["start"] : one["end"]] for one in told["passages"]] == [one["text"] for one in told["passages"]]
    assert "".join("".join(one["text"] for one in told["passages"]).split()) == "".join(TEXT.split())
