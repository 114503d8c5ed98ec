"""Wording: the few sentences around the quotes, which say what was found, where, and what was searched."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from assistant.answer import ALSO, SPELLING, Chip, Evidence, Nothing, RegisterTable
from assistant.questions.question import Question
from assistant.questions.scope import Scope, listed
from assistant.questions.vocabulary import Words, switch
from assistant.questions.wants import Want
from corpus.dates import in_words
from corpus.model import Fact, Kind, Known, Role, Source
from corpus.passages.outcomes import Badge
from index.knowledge.holdings import Spread

# The documents named one by one in the message; of more, only the councils.
MOST_NAMED = 2
# The councils without a passage that are named one by one.
MOST_SILENT = 3
# What a document of each kind is called, and what joins that to the name of a body.
_KINDS: dict[str, tuple[str, str]] = {
    Kind.MINUTES: ("minutes", "of the"),
    Kind.REPORT: ("report", "to the"),
    Kind.INSPECTION: ("Ofsted’s inspection report", "to the"),
    Kind.OTHER: ("document", "of the"),
}
_NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def message(question: Question, found: Sequence[Evidence], nothing_from: Sequence[Nothing] = ()) -> str:
    """The answer in short, in counts, names and dates alone: how many passages, from where and when.

    It opens with the lack of a decision where one was asked for, and ends with the councils that have nothing to say.
    """
    sources = list({one.source.id: one.source for one in found}.values())
    passages = f"{_count(len(found), 'passage')} in {_count(len(sources), 'document')}"
    parts = [
        _undecided(question, found),
        f"{passages[:1].upper()}{passages[1:]}{_origin(sources)}.",
        _dates(sources),
        _silent(nothing_from),
    ]
    return " ".join(part for part in parts if part)


def tabled(table: RegisterTable) -> str:
    """What the register says, in short."""
    councils = len({row[0].words for row in table.rows})
    rows = len(table.rows) + table.more
    entries = _count(rows, "entry") if rows == 1 else f"{rows} entries"
    return f"The register of inspections has {entries}, of {_count(councils, 'council')}."


def nothing(question: Question, related: Sequence[Evidence]) -> str:
    """What is said when the documents do not answer."""
    missing = {
        Want.HOW_MANY: "The documents do not state a number for that",
        Want.WHO: "The documents do not say who",
        Want.WHEN: "The documents do not state a date for that",
        Want.WHY: "The documents give no reason for that",
        Want.WHICH: "The documents do not name it",
        Want.GRADE: "The documents state no grade for that",
        Want.MEANING: "The documents do not say what it stands for",
    }.get(question.wants)
    if related and missing:
        return f"{missing}."
    if question.wants is Want.DECISION:
        asked_for = any(passage.role is Role.RECOMMENDATION for one in related for passage in one.passages)
        only = ", only what was recommended, which is below" if asked_for else " on it"
        return f"I did not find this in the documents. They record no decision{only}."
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


def readings(words: Words, searched: bool = True) -> tuple[Chip, ...]:
    """What was done to the question's words, each to be taken back: what was mended and, if it was ``searched``, added.

    What was added for one word of the question is taken back together.
    """
    also: dict[str, list[str]] = {}
    for ordinary, official in words.also if searched else ():
        also.setdefault(ordinary, []).append(official)
    spelt = ((SPELLING, word, f"searched for “{right}” instead of “{word}”") for word, right in words.mended.items())
    added = ((ALSO, word, f"also searched: {', '.join(official)}") for word, official in also.items())
    return tuple(Chip(kind, switch(kind, word), label) for kind, word, label in (*spelt, *added))


def coverage(searched: Spread, held: int, said: str = "Searched") -> str:
    """What was searched of the documents held: "Searched 5 documents from 4 councils, 2019 to 2022."."""
    of = f" of {held}" if searched.documents < held else ""
    documents = f"{searched.documents}{of} document{'s' if held != 1 else ''}"
    years = " to ".join(dict.fromkeys(searched.years or ()))
    councils = f" from {searched.councils} council{'s' if searched.councils != 1 else ''}" if searched.councils else ""
    without = f" ({searched.undated} without a stated date)" if searched.undated else ""
    return f"{said} {documents}{councils}{f', {years}' if years else ''}{without}."


def day(fact: Fact) -> str:
    """A date as people write it, with how it is known where that is not the document's own word."""
    if fact.value is None:
        return "date not stated"
    known = f" ({fact.known})" if fact.known in (Known.SUPPLIED, Known.UNSURE) else ""
    return in_words(date.fromisoformat(fact.value)) + known


def _undecided(question: Question, found: Sequence[Evidence]) -> str:
    """What is said first where a decision was asked for and none is among the evidence."""
    roles = {passage.role for one in found for passage in one.passages}
    if question.wants is not Want.DECISION or Role.DECISION in roles:
        return ""
    if any(one.outcome.passages and one.outcome.badge is not Badge.RECOMMENDED for one in found):
        return "No recorded decision speaks of that. What was decided on each item is shown below its passages."
    return f"No decision is recorded{', only what was recommended' if Role.RECOMMENDATION in roles else ''}."


def _origin(sources: Sequence[Source]) -> str:
    """Where passages are from: each document where there are few, and else each council."""
    councils = Counter(source.council.value or "a council not stated" for source in sources)
    both = {1: "", 2: ", both"}.get(len(sources), ", all")
    if len(sources) > MOST_NAMED:
        if len(councils) == 1:
            return f"{both} of {next(iter(councils))}"
        named = [f"{council} ({number} documents)" if number > 1 else council for council, number in councils.items()]
        return f" of {_count(len(councils), 'council')}: {listed(named)}"
    if len(councils) == 1 and len(sources) > 1:
        return f"{both} of {next(iter(councils))}: {'; '.join(map(_described, sources))}"
    return ": " + "; ".join(
        f"{source.council.value or 'council not stated'}, {_described(source)}" for source in sources
    )


def _described(source: Source) -> str:
    """A document as a sentence names it: "minutes of the Corporate Parenting Board, 14 September 2022 (supplied)"."""
    kind, joined = _KINDS.get(source.kind.value or "", _KINDS[Kind.OTHER])
    named = f"{kind} {joined} {source.body.value}" if source.body.value else kind
    return f"{named}, {day(source.date)}"


def _dates(sources: Sequence[Source]) -> str:
    """That accounts are of different dates, and how many do not say of which; where they are named, their dates are."""
    days = sorted({date.fromisoformat(source.date.value) for source in sources if source.date.value})
    undated = sum(source.date.value is None for source in sources)
    if len(sources) <= MOST_NAMED:
        return "They are of different dates." if len(days) > 1 else ""
    not_stated = f"{_count(undated, 'document')} {'does' if undated == 1 else 'do'} not state a date" if undated else ""
    if len(days) > 1:
        span = f"Their dates run from {in_words(days[0])} to {in_words(days[-1])}"
        return f"{span}, and {not_stated}." if undated else f"{span}."
    return f"{not_stated[:1].upper()}{not_stated[1:]}." if undated else ""


def _silent(nothing_from: Sequence[Nothing]) -> str:
    """The councils that a comparison found nothing from, by name where they are few."""
    if not nothing_from:
        return ""
    if len(nothing_from) > MOST_SILENT:
        return f"No passage was found from {len(nothing_from):,} other councils."
    return f"No passage was found from {listed([one.council for one in nothing_from], 'or')}."


def _count(number: int, noun: str) -> str:
    word = _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"
    return f"{word} {noun}{'' if number == 1 else 's'}"
