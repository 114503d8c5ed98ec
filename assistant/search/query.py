"""The officers' search language: what is typed, read into words to rank by, what must hold, and limits.

    clauses  = (nearness ("OR" nearness)*)*
    nearness = operand (("NEAR" | "NEAR/5") operand)*      from the left; of words, phrases and nearness
    operand  = ["-"] (word | phrase | "(" clauses ")" | field ":" value)      fields only outside all else

OR is between the two beside it alone, as search engines have it. AND changes nothing, and NOT is another "-".
"""

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from assistant.questions.personal import SEARCH, refuse
from corpus.dates import DateSpan, find_dates
from corpus.folding import on_one_line
from corpus.model import Kind, Role, Voice
from corpus.passages.outcomes import Badge
from index.words.analysis import term, terms, word_spans
from index.words.expression import FARTHEST, All, Any, Expression, Near, Phrase, Without, Word

LONGEST = 1000
MOST_NESTED = 10  # brackets inside one another: more than anybody writes
MOST_NEAR = 10  # in one search, as each takes its time
_REACH = 10  # of NEAR alone
_LONGEST_QUOTED = 60  # of what a mistake repeats
_LACKING = 'lacks a word: write board OR panel, plan NEAR/5 panel, -board or -"care leavers" without a space.'


class BadQuery(ValueError):
    """A search that cannot be read; the text tells the person what is wrong, where, and how to write it."""


