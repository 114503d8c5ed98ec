"""The person's recent questions, kept in a signed cookie and nowhere else."""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, replace
from typing import Any

from flask import Flask, json, request
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SecureCookieSessionInterface

from assistant.answer import ALSO, SPELLING
from assistant.questions.personal import found

# A browser may drop a cookie over 4,096 bytes (RFC 6265, 6.1), name and attributes included.
COOKIE_BYTES = 3_800
# Every question kept is answered again when the page is loaded, so the list is short.
MAX_TURNS = 10
_KEY = "asked"


class _Plain(TaggedJSONSerializer):
    """JSON in which letters beyond ASCII stand for themselves, in a third of the bytes."""

    def dumps(self, value: Any) -> str:
        return json.dumps(self.tag(value), ensure_ascii=False, separators=(",", ":"))


class Cookie(SecureCookieSessionInterface):
    """Flask's signed cookie, with its contents written shorter.

    Over https it is sent by https alone, under a name that no neighbouring host can set (RFC 6265bis, 4.1.3.2).
    """

    serializer = _Plain()

    def get_cookie_name(self, app: Flask) -> str:
        """Flask's name for it, which is longer over https."""
        name = super().get_cookie_name(app)
        return f"__Host-{name}" if request.is_secure else name

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether it goes over https alone."""
        return request.is_secure


class TooLongToKeep(Exception):
    """A single question that does not fit in the cookie."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as typed, and the values of the chips that the person removed."""

    question: str
    without: frozenset[str] = frozenset()

    @property
    def words(self) -> frozenset[str]:
        """Those removed that were of what was done to the question's words; the rest were limits."""
        return frozenset(value for value in self.without if value.partition(":")[0] in (SPELLING, ALSO))


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns kept, oldest first. Turn numbers go on counting when old turns are dropped."""

    turns: tuple[Turn, ...] = ()
    first: int = 1

    @property
    def last(self) -> int:
        """The number of the newest turn; one less than ``first`` when there is none."""
        return self.first + len(self.turns) - 1

    def turn(self, number: int) -> Turn:
        return self.turns[number - self.first]

    def history(self, number: int) -> tuple[str, ...]:
        """The questions that came before a turn, which may be one that is yet to be asked."""
        return tuple(turn.question for turn in self.turns[: max(number - self.first, 0)])

    def place(self, question: str, number: int | None) -> int:
        """The number that a question will have: its own when it is asked again as turn ``number``, or the next."""
        if number is not None and self.first <= number <= self.last and self.turn(number).question == question:
            return number
        return self.last + 1

    def put(self, number: int, turn: Turn) -> "Conversation":
        """The conversation with ``turn`` as its turn ``number``, without the oldest if there are too many."""
        index = number - self.first
        turns = (*self.turns[:index], turn, *self.turns[index + 1 :])
        dropped = max(len(turns) - MAX_TURNS, 0)
        return replace(self, turns=turns[dropped:], first=self.first + dropped)


def read(session: Mapping[str, Any]) -> Conversation:
    """The conversation in a session; an empty one where there is none or it has another shape.

    A cookie from before questions with personal details were stopped may hold one: it is forgotten.
    """
    try:
        first, kept = session[_KEY]
        turns = tuple(Turn(str(question), frozenset(map(str, without))) for question, *without in kept)
        return Conversation() if any(found(turn.question) for turn in turns) else Conversation(turns, int(first))
    except (KeyError, TypeError, ValueError):
        return Conversation()


def keep(app: Flask, session: MutableMapping[str, Any], conversation: Conversation) -> Conversation:
    """Write a conversation to the session, dropping its oldest turns until the cookie fits; what was kept.

    Raises :class:`TooLongToKeep` when the newest turn alone does not fit; the session is then as it was.
    """
    kept = conversation
    while _size(app, {**session, _KEY: _written(kept)}) > COOKIE_BYTES:
        if len(kept.turns) <= 1:
            raise TooLongToKeep
        kept = Conversation(kept.turns[1:], kept.first + 1)
    session[_KEY] = _written(kept)
    return kept


def forget(session: MutableMapping[str, Any]) -> None:
    """Start again: nothing asked. What else the session holds stays."""
    session.pop(_KEY, None)


def _written(conversation: Conversation) -> list[Any]:
    return [conversation.first, [[turn.question, *sorted(turn.without)] for turn in conversation.turns]]


def _size(app: Flask, session: Mapping[str, Any]) -> int:
    """The bytes of the cookie's value, as Flask will sign it."""
    serializer = Cookie().get_signing_serializer(app)
    if serializer is None:
        raise RuntimeError("The application has no secret key, so it cannot keep a conversation.")
    return len(serializer.dumps(session))
