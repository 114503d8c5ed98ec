"""Choosing evidence on small documents: whole lists, single items, rows, documents in turn, decisions, and silence."""

from pathlib import Path

import pytest
from asking import assistant, hold_to_its_documents, quotes, reading

from assistant.answer import Answer, Status
from assistant.answers.evidence import EACH_IN_TURN, MOST_EVIDENCE, MOST_RELATED, choose
from assistant.answers.quoting import LONGEST_LIST
from assistant.assistant import Assistant
from assistant.questions.question import Question
from assistant.questions.wants import Want
from corpus.model import Role
from index.model import Hit

IMPROVEMENTS = """1.1 The published report identified four areas for improvement:

- Oversight of missing children
- The supply of placements for teenagers
- Handover between duty and court teams
- Recording of visits"""
BUDGET = "Budget\tThe placements budget may be overspent before the year ends\tMonthly monitoring by the board\tB2"
STAFFING = "Staffing\tVacancies may slow the response to referrals\tA new recruitment campaign\tC3"
COURTS = "Courts\tLate statements may delay proceedings\tA tracker of statements\tB2"
REPORT = f"""CABINET

4 MARCH 2021

INSPECTION OF WESTMARCH

1. Findings

{IMPROVEMENTS}

1.2 The inspectors visited for five days in July 2020.

2. Risks

Risk\tDescription\tAction to avoid or mitigate risk\tRisk rating
{BUDGET}
{STAFFING}
{COURTS}

3. Recommendations

3.1 The Cabinet is asked to note the report.
"""
CARERS = (
    "·       Foster carers – reference was made to the letter. Officers confirmed that twelve foster carers were "
    "recruited. The campaign of posters ended."
)
MINUTES = f"""Agenda item

Focused visit

Minutes:

Members asked about:

·       School attendance – officers confirmed that attendance had risen to 94%. The target was 95%.

{CARERS}

·       Placements – the supply of placements had grown.

Decision:

The Committee noted the report.
"""
DOCUMENTS = {
    document.id: document
    for document in (
        reading("report", REPORT, council="Westmarch Council", body="Cabinet", date="2021-03-04", kind="report"),
        reading("minutes", MINUTES, council="Westmarch Council", body="Scrutiny Committee", kind="minutes"),
    )
}


@pytest.fixture(scope="module")
def westmarch(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant(tmp_path_factory.mktemp("index"), *DOCUMENTS.values())


def marks(answer: Answer, number: int = 1) -> list[str]:
    """The marked sentences of a piece of evidence."""
    one = answer.evidence[number - 1]
    return [DOCUMENTS[one.source.id].text[mark.start : mark.end] for mark in one.highlights]


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("list the areas for improvement", [IMPROVEMENTS]),
        ("what are the areas for improvement", [IMPROVEMENTS]),
        ("oversight of missing children", ["- Oversight of missing children"]),
        ("handover to the court teams", ["- Handover between duty and court teams"]),
        ("which risks are rated B2", [COURTS, BUDGET]),
        ("which risks are rated C3", [STAFFING]),
        ("vacancies and referrals", [STAFFING]),
        ("how many foster carers were recruited", [CARERS]),
        ("when did inspectors visit", ["1.2 The inspectors visited for five days in July 2020."]),
        ("what did the scrutiny committee decide", ["Decision:\n\nThe Committee noted the report."]),
        ("what did the cabinet decide", []),
        (
            "what was decided about foster carers that were recruited",
            ["Decision:\n\nThe Committee noted the report.", CARERS],
        ),
        ("bins", []),
        ("what was decided about bins", []),
        ("who is the director", []),
        ("how many MASH referrals", []),
        ("MASH referrals", []),
        ("what did inspectors say of Atlantis", []),
    ],
    ids=[
        "a whole list with its lead-in",
        "the same, asked for otherwise",
        "one bullet",
        "another bullet",
        "the rows that a word singles out",
        "the row that it singles out",
        "a row by its words",
        "a bullet with a number of the thing",
        "a date",
        "a decision, with its label",
        "only a recommendation",
        "a decision, and what it was on",
        "nothing on the subject",
        "no decision on the subject",
        "a post that nobody holds here",
        "a number of an acronym that the corpus lacks",
        "an acronym that the corpus lacks",
        "a name that the corpus lacks",
    ],
)
def test_what_is_shown(westmarch: Assistant, question: str, shown: list[str]) -> None:
    answer = westmarch.answer(question)
    assert quotes(answer) == shown
    assert answer.status == (Status.ANSWERED if shown else Status.NOT_FOUND)
    assert not (answer.evidence and answer.related)
    hold_to_its_documents(answer, DOCUMENTS)


