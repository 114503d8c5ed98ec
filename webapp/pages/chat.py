"""The chat: ask a question, see the conversation, start again."""

from collections.abc import Sequence

from flask import Blueprint, current_app, g, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from assistant.assistant import Assistant
from assistant.exports.answers import answer_json
from assistant.questions.question import BadQuestion
from webapp import asked, conversation
from webapp.conversation import Conversation, TooLongToKeep, Turn
from webapp.layout.answers import Answered, laid
from webapp.records import kept_questions

pages = Blueprint("chat", __name__)

# Questions that any set of papers about inspections can be asked, for the person who has not asked one yet.
EXAMPLES = ("What are the areas for improvement?", "What did Ofsted say about social workers?", "What was decided?")
# Text longer than this is not put back in the box: nobody edits it there.
_LONGEST_PUT_BACK = 5_000
# How many documents the empty page names before it links to the whole list.
_LISTED = 8


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
    kept_questions.note(current_app, question.question, answer)
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
    kept_questions.note(current_app, turn.question, answered.answer)
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
    assistant = _assistant()
    return laid(number, turn, assistant.answer(turn.question, history, turn.without), assistant.index.document)


def _assistant() -> Assistant:
    held: Assistant = g.assistant
    return held
