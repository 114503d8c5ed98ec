"""Evidence packs: passages that a person ticked, put together with their citations to be taken away."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote as url_quote

from assistant.answer import Quote
from assistant.answers import quoting
from assistant.answers.compose import composed, permalink
from assistant.answers.quoting import Chosen
from corpus.dates import in_words
from corpus.display import cells, plain
from corpus.model import Document, Fact, Form, Item, Passage, Source
from corpus.passages.outcomes import Outcome, outcome
from index.index import Index
from index.model import Hit

# As many as a committee report could quote, and an address can name: some 16,000 characters of ids.
MOST_PASSAGES = 200
TITLE = "Evidence pack"
EXACT = (
    "Every quote is in the document’s own words: only white space is folded and markup left in the text dropped. "
    "Check the source before you rely on it."
)
GONE = "No longer in the documents, so left out of this pack"

# What XML 1.0 (section 2.2, "Char") cannot hold: control characters, halves of surrogate pairs, two non-characters.
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WEB = re.compile("https?://", re.IGNORECASE)
_URL_SAFE = ":/?#[]@!$&'*+,;=%~"


class TooMany(ValueError):
    """More passages than one pack may hold; the text says how many there may be."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage of a pack, ready to be cited; a passage that introduces a list brings the list.

    ``quote`` is the exact slice and ``lines`` what a reader sees of it: a line for each of its passages, and for each
    cell of a table row, with its column's name. ``lead_in`` introduces a list item. ``same_item`` is the number of an
    earlier piece of the same agenda item, which has the same outcome. ``permalink`` is an address that leads to the
    passage in its document, whatever becomes of the document's other text.
    """

    number: int
    id: str
    source: Source
    passages: tuple[Passage, ...]
    quote: Quote
    lines: tuple[str, ...]
    lead_in: Quote | None
    reference: str
    citation: str
    voice_line: str
    outcome: Outcome
    permalink: str
    same_item: int | None = None

    @property
    def introduction(self) -> str:
        """The words that introduce a list item, with a mark where items between are left out; else empty."""
        if self.lead_in is None:
            return ""
        return seen(self.lead_in.text) + (" […]" if self.passages[0].position > 1 else "")

    @property
    def decisions(self) -> tuple[Passage, ...]:
        """What was decided, in its own words, as far as the quote does not say it already."""
        return tuple(passage for passage in self.outcome.passages if passage not in self.passages)

    @property
    def web_address(self) -> str:
        """The council's own page for the document, where it is a web address; else empty."""
        value = printable(self.source.url.value or "")
        return url_quote(value, _URL_SAFE) if _WEB.match(value) else ""


