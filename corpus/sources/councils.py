"""The English councils: what they are called, which names are of one council, and where a text names one whole."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from corpus.folding import fold, on_one_line
from corpus.model import Span

_LIST = Path(__file__).with_name("councils.txt")
# Names that are also words, and so name a council by themselves only with a capital inside a sentence.
WORDS = frozenset({"bury", "reading"})
WORD = re.compile(r"[^\W\d_]+(?:['\u2019&][^\W\d_]+)*['\u2019]?|&")
_NOT_A_NAME = re.compile(
    r"\b(?:the|council|county|city|district|borough|metropolitan|london|royal|unitary|authority|corporation|of)\b",
    re.IGNORECASE,
)
_LINE = re.compile(r"(?P<name>[^=:]+)(?:=(?P<whole>[^:]+))?(?::(?P<short>.+))?")

_JOINS = "(?:and|upon|on|of|with|the|AND|UPON|ON|OF|WITH|THE|&)"
_NAME = r"[A-Z][A-Za-z'.]*(?:-[A-Za-z]+)*,?"
_TITLE = r"(?i:(?:London|Royal|Metropolitan) Borough of|Borough of|(?:City|County|Council) of(?: the)?|LB|RB)"
# Spaces, never a line's end: a name is on one line.
_WHOLE = re.compile(
    rf"\b(?P<title>{_TITLE}) (?:{_NAME} (?:{_JOINS} ){{0,2}}){{0,5}}{_NAME}(?<!,)"
    r"|\b(?P<place>(?:[A-Z][A-Za-z'.]*(?:-[A-Za-z]+)*,? (?:(?:and|upon|on|with|AND|UPON|ON|WITH|&) )?){1,6}?)"
    r"(?P<sort>(?i:(?:(?:City|County|Metropolitan|Borough|District|Unitary) ){0,3}(?:Council|Corporation\b)"
    r"|(?-i:CC|MBC|MDC|BC|DC)))(?!\w)"
)
# What stands before "Council" and is no place: bodies, other kinds of council, people.
_NO_PLACE = re.compile(
    r"a|all|and|annual|any|arts|borough|british|city|children's|council|county|district|each|every|extra-?ordinary|for|"
    r"former|full|her|his|in|local|metropolitan|of|on|ordinary|our|parish|privy|research|school|shadow|special|student|"
    r"that|the|this|town|unitary|whole|youth",
    re.IGNORECASE,
)
_JOIN = re.compile(r"and|on", re.IGNORECASE)
# "Mid Devon District Council" is not Devon's.
_PARTS = re.compile(r"central|east|great|greater|inner|lower|mid|new|north|old|outer|south|upper|west", re.IGNORECASE)
_LONGEST_TITLED = 7


@dataclass(frozen=True, slots=True)
class Council:
    """A council of the list: the ``name`` that tells it from others, its ``whole`` name, and short ``forms`` of it.

    ``earlier`` are names of its parts or of councils before it, which mean it in a question and not on a document.
    """

    name: str
    whole: str
    forms: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WholeName:
    """Where a text names a council by its whole name, and the council."""

    span: Span
    council: str


def short_name(council: str) -> str:
    """The part of a council's name that tells it from others: "Medway" of "Medway Council"."""
    return " ".join(_NOT_A_NAME.sub(" ", council).split()) or council


def whole_name(council: str) -> str:
    """The one name that a council is shown by, however it is written: "Medway Council" of "Medway" or "MEDWAY".

    A council outside the list keeps its own, in small letters where it is all in capitals.
    """
    listed = listed_as(council)
    return listed.whole if listed else in_small_letters(on_one_line(council))


def same(name: str, council: str) -> bool:
    """Whether two names are of one council, whatever they call it ("Medway", "Medway Council")."""
    return _key(name) == _key(council)


def listed_as(council: str) -> Council | None:
    """The council of the list that a name is of, or None."""
    return _listed().get(words(short_name(council))) or _listed().get(words(council))


def words(name: str) -> tuple[str, ...]:
    """The words of a name in lower case, without the endings of possessives."""
    return tuple(plain(match[0]) for match in WORD.finditer(name))


def plain(word: str) -> str:
    """A word in lower case, without the ending of its possessive; "&" is "and"."""
    word = fold(word).lower()
    return "and" if word == "&" else word.removesuffix("'s").removesuffix("'")