class Field(StrEnum):
    """What a limit is of."""

    COUNCIL = "council"
    BODY = "body"
    KIND = "kind"
    ROLE = "role"
    VOICE = "voice"
    OUTCOME = "outcome"
    DOCUMENT = "document"
    REFERENCE = "reference"
    FROM = "from"
    TO = "to"


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit on the whole search.

    ``value`` is that of a Kind, Role, Voice or Badge, an ISO 8601 day, "minute 11.4", or a name as typed. One of
    several of a field is to be met; of those ``excluded`` none. FROM and TO come once at most. ``written`` has its "-".
    """

    field: Field
    value: str
    excluded: bool
    written: str


@dataclass(frozen=True, slots=True)
class Query:
    """A search understood.

    ``asked`` is what was typed; ``text`` the words and phrases looked for, in order: what is ranked. ``plain`` are the
    bare words, and phrases for what is several words written as one ("22/1"): they rank. ``required`` are the clauses
    that must hold: phrases in quotes, groups, nearness, exclusions. ``ignored`` are the stop words that stood alone.
    """

    asked: str
    text: str = ""
    plain: tuple[Expression, ...] = ()
    required: tuple[Expression, ...] = ()
    limits: tuple[Limit, ...] = ()
    ignored: tuple[str, ...] = ()

    def expression(self, every: bool) -> Expression:
        """What a passage must hold: all that is required and, for ``every`` mention, the plain words too."""
        return All((*self.required, *(self.plain if every else ())))


HELP = (
    ("improvement board", "passages with these words or forms of them, the best first"),
    ('"improvement board"', "exactly these words, one after another"),
    ("fostering -adoption", "passages without a word; a phrase or a group can be left out too"),
    ("(fostering OR adoption) panel", "either word; OR in capitals"),
    ("improvement NEAR/5 board", f"two words or phrases at most 5 words apart; NEAR alone is {_REACH}"),
    ('council:medway -body:cabinet "care leavers"', "one council, and not its cabinet"),
    ("minute:11.4", "a minute by its number; para:3.2 for a paragraph of a report"),
    ("kind:minutes role:decision outcome:agreed", "only decisions, in minutes, of what was agreed"),
    ("from:2019-09 to:2020 inspection", "a range of days; a day, a month or a year each"),
    ('from:"3 September 2019" voice:ofsted', "Ofsted’s own words, from a day on"),
)
_NAMES = ("minute", "para", *(field for field in Field if field is not Field.REFERENCE))
# The values of fields that have few, by the names they are typed with; forms of those words do as well.
_VALUES: Mapping[Field, Mapping[str, StrEnum]] = {
    Field.KIND: dict(zip(("minutes", "report", "inspection", "document"), Kind, strict=True)),
    Field.ROLE: {role.split()[0]: role for role in Role},
    Field.VOICE: dict(zip(("ofsted", "reported", "officer", "member", "author", "unstated"), Voice, strict=True)),
    Field.OUTCOME: {badge.split()[0]: badge for badge in Badge},
}
_DATES = (Field.FROM, Field.TO)
_MONTH = re.compile(r"([0-9]{4})-(0?[1-9]|1[0-2])")
_QUOTES = '"“”„‟'
_PIECE = rf"[^\s(){_QUOTES}]"
# A dash leaves out what it touches in front; a long one by itself is punctuation.
_TOKEN = re.compile(
    rf"""(?P<open>\() | (?P<close>\))
    | (?P<phrase>[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]?)
    | (?P<minus>(?<![^\s(])(?:-|[‐‑‒–—−](?=[^\s)])|NOT(?!{_PIECE})))
    | AND(?!{_PIECE}) | (?P<or>OR(?!{_PIECE})) | (?P<near>NEAR(?:/(?P<reach>{_PIECE}*))?(?!{_PIECE}))
    | (?P<field>(?P<name>[^\W\d_][\w'’-]*):(?!//)(?P<value>[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]?|{_PIECE}*))
    | (?P<word>{_PIECE}+)""",
    re.VERBOSE,
)
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


def parse(asked: str) -> Query:
    """What a search asks for; BadQuery for what cannot be read. Stop words alone, or nothing, are no mistake."""
    refuse(asked, BadQuery, *SEARCH)  # every search passes here, before anything else is done with it
    if len(asked) > LONGEST:
        raise _mistake(asked, f"is {len(asked):,} characters long: shorten it to {LONGEST:,} at most.")
    clauses = (reading := _Reading(asked)).clauses()
    if reading.kind:
        raise BadQuery("“)” closes a bracket that was never opened: take it out, or write “(” where the group begins.")
    limits = tuple(clause.limit for clause in clauses if clause.limit)
    days = sorted((limit for limit in limits if limit.field in _DATES), key=lambda limit: limit.field)
    written, values = " ".join(limit.written for limit in days), [limit.value for limit in days]
    if any(limit.excluded for limit in days) or len({limit.field for limit in days}) < len(days):
        raise _mistake(written, "is no one range of days: write from: and to: once each at most, without a “-”.")
    if values != sorted(values):
        raise _mistake(written, "ends before it begins: give from: the earlier date and to: the later.")
    return Query(
        asked,
        " ".join(words for clause in clauses for words in clause.words),
        tuple(clause.expression for clause in clauses if clause.bare),
        tuple(clause.expression for clause in clauses if not clause.bare and not clause.limit),
        limits,
        tuple(dict.fromkeys(reading.ignored)),
    )


class _Clause(NamedTuple):
    """A part of the search: the words it looks for as written, whether it is but a word, and the limit it is if any."""

    expression: Expression
    words: tuple[str, ...] = ()
    bare: bool = False
    limit: Limit | None = None


class _Reading:
    """One walk over a search, by recursive descent; ``kind`` is that of the next token, "" at the end."""

    def __init__(self, asked: str) -> None:
        tokens = (token for token in _TOKEN.finditer(asked) if token.lastgroup)
        self._tokens = [token for token in tokens if token.lastgroup != "word" or word_spans(token[0])]
        self._at = 0
        self.ignored: list[str] = []
        nears = sum(token.lastgroup == "near" for token in self._tokens)
        if nears > MOST_NEAR:
            raise _mistake(asked, f"has {nears} NEARs: {MOST_NEAR} at most go in one search.")

    @property
    def kind(self) -> str:
        return self._tokens[self._at].lastgroup or "" if self._at < len(self._tokens) else ""

    def clauses(self, depth: int = 0) -> list[_Clause]:
        """All up to the end or the bracket that closes; stop words are left aside, unless a group has nothing else."""
        found = []
        while self.kind not in ("", "close"):
            parts = [self._nearness(depth)]
            while self.kind == "or":
                self._take()
                parts.append(self._nearness(depth))
            found.append(parts[0] if len(parts) == 1 else _joined(Any(tuple(p.expression for p in parts)), parts))
        stops = [clause for clause in found if clause.bare and not terms(clause.words[0])]
        if depth and len(stops) == len(found):
            return found
        self.ignored += [clause.words[0] for clause in stops]
        return [clause for clause in found if clause not in stops]

    def _nearness(self, depth: int) -> _Clause:
        left = self._operand(depth)
        while self.kind == "near":
            at, near = self._at, self._take()
            reach = near["reach"] if near["reach"] is not None else str(_REACH)
            if not re.fullmatch("[0-9]{1,4}", reach) or not 1 <= int(reach) <= FARTHEST:
                raise _mistake(near[0], f"is no reach: write a number of words, 1 to {FARTHEST}, or NEAR alone.")
            parts = [left, self._operand(depth)]
            left = _joined(All(), parts)
            match [part.expression for part in parts]:
                case [Word() | Phrase() | Near() as one, Word() | Phrase() | Near() as other]:
                    left = left._replace(expression=Near(one, other, int(reach)))
                case _:
                    raise self._mistake(at - 1, "has NEAR beside a group or a “-”: put words or phrases there.")
        return left

    def _operand(self, depth: int) -> _Clause:
        at, kind = self._at, self.kind
        if kind in ("", "close", "or", "near"):
            raise self._mistake(at - 1 if kind in ("or", "near") else at - 2, _LACKING)
        token = self._take()
        if kind in ("word", "phrase"):
            written = on_one_line(_EDGES.sub("", _unquoted(token[0])))
            words = tuple(word for word, _, _ in word_spans(written))
            if not words:
                raise _mistake(token[0], "has no word in it: write a phrase between the quotation marks.")
            stem = term(words[0]) if kind == "word" and len(words) == 1 else ""
            return _Clause(Word(stem) if stem else Phrase(words), (written,), kind == "word")
        if kind == "field":
            return _Clause(All(), limit=_limit(token))
        if kind == "open":
            return self._group(at, depth)
        if self.kind == "minus" or (self.kind and token[0] != "NOT" and token.end() < self._tokens[self._at].start()):
            raise self._mistake(at, _LACKING)
        inner = self._operand(depth)
        if inner.limit:
            written = token.string[token.start() : self._tokens[self._at - 1].end()]
            return inner._replace(limit=replace(inner.limit, excluded=True, written=written))
        return _Clause(Without(inner.expression))

    def _group(self, at: int, depth: int) -> _Clause:
        if depth == MOST_NESTED:
            raise self._mistake(at, f"is inside too many brackets: at most {MOST_NESTED} go inside one another.")
        parts = self.clauses(depth + 1)
        if self.kind != "close":
            raise self._mistake(at, "opens a bracket that is not closed: write “)” where the group ends.")
        self._take()
        if not parts:
            raise self._mistake(at, "has brackets with no word between them: write (fostering OR adoption).")
        return _joined(parts[0].expression if len(parts) == 1 else All(tuple(p.expression for p in parts)), parts)

    def _take(self) -> re.Match[str]:
        self._at += 1
        return self._tokens[self._at - 1]

    def _mistake(self, at: int, says: str) -> BadQuery:
        token = self._tokens[max(0, at)]
        return _mistake(token.string[token.start() :], says)


def _joined(expression: Expression, parts: Sequence[_Clause]) -> _Clause:
    for limit in (part.limit for part in parts if part.limit):
        says = "applies to the whole search: write it outside brackets and beside no OR or NEAR. "
        raise _mistake(limit.written, says + "Two of one field find either: council:medway council:kent.")
    return _Clause(expression, tuple(words for part in parts for words in part.words))


def _limit(token: re.Match[str]) -> Limit:
    """The limit that a field and its value set."""
    name = token["name"].lower()
    if name not in _NAMES:
        fields = ", ".join(f"{known}:" for known in _NAMES)
        raise _mistake(token[0], f"names no field. The fields are {fields}. For a word, leave out the colon.")
    field = Field.REFERENCE if name in ("minute", "para") else Field(name)
    value = on_one_line(_unquoted(token["value"])).strip(" ,.;?!")
    if not word_spans(value):
        raise _mistake(token[0], 'says nothing after the colon: write council:medway or body:"corporate parenting".')
    if field is Field.REFERENCE:
        value = f"{name} {value}"
    elif field in _DATES:
        if not (value := _day(field, value)):
            raise _mistake(token[0], f'is no date: write {name}:2019, {name}:2019-09 or {name}:"3 September 2019".')
    elif field in _VALUES:
        forms, known = terms(value), _VALUES[field]
        value = next((str(full) for short, full in known.items() if forms and forms in (terms(short), terms(full))), "")
        if not value:
            raise _mistake(token[0], f"is not known: {name}: can be {', '.join(known)}.")
    return Limit(field, value, False, token[0])


def _day(field: Field, value: str) -> str:
    """The first day of a date to search from, or the last to search to, as ISO 8601; "" for what is no date."""
    if month := _MONTH.fullmatch(value):
        value = f"{calendar.month_name[int(month[2])]} {month[1]}"
    match find_dates(value):
        case [DateSpan(0, end, first, last)] if end == len(value):
            return (first if field is Field.FROM else last).isoformat()
    return ""


def _unquoted(written: str) -> str:
    """What stands between quotation marks, or all of what has none."""
    if not written or written[0] not in _QUOTES:
        return written
    if len(written) == 1 or written[-1] not in _QUOTES:
        raise _mistake(written, 'opens a quotation that is not closed: put another " where it ends.')
    return written[1:-1]


def _mistake(piece: str, says: str) -> BadQuery:
    piece = on_one_line(piece)
    return BadQuery(f"“{piece if len(piece) <= _LONGEST_QUOTED else f'{piece[:_LONGEST_QUOTED]}…'}” {says}")
