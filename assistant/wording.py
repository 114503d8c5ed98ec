"""Wording: the few sentences around the quotes, which say what was found, where, and what was searched."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from assistant.answer import Evidence, Outcome
from assistant.question import BadQuestion, Question, Want, check
from assistant.scope import Scope, listed
from assistant.vocabulary import Words
from corpus.dates import in_words
from corpus.model import Fact, Kind, Known, Role, Source

RECOMMENDED = "recommended only"
MOST_SUGGESTIONS = 2
# The documents named one by one in the message; of more, only the councils.
MOST_NAMED = 2
_KINDS: dict[str, str] = {Kind.MINUTES: "minutes of the", Kind.REPORT: "report to the", Kind.OTHER: "document of the"}
_NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def message(question: Question, found: Sequence[Evidence]) -> str:
    """The answer in short: how many passages, and from where; and where a decision was asked for, if there is none."""
    sources = list({one.source.id: one.source for one in found}.values())
    passages = f"{_count(len(found), 'passage')} in {_count(len(sources), 'document')}"
    return f"{_undecided(question, found)}{passages[:1].upper()}{passages[1:]}{_origin(sources)}."


def nothing(question: Question, related: Sequence[Evidence]) -> str:
    """What is said when the documents do not answer."""
    missing = {
        Want.HOW_MANY: "The documents do not state a number for that",
        Want.WHO: "The documents do not say who",
        Want.WHEN: "The documents do not state a date for that",
    }.get(question.wants)
    if related and missing:
        return f"{missing}. The nearest passages are below."
    if question.wants is Want.DECISION:
        return "I did not find this in the documents. They record no decision on it."
    return "I did not find this in the documents."


def detail(scope: Scope, sources: Sequence[Source]) -> str:
    """What is said to a question that says too little: what to add, and what there is to ask about."""
    if not scope.chips:
        councils = listed(sorted({source.council.value for source in sources if source.council.value}))
        of = f" The documents here are from {councils}." if councils else ""
        return f"Say what you want to know: a subject, a decision, a person or a date.{of}"
    about = listed([chip.label for chip in scope.chips])
    there = "is one document" if len(sources) == 1 else f"are {_count(len(sources), 'document')}"
    return f"Say what you want to know about {about}. There {there}{_origin(sources)}."


def notice(scope: str, words: Words) -> str:
    """What was done with the question that the person should know: names set aside, and spelling."""
    said = [scope] if scope else []
    said += [f"Read “{wrong}” as “{right}”." for wrong, right in words.mended.items()]
    return " ".join(said)


def searched(words: Words) -> str:
    """What was searched for: the question as mended, with what it was carried from, and the official words for it."""
    official = ", ".join(dict.fromkeys(official for _, official in words.also))
    return f"{words.text} (also: {official})" if official else words.text


def coverage(sources: Sequence[Source], held: int, said: str = "Searched") -> str:
    """What was searched of the documents held: "Searched 5 documents from 4 councils, 2019 to 2022."."""
    councils = {source.council.value for source in sources if source.council.value}
    years = sorted({source.date.value[:4] for source in sources if source.date.value})
    undated = sum(source.date.value is None for source in sources)
    of = f" of {held}" if len(sources) < held else ""
    documents = f"{len(sources)}{of} document{'s' if held != 1 else ''}"
    span = f", {years[0]} to {years[-1]}" if len(years) > 1 else f", {years[0]}" if years else ""
    from_councils = f" from {len(councils)} council{'s' if len(councils) != 1 else ''}" if councils else ""
    without = f" ({undated} without a stated date)" if undated else ""
    return f"{said} {documents}{from_councils}{span}{without}."


def suggestions(outcomes: Iterable[tuple[Source, Outcome]]) -> tuple[str, ...]:
    """Questions to ask next that the documents answer: what came of the items that the evidence is of."""
    asked: list[str] = []
    for source, came in outcomes:
        council, body, title = source.council.value, source.body.value, source.title.value
        if came.badge == RECOMMENDED and council and body:
            question = f"What was the {body} at {council} asked to decide?"
        elif came.badge != RECOMMENDED and came.passages and council and title:
            question = f"What was decided on “{title}” at {council}?"
        else:
            continue
        if question not in asked and _can_be_asked(question):
            asked.append(question)
        if len(asked) == MOST_SUGGESTIONS:
            break
    return tuple(asked)


def day(fact: Fact) -> str:
    """A date as people write it, with how it is known where that is not the document's own word."""
    if fact.value is None:
        return "date not stated"
    return in_words(date.fromisoformat(fact.value)) + (" (supplied)" if fact.known is Known.SUPPLIED else "")


def _can_be_asked(question: str) -> bool:
    """Whether a question that holds a document's own words is not too long, nor holds what cannot be typed."""
    try:
        check(question)
    except BadQuestion:
        return False
    return True


def _undecided(question: Question, found: Sequence[Evidence]) -> str:
    """What is said first where a decision was asked for and none is among the evidence."""
    roles = {passage.role for one in found for passage in one.passages}
    if question.wants is not Want.DECISION or Role.DECISION in roles:
        return ""
    if any(one.outcome.passages and one.outcome.badge != RECOMMENDED for one in found):
        return "No recorded decision speaks of that; what was decided of each item is shown with it. "
    return f"No decision is recorded{', only what was recommended' if Role.RECOMMENDATION in roles else ''}. "


def _origin(sources: Sequence[Source]) -> str:
    """Where passages are from: each document where there are few, and else each council."""
    councils = Counter(source.council.value or "a council not stated" for source in sources)
    both = {1: "", 2: ", both"}.get(len(sources), ", all")
    if len(sources) > MOST_NAMED:
        if len(councils) == 1:
            return f"{both} of {next(iter(councils))}"
        named = [f"{council} ({number})" if number > 1 else council for council, number in councils.items()]
        return f" of {_count(len(councils), 'council')}: {listed(named)}"
    if len(councils) == 1 and len(sources) > 1:
        return f"{both} of {next(iter(councils))}: {'; '.join(map(_described, sources))}"
    return ": " + "; ".join(
        f"{source.council.value or 'council not stated'}, {_described(source)}" for source in sources
    )


def _described(source: Source) -> str:
    """A document as a sentence names it: "minutes of the Corporate Parenting Board, 14 September 2022 (supplied)"."""
    kind = _KINDS.get(source.kind.value or "", _KINDS[Kind.OTHER])
    named = f"{kind} {source.body.value}" if source.body.value else kind.split()[0]
    return f"{named}, {day(source.date)}"


def _count(number: int, noun: str) -> str:
    word = _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"
    return f"{word} {noun}{'' if number == 1 else 's'}"
