"""Whole conversations with the real model, held to the reviewed files in ``tests/golden/conversations``.

A file is what a councillor or officer asked and what each turn was answered with, laid out to be read in a
difference. It documents what the program does today, which is not always right: ``# Not yet right`` at its top says
where. After a change that is meant to alter answers, write the files anew and read the difference before committing
it::

    REFRESH_GOLDEN=1 python -m pytest tests/assistant/test_conversations_golden.py
    git diff tests/golden/conversations
"""

import os
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from asking import five

from assistant.answer import Answer, Evidence
from assistant.assistant import Assistant
from corpus.display import plain, shown
from corpus.model import Form, Known, Passage, Source
from index.local import LocalIndex

GOLDEN = Path(__file__).parents[1] / "golden" / "conversations"
WIDTH = 100


class Asking(NamedTuple):
    """A turn: what is typed, and the labels of the chips that are then removed from its answer."""

    question: str
    removed: tuple[str, ...] = ()


class Conversation(NamedTuple):
    """The turns of one person, and what a reviewer found wrong with the answers to them."""

    turns: tuple[Asking, ...]
    not_yet_right: tuple[str, ...] = ()


def says(*turns: str | Asking, wrong: tuple[str, ...] = ()) -> Conversation:
    return Conversation(tuple(Asking(turn) if isinstance(turn, str) else turn for turn in turns), wrong)


CONVERSATIONS = {
    "who-and-their-name": says(
        "who did the government send in to Medway childrens services",
        "ok but what's their name",
        "and when do they report back",
        wrong=(
            "turn 1 leaves out para 4.2, which names her (Mrs Eleanor Brazil); 2 and 3 do not say who was sent.",
            "turn 2 gives her name only third, after what does not say who.",
            "turn 3: 1 is of a report to the Cabinet; her own, of para 4.4, step 4, comes only second.",
        ),
    ),
    "when-and-another-council": says(
        "when did ofsted visit gloucestershire",
        "and Middlesbrough?",
        wrong=("turn 2 marks nothing in 1, where the sentence with 13/14th July 2022 answers; 2 is no answer.",),
    ),
    "how-many-and-why": says(
        "how many of Medway's social workers are agency",
        "why?",
    ),
    "list-with-typos": says(
        "list all the areas for improvment ofsted found in medway",
        "which of them are about care leavers",
        wrong=("turn 2 gives the whole list again, where two of its bullets answer, and 2 is a judgement.",),
    ),
    "comparison": says(
        "compare what Gloucestershire, Middlesbrough and Leicestershire said about social worker caseloads",
        "what about Medway",
        wrong=(
            "turn 1 takes minute 11.6 of Gloucestershire, where 11.7 speaks of the caseload level.",
            "turn 1: Leicestershire says nothing of caseloads, so 2 ought to be “nothing found”.",
            "turn 2: 2 is not of caseloads; para 6.12, second bullet (reduced by 20%) and the risk are missed.",
            "turn 2 shows the words “compare what and said about”, out of which the councils were cut.",
        ),
    ),
    "decision": says(
        "what did the leicestershire committee decide",
        "was anything agreed at middlesbrough?",
    ),
    "precedent": says(
        "Has a committee asked before for a further update on an Ofsted improvement plan?",
        "who moved it",
        wrong=(
            "turn 1: 2 to 4 are no request for an update; Medway’s decision to welcome a future report is missed.",
            "turn 2: nobody is said to have moved it, so the answer ought to be that the documents do not say who.",
        ),
    ),
    "acronyms": says(
        "what did the DCS say about SEND and NEET",
        "whats the MASH",
    ),
    "ordinary-words": says(
        "are kids waiting too long for help",
        "do they have enough staff",
        "is morale any better",
        wrong=(
            "turn 1: 2 and 3 are not of waiting; Leicestershire’s “timely” and Middlesbrough’s “delays” are missed.",
            "turn 2: the second bullet of para 3.2 (capacity) is missed.",
        ),
    ),
    "council-not-held": says(
        "what did Norfolk say about foster carers?",
        "ok, Leicestershire then",
        wrong=("turn 2 shows the words “what did say about”, out of which the council was cut.",),
    ),
    "near-miss": says(
        "How many children in Gloucestershire are on a child protection plan?",
        "How many social workers have they lost?",
    ),
    "off-topic": says(
        "when will the potholes on my road be fixed",
        "sorry, what did the inspectors think of leadership in Medway?",
        wrong=(
            "turn 1: no passage is of potholes, so none ought to be called the nearest.",
            "turn 2: 1 is what Medway says of itself, and 4 is not about leadership.",
        ),
    ),
    "limit-removed": says(
        Asking("what did Medway Cabinet hear about recruiting social workers?", ("Cabinet",)),
        wrong=(
            "2, and 3 after the removal, do not speak of recruiting; the third bullet of para 3.3 does and is missed.",
        ),
    ),
    "table": says(
        "what are the risks in the Medway cabinet report and how are they rated",
        "which is the highest",
        wrong=("turn 2: the documents do not say which rating is the highest, and nothing shown answers.",),
    ),
}


