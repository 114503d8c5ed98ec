"""The limits that a question names: councils, bodies and dates, and the documents they leave."""

from dataclasses import replace

import pytest
from builders import holdings, source
from hypothesis import given
from hypothesis import strategies as st

from assistant.questions.scope import Scope, listed, read_scope

SOURCES = (
    source("cabinet", council="Medway Council", body="Cabinet", date="2019-09-03"),
    source("visit", council="Medway Council", body="Children and Young People Overview and Scrutiny Committee"),
    source("board", council="Middlesbrough Council", body="Corporate Parenting Board", date="2022-09-14"),
    source("glos", council="Gloucestershire County Council", body="Overview and Scrutiny Committee"),
    source("other"),
)
TEXTS = {
    "cabinet": "The report of July 2019 follows.",
    "visit": "The visit of 20 and 21 August 2020 was the first.",
    "board": "The full inspection of November/December 2019 was inadequate.",
    "glos": "The next visit is on 30 April 2019.",
    "other": "There is no date here; it may be late.",
}
HELD = holdings(SOURCES, **TEXTS)


def read(question: str, *without: str) -> Scope:
    return read_scope(question, HELD, frozenset(without))


@pytest.mark.parametrize(
    ("question", "chips", "documents"),
    [
        ("caseloads", [], None),
        ("caseloads in medway", ["Medway Council"], {"cabinet", "visit"}),
        ("medways caseloads", ["Medway Council"], {"cabinet", "visit"}),
        ("Glos and Medway", ["Gloucestershire County Council", "Medway Council"], {"cabinet", "visit", "glos"}),
        ("what did the Corporate Parenting Board say", ["Corporate Parenting Board"], {"board"}),
        ("what did the parenting board say", ["Corporate Parenting Board"], {"board"}),
        (
            "medway scrutiny committee",
            [
                "Medway Council",
                "Children and Young People Overview and Scrutiny Committee",
                "Overview and Scrutiny Committee",
            ],
            {"visit"},
        ),
        ("what did the board say", [], None),
        ("caseloads in September 2019", ["September 2019"], {"cabinet"}),
        ("caseloads in 2022", ["2022"], {"board"}),
        ("caseloads in 2019", ["2019"], {"cabinet", "glos"}),
        ("caseloads in 2020", ["2020"], {"visit"}),
        ("caseloads in December 2019", ["December 2019"], {"board"}),
        ("caseloads since 2020", ["since 2020"], {"board", "visit"}),
        ("caseloads since 2019-09-03", ["since 2019-09-03"], {"cabinet", "board", "visit"}),
        ("caseloads after 2019", ["after 2019"], {"board", "visit"}),
        ("caseloads before 2020", ["before 2020"], {"cabinet", "glos"}),
        ("caseloads before 3 September 2019", ["before 3 September 2019"], {"glos"}),
        ("caseloads until 2020", ["until 2020"], {"cabinet", "glos", "visit"}),
        ("caseloads from 2019 to 2020", ["from 2019 to 2020"], {"cabinet", "glos", "visit"}),
        ("caseloads from 2020", ["from 2020"], {"board", "visit"}),
        (
            "caseloads between August 2019 and August 2020",
            ["between August 2019 and August 2020"],
            {"cabinet", "visit"},
        ),
        ("caseloads since 2019 and before 2022", ["since 2019", "before 2022"], {"cabinet", "glos", "visit"}),
        ("caseloads in 2020, 2022", ["2020", "2022"], {"visit", "board"}),
        ("it may be late", [], None),
        ("Medway in 2019", ["Medway Council", "2019"], {"cabinet"}),
        ("staff in the Children Act 2004", [], None),
    ],
    ids=[
        "no limit",
        "a short name",
        "a possessive without its apostrophe",
        "two councils, one by an alias",
        "a body in full",
        "a body by its last words",
        "bodies of one name",
        "one word is no body",
        "a document's own date",
        "a year",
        "a year, with the undated that mention it",
        "an undated document by what it mentions",
        "a date that only another's text mentions",
        "since",
        "since a day",
        "after leaves the year out",
        "before leaves the year out",
        "before leaves the day out",
        "until takes the year in",
        "from a year to a year",
        "from a year on",
        "between two months",
        "since one and before another",
        "two years",
        "may is no month",
        "a council's year",
        "the year of an Act",
    ],
)
def test_what_is_left(question: str, chips: list[str], documents: set[str] | None) -> None:
    scope = read(question)
    assert [chip.label for chip in scope.chips] == chips
    assert scope.documents == documents
    assert not scope.unmet


