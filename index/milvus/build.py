"""From documents to a generation in Milvus: what is read once, what is written, and when it serves."""

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Protocol

from corpus.model import Document
from corpus.receipts import Receipt
from index import report
from index.build import BuildReport
from index.encoder import Encoder
from index.generations import Facts, IndexDamaged, IndexMissing, IndexUnusable, building
from index.milvus import generations, schema, values
from index.milvus.connection import Row
from index.milvus.counting import Counted, Waiting
from index.milvus.earlier import Earlier, moved_records
from index.milvus.generations import Manifest, Place
from index.milvus.lookup import Lookup
from index.milvus.rows import Prepared, RecordKind, document_records, passage_rows, record, sentence_rows
from index.milvus.vectors import Before, Held, vectors
from index.report import Report
from index.unfinished import Unfinished, unfinished

# About how many texts are encoded, and how many records written, at once: some tens of megabytes.
_TEXTS, _RECORDS = 4_000, 5_000


class Gathered(Protocol):
    """What is gathered of all documents at a build and kept as files of the generation."""

    def add(self, document: Document) -> None:
        """Take in one document."""

    def save(self, folder: Path) -> None:
        """Write files into a folder."""


@dataclass(slots=True)
class _Tally:
    """What has been done so far."""

    encoded: int = 0
    reused: int = 0
    sentences: int = 0
    records: int = 0
    dimension: int = 2
    counted: Counted = field(default_factory=Counted)


