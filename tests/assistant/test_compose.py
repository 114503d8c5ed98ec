"""The answer put together: citations, whose words they are, what was decided, and addresses."""

from dataclasses import replace
from pathlib import Path

import pytest
from asking import assistant, reading
from builders import document, shown

from assistant.answer import Chip, Status
from assistant.answers.compose import evidence, unsearched
from assistant.answers.quoting import Chosen
from assistant.questions.question import Understood
from assistant.questions.scope import Scope
from assistant.questions.vocabulary import Words
from corpus.model import Document, Fact, Known, Role, Span, Voice, VoiceSpan
from index.model import Hit

WORDS = Words("", {}, ())


def minutes(outcome: str, id: str = "a") -> Document:
    """The minutes of one item with an outcome, as plain text."""
    text = f"Agenda item\n\nCaseloads\n\nMinutes:\n\nCaseloads were high.\n\n{outcome}\n"
    return reading(id, text, council="Westmarch Council", kind="minutes")


@pytest.mark.parametrize(
    ("facts", "page", "citation"),
    [
        (
            {"council": "Medway Council", "body": "Cabinet", "date": "2019-09-03", "title": "Ofsted inspection"},
            None,
            "Medway Council, Cabinet, 3 September 2019 (supplied), Ofsted inspection, para 1",
        ),
        ({"council": "Medway Council"}, 5, "Medway Council, date not stated, para 1, page 5"),
        ({}, None, "council not stated, date not stated, para 1"),
    ],
    ids=["everything known", "a page", "nothing known"],
)
def test_citation(facts: dict[str, str], page: int | None, citation: str) -> None:
    one = document("Caseloads were high.", facts=facts, page=page)
    assert evidence([shown(one)], {"a": one})[0].citation == citation


def test_a_date_that_the_document_states_is_not_called_supplied() -> None:
    one = document("Caseloads were high.", facts={"council": "Medway Council"})
    one = replace(one, source=replace(one.source, date=Fact("2019-09-03", Known.STATED)))
    assert evidence([shown(one)], {"a": one})[0].citation == "Medway Council, 3 September 2019, para 1"


TWO = "Officers spoke. Ofsted said no."
OFFICER = VoiceSpan(0, 15, Voice.OFFICER)
OFSTED = VoiceSpan(16, 31, Voice.OFSTED_REPORTED, Voice.OFFICER)
NOBODY = VoiceSpan(0, 15, Voice.NOT_STATED)


@pytest.mark.parametrize(
    ("voices", "marks", "line"),
    [
        ((VoiceSpan(0, 31, Voice.OFSTED),), (), "Ofsted"),
        ((VoiceSpan(0, 31, Voice.MEMBER),), (), "A member"),
        ((VoiceSpan(0, 31, Voice.AUTHOR),), (), "The report’s author"),
        ((VoiceSpan(0, 31, Voice.OFSTED_REPORTED),), (), "Ofsted, as reported"),
        ((VoiceSpan(0, 31, Voice.OFSTED_REPORTED, Voice.MEMBER),), (), "Ofsted, as reported by a member"),
        ((VoiceSpan(0, 31, Voice.OFSTED_REPORTED, Voice.AUTHOR),), (), "Ofsted, as reported by the report’s author"),
        ((OFFICER, OFSTED), (), "An officer; Ofsted, as reported by an officer"),
        ((OFFICER, OFSTED), (Span(16, 31),), "Ofsted, as reported by an officer"),
        ((OFFICER, OFSTED), (Span(0, 15),), "An officer"),
        ((NOBODY, OFSTED), (), "Ofsted, as reported by an officer"),
        ((NOBODY,), (), "Speaker not stated"),
        ((), (), "Speaker not stated"),
    ],
    ids=[
        "Ofsted",
        "a member",
        "the author",
        "Ofsted, reported by nobody named",
        "Ofsted, reported by a member",
        "Ofsted, reported by the author",
        "two voices",
        "the voice of what is marked",
        "the other voice",
        "a voice beside one not stated",
        "one not stated",
        "none",
    ],
)
def test_whose_words(voices: tuple[VoiceSpan, ...], marks: tuple[Span, ...], line: str) -> None:
    one = document(TWO, voices=voices)
    assert evidence([shown(one, 0, *marks)], {"a": one})[0].voice_line == line