def test_what_was_only_recommended_is_no_decision(westmarch: Assistant) -> None:
    answer = westmarch.answer("what did the cabinet decide")
    assert [one.quote.text for one in answer.related] == ["3.1 The Cabinet is asked to note the report."]
    assert answer.message == (
        "I did not find this in the documents. They record no decision, only what was recommended, which is below."
    )


def test_a_single_item_comes_with_its_lead_in(westmarch: Assistant) -> None:
    (one,) = westmarch.answer("oversight of missing children").evidence
    assert one.lead_in is not None
    assert one.lead_in.text == "1.1 The published report identified four areas for improvement:"


def test_a_row_comes_with_its_headers(westmarch: Assistant) -> None:
    one = westmarch.answer("which risks are rated C3").evidence[0]
    assert one.lead_in is not None
    assert one.lead_in.text == "Risk\tDescription\tAction to avoid or mitigate risk\tRisk rating"


def test_a_whole_list_is_covered_passage_by_passage(westmarch: Assistant) -> None:
    (one,) = westmarch.answer("list the areas for improvement").evidence
    assert one.lead_in is None
    assert [passage.reference for passage in one.passages] == [
        "para 1.1",
        "para 1.1, first bullet",
        "para 1.1, second bullet",
        "para 1.1, third bullet",
        "para 1.1, fourth bullet",
    ]


def test_what_is_only_related_is_so_called(westmarch: Assistant) -> None:
    answer = westmarch.answer("how many teenagers")
    assert answer.status is Status.NOT_FOUND
    assert answer.evidence == ()
    assert [one.quote.text for one in answer.related] == ["- The supply of placements for teenagers"]
    hold_to_its_documents(answer, DOCUMENTS)


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("how many foster carers were recruited", ["Officers confirmed that twelve foster carers were recruited."]),
        ("posters campaign", ["The campaign of posters ended."]),
        ("which risks are rated C3", ["C3"]),
        ("list the areas for improvement", []),
    ],
    ids=["the sentence with the number", "the sentence with the words", "the cell of a row", "no part of a whole list"],
)
def test_the_sentences_that_answer_are_marked(westmarch: Assistant, question: str, marked: list[str]) -> None:
    assert marks(westmarch.answer(question)) == marked


def test_two_things_asked_are_both_answered(westmarch: Assistant) -> None:
    answer = westmarch.answer("how many foster carers were recruited and when did inspectors visit?")
    assert answer.question == "how many foster carers were recruited and when did inspectors visit?"
    assert quotes(answer) == [CARERS, "1.2 The inspectors visited for five days in July 2020."]


def test_words_alone_answer_where_there_is_no_model(tmp_path: Path) -> None:
    words = assistant(tmp_path, *DOCUMENTS.values(), model=False)
    assert not words.dense
    assert quotes(words.answer("list the areas for improvement"))[0] == IMPROVEMENTS
    assert words.answer("bins").status is Status.NOT_FOUND


def test_every_decision_is_shown_where_no_subject_is_named(westmarch: Assistant) -> None:
    """However far in meaning the words of a decision are from "what was decided?"."""
    decision = next(passage for passage in DOCUMENTS["minutes"].passages if passage.role is Role.DECISION)
    asked = Question("what was decided?", "what was decided?", (), {}, Want.DECISION, own_topic=False)
    found = choose(asked, [[Hit(decision, 0.0, -0.9, 0.0, frozenset())]], westmarch.index)
    assert [one.hit.passage.id for one in found.answers] == [decision.id]