def all_forms() -> list[str]:
    """Every name and short form of an English council."""
    return [form for council in england() for form in (council.name, *council.forms, *council.earlier)]


def in_small_letters(name: str) -> str:
    """A name in capitals as it is written in a sentence; any other as it is: "Borough of Poole"."""
    if not name.isupper():
        return name
    small = {"And", "By", "For", "In", "Of", "On", "The", "To", "Upon", "With"}
    cased = re.sub(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*", lambda word: word[0].capitalize(), name)
    first, *others = cased.split(" ")
    return " ".join([first, *(word.lower() if word in small else word for word in others)])


def whole_names(text: str) -> Iterator[WholeName]:
    """Each place of ``text`` that names a council whole ("LONDON BOROUGH OF CROYDON", "Devon CC"), in order."""
    folded = fold(text)
    for match in _WHOLE.finditer(folded):
        found = _titled(folded, match) if match["title"] else _placed(folded, match)
        if found is not None:
            yield found


def _titled(text: str, match: re.Match[str]) -> WholeName | None:
    """A council named by what it is first: of the words after "London Borough of", as many as make a name."""
    after = list(re.finditer(r"[^\s,]+,?", match[0][match.end("title") - match.start() :]))[:_LONGEST_TITLED]
    for count in range(len(after), 0, -1):
        end = match.end("title") + after[count - 1].end()
        named = text[match.start() : end].rstrip(",")
        if listed := _listed().get(words(text[match.end("title") : end])):
            return WholeName(Span(match.start(), match.start() + len(named)), listed.whole)
    # Outside the list, "City of …" is a place and "County of …" no council.
    if not re.match(r"(?:London|Royal|Metropolitan) Borough|Council of", match["title"], re.IGNORECASE):
        return None
    return WholeName(Span(*match.span()), whole_name(match[0]))


def _placed(text: str, match: re.Match[str]) -> WholeName | None:
    """A council named by its place first: the longest end of the words before "Council" that the list has."""
    before = list(re.finditer(r"[^\s,]+", match["place"]))
    for n in range(len(before)):
        start = match.start() + before[n].start()
        listed = _listed().get(words(short_name(text[start : match.end("place")]))) or _listed().get(
            words(text[start : match.end()])
        )
        if listed and (n == 0 or not _PARTS.fullmatch(before[n - 1][0])):
            return WholeName(Span(start, match.end()), listed.whole)
    comma = match["place"].rfind(",") + 1 + match.start()
    before = [word for word in before if match.start() + word.start() >= comma]
    first = next((n for n, word in enumerate(before) if not _NO_PLACE.fullmatch(word[0])), None)
    if first is None or any(_NO_PLACE.fullmatch(word[0]) and not _JOIN.fullmatch(word[0]) for word in before[first:]):
        return None
    if match["sort"].isupper() and not match["place"].isupper() and len(match["sort"]) < 4:
        return None  # "Pat BC": only a listed council is known by its initials
    span = Span(match.start() + before[first].start(), match.end())
    return WholeName(span, whole_name(span.of(text)))


@lru_cache(maxsize=10_000)
def _key(council: str) -> tuple[str, ...]:
    listed = listed_as(council)
    return words(listed.name) if listed else words(short_name(council))


@cache
def _listed() -> Mapping[tuple[str, ...], Council]:
    """The councils of the list by the words of every name of theirs that a document may use."""
    found: dict[tuple[str, ...], Council] = {}
    for council in england():
        for form in (council.name, council.whole, short_name(council.whole), *council.forms):
            found.setdefault(words(form), council)
    return found


@cache
def england() -> Sequence[Council]:
    """The list."""
    found = []
    for line in _LIST.read_text(encoding="utf-8").splitlines():
        match = _LINE.fullmatch(line)
        if match is None or line.startswith("#"):
            continue
        name = match["name"].strip()
        forms = [form.strip() for form in (match["short"] or "").split(",") if form.strip()]
        found.append(
            Council(
                name,
                (match["whole"] or f"{name} Council").strip(),
                tuple(form for form in forms if form[0] != "("),
                tuple(form.strip("()") for form in forms if form[0] == "("),
            )
        )
    return tuple(found)
