"""The interface for programs: what it answers, what it says of mistakes, and that both are as it is described."""

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
import small_council
from fakes import FakeEncoder
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks
from small_council import ANSWER, MINUTES, QUESTION, REPORT, SECRET, UNLIMITED

from assistant.search.facets import Facet
from assistant.search.search import SIZES, Order, Reading
from corpus.inspections.statements import Area, Grade, Visit
from corpus.model import Form, Kind, Known, Role, Voice
from corpus.passages.outcomes import Badge
from index.files.generations import IndexMissing
from webapp.app import create_app
from webapp.live import LiveAssistant

DESCRIPTION = Path(__file__).parents[2] / "webapp" / "api" / "openapi.json"
DESCRIBED = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]
# Of each operation, as described and otherwise: enough to meet every argument, some more than once.
EXAMPLES = 100
PROBLEM = "application/problem+json"


OPERATIONS = [(path, method) for path, methods in DESCRIBED["paths"].items() for method in methods]
# Those that take arguments or a body, which can be other than described.
TAKING = [("/api/v1/ask", "post"), ("/api/v1/search", "get")]
BOTH = [(path, method, GenerationMode.POSITIVE) for path, method in OPERATIONS]
BOTH += [(path, method, GenerationMode.NEGATIVE) for path, method in TAKING]


