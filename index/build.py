"""From documents to a generation of the index: what is indexed of a passage, and the steps of a build."""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.councils import all_forms
from corpus.model import Document, Passage
from corpus.receipts import Receipt
from corpus.sentences import sentences_of
from index import generations, report, store
from index.analysis import terms
from index.dense import Dense, Sentences
from index.encoder import Encoder
from index.generations import Generation
from index.history import History, continued
from index.knowledge import Knowledge
from index.lexical import Lexical
from index.positions import Positions
from index.records import passage_facts, source_facts
from index.unfinished import Unfinished, unfinished

# What a vector says of a passage's surroundings, at most. A model averages over all it reads (and reads 256 word
# pieces, some 1,000 characters): with much more, the ten bullets of a list would all have the list's vector.
CONTEXT_CHARACTERS = 240

_KEYS = "vectors_keys.npy"


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. ``encoded`` and ``reused`` count distinct texts; ``passages`` all, ``searched`` those found.

    ``up_to_date`` means that nothing was written, as the generation that serves is of the same inputs.
    """

    documents: int
    passages: int
    searched: int
    encoded: int
    reused: int
    seconds: float
    generation: str
    up_to_date: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """The generation before this one: what it was built from, and its vectors by key."""

    generation: str
    inputs: str
    vectors: dict[bytes, NDArray[np.float32]]


def build(
    documents: Iterable[Document],
    folder: Path,
    encoder: Encoder,
    *,
    receipts: Sequence[Receipt] = (),
    others: Mapping[str, int] | None = None,
    full: bool = False,
    progress: Callable[[int, int], None] | None = None,
    encoded: Callable[[Document, Passage], str] | None = None,
) -> BuildReport:
    """Index ``documents`` into ``folder`` and have the result serve.

    Only texts whose vector neither the generation before nor a build that was stopped holds are encoded; ``full``
    encodes all and builds even where nothing has changed. ``receipts`` say what became of each file, and ``others``
    how many files were of no kind that is read, for the report that the generation keeps. ``encoded`` gives the text
    of a passage's vector, for the evaluation to vary; by default it is ``encoded_text``. ``progress`` is told how many
    texts have been encoded, of how many. The encoder is asked for vectors only if there is something to encode, so
    one that loads when first used may never load. Raises ``IndexBusy`` while another build runs,
    ``EncoderUnavailable``, and ``ValueError`` for two documents of one id.
    """
    started = time.monotonic()
    documents = tuple(documents)
    _check_ids(documents)
    pairs = [(document, passage) for document in documents for passage in document.passages if passage.searched]
    lexical = [terms(indexed_text(document, passage)) for document, passage in pairs]
    dense = [(encoded or encoded_text)(document, passage) for document, passage in pairs]
    said = [_sentences(document, passage) for document, passage in pairs]
    inputs = _digest(documents, lexical, dense, encoder, receipts)

    def result(generation: str, encoded: int = 0, reused: int = 0, up_to_date: bool = False) -> BuildReport:
        passages = sum(len(document.passages) for document in documents)
        seconds = time.monotonic() - started
        return BuildReport(len(documents), passages, len(pairs), encoded, reused, seconds, generation, up_to_date)

    with generations.building(folder), unfinished(folder) as left:
        before = _before(folder)
        known = None if full else _known(before, encoder)
        if known is not None and known.inputs == inputs:
            return result(known.generation, up_to_date=True)

        texts = [*dense, *chain.from_iterable(said)]
        keys = [_key(encoder, text) for text in texts]
        distinct = dict(zip(keys, texts, strict=True))
        held = {key: known.vectors[key] for key in distinct if key in known.vectors} if known else {}
        if not full:
            held |= left.get(key for key in distinct if key not in held)
        wanted = {key: text for key, text in distinct.items() if key not in held}
        history = _history(before, documents)
        earlier = report.read(before.folder / report.FILE) if before else None
        compared = report.compared(history.now, earlier, receipts, others or {})

        def write_words(place: Path) -> None:
            store.write(place / store.FILE, documents, history)
            report.write(place / report.FILE, compared)
            Positions.build(passage.text for document in documents for passage in document.passages).save(place)
            Lexical.build(lexical).save(place)
            knowledge = Knowledge()
            for document in documents:
                knowledge.add(document)
            knowledge.save(place)

        def write(place: Path) -> None:
            with ThreadPoolExecutor(1) as beside:  # while the model loads and encodes
                words = beside.submit(write_words, place)
                vectors = held | _encoded(encoder, wanted, left, progress)
                words.result()
            # faiss cannot hold vectors of no dimension: an index of no passages has one of some dimension.
            stacked = np.stack([vectors[key] for key in keys]) if keys else np.empty((0, 1), np.float32)
            Dense.build(stacked[: len(pairs)]).save(place)
            Sentences.build(stacked[len(pairs) :], [len(one) for one in said]).save(place)
            np.save(place / _KEYS, np.frombuffer(b"".join(keys), np.uint8).reshape(-1, 32))

        generation = generations.publish(
            folder,
            generations.Facts(
                encoder=encoder.name,
                fingerprint=encoder.fingerprint,
                documents=len(documents),
                passages=sum(len(document.passages) for document in documents),
                searched=len(pairs),
                inputs=inputs,
            ),
            write,
        )
    return result(generation, encoded=len(wanted), reused=len(held))


def indexed_text(document: Document, passage: Passage) -> str:
    """What words find a passage: its own, and those of everything around it that says what it is about."""
    source = document.source
    outside = [column.of(document.text) for column in passage.columns]
    outside += [span.of(document.text) for span in (passage.lead_in, passage.label) if span and _apart(span, passage)]
    facts = (source.council.value, source.body.value, source.title.value)
    return "\n".join([*_distinct([*facts, passage.item.title, *passage.headings, *outside]), passage.text])


def encoded_text(document: Document, passage: Passage) -> str:
    """What a passage's vector is of: its text, behind what its document and its place in it say it is about.

    Its sentences have vectors of their own, without any of that. Council and body are left out: a question that names
    them is narrowed by its scope. The table in evaluation/results.md compares.
    """
    return _behind([document.source.title.value, *_around(document, passage)], passage)


def read_text(document: Document, passage: Passage) -> str:
    """What a reader reads of a passage: its text, behind what its place in the document says it is about."""
    return _behind(_around(document, passage), passage)


def _sentences(document: Document, passage: Passage) -> list[str]:
    """The sentences of a passage; the whole of one that has none, such as a number alone."""
    return [span.of(document.text) for span in sentences_of(passage)] or [passage.text]


def _around(document: Document, passage: Passage) -> list[str]:
    """What the place of a passage in its document says it is about."""
    around = [*passage.headings[-1:]]
    around += [span.of(document.text) for span in (passage.lead_in, passage.label) if span and _apart(span, passage)]
    return [*around, " ".join(span.of(document.text) for span in passage.columns)]


def _behind(about: Sequence[str | None], passage: Passage) -> str:
    context = "\n".join(_distinct(about))[-CONTEXT_CHARACTERS:]
    return "\n".join(part for part in (context, passage.text) if part)


def _apart(span: tuple[int, int], passage: Passage) -> bool:
    """Whether the span lies outside the passage, so that the passage's text does not hold it already."""
    return span[0] < passage.start or passage.end < span[1]


