"""A corpus as large as is wanted, made of real sentences: seeded, and one document at a time.

The sentences are those of the five documents and, where a folder of Ofsted's reports is given, of those, all read by
the product's own readers. Each gets a clause of made-up names, roads, references or amounts, drawn so that few are
common and most are rare (a Zipf-Mandelbrot law), whereby the vocabulary grows as that of real minutes does: to some
300,000 terms in a million passages.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.catalogue import Entry
from corpus.collection import Collection, read_document
from corpus.model import Document, Known
from corpus.sentences import sentences_of
from evaluation.reports import read_reports

DOCUMENTS = Path(__file__).resolve().parent.parent / "corpus" / "documents"
SEED = 0
IN_DOCUMENT = 100
COUNCILS = 60
BODIES = ("Cabinet", "Children and Families Overview and Scrutiny Committee", "Corporate Parenting Board", "Council")
KINDS = ("minutes", "report")
OUTCOMES = ("RESOLVED:", "AGREED", "Decision:")
NOTED = "That the report be noted."
FIRST_YEAR, YEARS = 2004, 20

# The law that the made-up words are drawn by: the share of the draws beyond rank r is (1 + r / FLAT) ** -FALL, up to
# the last rank. So chosen that there are some 10,000 such words in 10,000 passages and 280,000 in a million.
FALL = 0.3
FLAT = 10.0
RANKS = 5_000_000
_VOWELS = "aeiou"
_ONSETS = (*"bcdfghklmnprstw", "br", "cr", "dr", "gr", "tr", "st", "sh", "th")
_CODAS = (*"bdgklmnprtv", "rd", "rn", "ld", "lk", "nt", "mp", "ck")
_ENDS = ("ton", "ham", "ford", "ley", "wick", "by", "well", "mere", "den", "low", "bury", "field", "worth", "combe")
_STARTS = [onset + vowel for onset in _ONSETS for vowel in _VOWELS]
_MIDDLES = [vowel + coda for vowel in _VOWELS for coda in _CODAS]


@dataclass(frozen=True, slots=True)
class Made:
    """A document, and of which sentences, by number, each of its searched passages is made: some of none."""

    document: Document
    sentences: tuple[tuple[int, ...], ...]


def real_sentences(reports: Path | None = None) -> list[str]:
    """The distinct sentences of the five documents and of the reports, in order of the alphabet."""
    real = [*Collection.open([DOCUMENTS]).read().documents, *(read_reports(reports) if reports else ())]
    return sorted(
        {" ".join(span.of(d.text).split()) for d in real for p in d.passages if p.searched for span in sentences_of(p)}
    )


def documents(passages: int, sentences: Sequence[str]) -> Iterator[Made]:
    """Documents of ``sentences`` until they have so many searched passages together."""
    found = number = 0
    while found < passages:
        made = document(number, sentences)
        yield made
        found += len(made.sentences)
        number += 1


def document(number: int, sentences: Sequence[str]) -> Made:
    """The document of this number: it depends on nothing but that and the sentences."""
    drawn = random.Random(f"{SEED} {number}")
    day = f"{FIRST_YEAR + drawn.randrange(YEARS)}-{drawn.randint(1, 12):02}-{drawn.randint(1, 28):02}"
    title = f"{_name(drawn)} report {number}"
    facts = {
        "council": f"Council {drawn.randrange(COUNCILS) + 1}",
        "body": drawn.choice(BODIES),
        "date": day,
        "kind": drawn.choice(KINDS),
        "title": title,
    }
    paragraphs: list[str] = []
    numbers: dict[str, tuple[int, ...]] = {}
    for _ in range(IN_DOCUMENT - 2):
        chosen = tuple(drawn.randrange(len(sentences)) for _ in range(drawn.randint(1, 3)))
        paragraph = " ".join(_told(sentences[one], drawn) for one in chosen)
        paragraphs.append(f"11.{len(paragraphs) + 1}  {paragraph}")
        numbers[paragraph] = chosen
    outcome = (drawn.choice(OUTCOMES), f"a)  {NOTED}")
    text = "\n\n".join(["Agenda item", title, "Minutes:", *paragraphs, *outcome])
    entry = Entry("", {name: (value, Known.SUPPLIED, "") for name, value in facts.items()})
    read = read_document(f"report-{number}", f"report-{number}.txt", text, entry)
    searched = [read.text[passage.body : passage.end].strip() for passage in read.passages if passage.searched]
    return Made(read, tuple(numbers.get(words, ()) for words in searched))


def _told(sentence: str, drawn: random.Random) -> str:
    """A sentence with a clause that is its own."""
    kind = drawn.randrange(4)
    if kind == 0:
        clause = f"as {_name(drawn)} {_name(drawn)} told the panel"
    elif kind == 1:
        clause = f"at {_name(drawn)} Road, {_name(drawn)}"
    elif kind == 2:
        clause = f"with the reference {drawn.choice('ABCDEFGH')}{drawn.choice('LMNPRST')}/{_rank(drawn) + 100}"
    else:
        clause = f"at a cost of £{(_rank(drawn) + 1) * 50:,} in {_name(drawn)}"
    return f"{sentence.rstrip(' .')}, {clause}."


def _rank(drawn: random.Random) -> int:
    """A rank from 0, the commonest, by the law."""
    last = (1.0 + RANKS / FLAT) ** -FALL
    share = 1.0 - drawn.random() * (1.0 - last)
    return int(FLAT * (share ** (-1.0 / FALL) - 1.0))


def _name(drawn: random.Random) -> str:
    """A name, drawn by its rank; a name is what its rank is written in, with syllables for digits."""
    rank, end = divmod(_rank(drawn), len(_ENDS))
    rank, start = divmod(rank, len(_STARTS))
    middle = ""
    while rank:
        rank, digit = divmod(rank, len(_MIDDLES))
        middle += _MIDDLES[digit]
    return (_STARTS[start] + middle + _ENDS[end]).capitalize()
