"""Composing the answer: citations, voices, outcomes, and the few words around the quotes."""

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import quote as url_quote
from urllib.parse import urlencode

from assistant.answer import Answer, Evidence, Outcome, Quote, Status
from assistant.evidence import Chosen, Found
from assistant.question import Question, Want
from assistant.scope import Scope
from assistant.vocabulary import Words
from corpus.folding import fold
from corpus.model import Document, Fact, Form, Kind, Known, Passage, Role, Source, Span, Voice, VoiceSpan

_VOICES = {
    Voice.OFSTED: "Ofsted",
    Voice.OFFICER: "An officer",
    Voice.MEMBER: "A member",
    Voice.AUTHOR: "The report’s author",
    Voice.NOT_STATED: "Speaker not stated",
}
_REPORTED = {
    Voice.OFFICER: "Ofsted, as reported by an officer",
    Voice.MEMBER: "Ofsted, as reported by a member",
    Voice.AUTHOR: "Ofsted, as reported by the report’s author",
    Voice.NOT_STATED: "Ofsted, as reported",
}
_NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def answer(
    question: Question,
    words: Words,
    scope: Scope,
    found: Found,
    documents: Mapping[str, Document],
    sources: Sequence[Source],
) -> Answer:
    """Put what was found into an Answer: the quotes, and the few words around them."""
    shown, related = evidence(found.answers, documents), evidence(found.related, documents)
    searched = [source for source in sources if scope.documents is None or source.id in scope.documents]
    return Answer(
        question=question.asked,
        status=Status.ANSWERED if shown else Status.NOT_FOUND,
        message=message(shown) if shown else scope.unmet or nothing(question, related),
        evidence=shown,
        related=related,
        scope=scope.chips,
        searched=words.text,
        coverage=coverage(searched or sources, sources),
        suggestions=suggestions(question, shown),
        notice=notice(scope.notice, words),
    )


def evidence(chosen: Sequence[Chosen], documents: Mapping[str, Document]) -> tuple[Evidence, ...]:
    """Number what was chosen, and give each its quote, citation, voice and outcome."""
    return tuple(_evidence(number, one, documents[one.hit.passage.document]) for number, one in enumerate(chosen, 1))


def message(found: Sequence[Evidence]) -> str:
    """The answer in short: how many passages, and from where."""
    sources = list({one.source.id: one.source for one in found}.values())
    passages = f"{_count(len(found), 'passage')} in {_count(len(sources), 'document')}"
    return f"{passages[:1].upper()}{passages[1:]}: {_listed([_named(source) for source in sources])}."


def nothing(question: Question, related: Sequence[Evidence]) -> str:
    """What is said when the documents do not answer."""
    missing = {
        Want.HOW_MANY: "The documents do not state a number for that",
        Want.WHO: "The documents do not say who",
        Want.WHEN: "The documents do not state a date for that",
    }.get(question.wants)
    if related and missing:
        return f"{missing}. The nearest passages are below."
    return "I did not find this in the documents."


def notice(scope: str, words: Words) -> str:
    """What was done with the question that the person should know: names set aside, spelling, official words."""
    said = [scope] if scope else []
    said += [f"Searched for “{right}” instead of “{wrong}”." for wrong, right in words.mended.items()]
    if words.also:
        said.append("Also searched: " + ", ".join(dict.fromkeys(official for _, official in words.also)) + ".")
    return " ".join(said)


def coverage(searched: Sequence[Source], held: Sequence[Source]) -> str:
    """What was searched: "Searched 5 documents from 4 councils, 2019 to 2022."."""
    councils = {source.council.value for source in searched if source.council.value}
    years = sorted({source.date.value[:4] for source in searched if source.date.value})
    undated = sum(source.date.value is None for source in searched)
    of = f" of {len(held)}" if len(searched) < len(held) else ""
    documents = f"{len(searched)}{of} document{'s' if len(held if of else searched) != 1 else ''}"
    span = f", {years[0]} to {years[-1]}" if len(years) > 1 else f", {years[0]}" if years else ""
    from_councils = f" from {len(councils)} council{'s' if len(councils) != 1 else ''}" if councils else ""
    without = f" ({undated} without a stated date)" if undated and searched else ""
    return f"Searched {documents}{from_councils}{span}{without}."


def suggestions(question: Question, found: Sequence[Evidence]) -> tuple[str, ...]:
    """Questions to ask next that the documents answer."""
    if question.wants is Want.DECISION:
        return ()
    asked = []
    for one in found:
        if one.outcome.passages and one.source.council.value and one.source.title.value:
            asked.append(f"What was decided on “{one.source.title.value}” at {one.source.council.value}?")
    return tuple(dict.fromkeys(asked))[:2]


