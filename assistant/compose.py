"""Composing the answer: quotes with their citations, voices and outcomes."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote as url_quote
from urllib.parse import urlencode

from assistant import wording
from assistant.answer import Answer, Evidence, Outcome, Quote, Status
from assistant.evidence import Found
from assistant.question import Question, Want
from assistant.quoting import Chosen
from assistant.retrieve import OUTCOMES
from assistant.scope import Scope
from assistant.vocabulary import Words
from corpus.folding import fold
from corpus.model import Document, Form, Kind, Passage, Role, Source, Span, Voice, VoiceSpan

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
# What a decision says was done, unless it says that it was not.
_DONE = re.compile(r"(?<!not )(?<!not be )(?<!not been )\b(resolved|agreed|noted)\b")


def answer(
    asked: str,
    question: Question,
    words: Words,
    scope: Scope,
    found: Found,
    documents: Mapping[str, Document],
) -> Answer:
    """Put what was found for ``question`` into an Answer to ``asked``: the quotes, and the few words around them."""
    shown, related = evidence(found.answers, documents), evidence(found.related, documents)
    return Answer(
        question=asked,
        status=Status.ANSWERED if shown else Status.NOT_FOUND,
        message=wording.message(question, shown) if shown else wording.nothing(question, related),
        evidence=shown,
        related=related,
        scope=scope.chips,
        searched=wording.searched(words),
        coverage=wording.coverage(_sources(scope, documents), len(documents)),
        suggestions=wording.suggestions((one.source, one.outcome) for one in _to_follow(question, shown)),
        notice=wording.notice(scope.notice, words),
    )


def unsearched(asked: str, words: Words, scope: Scope, documents: Mapping[str, Document]) -> Answer:
    """The answer where there is nothing to search in, or nothing to search for."""
    sources = _sources(scope, documents)
    items = ((documents[s.id], p) for s in sources for p in documents[s.id].passages if p.role in OUTCOMES)
    return Answer(
        question=asked,
        status=Status.NOT_FOUND if scope.unmet else Status.NEEDS_DETAIL,
        message=scope.unmet or wording.detail(scope, sources),
        scope=scope.chips,
        coverage="Nothing was searched. "
        + wording.coverage(_sources(Scope(), documents), len(documents), "The assistant holds"),
        suggestions=wording.suggestions((document.source, outcome(document, p)) for document, p in items),
        notice=wording.notice(scope.notice, words),
    )


def evidence(chosen: Sequence[Chosen], documents: Mapping[str, Document]) -> tuple[Evidence, ...]:
    """Number what was chosen, and give each its quote, citation, voice and outcome."""
    return tuple(_evidence(number, one, documents[one.hit.passage.document]) for number, one in enumerate(chosen, 1))


def outcome(document: Document, passage: Passage) -> Outcome:
    """What was decided of the passage's item, in its own words; only recommended; or nothing recorded."""
    item = [p for p in document.passages if p.item == passage.item]
    decided = tuple(p for p in item if p.role is Role.DECISION)
    if decided:
        return Outcome(_badge(document, decided), decided)
    asked = [p for p in item if p.role is Role.RECOMMENDATION and p.form is Form.PARAGRAPH]
    under_heading = [p for p in asked if p.headings and "recommendation" in p.headings[-1].lower()]
    if document.source.kind.value == Kind.REPORT and asked:
        return Outcome(wording.RECOMMENDED, tuple(under_heading or asked))
    return Outcome("none recorded")


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
        voice=next((spoken.voice for spoken in _spoken(chosen)), Voice.NOT_STATED),
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
        if first.form is Form.HEADING:
            return f"list under {first.reference.removeprefix('heading ')}"
        return first.reference.removesuffix(" headers")
    if last.role is Role.DECISION:
        first = next(passage for passage in passages if passage.role is Role.DECISION)
    return f"{first.reference} to {last.reference}"


def _citation(source: Source, reference: str, page: int | None) -> str:
    """The text to paste: council, body, date, title, reference, page."""
    council = source.council.value or "council not stated"
    on_page = f"page {page}" if page else None
    parts = [council, source.body.value, wording.day(source.date), source.title.value, reference, on_page]
    return ", ".join(part for part in parts if part)


def _voice_line(chosen: Chosen) -> str:
    """Whose words are quoted, in the order they speak."""
    if any(passage.role is Role.DECISION for passage in chosen.passages):
        return "Decision of the meeting"
    lines = list(dict.fromkeys(_line(voice) for voice in _spoken(chosen)))
    if len(lines) > 1 and _VOICES[Voice.NOT_STATED] in lines:
        lines.remove(_VOICES[Voice.NOT_STATED])
    return "; ".join(lines) or _VOICES[Voice.NOT_STATED]


def _spoken(chosen: Chosen) -> list[VoiceSpan]:
    """The sentences quoted, each with its voice; those that answer, where some are marked."""
    spoken = [voice for passage in chosen.passages for voice in passage.voices]
    marked = [v for v in spoken if any(span.start <= v.start < span.end for span in chosen.highlights)]
    return marked or spoken


def _line(spoken: VoiceSpan) -> str:
    return _REPORTED[spoken.by] if spoken.voice is Voice.OFSTED_REPORTED else _VOICES[spoken.voice]


def _badge(document: Document, decided: Sequence[Passage]) -> str:
    """The outcome in one word: the label's ("RESOLVED"), or the verb's where the label is only "Decision:"."""
    first = decided[0]
    label = first.lead_in.of(document.text) if first.lead_in else document.text[first.start : first.body]
    done = _DONE.search(fold(f"{label} {first.text}").lower())
    return done[1] if done else "decided"


def _to_follow(question: Question, shown: Sequence[Evidence]) -> Sequence[Evidence]:
    """The evidence whose outcome is worth asking for next: none, where that is what was asked."""
    return () if question.wants is Want.DECISION else shown


def _sources(scope: Scope, documents: Mapping[str, Document]) -> list[Source]:
    """The documents that the scope leaves to search."""
    sources = [document.source for document in documents.values()]
    return [source for source in sources if scope.documents is None or source.id in scope.documents]
