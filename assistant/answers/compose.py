"""Composing the answer: quotes with their citations, voices and outcomes."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from urllib.parse import quote as url_quote
from urllib.parse import urlencode

from assistant.answer import Answer, Evidence, Nothing, Place, Quote, RegisterTable, Repeat, Status
from assistant.answers import wording
from assistant.answers.evidence import Found
from assistant.answers.order import compares, groups, in_order, nothing_from
from assistant.answers.quoting import Chosen
from assistant.answers.repeats import collapsed
from assistant.answers.retrieve import OUTCOMES
from assistant.answers.subjects import Subject, nearest, subjects
from assistant.answers.suggestions import suggestions
from assistant.questions.question import Question, Understood
from assistant.questions.wants import Want
from corpus.model import Document, Form, Item, Passage, Role, Source, Span, Voice, VoiceSpan
from corpus.passages.outcomes import Outcome, outcome
from index.index import Index
from index.model import Hit

# Where nothing is found, so many headings and documents are offered: a short list, beside the one of all documents.
MOST_HEADINGS = 3
MOST_DOCUMENTS = 5
# Where a question says too little, what to ask is looked for in so many documents: at worst some tenths of a second.
MOST_LOOKED_AT = 50

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


def answer(
    asked: str,
    understood: Understood,
    found: Found,
    searches: Sequence[Sequence[Hit]],
    index: Index,
    asked_before: Sequence[str],
    table: RegisterTable | None = None,
) -> Answer:
    """Put what was found into an Answer to ``asked``: the quotes, and the few words around them.

    ``searches`` are the hits that the evidence was chosen from, and ``asked_before`` the conversation's questions.
    """
    question, words, scope, documents = understood.questions[0], understood.words, understood.scope, index.documents
    comparison = compares(question, scope)
    shown, related = evidence(found.answers, documents, comparison), evidence(found.related, documents)
    sources = index.holdings.of(scope.documents)
    silent = nothing_from(shown, scope, sources) if comparison and shown else ()
    near = nearest(searches, documents)
    quoted = {passage.id for one in shown for passage in one.passages}
    # A label names its one passage, a heading all that is under it: what has a label is nearer.
    to_ask = sorted((one for one in near if one.passage.id not in quoted), key=lambda one: one.passage.label is None)
    return Answer(
        question=asked,
        status=Status.ANSWERED if shown or table else Status.NOT_FOUND,
        message=_message(question, shown, related, silent, table),
        evidence=shown,
        related=related,
        scope=scope.chips,
        searched=words.text,
        coverage=wording.coverage(index.holdings.spread(scope.documents), len(documents)),
        suggestions=suggestions(_to_follow(question, shown), to_ask, [*asked_before, asked]),
        notice=scope.notice,
        readings=wording.readings(words),
        groups=groups(shown) if comparison else (),
        nothing_from=silent,
        register=table,
        nearest=() if shown or table else tuple(_heading(one) for one in near[:MOST_HEADINGS]),
        documents=() if shown or table else _to_read(sources, searches),
    )


def _message(
    question: Question,
    shown: Sequence[Evidence],
    related: Sequence[Evidence],
    silent: Sequence[Nothing],
    table: RegisterTable | None,
) -> str:
    """The answer in short: what the register says first, where it is asked."""
    said = wording.message(question, shown, silent) if shown else wording.nothing(question, related)
    return f"{wording.tabled(table)} {said if shown else ''}".strip() if table else said


def unsearched(asked: str, understood: Understood, index: Index, asked_before: Sequence[str]) -> Answer:
    """The answer where there is nothing to search in, or nothing to search for."""
    words, scope, holdings = understood.words, understood.scope, index.holdings
    sources = holdings.of(scope.documents)
    offered = (sources or holdings.sources)[:MOST_LOOKED_AT]
    passages = (passage for source in offered for passage in index.documents[source.id].passages)
    return Answer(
        question=asked,
        status=Status.NOT_FOUND if scope.unmet else Status.NEEDS_DETAIL,
        message=scope.unmet or wording.detail(scope, sources),
        scope=scope.chips,
        coverage="Nothing was searched. "
        + wording.coverage(holdings.spread(None), len(holdings.sources), "The assistant holds"),
        suggestions=suggestions(_outcomes(offered, index), subjects(passages, index.documents), [*asked_before, asked]),
        notice=scope.notice,
        readings=wording.readings(words, searched=False),
        documents=_to_read(offered, ()),
    )


def _outcomes(sources: Sequence[Source], index: Index) -> Iterator[tuple[Source, Outcome]]:
    """What came of the items of documents; only those in which something did are read whole."""
    for source in sources:
        matters = index.matters(source.id)
        for passage in matters.passages if matters else ():
            if passage.role in OUTCOMES:
                yield source, outcome(index.documents[source.id], passage)


def evidence(
    chosen: Sequence[Chosen], documents: Mapping[str, Document], comparison: bool = False
) -> tuple[Evidence, ...]:
    """Put what was chosen in order, each thing said once; number it, and give it quote, citation, voice and outcome."""
    outcomes: dict[tuple[str, Item], Outcome] = {}
    shown = []
    for number, (one, again) in enumerate(collapsed(in_order(chosen, documents, comparison), documents), 1):
        document, first = documents[one.hit.passage.document], one.passages[0]
        item = (document.id, first.item)
        came = outcomes[item] if item in outcomes else outcomes.setdefault(item, outcome(document, first))
        repeats = tuple(_repeat(passage, documents[passage.document]) for passage in again)
        shown.append(composed(number, one, document, came, repeats))
    return tuple(shown)


def single(number: int, passage: Passage, document: Document) -> Evidence:
    """One passage as evidence, chosen by nothing but itself."""
    hit = Hit(passage, 0.0, None, 0.0, frozenset())
    chosen = Chosen(hit, (passage,), passage.span, passage.lead_in)
    return composed(number, chosen, document, outcome(document, passage), ())


def permalink(passage: Passage) -> str:
    """The path of an address that leads to a passage whatever becomes of its document's other text."""
    return f"/passages/{url_quote(passage.id)}"