@pytest.mark.parametrize(
    ("question", "unmet"),
    [
        (
            "what did Norfolk say",
            "No document here is from Norfolk. The documents here are from Gloucestershire County Council, Medway "
            "Council and Middlesbrough Council.",
        ),
        (
            "kent, essex and surrey",
            "No document here is from Kent, Essex or Surrey. The documents here are from Gloucestershire County "
            "Council, Medway Council and Middlesbrough Council.",
        ),
        (
            "Middlesbrough Cabinet",
            "No document here meets all of these limits: Middlesbrough Council, Cabinet. Remove one to search more "
            "widely.",
        ),
        (
            "medway in 2035",
            "No document here meets all of these limits: Medway Council, 2035. Remove one to search more widely.",
        ),
        ("caseloads in 2035", "No document here is from 2035, or mentions it."),
    ],
    ids=["a council of England", "three of them", "a body that the council lacks", "a year it lacks", "no such year"],
)
def test_what_no_document_meets(question: str, unmet: str) -> None:
    scope = read(question)
    assert scope.unmet == unmet
    assert scope.documents == frozenset()


def test_a_council_that_is_not_held_is_set_aside_beside_one_that_is() -> None:
    scope = read("Norfolk and Medway")
    assert scope.documents == {"cabinet", "visit"}
    assert scope.notice.startswith("No document here is from Norfolk.")


def test_a_date_that_is_only_mentioned_is_said_to_be() -> None:
    assert read("caseloads in 2020").notice == (
        "No document here is known to be of 2020: those that mention it are searched."
    )
    assert read("caseloads in 2019").notice == ""


@pytest.mark.parametrize(
    ("removed", "chips", "documents"),
    [
        ({"council:Medway Council"}, ["Cabinet", "2019"], {"cabinet"}),
        ({"body:Cabinet"}, ["Medway Council", "2019"], {"cabinet"}),
        ({"date:2019"}, ["Medway Council", "Cabinet"], {"cabinet"}),
        ({"body:Cabinet", "date:2019"}, ["Medway Council"], {"cabinet", "visit"}),
        ({"council:Medway Council", "body:Cabinet", "date:2019"}, [], None),
        ({"council:Atlantis"}, ["Medway Council", "Cabinet", "2019"], {"cabinet"}),
    ],
    ids=["the council", "the body", "the date", "two", "all", "one that is not there"],
)
def test_chips_are_removed(removed: set[str], chips: list[str], documents: set[str] | None) -> None:
    scope = read("Medway Cabinet 2019", *removed)
    assert [chip.label for chip in scope.chips] == chips
    assert scope.documents == documents


def test_the_words_of_a_removed_limit_are_kept_apart() -> None:
    scope = read("Medway Cabinet 2019", "body:Cabinet", "date:2019")
    assert (scope.terms, scope.removed) == ({"medway"}, {"cabinet", "2019"})
    assert read("Medway", "council:Medway Council").removed == {"medway"}


def test_a_limit_removed_makes_a_contradiction_good() -> None:
    assert read("Middlesbrough Cabinet", "body:Cabinet").documents == {"board"}


def test_councils_are_parts_to_be_searched_apart() -> None:
    assert read("Glos and Medway").parts == (frozenset({"glos"}), frozenset({"cabinet", "visit"}))
    assert read("Cabinet").parts == (frozenset({"cabinet"}),)
    assert read("caseloads").parts == (None,)


def test_every_council_left_is_a_part_of_a_broad_question() -> None:
    assert read("caseloads").by_council(HELD) == (
        frozenset({"cabinet", "visit"}),
        frozenset({"board"}),
        frozenset({"glos"}),
        frozenset({"other"}),
    )


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("caseloads in Medway", "caseloads in"),
        ("Medway Cabinet", "Medway Cabinet"),
        ("caseloads in 2019", "caseloads in"),
        ("caseloads in December 2019", "caseloads in"),
        ("caseloads in December 2035", "caseloads in"),
    ],
    ids=["a council", "nothing else is left", "a document's date", "a date only mentioned", "a date of nothing"],
)
def test_the_scope_is_no_topic(question: str, topic: str) -> None:
    assert read(question).topic_of(question) == topic


def test_no_sources_at_all() -> None:
    assert read_scope("caseloads in 2019", holdings(())).unmet == "No document here is from 2019, or mentions it."
    assert read_scope("Medway", holdings(())).unmet.endswith("The documents here are from no named council.")


