"""An answer as JSON: the keys other programs rely on, and quotes that are exact slices."""

import json
from pathlib import Path

import pytest
from asking import assistant, reading

from assistant.answer import Answer, Status
from assistant.assistant import Assistant
from assistant.exports.answers import answer_json

TEXT = """Agenda item

Focused visit

Minutes:

Members asked about:

·       School attendance – officers confirmed that attendance had risen to 94%.

·       Foster carers – officers confirmed that twelve foster carers were recruited. The posters came down.

Decision:

The Committee noted the report.
"""


@pytest.fixture(scope="module")
def westmarch(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("index")
    one = reading("visit", TEXT, council="Westmarch Council", kind="minutes", title="Focused visit")
    return assistant(folder, one)


ANSWER = {
    "id",
    "status",
    "message",
    "notice",
    "searched",
    "readings",
    "scope",
    "evidence",
    "related",
    "groups",
    "nothing_from",
    "nearest",
    "documents",
    "coverage",
    "suggestions",
    "register",
}
EVIDENCE = {
    "number",
    "document",
    "title",
    "council",
    "body",
    "date",
    "known",
    "reference",
    "headings",
    "page",
    "start",
    "end",
    "quote",
    "highlights",
    "lead_in",
    "voice",
    "voice_line",
    "role",
    "outcome",
    "citation",
    "url",
    "repeats",
}


def test_an_answer_has_every_key_and_is_json(westmarch: Assistant) -> None:
    answer = answer_json(westmarch.answer("how many foster carers were recruited at Westmarch"), "q1")
    assert json.loads(json.dumps(answer)) == answer
    assert answer.keys() == ANSWER
    assert answer["id"] == "q1"
    assert answer["status"] == "answered"
    assert answer["searched"] == "how many foster carers were recruited at Westmarch"
    assert answer["scope"] == [
        {"kind": "council", "value": "council:Westmarch Council", "label": "Westmarch Council"},
    ]
    assert answer["readings"] == []
    assert answer["suggestions"] == [
        "What was decided on “Focused visit” at Westmarch Council?",
        "What was said about “School attendance” at Westmarch Council?",
    ]


def test_what_was_done_to_the_words_is_told(westmarch: Assistant) -> None:
    answer = answer_json(westmarch.answer("how many foster carers were recrutied"))
    assert answer["readings"] == [
        {
            "kind": "spelling",
            "value": "spelling:recrutied",
            "label": "searched for “recruited” instead of “recrutied”",
        }
    ]


def test_evidence_has_every_key_and_exact_quotes(westmarch: Assistant) -> None:
    (one,) = answer_json(westmarch.answer("how many foster carers were recruited"))["evidence"]
    assert one.keys() == EVIDENCE
    assert one["document"] == "visit"
    assert (one["title"], one["council"], one["body"], one["date"]) == (
        "Focused visit",
        "Westmarch Council",
        None,
        None,
    )
    assert one["known"] == {
        "title": "supplied",
        "council": "supplied",
        "body": "not stated",
        "date": "not stated",
    }
    assert TEXT[one["start"] : one["end"]] == one["quote"]
    assert one["quote"].startswith("·       Foster carers")
    assert [TEXT[start:end] for start, end in one["highlights"]] == [
        "Foster carers – officers confirmed that twelve foster carers were recruited."
    ]
    assert one["lead_in"]["quote"] == TEXT[one["lead_in"]["start"] : one["lead_in"]["end"]] == "Members asked about:"
    assert one["outcome"]["badge"] == "noted"
    (decided,) = one["outcome"]["passages"]
    assert TEXT[decided["start"] : decided["end"]] == decided["quote"]
    assert decided["quote"].endswith("The Committee noted the report.")
    assert (one["role"], one["voice"], one["voice_line"]) == ("discussion", "officer", "An officer")
    assert one["url"] == f"/documents/visit?start={one['start']}&end={one['end']}#cited"


def test_what_is_related_has_the_same_form(westmarch: Assistant) -> None:
    answer = answer_json(westmarch.answer("how many posters"))
    assert answer["status"] == "not_found"
    assert answer["evidence"] == []
    assert [one.keys() for one in answer["related"]] == [EVIDENCE]


def test_where_nothing_is_found_there_are_places_to_look(westmarch: Assistant) -> None:
    answer = answer_json(westmarch.answer("how many posters"))
    visit = {"document": "visit", "council": "Westmarch Council", "body": None, "date": None}
    assert answer["nearest"] == [
        {"words": "Foster carers", **visit, "url": _marked("Foster carers")},
        {"words": "School attendance", **visit, "url": _marked("School attendance")},
    ]
    assert answer["documents"] == [{"words": "Focused visit", **visit, "url": "/documents/visit"}]


def _marked(words: str) -> str:
    start = TEXT.index(words)
    return f"/documents/visit?start={start}&end={start + len(words)}#cited"


def test_a_comparison_has_its_groups_and_who_says_nothing(tmp_path: Path) -> None:
    said = "The Council is required to comply with any instructions of the Secretary of State."
    text = f"CABINET\n\nOFSTED INSPECTION\n\n1. Direction\n\n1.1 {said}\n\n1.2 Furthermore, {said}\n"
    asked = assistant(
        tmp_path,
        reading("report", text, council="Westmarch Council", kind="report"),
        reading("other", "Agenda item\n\nSchools\n\nMinutes:\n\nAttendance rose.\n", council="Eastmarch Council"),
    )
    answer = answer_json(asked.answer("which councils must comply with instructions of the Secretary of State?"))
    (one,) = answer["evidence"]
    again = text.rindex("1.2 ")
    assert one["repeats"] == [
        {
            "document": "report",
            "reference": "para 1.2",
            "start": again,
            "end": len(text) - 1,
            "quote": f"1.2 Furthermore, {said}",
            "url": f"/documents/report?start={again}&end={len(text) - 1}#cited",
        }
    ]
    assert answer["groups"] == [{"council": "Westmarch Council", "numbers": [1]}]
    assert answer["nothing_from"] == [{"council": "Eastmarch Council", "documents": 1}]
    assert answer["message"].endswith("No passage was found from Eastmarch Council.")


@pytest.mark.parametrize("status", list(Status), ids=str)
def test_every_status_has_its_name(status: Status) -> None:
    answer = answer_json(Answer("q", status, "Said."))
    assert answer["status"] in {"answered", "not_found", "needs_detail"}
    assert answer["id"] is None
    assert answer["evidence"] == answer["related"] == answer["scope"] == answer["suggestions"] == []
