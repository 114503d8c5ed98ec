"""From documents to a generation of the index: the steps of a build, which takes the documents one by one."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from corpus.model import Document, Passage
from corpus.passages.outcomes import outcomes
from corpus.receipts import Receipt
from index import report
from index.files import generations, publishing, store
from index.files.columns import Columns, Rows
from index.files.generations import Generation
from index.files.store import Store
from index.history import History
from index.inputs import Inputs
from index.knowledge.knowledge import Knowledge
from index.models.encoder import Encoder
from index.texts import encoded_text, indexed_text, sentence_texts
from index.vectors.dense import PASSAGES, Dense, Sentences
from index.vectors.keys import Keys
from index.vectors.unfinished import unfinished
from index.vectors.vectors import Held, Vectors
from index.words.analysis import terms
from index.words.lexical import Postings
from index.words.positions import Occurrences

_KEYS = "vectors_keys.npy"
# By so many sentences, in place of questions, is it told how many of the passages nearest in meaning are found.
_ASKED = 200


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


def build(
    documents: Collection[Document],
    folder: Path,
    encoder: Encoder,
    *,
    receipts: Sequence[Receipt] = (),
    others: Mapping[str, int] | None = None,
    full: bool = False,
    progress: Callable[[int, int], None] | None = None,
    encoded: Callable[[Document, Passage], str] = encoded_text,
    beside: Path | None = None,
) -> BuildReport:
    """Index ``documents`` into ``folder`` and have the result serve.

    The documents are gone through twice, and none is kept: what is given may read each from a disk every time.
    Only texts whose vector neither the generation before, nor a build that was stopped, nor the index ``beside`` holds
    are encoded; ``full`` encodes all that is not held beside, and builds even where nothing has changed. ``receipts``
    say what became of each file, and ``others`` how many files were of no kind that is read, for the report that the
    generation keeps. ``encoded`` gives the text of a passage's vector, for the evaluation to vary. ``progress`` is told
    how many texts have been encoded, of how many. The encoder is asked for vectors only if there is something to
    encode, so one that loads when first used may never load. Raises ``IndexBusy`` while another build runs,
    ``EncoderUnavailable``, and ``ValueError`` for two documents of one id.

    Where something has been withdrawn, the generation before is removed as soon as the new one serves.
    """
    started = time.monotonic()
    inputs = _digest(documents, encoder, receipts, encoded)
    with publishing.building(folder), unfinished(folder, anew=full) as left:
        before = _before(folder)
        serves = before is not None and before.name == generations.pointed(folder)
        if before is not None and serves and before.facts.inputs == inputs and not full:
            _withdraw(folder, receipts)  # a build that was stopped may have left the one before
            facts, seconds = before.facts, time.monotonic() - started
            counts = (facts.documents, facts.passages, facts.searched)
            return BuildReport(*counts, 0, 0, seconds, before.name, up_to_date=True)
        now = datetime.now(UTC)
        earlier = report.read(before.folder / report.FILE) if before else None
        told = report.compared(now.isoformat(timespec="seconds"), earlier, receipts, others or {})
        history = _history(before, int(now.timestamp()))
        known = [] if full else [Held(Keys(left.keys()), left.vectors), *_known(before, encoder)]
        known += _known(_before(beside), encoder) if beside else []
        with Vectors(encoder, known, left, progress) as vectors:

            def write(place: Path) -> generations.Facts:
                report.write(place / report.FILE, told)
                passages = _write_words(place, documents, history, vectors, encoded)
                recall = _write_vectors(place, vectors)
                return generations.Facts(
                    encoder=encoder.name,
                    fingerprint=encoder.fingerprint,
                    documents=len(documents),
                    passages=passages,
                    searched=len(vectors.counts),
                    inputs=inputs,
                    recall=recall,
                )

            generation = publishing.publish(folder, write, before.name if before else None)
        _withdraw(folder, receipts)
    return BuildReport(
        len(documents),
        generation.facts.passages,
        generation.facts.searched,
        vectors.encoded,
        vectors.kept,
        time.monotonic() - started,
        generation.name,
        up_to_date=False,
    )


def _write_words(
    place: Path,
    documents: Collection[Document],
    history: History,
    vectors: Vectors,
    encoded: Callable[[Document, Passage], str],
) -> int:
    """Write all of a generation but its vectors, and have these encoded meanwhile; how many passages there are."""
    rows, occurrences, postings, knowledge = Rows(), Occurrences(), Postings(), Knowledge()
    with store.writing(place / store.FILE) as stored:
        for document in documents:
            stored.add(document)
            knowledge.add(document)
            came = outcomes(document)
            rows.add(document, [came[one.item].badge for one in document.passages], history.since(document))
            for passage in document.passages:
                occurrences.add(passage.text)
            searched = [passage for passage in document.passages if passage.searched]
            for passage in searched:
                postings.add(terms(indexed_text(document, passage)))
            vectors.add(
                [encoded(document, passage) for passage in searched],
                [sentence_texts(document, passage) for passage in searched],
            )
        stored.finish(history.moved)
    rows.columns().save(place)
    knowledge.save(place)
    postings.scored().save(place)
    occurrences.laid_out().save(place)
    return len(rows)


def _write_vectors(place: Path, vectors: Vectors) -> float:
    """Write the vectors, once all are encoded; how many of the ten nearest passages a search finds, at most 1."""
    vectors.finish()
    dimension = vectors.dimension
    Dense.write(place, PASSAGES, dimension, len(vectors.counts), vectors.of_passages())
    Sentences.write(place, dimension, vectors.counts, vectors.of_sentences())
    np.save(place / _KEYS, vectors.keys, allow_pickle=False)
    passages, sentences = Dense.open(place), Sentences.open(place)
    asked = np.linspace(0, len(sentences) - 1, min(len(sentences), _ASKED)).astype(np.int64)
    return passages.recall(sentences.vectors(asked))


def _digest(
    documents: Collection[Document],
    encoder: Encoder,
    receipts: Sequence[Receipt],
    encoded: Callable[[Document, Passage], str],
) -> str:
    """A hash of all that a generation depends on, how text is read and analysed included."""
    inputs = Inputs(generations.FORMAT, encoder.fingerprint, encoded.__qualname__)
    for document in documents:
        inputs.add(document)
    return inputs.digest(receipts)


def _before(folder: Path) -> Generation | None:
    """The last good generation, if there is one. Every byte of it is read to see that."""
    try:
        return generations.last_good(folder)
    except generations.IndexMissing:
        return None


def _withdraw(folder: Path, receipts: Sequence[Receipt]) -> None:
    """Remove the generations that hold what has been withdrawn since, lest they serve again where others fail."""
    if any(report.holds_more(place, receipts) for place in publishing.others(folder)):
        publishing.remove_others(folder)


def _known(of: Generation | None, encoder: Encoder) -> list[Held]:
    """The vectors that need not be made as a generation holds them, if it is of this encoder."""
    if of is None or of.facts.fingerprint != encoder.fingerprint:
        return []
    passages, sentences = Dense.open(of.folder), Sentences.open(of.folder)

    def vectors(places: np.ndarray) -> np.ndarray:
        first = len(passages)
        found = np.empty((len(places), passages.dimension), np.float32)
        found[places < first] = passages.vectors(places[places < first])
        found[places >= first] = sentences.vectors(places[places >= first] - first)
        return found

    return [Held(Keys(np.load(of.folder / _KEYS, allow_pickle=False)), vectors)]


def _history(before: Generation | None, now: int) -> History:
    """What is known of the passages of the generation before, whatever its encoder."""
    if before is None:
        return History(now)
    return History(now, Store.open(before.folder / store.FILE), Columns.open(before.folder).since)