def _distinct(parts: Iterable[str | None]) -> list[str]:
    """The parts in order, without blank ones and those said before."""
    folded: dict[str, str] = {}
    for part in parts:
        if part and part.strip():
            folded.setdefault(" ".join(part.split()).casefold(), part.strip())
    return list(folded.values())


def _check_ids(documents: Sequence[Document]) -> None:
    ids: set[str] = set()
    for document in documents:
        if document.id in ids:
            raise ValueError(f"Two documents have the id {document.id!r}. Give each its own in the catalogue.")
        ids.add(document.id)


def _digest(
    documents: Sequence[Document],
    lexical: Sequence[Sequence[str]],
    dense: Sequence[str],
    encoder: Encoder,
    receipts: Sequence[Receipt],
) -> str:
    """A hash of all that a generation depends on, how text is read and analysed included."""
    digest = hashlib.sha256()
    described: Iterator[object] = chain(
        [(generations.FORMAT, encoder.fingerprint, *all_forms())],
        ((source_facts(document.source), document.text) for document in documents),
        (
            (passage_facts(passage), passage.text, passage.role, passage.voice, passage.searched)
            for document in documents
            for passage in document.passages
        ),
        lexical,
        dense,
        map(asdict, receipts),
    )
    for value in described:
        digest.update(json.dumps(value).encode("ascii") + b"\n")
    return digest.hexdigest()


def _key(encoder: Encoder, text: str) -> bytes:
    """What a vector is kept by: a hash of what it is of, and of what made it."""
    return hashlib.sha256(f"{encoder.fingerprint}\n{text}".encode("utf-8", "surrogatepass")).digest()


def _before(folder: Path) -> Generation | None:
    """The generation that serves, if there is one and it is sound. Every byte of it is read to see that."""
    try:
        return generations.open_current(folder)
    except (generations.IndexMissing, generations.IndexDamaged):
        return None


def _known(generation: Generation | None, encoder: Encoder) -> _Known | None:
    """What can be kept of the generation before: nothing where it is of another encoder."""
    if generation is None or generation.facts.fingerprint != encoder.fingerprint:
        return None
    keys = np.load(generation.folder / _KEYS, allow_pickle=False)
    vectors = np.vstack([Dense.open(generation.folder).vectors(), Sentences.open(generation.folder).vectors()])
    by_key = {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}
    return _Known(generation.name, generation.facts.inputs, by_key)


def _history(generation: Generation | None, documents: Sequence[Document]) -> History:
    """What is known of the generation before, whatever its encoder."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    if generation is None:
        return History(now)
    held = store.Store.open(generation.folder / store.FILE)
    since, moved = held.history()
    present = {passage.id for document in documents for passage in document.passages}
    numbers = [held.number(id) for id in since if id not in present]
    gone = held.passages([number for number in numbers if number is not None])
    return continued(now, since, moved, gone, documents)


def _encoded(
    encoder: Encoder, texts: Mapping[bytes, str], left: Unfinished, progress: Callable[[int, int], None] | None
) -> dict[bytes, NDArray[np.float32]]:
    """The vectors of texts, by key, kept in ``left`` as they come."""
    if not texts:
        return {}
    if progress is not None:
        progress(0, len(texts))  # the model may take a while to load
    keys = list(texts)
    vectors: dict[bytes, NDArray[np.float32]] = {}
    for numbers, portion in encoder.encode_in_portions(list(texts.values())):
        of = [keys[number] for number in numbers]
        left.put(of, portion)
        vectors |= zip(of, portion, strict=True)
        if progress is not None:
            progress(len(vectors), len(texts))
    return vectors
