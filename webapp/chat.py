"""The chat: ask a question, see the conversation, start again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from flask import Blueprint, current_app, g, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from assistant.answer import Answer, Evidence
from assistant.assistant import Assistant
from assistant.export import answer_json
from assistant.question import BadQuestion
from corpus.display import Segment, plain, shown
from corpus.model import Passage, Source, Span
from webapp import asked, conversation
from webapp.conversation import Conversation, TooLongToKeep, Turn
from webapp.facts import place
from webapp.layout import Part, laid_out

pages = Blueprint("chat", __name__)

# Questions that any set of papers about inspections can be asked, for the person who has not asked one yet.
EXAMPLES = ("What are the areas for improvement?", "What did Ofsted say about social workers?", "What was decided?")
# Text longer than this is not put back in the box: nobody edits it there.
_LONGEST_PUT_BACK = 5_000
# How many documents the empty page names before it links to the whole list.
_LISTED = 8


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision in its own words, and the address that shows it in its document."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A piece of evidence as the page shows it. The outcome is shown once for neighbours that share it.

    ``url`` is that of the evidence, and knows the turn to go back to.
    """

    evidence: Evidence
    url: str
    lead_in: tuple[Segment, ...]
    parts: list[Part]
    shows_outcome: bool
    decisions: list[Decision]


@dataclass(frozen=True, slots=True)
class FromDocument:
    """Neighbouring evidence from one document."""

    source: Source
    quotes: list[Quoted]


@dataclass(frozen=True, slots=True)
class Answered:
    """A turn with its answer, ready to show."""

    number: int
    turn: Turn
    answer: Answer
    groups: list[FromDocument]
    related: list[FromDocument]


@pages.get("/")
def home() -> ResponseReturnValue:
    """The conversation so far, answered afresh, and the question box."""
    return _page(conversation.read(session))


@pages.post("/ask")
def ask() -> ResponseReturnValue:
    """Answer one question: as JSON, as the one new turn for the page's script, or by a redirect to the chat page."""
    if asked.wants_json(request):
        return _ask_json()
    return _ask_page()


@pages.get("/ask")
def ask_by_address() -> ResponseReturnValue:
    """A question is asked by post; someone who opens the address finds the box."""
    return redirect(url_for("chat.home"))


@pages.post("/start-again")
def start_again() -> ResponseReturnValue:
    """Forget the questions."""
    conversation.forget(session)
    return redirect(url_for("chat.home"), code=303)


def _ask_json() -> ResponseReturnValue:
    try:
        question = asked.read(request)
        answer = _assistant().answer(question.question, question.history, question.without)
    except BadQuestion as error:
        return jsonify(error=str(error)), 422
    return jsonify(answer_json(answer, question.id))


def _ask_page() -> ResponseReturnValue:
    before = conversation.read(session)
    try:
        question = asked.read(request)
        number = before.place(question.question, question.number)
        turn = Turn(question.question, question.without)
        answered = _answered(number, turn, before.history(number))
        conversation.keep(current_app, session, before.put(number, turn))
    except BadQuestion as error:
        return _refused(before, str(error))
    except TooLongToKeep:
        return _refused(before, "The question is too long. Use fewer words.")
    if asked.wants_turn(request):
        return render_template("turn.html", item=answered, newest=True)
    return redirect(url_for("chat.home", _anchor=f"turn-{number}"), code=303)


def _refused(before: Conversation, message: str) -> ResponseReturnValue:
    if asked.wants_turn(request):
        return jsonify(error=message), 422
    typed = request.form.get("question", "")
    kept = "".join(letter if letter.isprintable() else " " for letter in typed[: _LONGEST_PUT_BACK + 1])
    return _page(before, message, kept if len(kept) <= _LONGEST_PUT_BACK else ""), 422


def _page(kept: Conversation, error: str = "", typed: str = "") -> str:
    sources = _assistant().index.sources
    return render_template(
        "chat.html",
        turns=_answers(kept),
        error=error,
        typed=typed,
        examples=EXAMPLES,
        sources=sources[:_LISTED],
        source_count=len(sources),
    )


def _answers(kept: Conversation) -> list[Answered]:
    """The turns kept, each answered. One that is no longer a question that can be asked is left out."""
    answers = []
    for number, turn in enumerate(kept.turns, kept.first):
        try:
            answers.append(_answered(number, turn, kept.history(number)))
        except BadQuestion:
            continue
    return answers


def _answered(number: int, turn: Turn, history: Sequence[str]) -> Answered:
    answer = _assistant().answer(turn.question, history, turn.without)
    return Answered(number, turn, answer, _by_document(number, answer.evidence), _by_document(number, answer.related))


def _by_document(number: int, evidence: Iterable[Evidence]) -> list[FromDocument]:
    """Evidence in its order, with neighbours from one document together."""
    groups = []
    for _, members in groupby(evidence, key=lambda piece: piece.source.id):
        run = list(members)
        following = [*run[1:], None]
        quotes = [_quoted(number, piece, after) for piece, after in zip(run, following, strict=True)]
        groups.append(FromDocument(run[0].source, quotes))
    return groups


def _quoted(number: int, piece: Evidence, after: Evidence | None) -> Quoted:
    document = _assistant().index.document(piece.source.id)
    lead_in = shown(piece.lead_in.text) if piece.lead_in and not _in_columns(piece) else ()
    parts = laid_out(document.text, _clipped(piece), piece.highlights) if document else []
    decisions = [Decision(plain(p.text), place(p.document, p.span, number)) for p in piece.outcome.passages]
    url = place(piece.source.id, Span(piece.quote.start, piece.quote.end), number)
    return Quoted(piece, url, lead_in, parts, after is None or after.outcome != piece.outcome, decisions)


def _in_columns(piece: Evidence) -> bool:
    """Whether what introduces a table row is its column headers, which are shown with its cells."""
    lead_in, columns = piece.lead_in, piece.passages[0].columns if piece.passages else ()
    return lead_in is not None and any(lead_in.start <= start and end <= lead_in.end for start, end in columns)


def _clipped(piece: Evidence) -> list[Passage]:
    """The passages that a quote covers, without what lies outside the quote."""
    clipped = []
    for passage in piece.passages:
        start, end = max(passage.start, piece.quote.start), min(passage.end, piece.quote.end)
        text = passage.text[start - passage.start : end - passage.start]
        clipped.append(replace(passage, start=start, end=end, text=text))
    return clipped


def _assistant() -> Assistant:
    held: Assistant = g.assistant
    return held
