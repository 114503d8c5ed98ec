"""Near-repeats: said once where one council says the same twice, and never where anything differs."""

from dataclasses import replace

import pytest
from builders import document, passage, shown
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers.quoting import Chosen
from assistant.answers.repeats import collapsed
from corpus.model import Document, Form, Role, Span, Voice

MEDWAY = {"council": "Medway Council"}
RULE = (
    "The Council is required to comply with any instructions of the Secretary of State in relation to the improvement "
    "of its Children’s Social Care function."
)
AGAIN = f"Furthermore, as mentioned in section 4.3, the{RULE[3:]}"
VISITED = "The inspection of children’s services took place in Medway from 15 to 26 July 2019."
FULLER = "The inspection of children’s services took place from 15 to 26 July 2019. Six inspectors came for 2 days."


def left(*documents: Document) -> list[tuple[str, list[str]]]:
    """What is shown of every passage of ``documents`` in turn, each with the texts that are said to repeat it."""
    chosen = [shown(one, number) for one in documents for number in range(len(one.passages))]
    found = collapsed(chosen, {one.id: one for one in documents})
    return [(one.passages[0].text, [again.text for again in repeats]) for one, repeats in found]


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (RULE, RULE, [(RULE, [RULE])]),
        (RULE, AGAIN, [(RULE, [AGAIN])]),
        (AGAIN, RULE, [(AGAIN, [RULE])]),
        (FULLER, VISITED, [(FULLER, [VISITED])]),
        (VISITED, FULLER, [(FULLER, [VISITED])]),
    ],
    ids=["the same", "pointing back", "the pointer first", "the fuller first", "the fuller is shown"],
)
def test_what_is_said_twice_is_shown_once(first: str, second: str, kept: list[tuple[str, list[str]]]) -> None:
    assert left(document(first, second, facts=MEDWAY)) == kept


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "The council funded 8 additional social work posts in 2019.",
            "The council funded 35 additional social work posts in 2019.",
        ),
        (
            "Caseloads fell from 25 to 18 for every social worker.",
            "Caseloads fell from 18 to 25 for every social worker.",
        ),
        ("The visit took place in Medway on 20 July 2019.", "The visit took place in Medway on 20 August 2019."),
        (
            "The quality of assessments was found to be good enough.",
            "The quality of assessments was not found to be good enough.",
        ),
        (
            "Leaders’ oversight of social work practice was judged good.",
            "Leaders’ oversight of social work practice was judged inadequate.",
        ),
        (
            "The Director will provide an update on the visit to the Board.",
            "The Director provided an update to the Board on the visit.",
        ),
        ("Overall effectiveness was good.", "Overall effectiveness was good."),
    ],
    ids=["a number", "numbers in another order", "a date", "denied", "another word", "another order", "too short"],
)
def test_what_differs_is_shown_twice(first: str, second: str) -> None:
    assert left(document(first, second, facts=MEDWAY)) == [(first, []), (second, [])]


@pytest.mark.parametrize(
    ("mine", "theirs", "once"),
    [("Medway Council", "Medway Council", True), ("Medway Council", "Kent County Council", False), (None, None, False)],
    ids=["one council", "two councils", "councils not stated"],
)
def test_only_one_council_repeats_itself(mine: str | None, theirs: str | None, once: bool) -> None:
    first = document(RULE, id="a", facts={"council": mine})
    second = document(RULE, id="b", facts={"council": theirs})
    assert left(first, second) == ([(RULE, [RULE])] if once else [(RULE, []), (RULE, [])])


def test_the_fuller_of_two_documents_does_not_take_the_place_of_the_first() -> None:
    first, second = document(VISITED, id="a", facts=MEDWAY), document(FULLER, id="b", facts=MEDWAY)
    assert left(first, second) == [(VISITED, []), (FULLER, [])]


@pytest.mark.parametrize(
    "change",
    [{"role": Role.DECISION}, {"voice": Voice.MEMBER}, {"form": Form.ROW}],
    ids=["another role", "another voice", "a row"],
)
def test_only_prose_of_one_role_and_voice_is_compared(change: dict[str, object]) -> None:
    one = document(RULE, RULE, facts=MEDWAY)
    first, second = one.passages
    changed = replace(one, passages=(first, replace(second, **change)))  # type: ignore[arg-type]
    assert left(changed) == [(RULE, []), (RULE, [])]


def test_a_whole_list_is_shown_as_it_is() -> None:
    one = document(RULE, RULE, facts=MEDWAY)
    whole = replace(shown(one), passages=one.passages, quote=Span(0, len(one.text)))
    assert collapsed([whole, shown(one, 1)], {"a": one}) == [(whole, ()), (shown(one, 1), ())]


_SAID = ("caseload", "visit", "board", "carers", "not", "8", "35", "July", "fell", "rose", "good", "weak")
_WORDS = st.lists(st.sampled_from(_SAID), max_size=12)


@given(st.lists(_WORDS, max_size=5))
def test_nothing_is_lost_and_nothing_is_said_to_repeat_what_it_does_not(texts: list[list[str]]) -> None:
    passages = [passage(" ".join(words) or "None", ordinal=n, start=0) for n, words in enumerate(texts)]
    held = {"a": document("None", facts=MEDWAY)}
    chosen = [Chosen(shown(document("None")).hit, (one,), one.span, None) for one in passages]
    found = collapsed(chosen, held)
    assert sorted(p.ordinal for one, repeats in found for p in (*one.passages, *repeats)) == list(range(len(texts)))
    for one, repeats in found:
        for again in repeats:
            assert set(again.text.split()) <= set(one.passages[0].text.split())
            assert again.text.split().count("not") == one.passages[0].text.split().count("not")
