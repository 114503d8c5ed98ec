"""What the caller of ``/ask`` sent, and the form in which it wants the answer."""

from dataclasses import dataclass

from flask import Request

from assistant.questions.personal import refuse
from assistant.questions.question import BadQuestion, check

# As many earlier questions as a conversation on the page can hold, and some to spare for other programs.
_MAX_HISTORY = 50
_MAX_WITHOUT = 50
_LONGEST_WITHOUT = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it came in. ``number`` is the turn to ask again, if it is one."""

    question: str
    without: frozenset[str] = frozenset()
    history: tuple[str, ...] = ()
    number: int | None = None
    id: str | None = None


def read(request: Request) -> Asked:
    """The question in a form or JSON body, checked.

    Raises :class:`BadQuestion` where it cannot be asked, or where the body is of another shape.
    """
    if request.is_json:
        try:
            return _from_json(request.get_json(silent=True))
        except RecursionError:
            raise BadQuestion("The JSON is nested too deeply.") from None
    form = request.form
    return Asked(
        question=check(form.get("question", "")),
        without=_removed(form.getlist("without")),
        history=tuple(check(text) for text in _texts("history", form.getlist("history"), _MAX_HISTORY)),
        number=form.get("turn", type=int),
        id=form.get("id"),
    )


def wants_json(request: Request) -> bool:
    """Whether the caller would rather have JSON than a page, or sent JSON and will take either."""
    accept = request.accept_mimetypes
    if request.is_json:
        return not accept or accept["application/json"] >= accept["text/html"]
    return accept.best_match(("text/html", "application/json")) == "application/json"


def wants_turn(request: Request) -> bool:
    """Whether the page's own script asked, and needs the new turn alone."""
    return request.headers.get("X-Turn-Only") == "yes"


def _from_json(body: object) -> Asked:
    if not isinstance(body, dict):
        raise BadQuestion('Send a JSON object such as {"question": "What was decided?"}.')
    return Asked(
        question=check(_text("question", body.get("question", ""))),
        without=_removed(body.get("without", [])),
        history=tuple(check(text) for text in _texts("history", body.get("history", []), _MAX_HISTORY)),
        id=None if body.get("id") is None else _text("id", body["id"]),
    )


def _removed(value: object) -> frozenset[str]:
    """The chips removed. They go into the cookie with the question, so no personal details may be among them."""
    texts = _texts("without", value, _MAX_WITHOUT, _LONGEST_WITHOUT)
    for text in texts:
        refuse(text, BadQuestion)
    return frozenset(texts)


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise BadQuestion(f'"{name}" must be text.')
    return value


def _texts(name: str, value: object, most: int, longest: int | None = None) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise BadQuestion(f'"{name}" must be a list of texts.')
    if len(value) > most or any(longest is not None and len(text) > longest for text in value):
        raise BadQuestion(f'"{name}" is too long.')
    return tuple(value)