def test_a_list_too_long_is_not_quoted_whole(tmp_path: Path) -> None:
    item = "- The oversight of referrals, in which " + "many words are lost and " * 20
    text = "1. Findings\n\n1.1 There were these areas for improvement:\n\n" + "\n".join([item] * 12) + "\n"
    assert len(text) > LONGEST_LIST
    long = reading("long", text)
    answer = assistant(tmp_path, long).answer("list the areas for improvement")
    assert answer.evidence
    assert all(len(one.passages) == 1 for one in answer.evidence)
    hold_to_its_documents(answer, {"long": long})


def test_documents_are_shown_in_turn_and_each_together(tmp_path: Path) -> None:
    """Seven near passages of one document do not crowd out those of another."""
    teams = ("duty", "court", "fostering", "adoption", "disability", "leaving care", "assessment")
    lines = "".join(f"1.{n} Caseloads were high in the {team} team.\n\n" for n, team in enumerate(teams, 1))
    first = reading("first", f"1. Teams\n\n{lines}")
    second = reading("second", "1. Teams\n\n1.1 Caseloads of the social workers were high.\n")
    answer = assistant(tmp_path, first, second).answer("were caseloads high")
    ids = [one.source.id for one in answer.evidence]
    assert EACH_IN_TURN < len(ids) <= MOST_EVIDENCE
    assert set(ids) == {"first", "second"}
    assert ids == sorted(ids, key=ids.index)
    assert ids.count("first") >= EACH_IN_TURN
    assert [one.number for one in answer.evidence] == list(range(1, len(ids) + 1))


def test_little_is_shown_as_related(tmp_path: Path) -> None:
    lines = "".join(f"1.{letter} Caseloads were high.\n\n" for letter in range(1, 8))
    answer = assistant(tmp_path, reading("a", f"1. Teams\n\n{lines}")).answer("how many caseloads were high")
    assert answer.status is Status.NOT_FOUND
    assert 0 < len(answer.related) <= MOST_RELATED


def test_a_name_is_looked_for_in_each_document(tmp_path: Path) -> None:
    india = reading("india", "1. Teams\n\n1.1 Social workers were recruited from India.\n")
    other = reading("other", "1. Teams\n\n1.1 Twelve social workers were recruited.\n")
    both = assistant(tmp_path, india, other)
    assert [one.source.id for one in both.answer("social workers recruited from India").evidence] == ["india"]
    assert both.answer("how many social workers were recruited from India").status is Status.NOT_FOUND


def test_an_acronym_may_be_written_out_in_a_document(tmp_path: Path) -> None:
    hub = reading("hub", "1. Teams\n\n1.1 The Multi-Agency Safeguarding Hub was slow.\n")
    other = reading("other", "1. Teams\n\n1.1 The duty team was slow.\n")
    answer = assistant(tmp_path, hub, other).answer("was the MASH late")
    assert [one.source.id for one in answer.evidence] == ["hub"]
    assert answer.searched == "was the MASH late"
    assert [chip.label for chip in answer.readings] == ["also searched: multi-agency safeguarding hub"]


def test_a_passage_that_only_leads_up_to_a_long_list_is_left_out(tmp_path: Path) -> None:
    item = "- Caseloads of the team, in which " + "many words are lost and " * 20
    text = "1. Teams\n\n1.1 Members asked about caseloads, and said:\n\n" + "\n".join([item] * 12) + "\n"
    answer = assistant(tmp_path, reading("a", text)).answer("what did members ask about caseloads")
    assert "1.1 Members asked about caseloads, and said:" not in quotes(answer)
    assert answer.evidence


MEETING = """MINUTES OF THE SCRUTINY COMMITTEE

1. APOLOGIES FOR ABSENCE

There were none.

2. CASELOADS OF SOCIAL WORKERS

Officers said that caseloads had fallen.

RESOLVED: That an update be brought in June.

3. PLACEMENT STRATEGY

Members heard of new homes for children.

RESOLVED: That the strategy be recommended to Cabinet.
"""


def test_a_decision_is_of_the_item_that_is_asked_about(tmp_path: Path) -> None:
    asking = assistant(tmp_path, reading("minutes", MEETING))
    (caseloads,) = quotes(asking.answer("what was resolved about the caseloads of social workers?"))
    assert caseloads.endswith("That an update be brought in June.")
    (strategy,) = quotes(asking.answer("what was resolved about the placement strategy?"))
    assert strategy.endswith("That the strategy be recommended to Cabinet.")