@pytest.fixture(scope="session")
def described(live: LiveAssistant) -> Any:
    """The interface as it describes itself, to be asked in this process."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", create_app(live.current, SECRET, settings=UNLIMITED))


@pytest.mark.parametrize(("path", "method", "mode"), BOTH, ids=[f"{path} {mode.value}" for path, _, mode in BOTH])
def test_an_operation_is_as_described(described: Any, path: str, method: str, mode: GenerationMode) -> None:
    operation = described[path][method]

    @settings(max_examples=EXAMPLES, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def holds(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS)

    holds()


def held(live: LiveAssistant, words: str) -> Any:
    """The passage of the small council that has these words."""
    index = live.current().index
    every = [passage for source in index.sources for passage in index.document(source.id).passages]  # type: ignore[union-attr]
    return next(passage for passage in every if words in passage.text)


def read(described: Any, path: str, **sent: Any) -> Any:
    """The answer to a GET that succeeds, as JSON; it is held to its description."""
    response = described[path]["get"].Case(**sent).call_and_validate(checks=CHECKS)
    assert response.status_code == 200
    return response.json()


def ask(described: Any, **body: object) -> Any:
    """The answer to a question that can be asked; it is held to its description."""
    case = described["/api/v1/ask"]["post"].Case(body=body, media_type="application/json")
    response = case.call_and_validate(checks=CHECKS)
    assert response.status_code == 200
    return response.json()


def test_a_question_is_answered_as_by_the_page(client: FlaskClient, described: Any) -> None:
    answer = ask(described, question=QUESTION, id="q1")
    assert (answer["id"], answer["status"]) == ("q1", "answered")
    (one,) = answer["evidence"]
    assert [MINUTES[start:end] for start, end in one["highlights"]] == [ANSWER]
    assert answer == client.post("/ask", json={"question": QUESTION, "id": "q1"}).get_json()


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("How many libraries are there?", "not_found"),
        ("Westmarch", "needs_detail"),
        ("which risks are rated", "answered"),
    ],
    ids=["not found", "too little", "rows of a table"],
)
def test_every_sort_of_answer_is_as_described(described: Any, question: str, status: str) -> None:
    assert ask(described, question=question)["status"] == status


def test_a_search_finds_what_the_page_finds(client: FlaskClient, described: Any) -> None:
    found = read(described, "/api/v1/search", query={"q": '"foster carers"', "kind": ["minutes", "report"]})
    assert (found["total"], found["matching"], found["searched"]) == (1, 1, 2)
    (one,) = found["results"]
    assert [MINUTES[start:end] for start, end in one["highlights"]] == ["Foster carers", "foster carers"]
    assert one["outcome"]["badge"] == "noted"
    kinds = [(one["value"], one["passages"], one["chosen"]) for one in found["facets"]["kind"]]
    assert kinds == [("minutes", 1, True), ("report", 0, True)]
    html = client.get('/search?q="foster+carers"&kind=minutes&kind=report').get_data(as_text=True)
    assert "1 passage in 1 of 2 documents" in html


SEARCHES = [
    ({"q": "risk", "read": "every"}, 2),
    ({"role": ["decision"]}, 1),
    ({"q": '"five days"', "from": "2020"}, 1),
    ({"q": "council:nowhere foster"}, 0),
    ({"q": "-foster", "sort": "newest", "size": 25, "page": 9, "undated": "0"}, 11),
]


@pytest.mark.parametrize(("query", "total"), SEARCHES, ids=[json.dumps(query) for query, _ in SEARCHES])
def test_every_sort_of_search_is_as_described(described: Any, query: dict[str, Any], total: int) -> None:
    found = read(described, "/api/v1/search", query=query)
    assert (found["total"], found["page"]) == (total, 1)


def test_passages_like_one(live: LiveAssistant, described: Any) -> None:
    like = held(live, "teenagers").id
    found = read(described, "/api/v1/search", query={"like": like})
    assert like not in [one["id"] for one in found["results"]]
    assert found["total"] == 11


def test_documents_are_listed_with_how_their_facts_are_known(described: Any) -> None:
    listed = read(described, "/api/v1/documents")
    assert [one["id"] for one in listed["documents"]] == ["cabinet-report", "visit-minutes"]
    facts = listed["documents"][0]["facts"]
    assert facts["date"] == {"value": "2021-03-04", "known": "stated", "span": {"start": 9, "end": 21}}
    assert REPORT[9:21] == "4 MARCH 2021"
    assert facts["council"] == {"value": "Westmarch Council", "known": "supplied", "span": None}
    assert facts["url"] == {"value": None, "known": "not stated", "span": None}


def test_a_document_is_its_passages(described: Any) -> None:
    document = read(described, "/api/v1/documents/{id}", path_parameters={"id": "cabinet-report"})
    assert document["characters"] == len(REPORT)
    assert all(REPORT[one["start"] : one["end"]] == one["text"] for one in document["passages"])
    assert "".join("".join(one["text"] for one in document["passages"]).split()) == "".join(REPORT.split())


@pytest.mark.parametrize("slash", ["/", "%2F"], ids=["as it is", "escaped"])
def test_a_passage_is_read_by_its_id(client: FlaskClient, live: LiveAssistant, slash: str) -> None:
    id = held(live, "five days").id
    told = client.get(f"/api/v1/passages/{id.replace('/', slash)}").get_json()
    assert (told["id"], told["moved_from"], told["number"]) == (id, None, 1)
    assert told["quote"] == "1.2 The inspectors visited for five days."
    assert told["outcome"]["badge"] == "recommended only"
    assert [one["heading"] for one in told["advice"]] == ["2. Risks"]


def test_a_passage_is_as_described(live: LiveAssistant, described: Any) -> None:
    id = held(live, "five days").id
    assert read(described, "/api/v1/passages/{id}", path_parameters={"id": id})["id"] == id


def test_a_passage_that_changed_is_found_by_its_old_id(tmp_path: Path) -> None:
    before = small_council.live(tmp_path, FakeEncoder())
    old = held(before, "five days").id
    file = tmp_path / "documents" / "cabinet-report.txt"
    file.write_text(REPORT.replace("visited for five days", "visited for six days"), encoding="utf-8")
    small_council.index(tmp_path / "documents", tmp_path / "index")
    now = LiveAssistant.open(tmp_path / "index", FakeEncoder())
    response = create_app(now.current, SECRET).test_client().get(f"/api/v1/passages/{old}")
    assert response.status_code == 200
    assert response.get_json()["moved_from"] == old
    assert response.get_json()["id"] == held(now, "six days").id != old


SAID = """
·       Inspection – Ofsted’s ILACS inspection took place from 1 to 5 March 2021. The inspection judged the council’s \
children’s services to be good.