def composed(number: int, chosen: Chosen, document: Document, came: Outcome, repeats: tuple[Repeat, ...]) -> Evidence:
    """What was chosen as evidence: its quote, reference, citation, voice and outcome."""
    first = chosen.passages[0]
    of_list = len(chosen.passages) > 1
    passage = chosen.hit.passage if not of_list or chosen.hit.passage.opens is None else first
    reference = _list_reference(chosen.passages) if of_list else passage.reference
    source = document.source
    return Evidence(
        number=number,
        hit=chosen.hit,
        source=source,
        passages=chosen.passages,
        quote=_quote(document, chosen.quote),
        highlights=chosen.highlights,
        lead_in=_quote(document, chosen.lead_in) if chosen.lead_in else None,
        reference=reference,
        voice_line=voice_line(chosen),
        voice=next((spoken.voice for spoken in _spoken(chosen)), Voice.NOT_STATED),
        outcome=came,
        citation=citation(source, reference, first.page),
        url=url(source, chosen.quote),
        repeats=repeats,
    )


def _repeat(passage: Passage, document: Document) -> Repeat:
    return Repeat(
        document.source, passage.reference, _quote(document, passage.span), url(document.source, passage.span)
    )


def _heading(subject: Subject) -> Place:
    return Place(subject.words, subject.source, url(subject.source, subject.span), subject.span)


def _to_read(sources: Sequence[Source], searches: Sequence[Sequence[Hit]]) -> tuple[Place, ...]:
    """Some of the documents searched, those with the best hits first."""
    ranks: dict[str, int] = {}
    for hits in searches:
        for rank, hit in enumerate(hits):
            ranks[hit.passage.document] = min(rank, ranks.get(hit.passage.document, rank))
    found = sorted((source for source in sources if source.id in ranks), key=lambda source: ranks[source.id])
    others = (source for source in sources if source.id not in ranks)
    return tuple(Place(s.title.value or s.id, s, url(s)) for s in islice(chain(found, others), MOST_DOCUMENTS))


def url(source: Source, span: Span | None = None) -> str:
    """The path of a document's page, with the words of ``span`` marked."""
    page = f"/documents/{url_quote(source.id)}"
    return f"{page}?{urlencode({'start': span.start, 'end': span.end})}#cited" if span else page


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
        minute = first.reference.rpartition(", resolution ")[0]
        return f"{first.reference} to {last.reference.removeprefix(f'{minute}, ' if minute else '')}"
    return f"{first.reference} to {last.reference}"


def citation(source: Source, reference: str, page: int | None) -> str:
    """The text to paste: council, body, date, title, reference, page; and who may see it, if not everyone."""
    council = source.council.value or "council not stated"
    on_page = f"page {page}" if page else None
    named = [council, source.body.value, wording.day(source.date), source.title.value]
    parts = [*named, reference, on_page, source.access.said]
    return ", ".join(part for part in parts if part)


def voice_line(chosen: Chosen) -> str:
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


def _to_follow(question: Question, shown: Sequence[Evidence]) -> list[tuple[Source, Outcome]]:
    """The outcomes worth asking for next: none, where that is what was asked."""
    return [] if question.wants is Want.DECISION else [(one.source, one.outcome) for one in shown]
