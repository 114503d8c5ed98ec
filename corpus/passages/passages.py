"""Cutting: from a document's outline to its passages, the smallest things worth citing."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from corpus.blackout import has_words_left
from corpus.folding import on_one_line
from corpus.model import Form, Item, Kind, Passage, Source, Span, Voice, VoiceSpan
from corpus.passages.entry import Entry, Part
from corpus.passages.outline import Outline
from corpus.passages.references import reference
from corpus.passages.roles import role
from corpus.passages.voices import Speaker, voices
from corpus.sentences import sentences, trim

# A paragraph longer than this is cut at sentences. The default encoder reads 256 word pieces, about 1,100
# characters of such English, and a reader's eye has lost the place well before.
LONGEST = 1000
# A row is cited whole, with its headers, unless it is longer than anything a table should hold.
LONGEST_ROW = 4000
_LONGEST_SLUG = 80
_SPACE = re.compile(r"\s")
_HEADING_FORMS = frozenset({Form.HEADING, Form.LABEL, Form.HEADER, Form.RULE})


def passages(source: Source, text: str, outline: Outline) -> tuple[Passage, ...]:
    """Cut ``text`` into passages that are exact slices of it, in order, covering all that is not blank."""
    entries = outline.entries
    of_items = _items(source, text, outline)
    kind = Kind(source.kind.value) if source.kind.value in set(Kind) else outline.kind
    speaker = Speaker()
    ids: Counter[str] = Counter()
    anchors: Counter[str] = Counter()
    last_cuts: list[Span] = []
    found: list[Passage] = []
    for n, entry in enumerate(entries):
        if entry.item == n:
            speaker = Speaker()
        headings = tuple(_shown(text, entries[h]) for h in entry.headings)
        lead_in = last_cuts[entry.lead_in] if entry.lead_in is not None else None
        refers = reference(text, entries, n, kind)
        introduced = lead_in.of(text) if lead_in else ""
        cuts = list(_cuts(text, entry))
        last_cuts.append(cuts[-1])
        for span in cuts:
            body = max(span.start, min(entry.block.body, span.end))
            spoken: tuple[VoiceSpan, ...] = ()
            if entry.form not in _HEADING_FORMS:
                spoken = voices(text, Span(body, span.end), kind, speaker, introduced, _is_spoken(entry, kind))
            words = span.of(text)
            opens = entry.opens if span == cuts[-1] else None
            found.append(
                Passage(
                    id=_identity(source.id, words, ids),
                    document=source.id,
                    ordinal=len(found),
                    start=span.start,
                    end=span.end,
                    text=words,
                    form=entry.form,
                    reference=refers,
                    anchor=_unique(_slug(refers), anchors),
                    role=role(entry, text[body : span.end], spoken, headings, introduced),
                    voice=Counter(v.voice for v in spoken).most_common(1)[0][0] if spoken else Voice.NOT_STATED,
                    voices=spoken,
                    item=of_items[entry.item],
                    headings=headings,
                    level=entry.level,
                    body=body,
                    label=entry.label if entry.label and entry.label.end <= span.end else None,
                    lead_in=lead_in,
                    group=entry.group,
                    position=entry.position,
                    opens=opens,
                    columns=entry.columns,
                    page=entry.block.page,
                    searched=(entry.form not in _HEADING_FORMS or (opens is not None and entry.form is not Form.HEADER))
                    and has_words_left(words),
                )
            )
    return tuple(found)


def _items(source: Source, text: str, outline: Outline) -> dict[int | None, Item]:
    """The item that begins with each entry; None is the whole document's or, above several, who was there."""
    titles = {n: on_one_line(head.title.of(text)).rstrip(" :-–—") for n, head in outline.items.items()}
    found: dict[int | None, Item] = {None: Item(0 if titles else 1, source.title.value or "")}
    return found | {n: Item(number, title) for number, (n, title) in enumerate(titles.items(), 1)}


def _is_spoken(entry: Entry, kind: Kind) -> bool:
    """Whether an entry's words can be someone's: a decision's are the meeting's, an agenda's introduction nobody's."""
    return not entry.outcome and (kind is Kind.REPORT or entry.part is not Part.INTRODUCTION)


def _cuts(text: str, entry: Entry) -> Iterator[Span]:
    """An entry as one passage, or as many sentences at a time as fit in one."""
    whole = _span(entry)
    longest = LONGEST_ROW if entry.form is Form.ROW else LONGEST
    if whole.end - whole.start <= longest:
        yield whole
        return
    first, *others = sentences(text, Span(entry.block.body, whole.end))
    pieces = [
        piece for sentence in [Span(whole.start, first.end), *others] for piece in _pieces(text, sentence, longest)
    ]
    start, end = pieces[0]
    for piece in pieces[1:]:
        if piece.end - start > longest:
            yield Span(start, end)
            start = piece.start
        end = piece.end
    yield Span(start, end)


def _pieces(text: str, sentence: Span, longest: int) -> Iterator[Span]:
    """A sentence whole or, where it is too long for one passage, cut at white space, or anywhere if it has none."""
    start, end = sentence
    while end - start > longest:
        spaces = _SPACE.finditer(text, start, start + longest)
        cut = max((space.start() for space in spaces), default=start + longest)
        yield trim(text, Span(start, cut))
        start = trim(text, Span(cut, end)).start
    yield Span(start, end)


def _span(entry: Entry) -> Span:
    return Span(entry.block.start, entry.block.end)


def _shown(text: str, entry: Entry) -> str:
    return on_one_line(text[entry.block.start : entry.block.end])


def _identity(document: str, words: str, seen: Counter[str]) -> str:
    """An id made from the document and the text, so that it survives a rebuild; repeats of a text are counted."""
    digest = hashlib.sha256(on_one_line(words).encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{document}/{_unique(digest, seen)}"


def _unique(name: str, seen: Counter[str]) -> str:
    unused = name
    while unused in seen:
        seen[name] += 1
        unused = f"{name}-{seen[name]}"
    seen[unused] = 1
    return unused


def _slug(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9.]+|\.\.+", "-", plain).strip("-.")[:_LONGEST_SLUG].rstrip("-.") or "passage"