def outcome(document: Document, passage: Passage) -> Outcome:
    """What was decided of the passage's item, in its own words; only recommended; or nothing recorded."""
    item = [p for p in document.passages if p.item == passage.item]
    decided = tuple(p for p in item if p.role is Role.DECISION)
    if decided:
        return Outcome(_badge(document, decided), decided)
    asked = [p for p in item if p.role is Role.RECOMMENDATION and p.form is Form.PARAGRAPH]
    under_heading = [p for p in asked if p.headings and "recommendation" in p.headings[-1].lower()]
    if document.source.kind.value == Kind.REPORT and asked:
        return Outcome("recommended only", tuple(under_heading or asked))
    return Outcome("none recorded")


def day(fact: Fact) -> str:
    """A date as people write it, with how it is known where that is not the document's own word."""
    if fact.value is None:
        return "date not stated"
    when = date.fromisoformat(fact.value)
    return f"{when.day} {when:%B %Y}" + (" (supplied)" if fact.known is Known.SUPPLIED else "")


def _evidence(number: int, chosen: Chosen, document: Document) -> Evidence:
    first = chosen.passages[0]
    of_list = len(chosen.passages) > 1
    passage = chosen.hit.passage if not of_list or chosen.hit.passage.opens is None else first
    reference = _list_reference(chosen.passages) if of_list else passage.reference
    source = document.source
    query = urlencode({"start": chosen.quote.start, "end": chosen.quote.end})
    return Evidence(
        number=number,
        hit=chosen.hit,
        source=source,
        passages=chosen.passages,
        quote=_quote(document, chosen.quote),
        highlights=chosen.highlights,
        lead_in=_quote(document, chosen.lead_in) if chosen.lead_in else None,
        reference=reference,
        voice_line=_voice_line(chosen),
        outcome=outcome(document, first),
        citation=_citation(source, reference, first.page),
        url=f"/documents/{url_quote(document.id)}?{query}#cited",
    )


def _quote(document: Document, span: Span) -> Quote:
    return Quote(document.id, span.start, span.end, span.of(document.text))


def _list_reference(passages: Sequence[Passage]) -> str:
    """A whole list is pointed at by what introduces it, or by its first and last items."""
    first, last = passages[0], passages[-1]
    if first.opens is not None and last.role is not Role.DECISION:
        return first.reference
    if last.role is Role.DECISION:
        first = next(passage for passage in passages if passage.role is Role.DECISION)
    return f"{first.reference} to {last.reference}"


def _citation(source: Source, reference: str, page: int | None) -> str:
    """The text to paste: council, body, date, title, reference, page."""
    council = source.council.value or "council not stated"
    on_page = f"page {page}" if page else None
    parts = [council, source.body.value, day(source.date), source.title.value, reference, on_page]
    return ", ".join(part for part in parts if part)


def _voice_line(chosen: Chosen) -> str:
    """Whose words are quoted, in the order they speak; those that answer, where some are marked."""
    spoken = [voice for passage in chosen.passages for voice in passage.voices]
    marked = [v for v in spoken if any(span.start <= v.start < span.end for span in chosen.highlights)]
    if any(passage.role is Role.DECISION for passage in chosen.passages):
        return "Decision of the meeting"
    lines = list(dict.fromkeys(_line(voice) for voice in (marked or spoken)))
    if len(lines) > 1 and _VOICES[Voice.NOT_STATED] in lines:
        lines.remove(_VOICES[Voice.NOT_STATED])
    return "; ".join(lines) or _VOICES[Voice.NOT_STATED]


def _line(spoken: VoiceSpan) -> str:
    return _REPORTED[spoken.by] if spoken.voice is Voice.OFSTED_REPORTED else _VOICES[spoken.voice]


def _badge(document: Document, decided: Sequence[Passage]) -> str:
    """The outcome in one word: the label's ("RESOLVED"), or the verb's where the label is only "Decision:"."""
    first = decided[0]
    label = first.lead_in.of(document.text) if first.lead_in else document.text[first.start : first.body]
    words = fold(f"{label} {first.text}").lower()
    return next((word for word in ("resolved", "agreed", "noted") if word in words), "decided")


def _named(source: Source) -> str:
    council = source.council.value or "council not stated"
    return ", ".join(part for part in (council, source.body.value, day(source.date)) if part)


def _listed(names: Sequence[str]) -> str:
    return "; ".join(names)


def _count(number: int, noun: str) -> str:
    word = _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"
    return f"{word} {noun}{'' if number == 1 else 's'}"
