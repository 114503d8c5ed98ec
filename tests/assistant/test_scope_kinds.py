"""The kinds of document that a question names, and when that leaves others aside."""

import pytest
from builders import holdings, source

from assistant.questions.scope import Scope, read_scope

SOURCES = (
    source("minutes", council="Medway Council", kind="minutes"),
    source("report", council="Medway Council", kind="report"),
    source("ofsted", council="Medway Council", kind="inspection report"),
    source("leeds", council="Leeds City Council", kind="minutes"),
    source("unknown", council="Leeds City Council"),
    source("york", council="City of York Council", kind="minutes"),
)


def read(question: str, *without: str) -> Scope:
    return read_scope(question, holdings(SOURCES), frozenset(without))


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("what do the minutes say", None),
        ("caseloads in the minutes", {"minutes", "leeds", "york"}),
        ("caseloads in the committee minutes", {"minutes", "leeds", "york"}),
        ("what was minuted on caseloads", {"minutes", "leeds", "york"}),
        ("a visit of 20 minutes", None),
        ("caseloads in the cabinet report", {"report"}),
        ("what did the Ofsted report say on caseloads", {"ofsted"}),
        ("inspectors\u2019 letter on caseloads", {"ofsted"}),
        ("compare the Ofsted report with the cabinet report", {"ofsted", "report"}),
        ("what does the report say", None),
        ("caseloads in the minutes of Medway", {"minutes"}),
        ("caseloads in the Ofsted report on Leeds", {"leeds", "unknown"}),
        ("caseloads in the Ofsted report on York", {"york"}),
    ],
)
def test_the_documents_of_a_kind(question: str, documents: set[str] | None) -> None:
    """Where a council has none of the kind, all it has is searched: a minute may tell of Ofsted's report."""
    assert read(question).documents == documents


def test_the_kind_can_be_removed_and_is_no_subject() -> None:
    scope = read("caseloads in the Ofsted report")
    (chip,) = scope.chips
    assert (chip.kind, chip.value, chip.label) == ("kind", "kind:inspection report", "Ofsted’s own reports")
    assert scope.terms == {"ofst", "report"}
    assert read("caseloads in the Ofsted report", chip.value).documents is None
