"""The pages to report a problem with an answer, and those on which officers look through the reports."""

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from flask import Blueprint, abort, current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from assistant.answer import Answer
from assistant.exports.answers import answer_json
from assistant.questions.personal import refusal
from assistant.questions.question import BadQuestion
from corpus.access import Access
from webapp import conversation
from webapp.access.visitors import Visitor
from webapp.conversation import Turn
from webapp.pages import paging
from webapp.records import reported
from webapp.records.database import CannotKeep, Records
from webapp.records.reported import LONGEST_COMMENT, State, Wrong

pages = Blueprint("reporting", __name__)

_ON_A_PAGE = 20
_CANNOT = "The report could not be kept, so nobody will see it. Try again later, or tell whoever runs this service."
_CANNOT_CHANGE = "The reports cannot be read or changed at the moment. The log of the service says why."


def may_review() -> bool:
    """Whether whoever asks may see the reports: officers who are signed in, and nobody else."""
    visitor: Visitor = g.visitor
    return visitor.access is Access.OFFICERS


@pages.get("/problems/new")
def new() -> ResponseReturnValue:
    """The form to report a problem with the answer to a turn of the conversation."""
    number, turn, answer = _answered(request.args.get("turn", type=int))
    return _form(number, turn, answer, changed=_changed(request.args.get("seen", "")))


@pages.post("/problems")
def add() -> ResponseReturnValue:
    """Keep a report, with the answer that the form showed.

    The form again, with status 422, where the report says nothing or holds personal details; with 409, where the
    documents were indexed again meanwhile, so that the answer may be another; with 503, where it cannot be kept.
    """
    number, turn, answer = _answered(request.form.get("turn", type=int))
    comment = _written("comment")
    wrong = request.form.get("wrong", "")
    if mistake := _mistake(comment, wrong):
        return _form(number, turn, answer, mistake=mistake, comment=comment, wrong=wrong), 422
    if _changed(request.form.get("seen", "")):
        return _form(number, turn, answer, changed=True, comment=comment, wrong=wrong), 409
    try:
        exported, generation = answer_json(answer), g.assistant.index.generation
        reported.add(_records(), turn.question, exported, generation, wrong, comment, datetime.now(UTC))
    except CannotKeep:
        return _form(number, turn, answer, mistake=_CANNOT, comment=comment, wrong=wrong), 503
    return redirect(url_for("reporting.thanks", turn=number), code=303)


@pages.get("/problems/thanks")
def thanks() -> ResponseReturnValue:
    """That a report was kept, and the way back."""
    return render_template("problem_thanks.html", turn=request.args.get("turn", type=int))


@pages.get("/problems")
def review() -> ResponseReturnValue:
    """The reports, newest first, for officers."""
    _only_officers()
    return _reports(request.args.get("page", 1, type=int))


@pages.post("/problems/<int(max=9223372036854775807):id>")
def change(id: int) -> ResponseReturnValue:
    """Set the state and note of a report, or delete it."""
    _only_officers()
    number = request.form.get("page", 1, type=int)
    note, state, deletes = _written("note"), request.form.get("state", ""), "delete" in request.form
    if not deletes and (mistake := _mistake_in_note(note, state)):
        return _reports(number, mistake, {id: note})
    try:
        there = reported.delete(_records(), id) if deletes else reported.mark(_records(), id, State(state), note)
    except CannotKeep:
        return render_template("problems.html", trouble=_CANNOT_CHANGE), 503
    if not there:
        abort(404)
    return redirect(url_for("reporting.review", page=number, _anchor=None if deletes else f"problem-{id}"), code=303)


def _reports(number: int, mistake: str = "", notes: Mapping[int, str] = MappingProxyType({})) -> tuple[str, int]:
    """A page of the reports, with its status; ``notes`` are those typed and not kept, by report."""
    try:
        total = reported.count(_records())
        last = max(-(-total // _ON_A_PAGE), 1)
        number = min(max(number, 1), last)
        reports = reported.newest(_records(), (number - 1) * _ON_A_PAGE, _ON_A_PAGE)
    except CannotKeep:
        return render_template("problems.html", trouble=_CANNOT_CHANGE), 503
    shown = render_template(
        "problems.html",
        reports=reports,
        total=total,
        number=number,
        last=last,
        numbers=paging.numbers(number, last),
        address=lambda page: url_for("reporting.review", page=page),
        states=State,
        notes=notes,
        longest=LONGEST_COMMENT,
        mistake=mistake,
    )
    return shown, 422 if mistake else 200


def _only_officers() -> None:
    """Nothing is here for anyone else."""
    if not may_review():
        abort(404)


def _answered(number: int | None) -> tuple[int, Turn, Answer]:
    """A turn of the conversation with its number, answered as the chat page answers it; an error 404 without."""
    kept = conversation.read(session)
    if number is None or not kept.first <= number <= kept.last:
        abort(404, description="turn")
    turn = kept.turn(number)
    try:
        return number, turn, g.assistant.answer(turn.question, kept.history(number), turn.without)
    except BadQuestion:
        abort(404, description="turn")


def _changed(seen: str) -> bool:
    """Whether the documents were indexed again since an answer was shown."""
    held: str = g.assistant.index.generation
    return bool(seen) and seen != held


def _form(
    number: int,
    turn: Turn,
    answer: Answer,
    *,
    changed: bool = False,
    mistake: str = "",
    comment: str = "",
    wrong: str = "",
) -> str:
    return render_template(
        "problem.html",
        number=number,
        turn=turn,
        answer=answer,
        generation=g.assistant.index.generation,
        changed=changed,
        mistake=mistake,
        comment=comment[: 2 * LONGEST_COMMENT],
        wrong=wrong,
        choices=Wrong,
        longest=LONGEST_COMMENT,
    )


def _mistake(comment: str, wrong: str) -> str:
    """What keeps a report from being kept, or ""."""
    if wrong and wrong not in set(Wrong):
        return "Choose what is wrong from the list."
    if not wrong and not comment:
        return "Choose what is wrong, or say it in your own words."
    if len(comment) > LONGEST_COMMENT:
        return f"What you wrote has {len(comment):,} characters. Say it in {LONGEST_COMMENT:,} or fewer."
    return refusal(comment, "What you wrote", "Write it without that: say where it is, and not what it says.")


def _mistake_in_note(note: str, state: str) -> str:
    """What keeps an officer's note from being kept, or ""."""
    if state not in set(State):
        return "Choose what was done from the list."
    if len(note) > LONGEST_COMMENT:
        return f"The note has {len(note):,} characters. Say it in {LONGEST_COMMENT:,} or fewer."
    return refusal(note, "The note", "Write it without that.")


def _written(name: str) -> str:
    """Several lines as a person wrote them, each end of a line one character, and without what cannot be printed."""
    lines = request.form.get(name, "").splitlines()
    return "\n".join("".join(one if one.isprintable() else " " for one in line).rstrip() for line in lines).strip()


def _records() -> Records:
    held: Records = current_app.config["RECORDS"]
    return held