def test_a_decision_is_the_meetings() -> None:
    one = document("That it be noted.", role=Role.DECISION, voices=(OFFICER,))
    assert evidence([shown(one)], {"a": one})[0].voice_line == "Decision of the meeting"


def test_evidence_is_numbered_and_has_an_address() -> None:
    one = document("Caseloads were high.", "Placements were few.", id="a b/c")
    first, second = evidence([shown(one, 1), shown(one, 0)], {"a b/c": one})
    assert (first.number, first.quote.text) == (1, "Placements were few.")
    assert (second.number, second.quote.text) == (2, "Caseloads were high.")
    assert first.url == "/documents/a%20b/c?start=22&end=42#cited"


def test_a_whole_list_is_cited_by_what_opens_it() -> None:
    one = reading("a", "1. Visit\n\n1.1 The team did two things:\n\n- Read the files\n- Met the carers\n")
    opener = next(p for p in one.passages if p.opens is not None)
    items = tuple(p for p in one.passages if p.group == opener.opens)
    whole = Chosen(Hit(items[0], 1.0, 1.0, 1.0, frozenset()), (opener, *items), Span(opener.start, items[-1].end), None)
    (found,) = evidence([whole], {"a": one})
    assert found.reference == "para 1.1"
    assert found.quote.text == "1.1 The team did two things:\n\n- Read the files\n- Met the carers"


def test_a_whole_resolution_is_cited_from_its_first_to_its_last() -> None:
    one = minutes("RESOLVED:\n\na) That the report be noted;\n\nb) That it return.")
    decisions = tuple(p for p in one.passages if p.role is Role.DECISION)
    whole = Chosen(
        Hit(decisions[0], 1.0, 1.0, 1.0, frozenset()), decisions, Span(decisions[0].start, decisions[-1].end), None
    )
    assert evidence([whole], {"a": one})[0].reference == "resolution (a) to resolution (b)"


def test_a_list_of_decisions_names_its_minute_once() -> None:
    text = "1. Apologies\n\nNone.\n\n2. Pay\n\nIt rose.\n\nRESOLVED:\n\n(a) That it be noted;\n\n(b) That it return.\n"
    one = reading("a", text, kind="minutes")
    items = [passage for passage in one.passages if passage.role is Role.DECISION]
    whole = Chosen(Hit(items[0], 1.0, 1.0, 1.0, frozenset()), tuple(items), Span(items[0].start, items[-1].end), None)
    assert evidence([whole], {"a": one})[0].reference == "minute 2, resolution (a) to resolution (b)"


def test_nothing_is_searched_where_no_document_meets_the_scope(tmp_path: Path) -> None:
    one = document("Caseloads.", facts={"council": "Medway Council"})
    chip = Chip("date", "date:2035", "2035")
    scope = Scope((chip,), frozenset(), unmet="No document here is from 2035.")
    answer = unsearched("in 2035?", Understood(WORDS, scope, ()), assistant(tmp_path, one).index, [])
    assert answer.status is Status.NOT_FOUND
    assert answer.message == "No document here is from 2035."
    assert answer.scope == (chip,)
    assert answer.searched == ""
    assert answer.coverage == (
        "Nothing was searched. The assistant holds 1 document from 1 council (1 without a stated date)."
    )
    assert answer.suggestions == ()


def test_a_question_that_says_too_little_is_told_what_to_add_and_what_to_ask(tmp_path: Path) -> None:
    one = replace(minutes("AGREED\n\nThat the update be noted."), source=minutes("").source)
    answer = unsearched("what happened?", Understood(WORDS, Scope(), ()), assistant(tmp_path, one).index, [])
    assert answer.status is Status.NEEDS_DETAIL
    assert answer.message == (
        "Say what you want to know: a subject, a decision, a person or a date. The documents here are from Westmarch "
        "Council."
    )
    assert answer.suggestions == ("What was decided on “Caseloads” at Westmarch Council?",)