SERIES = (
    source("m19", council="Medway Council", date="2019-08-27"),
    source("m23", council="Medway Council", date="2023-09-11"),
    source("l19", council="Leeds City Council", date="2019-01-10"),
    source("l22", council="Leeds City Council", date="2022-05-09"),
    source("undated", council="Kent County Council"),
    source("k20", council="Kent County Council", date="2020-03-01"),
    source("york", council="City of York Council", date="2021-03-01"),
)


def series(question: str, *without: str) -> Scope:
    return read_scope(question, holdings(SERIES), frozenset(without))


@pytest.mark.parametrize(
    ("question", "chips", "documents"),
    [
        ("the latest inspection of Medway", ["Medway Council", "latest of each council"], {"m23"}),
        ("Leeds most recent report", ["Leeds City Council", "most recent of each council"], {"l22"}),
        ("Medway's last inspection", ["Medway Council", "last of each council"], {"m23"}),
        ("the earlier inspection of Leeds", ["Leeds City Council", "earlier of each council"], {"l19"}),
        ("Medway, the previous report", ["Medway Council", "previous of each council"], {"m19"}),
        ("latest caseloads", ["latest of each council"], {"m23", "l22", "undated", "k20", "york"}),
        ("latest caseloads in Kent", ["Kent County Council"], {"undated", "k20"}),
        ("latest caseloads in York", ["City of York Council"], {"york"}),
        ("Medway since the last inspection", ["Medway Council"], {"m19", "m23"}),
        ("what did Medway do earlier", ["Medway Council"], {"m19", "m23"}),
        ("what was Medway's last chance", ["Medway Council"], {"m19", "m23"}),
    ],
    ids=[
        "the latest",
        "the most recent",
        "the last inspection",
        "the earlier inspection",
        "the previous report",
        "of each council",
        "of a council with an undated document",
        "of a council's only document",
        "since the last is a time",
        "earlier, of no document",
        "last, of no document",
    ],
)
def test_the_order_of_documents_is_a_limit(question: str, chips: list[str], documents: set[str]) -> None:
    scope = series(question)
    assert [chip.label for chip in scope.chips] == chips
    assert scope.documents == documents
    assert not scope.unmet


def test_an_order_is_no_topic_and_can_be_removed() -> None:
    scope = series("the latest report on caseloads")
    assert scope.topic_of("the latest report on caseloads") == "the report on caseloads"
    assert [chip.value for chip in scope.chips] == ["date:latest"]
    assert series("the latest report on caseloads", "date:latest").documents is None


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Medway in August 2019 and September 2023", [{"m19"}, {"m23"}]),
        ("compare 2019 with 2022", [{"m19", "l19"}, {"l22"}]),
        ("Medway and Leeds in 2019", [{"m19"}, {"l19"}]),
        ("Medway and Leeds in 2019, 2022", [{"m19"}, {"l19"}, {"l22"}]),
        ("Medway since 2020", [{"m23"}]),
        ("Medway from 2019 to 2023", [{"m19", "m23"}]),
    ],
    ids=[
        "two months of a council",
        "two years",
        "a year of two councils",
        "two years of two councils",
        "an open date is no part",
        "a range is one part",
    ],
)
def test_dates_are_parts_to_be_searched_apart(question: str, parts: list[set[str]]) -> None:
    assert [set(part or ()) for part in series(question).parts] == parts


@pytest.mark.parametrize(
    ("names", "sentence"),
    [([], ""), (["A"], "A"), (["A", "B"], "A or B"), (["A", "B", "C"], "A, B or C")],
    ids=["none", "one", "two", "three"],
)
def test_names_in_a_sentence(names: list[str], sentence: str) -> None:
    assert listed(names, "or") == sentence


@given(st.text(max_size=200))
def test_any_text_has_a_scope(question: str) -> None:
    scope = read(question)
    assert scope.documents is None or scope.documents <= {source.id for source in SOURCES}
    assert bool(scope.unmet) == (scope.documents == frozenset())
    assert scope == read(question)


def test_a_report_is_of_the_day_that_its_files_name_says_too() -> None:
    named = replace(
        source("report", council="Medway Council", date="2019-12-06"), path="medway/report-24-january-2020.pdf"
    )
    held = holdings((*SOURCES, named))
    for asked in ("the Medway report of January 2020", "Medway in December 2019"):
        assert read_scope(asked, held).documents == {"report"}
