"""Understanding a question: what can be asked, what it wants, what it is about, and where it says too little."""

import pytest
from builders import holdings, source
from hypothesis import given
from hypothesis import strategies as st

from assistant.questions.followup import carried
from assistant.questions.question import (
    LONGEST_QUESTION,
    BadQuestion,
    Question,
    Understood,
    check,
    lacks_detail,
    understand,
)
from assistant.questions.scope import Scope, read_scope
from assistant.questions.vocabulary import Vocabulary
from assistant.questions.wants import Want

HELD = holdings(
    (
        source("m", council="Medway Council", body="Cabinet"),
        source("g", council="Gloucestershire County Council", body="Scrutiny Committee"),
    )
)
VOCABULARY = Vocabulary.of(["caseloads of social workers in the corpus and retention in India were noted by the MASH"])


def read(asked: str, *history: str, without: frozenset[str] = frozenset()) -> tuple[tuple[Question, ...], Scope]:
    """The questions in a turn, and its scope."""
    turn = carried(asked, history, HELD.names)
    words = VOCABULARY.read(turn.text)
    scope = read_scope(words.text, HELD, without)
    return understand(turn, words, scope), scope


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("", "Type a question."),
        (" \n\t ", "Type a question."),
        ("a" * (LONGEST_QUESTION + 1), "Your question has 1,001 characters. Ask in 1,000 or fewer."),
        ("caseloads\x00", "control codes"),
        ("caseloads\x1b[2J", "control codes"),
        ("caseloads \ud800", "control codes"),
    ],
    ids=["empty", "blank", "too long", "a null", "a terminal's escape", "half a character"],
)
def test_what_cannot_be_asked(asked: str, said: str) -> None:
    with pytest.raises(BadQuestion, match=said):
        check(asked)


def test_white_space_is_made_plain() -> None:
    assert check("  what\n did\tthey say  ") == "what did they say"


def test_the_longest_question_can_be_asked() -> None:
    assert check("a" * LONGEST_QUESTION) == "a" * LONGEST_QUESTION


@given(st.text())
def test_what_passes_is_one_line_with_words_in_it(asked: str) -> None:
    try:
        question = check(asked)
    except BadQuestion as problem:
        assert str(problem)
    else:
        assert question == check(question)
        assert question and "\n" not in question


@pytest.mark.parametrize(
    ("asked", "topic"),
    [
        ("what did Medway say about caseloads", {"caseload"}),
        ("caseloads at Glos Scrutiny Committee", {"caseload"}),
        ("what did they decide", set()),
        ("list everything", set()),
    ],
    ids=["a council is no topic", "nor is a body", "only a decision", "only framing"],
)
def test_the_topic_is_without_the_scope(asked: str, topic: set[str]) -> None:
    (question,), _ = read(asked)
    assert question.topic.keys() == topic


def test_the_words_of_a_removed_limit_are_looked_for_and_no_topic() -> None:
    (question,), _ = read("what did the cabinet say about caseloads", without=frozenset({"body:Cabinet"}))
    assert question.topic.keys() == {"caseload"}
    assert question.terms == ("cabinet", "caseload")
    assert question.text == "what did the cabinet say about caseloads"


def test_official_words_are_searched_for_too_and_count_for_the_ordinary_one() -> None:
    (question,), _ = read("why do staff leave")
    assert question.topic["staff"] == (frozenset({"workforc"}), frozenset({"social", "worker"}))
    assert question.text == "why do staff leave workforce social workers"
    assert question.terms == ("staff", "leav", "workforc", "social", "worker")


@pytest.mark.parametrize(
    ("asked", "text", "topic"),
    [
        ("what did Ofsted say about caseloads", "what did say about caseloads", {"caseload"}),
        ("what did Ofsted say", "what did Ofsted say", {"ofst"}),
        ("is Ofsted due for caseloads", "is Ofsted due for caseloads", {"ofst", "due", "caseload"}),
        ("was Medway inadequate", "was inadequate overall effectiveness", set()),
        ("was leadership inadequate", "was leadership inadequate", {"leadership"}),
        ("what are the weaknesses in fostering", "what are the weaknesses in fostering", {"foster"}),
    ],
    ids=[
        "who speaks is no subject",
        "unless there is no other",
        "or it is no speaker",
        "a grade is supposed, and of the whole",
        "a grade of a part",
        "a list is no subject",
    ],
)
def test_what_is_no_subject(asked: str, text: str, topic: set[str]) -> None:
    (question,), _ = read(asked)
    assert question.text.startswith(text)
    assert question.topic.keys() == topic


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("what is HR doing", (("HR", "human resources"),)),
        ("was the MASH slow", (("MASH", "multi-agency safeguarding hub"),)),
        ("how many from India", (("India",),)),
        ("what did Medway say of the XYZ", (("XYZ",),)),
        ("WHAT IS HR DOING", ()),
        ("caseloads in Medway", ()),
    ],
    ids=["written out", "one that the corpus writes", "a place", "unknown", "a shout", "the scope's"],
)
def test_names(asked: str, names: tuple[tuple[str, ...], ...]) -> None:
    (question,), _ = read(asked)
    assert question.names == names