Decision:"""


def test_inspections_are_listed_with_what_states_them(tmp_path: Path) -> None:
    text = MINUTES.replace("\nDecision:", SAID)
    live = small_council.live(tmp_path, FakeEncoder(), **{"visit-minutes": text})
    app = create_app(live.current, SECRET)
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    told = read(described, "/api/v1/inspections")
    (one,) = told["inspections"]
    assert (told["total"], one["council"], one["slug"], one["number"]) == (1, "Westmarch Council", "westmarch", None)
    assert one["kind"] == "ILACS inspection"
    (dated,) = one["dates"]
    assert (dated["first"], dated["last"], dated["words"]) == ("2021-03-01", "2021-03-05", "1 to 5 March 2021")
    (judged,) = one["judgements"]
    assert (judged["area"], judged["grade"], judged["words"]) == ("overall effectiveness", "good", "good")
    for stated in (*one["stated"], dated["stated"], judged["stated"]):
        start, end = stated["span"]["start"], stated["span"]["end"]
        assert text[start:end] == stated["words"]
        assert stated["url"] == f"/documents/visit-minutes?start={start}&end={end}#cited"


WRONG = [
    ("GET", "/api/v1/nowhere", {}, 404, "There is nothing at this address."),
    ("GET", "/api/v1/documents//cabinet-report", {}, 404, "There is nothing at this address."),
    ("GET", "/api/v1/documents/none", {}, 404, "No document has this id."),
    ("GET", "/api/v1/passages/cabinet-report/none", {}, 404, "No passage has this id"),
    ("GET", "/api/v1/ask", {}, 405, "This address does not take that method."),
    ("DELETE", "/api/v1/documents", {}, 405, "This address does not take that method."),
    (
        "POST",
        "/api/v1/ask",
        {"data": b"x" * 2_100_000, "content_type": "application/json"},
        413,
        "The body is too large.",
    ),
    ("POST", "/api/v1/ask", {"data": {"question": QUESTION}}, 415, "Send the body as JSON"),
    ("POST", "/api/v1/ask", {"json": {"question": ""}}, 422, "Type a question."),
    ("POST", "/api/v1/ask", {"json": [QUESTION]}, 422, "Send a JSON object"),
    ("POST", "/api/v1/ask", {"data": "{", "content_type": "application/json"}, 422, "Send a JSON object"),
    ("POST", "/api/v1/ask", {"data": "[" * 99_999, "content_type": "application/json"}, 422, "The JSON is nested"),
    ("POST", "/api/v1/ask", {"json": {}, "headers": {"Sec-Fetch-Site": "cross-site"}}, 403, "This request came from"),
    ("GET", "/api/v1/search", {}, 422, "Nothing is asked for"),
    ("GET", "/api/v1/search?q=the", {}, 422, "Nothing is asked for"),
    ("GET", "/api/v1/search?q=%22foster", {}, 422, '“"foster” opens a quotation that is not closed'),
    ("GET", "/api/v1/search?q=foster&from=someday", {}, 422, '“from:"someday"” is no date'),
    ("GET", "/api/v1/search?q=foster&size=7", {}, 422, "“size” can be: 10, 25, 100."),
    ("GET", "/api/v1/search?q=foster&page=0", {}, 422, "“page” is a number from 1."),
    ("GET", f"/api/v1/search?q=foster&page={'9' * 5000}", {}, 422, "“page” is a number from 1."),
    ("GET", "/api/v1/search?q=foster&councl=x", {}, 422, "“councl” is no argument."),
    ("GET", "/api/v1/search?q=foster&q=carers", {}, 422, "“q” is given 2 times: give it once."),
    ("GET", "/api/v1/search?q=foster&role=poem", {}, 422, "“role” can be: discussion,"),
    ("GET", "/api/v1/search?q=foster&council=", {}, 422, "The filters are too many, too long or empty."),
    ("GET", f"/api/v1/search?like={'x' * 301}", {}, 422, "“like” is too long to be the id of a passage."),
]


@pytest.mark.parametrize(
    ("method", "address", "sent", "status", "detail"), WRONG, ids=[f"{w[0]} {w[1][:60]} {w[4][:20]}" for w in WRONG]
)
def test_a_mistake_is_told_as_a_problem(
    client: FlaskClient, method: str, address: str, sent: dict[str, Any], status: int, detail: str
) -> None:
    response = client.open(address, method=method, **sent)
    told = json.loads(response.data)
    assert (response.status_code, response.content_type) == (status, PROBLEM)
    assert told.keys() == {"type", "title", "status", "detail"}
    assert (told["type"], told["status"]) == ("about:blank", status)
    assert told["detail"].startswith(detail)
    if status == 405:
        assert "OPTIONS" in response.headers["Allow"]


def test_a_failure_is_told_as_a_problem_without_its_cause(live: LiveAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("secret detail")

    app = create_app(live.current, SECRET)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.view_functions, "api.documents", fail)
    response = app.test_client().get("/api/v1/documents")
    assert (response.status_code, response.content_type) == (500, PROBLEM)
    assert "secret" not in response.get_data(as_text=True)


def test_without_an_index_it_is_told_as_a_problem() -> None:
    def missing() -> None:
        raise IndexMissing("/private/path is gone")

    response = create_app(missing, SECRET).test_client().get("/api/v1/documents")  # type: ignore[arg-type]
    assert (response.status_code, response.content_type) == (503, PROBLEM)
    assert response.headers["Retry-After"] == "60"
    assert "private" not in response.get_data(as_text=True)


def test_pages_are_told_of_mistakes_as_before(client: FlaskClient) -> None:
    assert client.get("/apiary").content_type == "text/html; charset=utf-8"
    assert client.get("/nowhere", headers={"Accept": "application/json"}).content_type == "application/json"


def test_all_that_there_is_is_described(live: LiveAssistant) -> None:
    rules = [rule for rule in create_app(live.current, SECRET).url_map.iter_rules() if rule.endpoint.startswith("api.")]
    there = {
        (rule.rule.replace("<", "{").replace("path:", "").replace(">", "}"), method.lower())
        for rule in rules
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert there == set(OPERATIONS)


def _argument(name: str) -> Any:
    schema = next(
        one["schema"] for one in DESCRIBED["paths"]["/api/v1/search"]["get"]["parameters"] if one["name"] == name
    )
    return schema.get("items", schema)["enum"]


VALUES = [
    (DESCRIBED["components"]["schemas"]["Known"]["enum"], Known),
    (DESCRIBED["components"]["schemas"]["Role"]["enum"], Role),
    (DESCRIBED["components"]["schemas"]["Voice"]["enum"], Voice),
    (DESCRIBED["components"]["schemas"]["Badge"]["enum"], Badge),
    (DESCRIBED["components"]["schemas"]["Passage"]["properties"]["form"]["enum"], Form),
    (DESCRIBED["components"]["schemas"]["Results"]["properties"]["facets"]["required"], Facet),
    (DESCRIBED["components"]["schemas"]["Inspection"]["properties"]["kind"]["enum"], Visit),
    (DESCRIBED["components"]["schemas"]["Judgement"]["properties"]["area"]["enum"], Area),
    (DESCRIBED["components"]["schemas"]["Judgement"]["properties"]["grade"]["enum"], Grade),
    (_argument("read"), Reading),
    (_argument("sort"), Order),
    (_argument("kind"), Kind),
    (_argument("role"), Role),
    (_argument("voice"), Voice),
    (_argument("outcome"), Badge),
    (_argument("size"), SIZES),
]


@pytest.mark.parametrize(("described_as", "values"), VALUES, ids=[str(number) for number in range(len(VALUES))])
def test_the_values_described_are_those_there_are(described_as: list[object], values: Collection[object]) -> None:
    assert described_as == list(values)


EXAMPLES_SHOWN = [(path, method) for path, method in OPERATIONS if path != "/api/v1/openapi.json"]


@pytest.mark.parametrize(("path", "method"), EXAMPLES_SHOWN, ids=[path for path, _ in EXAMPLES_SHOWN])
def test_an_example_is_what_it_is_an_example_of(described: Any, path: str, method: str) -> None:
    told = DESCRIBED["paths"][path][method]["responses"]["200"]["content"]["application/json"]
    schema = {**told["schema"], "components": DESCRIBED["components"]}
    assert list(jsonschema_rs.Draft202012Validator(schema).iter_errors(told["example"])) == []