@dataclass(frozen=True, slots=True)
class Pack:
    """What a person takes away. ``made`` is the day it was made, ``searched`` the words that were searched for.

    ``generation`` names the version of the corpus, which held so many ``documents``. ``missing`` are the ids that
    were asked for and name no passage now.
    """

    title: str
    made: date
    searched: str
    generation: str
    documents: int
    pieces: tuple[Piece, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def about(self) -> tuple[str, ...]:
        """What was searched, on which version of the corpus and when, and how much there is; a sentence each."""
        held = f"{self.documents:,} document{'' if self.documents == 1 else 's'}"
        passages = f"{len(self.pieces)} passage{'' if len(self.pieces) == 1 else 's'}"
        words = (f"Searched for: {printable(self.searched)}",) if printable(self.searched) else ()
        return (
            *words,
            f"Searched in: corpus version {self.generation}, {held}",
            f"Made: {in_words(self.made)}, with {passages}",
        )


def pack(
    ids: Iterable[str], index: Index, *, made: date, searched: str = "", title: str = TITLE, address: str = ""
) -> Pack:
    """The passages of these ids, in their order, each once, put together to be taken away.

    ``address`` is that of the service ("https://records.example/"), which permalinks begin with; without it they are
    paths. Raises :class:`TooMany` for more than ``MOST_PASSAGES``.
    """
    wanted = tuple(dict.fromkeys(ids))
    if len(wanted) > MOST_PASSAGES:
        raise TooMany(f"A pack holds at most {MOST_PASSAGES} passages, and {len(wanted):,} were chosen.")
    pieces: list[Piece] = []
    missing: list[str] = []
    outcomes: dict[tuple[str, Item], Piece] = {}
    for id in wanted:
        passage = index.passage(id)
        document = None if passage is None else index.document(passage.document)
        if passage is None or document is None:
            missing.append(id)
            continue
        item = (document.id, passage.item)
        piece = _piece(len(pieces) + 1, passage, document, outcomes.get(item), address)
        outcomes.setdefault(item, piece)
        pieces.append(piece)
    return Pack(title, made, searched, index.generation, len(index.sources), tuple(pieces), tuple(missing))


def printable(text: str) -> str:
    """Text as one line that any file can hold: what cannot be printed becomes a replacement character."""
    return _UNPRINTABLE.sub("\ufffd", " ".join(text.split()))


def seen(words: str) -> str:
    """A slice of a document as a reader sees it: one line, without remnants of markup, and printable."""
    return printable(plain(words))


def facts(source: Source) -> tuple[tuple[str, str, str], ...]:
    """What is known of a document: each fact's name, its value in words (empty if none), and how it is known."""
    named = {
        "Council": source.council,
        "Body": source.body,
        "Date": source.date,
        "Title": source.title,
        "Kind": source.kind,
    }
    return tuple((name, _value(name, fact), fact.known.value) for name, fact in named.items())


def fact_line(source: Source) -> str:
    """What is known of a document in one line: "Council: Westmarch Council (stated); Date: not stated"."""
    return "; ".join(
        f"{name}: {value} ({known})" if value else f"{name}: {known}" for name, value, known in facts(source)
    )


def decided(piece: Piece) -> str:
    """The outcome of a piece's agenda item in short, or where in the pack it stands."""
    if piece.same_item is not None and piece.outcome.passages:
        return f"{piece.outcome.badge}, as for passage {piece.same_item}"
    return piece.outcome.badge


def _piece(number: int, passage: Passage, document: Document, before: Piece | None, address: str) -> Piece:
    hit = Hit(passage, 0.0, None, 0.0, frozenset())  # ticked, not ranked: it has no score
    chosen = _chosen(hit, document)
    came = before.outcome if before else outcome(document, passage)
    found = composed(number, chosen, document, came, ())
    return Piece(
        number=number,
        id=passage.id,
        source=document.source,
        passages=chosen.passages,
        quote=found.quote,
        lines=tuple(line for one in chosen.passages for line in _lines(one, document)),
        lead_in=None if _in_columns(chosen) else found.lead_in,
        reference=found.reference,
        citation=found.citation,
        voice_line=found.voice_line,
        outcome=came,
        permalink=url_quote(address.rstrip("/") + permalink(passage), _URL_SAFE),
        same_item=before.number if before else None,
    )


def _chosen(hit: Hit, document: Document) -> Chosen:
    """The passage or, where it introduces a list that is not too long, the whole list."""
    members = quoting.items_of(document, hit.passage.opens)
    if members and members[-1].end - members[0].start <= quoting.LONGEST_LIST:
        return quoting.whole_list(hit, document, members)
    return Chosen(hit, (hit.passage,), hit.passage.span, hit.passage.lead_in)


def _lines(passage: Passage, document: Document) -> Iterator[str]:
    """What a reader sees of a passage; rules are not shown, nor empty cells."""
    if passage.form is Form.RULE:
        return
    if passage.form not in (Form.ROW, Form.HEADER):
        yield from filter(None, [seen(passage.text)])
        return
    row = [seen(cell.of(document.text)) for cell in cells(passage.span, document.text)]
    columns = [seen(column.of(document.text)) for column in passage.columns]
    if passage.form is Form.ROW and len(columns) == len(row):
        yield from (f"{column}: {cell}" if column else cell for column, cell in zip(columns, row, strict=True) if cell)
    else:
        yield from filter(None, [" | ".join(filter(None, row))])


def _in_columns(chosen: Chosen) -> bool:
    """Whether what introduces a table row are the column headers, which its lines name already."""
    lead_in, columns = chosen.lead_in, chosen.passages[0].columns
    return lead_in is not None and any(lead_in.start <= start and end <= lead_in.end for start, end in columns)


def _value(name: str, fact: Fact) -> str:
    if fact.value is None:
        return ""
    return in_words(date.fromisoformat(fact.value)) if name == "Date" else printable(fact.value)
