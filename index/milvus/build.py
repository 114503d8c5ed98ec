"""From documents to a generation in Milvus: what is gone through, what is written, and when it serves."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from corpus.model import Document
from corpus.receipts import Receipt
from index import report
from index.build import BuildReport
from index.files.generations import Facts, IndexDamaged, IndexMissing, IndexUnusable, new_name
from index.files.publishing import building
from index.milvus import generations, schema
from index.milvus.counting import Survey
from index.milvus.earlier import Earlier
from index.milvus.generations import COLLECTIONS, Manifest, Place
from index.milvus.lookup import Lookup
from index.milvus.vectors import Before, Held, Stopped, Vectors
from index.milvus.writing import Writing
from index.models.encoder import Encoder
from index.report import Report
from index.vectors.unfinished import unfinished


def build(
    documents: Sequence[Document],
    place: Place,
    encoder: Encoder,
    folder: Path,
    *,
    receipts: Sequence[Receipt] = (),
    others: Mapping[str, int] | None = None,
    full: bool = False,
    progress: Callable[[int, int], None] | None = None,
    beside: Place | None = None,
) -> BuildReport:
    """Index ``documents`` into the Milvus at ``place`` and have the result serve.

    The documents are gone through twice, and none is kept: a sequence may read each from a disk as it is asked for.
    One machine builds an index; its ``folder`` holds what a build that is stopped has encoded, and the lock that keeps
    a second build away. Only texts whose vector neither the generation before, nor a build that was stopped, nor the
    index ``beside`` holds are encoded; ``full`` encodes all that is not held beside, and builds even where nothing has
    changed. ``receipts`` and ``others`` are as in
    :func:`index.build.build`; ``progress`` is told how many texts have been encoded, of how many so far. Raises
    ``IndexUnusable``, ``EncoderUnavailable``, and ``ValueError`` for two documents of one id.
    """
    started = time.monotonic()
    survey = Survey.of(documents, receipts, encoder)

    def result(generation: str, encoded: int = 0, reused: int = 0, up_to_date: bool = False) -> BuildReport:
        counts = (len(survey.ids), survey.passages, survey.searched)
        return BuildReport(*counts, encoded, reused, time.monotonic() - started, generation, up_to_date)

    with building(folder), unfinished(folder, anew=full) as left:
        serving, before = _serving(place)
        if before is not None and before.facts.inputs == survey.inputs and not full:
            generations.remove_all_but(place, serving)  # the one before may hold what has been withdrawn
            return result(before.name, up_to_date=True)
        told_before = _told(place, before)
        now = datetime.now(UTC)
        # The one before it nobody reads any more, and its room in the cluster's memory is wanted for the new one.
        generations.remove_all_but(place, serving)
        counts = (len(survey.ids), survey.passages, survey.searched)
        # What a graph finds of the nearest is not measured here, and so nothing is claimed of it.
        recall = 1.0 if survey.passages <= schema.EXACT_UP_TO else 0.0
        facts = Facts(encoder.name, encoder.fingerprint, *counts, survey.inputs, recall)
        held: list[Held] = [] if full else [*Before.of(place, before, encoder), Stopped(left)]
        held += Before.of(beside, _serving(beside)[1], encoder) if beside else []
        vectors = Vectors(encoder, held, left, progress)
        name = new_name()
        with _removed_on_failure(place, name):
            earlier = Earlier(int(now.timestamp()), Lookup(place, before) if before else None)
            writing = Writing(place, name, _dimension(facts, before, encoder), vectors)
            for at, document in enumerate(documents):
                writing.add(at, document, survey.said_in(document), *earlier.of(document))
            for id, moved in earlier.without():
                writing.gone(id, moved)
            told = report.compared(now.isoformat(timespec="seconds"), told_before, receipts, others or {})
            writing.finish(facts, told)
            generations.serve(place, name)
        # The one before does not stay where it holds what has been withdrawn.
        withdrawn = told_before is not None and report.withdrawn(told_before, receipts)
        generations.remove_all_but(place, {name} if withdrawn else {name} | serving)
    return result(name, vectors.encoded, vectors.reused)


def report_of(place: Place) -> Report:
    """What became of each file of the generation that serves; ``IndexUnusable`` where there is none."""
    manifest = generations.open_current(place)
    content = Lookup(place, manifest).part(report.FILE)
    assert content is not None, "every build writes one"
    return report.from_bytes(content)


def _dimension(facts: Facts, before: Manifest | None, encoder: Encoder) -> int:
    """The length of vectors. An encoder that is asked loads its model, so it is asked only where nothing else tells."""
    if before is not None and before.facts.fingerprint == facts.fingerprint and before.facts.searched:
        return before.dimension
    return encoder.dimension if facts.searched else 2


def _serving(place: Place) -> tuple[set[str], Manifest | None]:
    """The name of the generation that serves, if there is one; and what it says of itself, if it is sound."""
    try:
        name = generations.current(place)
    except IndexDamaged:
        return set(), None
    try:
        return {name} if name else set(), generations.open_current(place)
    except (IndexMissing, IndexDamaged):
        return {name} if name else set(), None


def _told(place: Place, before: Manifest | None) -> Report | None:
    """What the build before said of each file, if there was one."""
    content = Lookup(place, before).part(report.FILE) if before else None
    return report.from_bytes(content) if content else None


@contextmanager
def _removed_on_failure(place: Place, name: str) -> Iterator[None]:
    """Remove what was written of a generation that does not come to serve."""
    try:
        yield
    except BaseException:
        with suppress(IndexUnusable):  # where nobody answers, the next build removes it
            for collection in place.connection.names():
                if collection in {place.collection(name, what) for what in COLLECTIONS}:
                    place.connection.drop(collection)
        raise
