"""An answer as JSON: the keys other programs rely on, and quotes that are exact slices."""

import json
from pathlib import Path

import pytest
from asking import assistant, reading

from assistant.answer import Answer, Status
from assistant.assistant import Assistant
from assistant.export import answer_json

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
    "scope",
    "evidence",
    "related",
    "coverage",
    "suggestions",
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
    assert answer["suggestions"] == ["What was decided on “Focused visit” at Westmarch Council?"]


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


@pytest.mark.parametrize("status", list(Status), ids=str)
def test_every_status_has_its_name(status: Status) -> None:
    answer = answer_json(Answer("q", status, "Said."))
    assert answer["status"] in {"answered", "not_found", "needs_detail"}
    assert answer["id"] is None
    assert answer["evidence"] == answer["related"] == answer["scope"] == answer["suggestions"] == []