@pytest.fixture(scope="module")
def ofsted(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over the five documents, with the real model."""
    return Assistant(LocalIndex.open(*five(tmp_path_factory)))


def test_there_is_a_file_for_every_conversation() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.txt")) == sorted(CONVERSATIONS)


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_the_answers_are_as_reviewed(name: str, ofsted: Assistant) -> None:
    written = file(CONVERSATIONS[name], ofsted)
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("REFRESH_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(written, encoding="utf-8")
    assert written.splitlines() == path.read_text(encoding="utf-8").splitlines(), (
        "read the difference; if it is meant, refresh as the module's docstring says"
    )


def file(conversation: Conversation, ofsted: Assistant) -> str:
    """A conversation as text to review. A turn whose chips are removed is answered before and after."""
    lines: list[str] = []
    for wrong in conversation.not_yet_right:
        lines += wrapped(f"Not yet right: {wrong}", "# ", "#   ")
    history: list[str] = []
    for question, removed in conversation.turns:
        answer = ofsted.answer(question, history)
        lines += ["", *wrapped(question, "> ", "> "), *told(answer)]
        if removed:
            without = frozenset(chip.value for chip in (*answer.scope, *answer.readings) if chip.label in removed)
            assert len(without) == len(removed), "a chip to remove is not there"
            lines += ["", *wrapped(f"{question} (removed: {'; '.join(removed)})", "> ", "> ")]
            lines += told(ofsted.answer(question, history, without))
        history.append(question)
    return "\n".join(lines).lstrip("\n") + "\n"


def wrapped(text: str, first: str, rest: str) -> list[str]:
    """``text`` in lines no wider than a reviewer's window, each after its margin."""
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False, break_long_words=False
    )


def told(answer: Answer) -> Iterator[str]:
    """Everything that a turn's answer tells the person, in the order of the page."""
    yield f"[{answer.status}]"
    yield from wrapped(answer.message, "", "")
    for name, words in (("notice", answer.notice), ("searched for", answer.searched)):
        if words not in ("", answer.question):
            yield from wrapped(f"{name}: {words}", "", "  ")
    for name, chips in (("words", answer.readings), ("limited to", answer.scope)):
        if chips:
            yield from wrapped(f"{name}: " + " | ".join(f"[{chip.label} ×]" for chip in chips), "", "  ")
    groups = {group.numbers[0]: group.council for group in answer.groups}
    for one in answer.evidence:
        if one.number in groups:
            yield from ("", f"== {groups[one.number]}")
        yield from piece(one)
    yield from ("", *decisions(answer)) if answer.evidence else ()
    for nothing in answer.nothing_from:
        yield (f"nothing found from {nothing.council}, of which {nothing.documents} searched")
    if answer.related:
        yield from ("", "== Related, which do not state the answer")
        for one in answer.related:
            yield from piece(one)
    for name, places in (("nearest", answer.nearest), ("documents", answer.documents)):
        for place in places:
            yield from wrapped(f"{name}: {plain(place.words)} ({place.source.id})", "", "  ")
    yield ""
    yield from wrapped(answer.coverage, "", "")
    for suggestion in answer.suggestions:
        yield from wrapped(f"ask next: {suggestion}", "", "  ")


def piece(one: Evidence) -> Iterator[str]:
    """One piece of evidence: where it is and whose words, its quote, where it is repeated, and what was decided."""
    yield ""
    yield from wrapped(f"{one.number}. {one.reference} – {facts(one.source)}", "", "   ")
    yield from wrapped(f"{one.voice_line}:", "   ", "   ")
    if one.lead_in:
        yield from wrapped(f"{plain(one.lead_in.text)} […]", "     ", "     ")
    for words in quoted(one):
        yield from wrapped(words, "     ", "     ")
    for again in one.repeats:
        yield from wrapped(
            f"said again: {again.reference} ({again.source.id}): {plain(again.quote.text)}", "   ", "     "
        )
    yield f"   outcome [{one.outcome.badge}]"


def decisions(answer: Answer) -> Iterator[str]:
    """The words of what was decided, once for all the evidence of an answer that they are the outcome of."""
    numbers: dict[tuple[Passage, ...], list[str]] = {}
    for one in answer.evidence:
        numbers.setdefault(one.outcome.passages, []).append(str(one.number))
    for passages, of in numbers.items():
        for passage in passages:
            yield from wrapped(f"decided of {', '.join(of)} ({passage.reference}): {plain(passage.text)}", "", "  ")


def quoted(one: Evidence) -> Iterator[str]:
    """The quote, a line for each passage, with what is marked between « and » and a bar between a row's cells."""
    for passage in one.passages:
        if passage.form is Form.RULE:
            continue
        start, end = max(passage.start, one.quote.start), min(passage.end, one.quote.end)
        text = one.quote.text[start - one.quote.start : end - one.quote.start]
        marked = "".join(f"«{s.text}»" if s.marked else s.text for s in shown(text, one.highlights, start))
        yield cells(text, start, one) if passage.form in (Form.HEADER, Form.ROW) else marked


def cells(text: str, start: int, one: Evidence) -> str:
    found = []
    for cell in text.split("\t"):
        segments = shown(cell, one.highlights, start)
        found.append("".join(f"«{s.text}»" if s.marked else s.text for s in segments))
        start += len(cell) + 1
    return " | ".join(found)


def facts(source: Source) -> str:
    """Council, body and date, each with how it is known where the document does not state it."""
    return " · ".join(
        f"{fact.value} ({fact.known})" if fact.known is Known.SUPPLIED else str(fact.value or f"{name} not stated")
        for name, fact in (("council", source.council), ("body", source.body), ("date", source.date))
    )