def test_a_turn_may_ask_two_things() -> None:
    (first, second), _ = read("what are the caseloads and who is the author?")
    assert (first.asked, first.wants) == ("what are the caseloads", Want.LIST)
    assert (second.asked, second.wants) == ("who is the author?", Want.WHO)


def test_a_later_clause_leans_on_an_earlier_one() -> None:
    (first, second), _ = read("what are the caseloads in Medway and when will they fall?")
    assert (first.whole, first.topic.keys()) == ("what are the caseloads in Medway", {"caseload"})
    assert second.asked == "when will they fall?"
    assert second.whole == "what are the caseloads in Medway when will they fall?"
    assert second.topic.keys() == {"caseload", "fall"}
    assert second.wants is Want.WHEN


def test_what_is_asked_is_kept_whole_with_what_it_leans_on() -> None:
    (question,), _ = read("caseloads in Medway")
    assert question.whole == "caseloads in Medway"
    (question,), _ = read("and their retention", "caseloads in Medway")
    assert (question.asked, question.whole) == ("and their retention", "caseloads in Medway and their retention")


@pytest.mark.parametrize(
    ("asked", "history", "wants"),
    [
        ("and in Glos?", "how many social workers in Medway", Want.HOW_MANY),
        ("and Glos", "who chairs the board in Medway", Want.WHO),
        ("when?", "who chairs the board in Medway", Want.WHEN),
        ("and what did they say", "how many social workers in Medway", Want.FACT),
        ("and their retention", "how many social workers in Medway", Want.FACT),
        ("retention in India", "how many social workers in Medway", Want.FACT),
    ],
    ids=["another council", "another, of a person", "another want", "a question of its own", "a subject", "alone"],
)
def test_a_turn_that_asks_nothing_itself_wants_what_it_leans_on(asked: str, history: str, wants: Want) -> None:
    (question,), _ = read(asked, history)
    assert question.wants is wants


@pytest.mark.parametrize(
    ("asked", "unsearched"),
    [("caseloads in Medway", False), ("what happened?", True), ("caseloads in Norfolk", True)],
    ids=["a question", "too little", "a council that is not held"],
)
def test_what_is_not_searched_for(asked: str, unsearched: bool) -> None:
    questions, scope = read(asked)
    assert Understood(VOCABULARY.read(asked), scope, questions).unsearched is unsearched


def test_a_clause_without_a_topic_is_no_question() -> None:
    questions, _ = read("what are the caseloads and why?")
    assert [question.asked for question in questions] == ["what are the caseloads and why?"]


def test_a_turn_that_leans_is_read_with_what_it_leans_on_and_alone() -> None:
    (question,), _ = read("and their retention", "caseloads in Medway")
    assert question.topic.keys() == {"caseload", "retent"}
    assert question.alone == "and their retention"
    assert question.own_topic
    (question,), _ = read("what did they decide", "caseloads in Medway")
    assert question.alone == ""
    assert not question.own_topic


@pytest.mark.parametrize(
    ("asked", "broad"),
    [
        ("compare caseloads", True),
        ("has any council said so", False),
        ("caseloads in every council", True),
        ("Medway v Glos", True),
        ("which councils use agency staff", True),
        ("caseloads in Medway", False),
    ],
    ids=["compare", "any council will do", "every council", "one against another", "which councils", "one council"],
)
def test_broad_questions(asked: str, broad: bool) -> None:
    (question,), _ = read(asked)
    assert question.broad is broad


@pytest.mark.parametrize(
    ("asked", "history", "lacks"),
    [
        ("what happened?", (), True),
        ("???", (), True),
        ("who?", (), True),
        ("Medway", (), True),
        ("medway cabinet?", (), True),
        ("tell me about Medway", (), False),
        ("who was at the Cabinet", (), False),
        ("what was decided?", (), False),
        ("caseloads", (), False),
        ("why?", ("caseloads in Medway",), False),
        ("and Glos?", ("caseloads in Medway",), False),
    ],
    ids=[
        "nothing",
        "no words",
        "one word",
        "a council",
        "a council and a body",
        "about a council",
        "who, at a body",
        "every decision",
        "a subject",
        "a subject carried",
        "a council of a subject carried",
    ],
)
def test_what_says_too_little(asked: str, history: tuple[str, ...], lacks: bool) -> None:
    (question, *_), scope = read(asked, *history)
    assert lacks_detail(question, scope) is lacks