def build(
    documents: Iterable[Document],
    place: Place,
    encoder: Encoder,
    folder: Path,
    *,
    receipts: Sequence[Receipt] = (),
    others: Mapping[str, int] | None = None,
    gathered: Sequence[Gathered] = (),
    full: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> BuildReport:
    """Index ``documents`` into the Milvus at ``place`` and have the result serve.

    Documents are taken one at a time and wait in a file without a name; ``folder`` holds what a build that is stopped
    has encoded, and the lock that keeps a second build of this machine away. One machine builds an index. Only texts
    whose vector neither the generation before nor a build that was stopped holds are encoded; ``full`` encodes all
    and builds even where nothing has changed. ``receipts``, ``others`` and ``progress`` are as in
    :func:`index.build.build`. Raises ``IndexUnusable``, ``EncoderUnavailable``, and ``ValueError`` for two documents of
    one id.
    """
    started = time.monotonic()
    with building(folder), unfinished(folder) as left:
        before = _serving(place)
        waiting = Waiting.reading(documents, receipts, encoder)

        def result(generation: str, tally: _Tally, up_to_date: bool = False) -> BuildReport:
            seconds = time.monotonic() - started
            read = (len(waiting), waiting.passages, waiting.searched)
            return BuildReport(*read, tally.encoded, tally.reused, seconds, generation, up_to_date)

        if not full and before is not None and before.facts.inputs == waiting.inputs:
            return result(before.name, _Tally(), up_to_date=True)
        kept = {before.name} if before else set()
        generations.remove_all_but(place, kept | ({before.before} if before else set()))
        name = generations.new_name()
        with _removed_on_failure(place, name):
            facts = Facts(
                encoder.name, encoder.fingerprint, len(waiting), waiting.passages, waiting.searched, waiting.inputs
            )
            held: list[Held] = [] if full else [*Before.of(place, before, encoder), left]
            writing = _Writing(place, name, encoder, before, held, left, progress or (lambda done, of: None))
            writing.documents(waiting, gathered)
            parts = writing.parts(gathered, _compared(place, before, writing.now, receipts, others or {}))
            tally = writing.finished()
            manifest = Manifest(
                name=name,
                facts=facts,
                before=before.name if before else "",
                dimension=tally.dimension,
                sentences=tally.sentences,
                records=tally.records,
                length=tally.counted.mean,
                overflowing=tally.counted.overflowing,
                parts=parts,
            )
            generations.write_manifest(place, manifest)
            writing.ready()
            generations.check(place, manifest)
            generations.serve(place, name)
        generations.remove_all_but(place, kept | {name})
    return result(name, tally)


class _Writing:
    """The collections of a generation that is being written."""

    def __init__(
        self,
        place: Place,
        name: str,
        encoder: Encoder,
        before: Manifest | None,
        held: Sequence[Held],
        left: Unfinished,
        progress: Callable[[int, int], None],
    ) -> None:
        self.now = datetime.now(UTC).isoformat(timespec="seconds")
        self._connection = place.connection
        self._encoder = encoder
        self._earlier = Earlier(Lookup(place, before) if before else None)
        self._held = held
        self._left = left
        same = before is not None and before.facts.fingerprint == encoder.fingerprint and before.facts.searched > 0
        # Asking an encoder for its dimension loads its model, which all else here may do without.
        self._dimension = before.dimension if before and same else 0
        self._progress = progress
        self._tally = _Tally()
        self._sentence = count()
        self._passages = 0
        self._waiting_records: list[Row] = []
        self._names = {what: place.collection(name, what) for what in ("passages", "sentences", "records")}
        self._shapes: dict[str, schema.Collection] = {}

    def documents(self, waiting: Waiting, gathered: Sequence[Gathered]) -> None:
        """Write all documents, and what is counted of them."""
        self._tally.dimension = (self._dimension or self._encoder.dimension) if waiting.searched else 2
        self._shapes = {
            "passages": schema.passages(self._tally.dimension),
            "sentences": schema.sentences(self._tally.dimension),
            "records": schema.records(),
        }
        for what, shape in self._shapes.items():
            self._connection.create(self._names[what], shape)
        done = 0
        for batch in self._batches(waiting):
            for one in batch:
                for gathering in gathered:
                    gathering.add(one.document)
                self._tally.counted.add(one.document, one.said)
                self._record(document_records(one))
            done += self._write(batch, done, waiting.texts)
        for id, history in self._earlier.without(waiting.ids, self.now):
            self._record(moved_records(id, history))
        for number, (term, passages, documents) in enumerate(self._tally.counted.terms()):
            self._record([record(f"term/{term}", RecordKind.TERM, number, f"{passages} {documents}")])

    def parts(self, gathered: Sequence[Gathered], compared: Report) -> dict[str, int]:
        """Write the files that were gathered; how many values each has."""
        counts = {}
        with tempfile.TemporaryDirectory() as folder:
            report.write(Path(folder) / report.FILE, compared)
            for one in gathered:
                one.save(Path(folder))
            for path in sorted(Path(folder).iterdir()):
                found = values.packed(path.read_bytes())
                counts[path.name] = len(found)
                self._record(
                    record(f"part/{path.name}/{n}", RecordKind.PART, n, value) for n, value in enumerate(found)
                )
        return counts

    def finished(self) -> _Tally:
        """What has been written, all of it sent."""
        self._send_records()
        return self._tally

    def ready(self) -> None:
        """Have the collections answer."""
        rows = {"passages": self._passages, "sentences": self._tally.sentences, "records": 0}
        for what, shape in self._shapes.items():
            self._connection.ready(self._names[what], shape, rows[what])

    def _batches(self, waiting: Waiting) -> Iterator[list[Prepared]]:
        """Documents, some thousands of texts at a time."""
        batch: list[Prepared] = []
        texts = 0
        for place, (document, kept) in enumerate(waiting):
            history = self._earlier.history(document, self.now)
            self._record(moved_records(document.id, history))
            said_in = [waiting.said_in(passage) for passage in document.passages]
            batch.append(Prepared(place, document, self._passages, kept, said_in, history.since, history.now))
            self._passages += len(document.passages)
            texts += sum(len(one.texts) for one in kept)
            if texts >= _TEXTS:
                yield batch
                batch, texts = [], 0
        if batch:
            yield batch

    def _write(self, batch: Sequence[Prepared], done: int, of: int) -> int:
        """Write the passages and sentences of some documents; how many texts they have."""
        pairs = [pair for one in batch for said in one.said for pair in zip(said.keys, said.texts, strict=True)]
        texts = dict(pairs)
        new = 0

        def encoded(more: int) -> None:
            nonlocal new
            new += more
            self._progress(done + new, of)

        found = vectors(texts, self._encoder, self._held, self._left, encoded)
        self._tally.encoded += new
        self._tally.reused += len(texts) - new
        passages = [row for one in batch for row in passage_rows(one, found, self._tally.dimension)]
        sentences = [row for one in batch for row in sentence_rows(one, found, self._sentence)]
        self._tally.sentences += len(sentences)
        self._connection.insert(self._names["passages"], passages)
        self._connection.insert(self._names["sentences"], sentences)
        if new:
            self._progress(done + len(pairs), of)
        return len(pairs)

    def _record(self, rows: Iterable[Row]) -> None:
        self._waiting_records += rows
        if len(self._waiting_records) >= _RECORDS:
            self._send_records()

    def _send_records(self) -> None:
        self._connection.insert(self._names["records"], self._waiting_records)
        self._tally.records += len(self._waiting_records)
        self._waiting_records = []


def _serving(place: Place) -> Manifest | None:
    """The generation that serves, if there is one and it is sound."""
    try:
        return generations.open_current(place)
    except (IndexMissing, IndexDamaged):
        return None


def _compared(
    place: Place, before: Manifest | None, now: str, receipts: Sequence[Receipt], others: Mapping[str, int]
) -> Report:
    """What became of each file, beside the build before."""
    content = Lookup(place, before).part(report.FILE) if before else None
    return report.compared(now, report.from_bytes(content) if content else None, receipts, others)


@contextmanager
def _removed_on_failure(place: Place, name: str) -> Iterator[None]:
    """Remove what was written of a generation that does not come to serve."""
    try:
        yield
    except BaseException:
        try:
            for what in ("passages", "sentences", "records"):
                if (collection := place.collection(name, what)) in place.connection.names():
                    place.connection.drop(collection)
        except IndexUnusable:
            pass  # nobody answers: the next build removes it
        raise
