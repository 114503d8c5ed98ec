"""Cutting: from a document's outline to its passages, the smallest things worth citing."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from corpus.entry import Entry
from corpus.folding import on_one_line
from corpus.model import Form, Item, Kind, Passage, Source, Span, Voice
from corpus.outline import Outline
from corpus.references import reference
from corpus.roles import role
from corpus.sentences import sentences, trim
from corpus.voices import Speaker, voices

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
    item = Item(1, source.title.value or "")
    kind = Kind(source.kind.value) if source.kind.value in set(Kind) else outline.kind
    speaker = Speaker()
    ids: Counter[str] = Counter()
    anchors: Counter[str] = Counter()
    found: list[Passage] = []
    for n, entry in enumerate(entries):
        headings = tuple(_shown(text, entries[h]) for h in entry.headings)
        lead_in = _span(entries[entry.lead_in]) if entry.lead_in is not None else None
        refers = reference(text, entries, n, kind)
        for span in _cuts(text, entry):
            body = max(span.start, min(entry.block.body, span.end))
            spoken = ()
            if entry.form not in _HEADING_FORMS:
                introduced = lead_in.of(text) if lead_in else ""
                spoken = voices(text, Span(body, span.end), kind, speaker, introduced, bool(entry.outcome))
            words = span.of(text)
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
                    role=role(entry, words, spoken, headings, lead_in.of(text) if lead_in else ""),
                    voice=Counter(v.voice for v in spoken).most_common(1)[0][0] if spoken else Voice.NOT_STATED,
                    voices=spoken,
                    item=item,
                    headings=headings,
                    level=entry.level,
                    body=body,
                    label=entry.label if entry.label and entry.label.end <= span.end else None,
                    lead_in=lead_in,
                    group=entry.group,
                    position=entry.position,
                    opens=entry.opens,
                    columns=entry.columns,
                    page=entry.block.page,
                    searched=entry.form not in _HEADING_FORMS,
                )
            )
    return tuple(found)


def _cuts(text: str, entry: Entry) -> Iterator[Span]:
    whole = _span(entry)
    longest = LONGEST_ROW if entry.form is Form.ROW else LONGEST
    start = whole.start
    if whole.end - start > longest:
        for sentence in sentences(text, whole):
            for piece in _pieces(text, sentence, longest):
                if piece.end - start > longest and piece.start > start:
                    yield trim(text, Span(start, piece.start))
                    start = piece.start
    yield trim(text, Span(start, whole.end))


def _pieces(text: str, sentence: Span, longest: int) -> Iterator[Span]:
    """A sentence too long for one passage, cut at white space where there is any."""
    start, end = sentence
    while end - start > longest:
        spaces = _SPACE.finditer(text, start + 1, start + longest)
        cut = max((space.end() for space in spaces), default=start + longest)
        yield Span(start, cut)
        start = cut
    if text[start:end].strip():
        yield Span(start, end)


def _span(entry: Entry) -> Span:
    return Span(entry.block.start, entry.block.end)


def _shown(text: str, entry: Entry) -> str:
    return on_one_line(text[entry.block.start : entry.block.end])


def _identity(document: str, words: str, seen: Counter[str]) -> str:
    """An id made from the document and the text, so that it survives a rebuild; repeats of a text are counted."""
    digest = hashlib.sha256(on_one_line(words).encode()).hexdigest()[:12]
    return f"{document}/{_unique(digest, seen)}"


def _unique(name: str, seen: Counter[str]) -> str:
    seen[name] += 1
    return name if seen[name] == 1 else f"{name}-{seen[name]}"


def _slug(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9.]+|\.\.+", "-", plain).strip("-.")[:_LONGEST_SLUG].rstrip("-.") or "passage"
