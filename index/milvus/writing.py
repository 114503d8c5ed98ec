"""A generation that is being written: documents go in, one by one, and come out as rows of three collections."""

import tempfile
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path

from corpus.model import Document
from index import report
from index.files.generations import Facts
from index.knowledge.knowledge import Knowledge
from index.milvus import generations, schema, values
from index.milvus.connection import Row
from index.milvus.counting import Counted
from index.milvus.earlier import Moved, moved_records
from index.milvus.generations import COLLECTIONS, Manifest, Place
from index.milvus.rows import Prepared, RecordKind, document_records, passage_rows, record, said, sentence_rows
from index.milvus.vectors import Vectors
from index.report import Report

# About how many texts are encoded, and how many records sent, at once: some tens of megabytes.
_TEXTS, _RECORDS = 4_000, 5_000


class Writing:
    """The collections of a generation, until it is whole."""

    def __init__(self, place: Place, name: str, dimension: int, vectors: Vectors) -> None:
        """Make the collections, empty."""
        self._place = place
        self._name = name
        self._dimension = dimension
        self._vectors = vectors
        self._knowledge = Knowledge()
        self._counted = Counted()
        self._passages = 0
        self._sentences = 0
        self._recorded = 0
        self._numbers = count()
        self._batch: list[Prepared] = []
        self._texts = 0
        self._records: list[Row] = []
        self._shapes = dict(
            zip(COLLECTIONS, (schema.passages(dimension), schema.sentences(dimension), schema.records()), strict=True)
        )
        for what, shape in self._shapes.items():
            place.connection.create(place.collection(name, what), shape)

    def add(self, at: int, document: Document, said_in: Sequence[int], since: Sequence[int], moved: Moved) -> None:
        """Write the next document, the ``at``-th, with what is known of its passages."""
        self._knowledge.add(document)
        kept = [said(document, passage, self._vectors.fingerprint) for passage in document.passages]
        self._counted.add(document, kept)
        prepared = Prepared(at, document, self._passages, kept, said_in, since)
        self._passages += len(document.passages)
        self._record(document_records(prepared))
        self.gone(document.id, moved)
        self._batch.append(prepared)
        self._texts += sum(len(one.texts) for one in kept)
        if self._texts >= _TEXTS:
            self._send()

    def gone(self, document: str, moved: Moved) -> None:
        """Write where passages are now that earlier generations held of a document."""
        self._record(moved_records(document, moved))

    def finish(self, facts: Facts, told: Report) -> None:
        """Write what is known of all, and have the generation answer; raises unless every row is there."""
        self._send()
        for number, (term, passages, documents) in enumerate(self._counted.terms()):
            self._record([record(f"term/{term}", RecordKind.TERM, number, f"{passages} {documents}")])
        parts = self._save(told)
        self._send_records()
        manifest = Manifest(
            name=self._name,
            facts=facts,
            dimension=self._dimension,
            sentences=self._sentences,
            records=self._recorded,
            length=self._counted.mean,
            overflowing=self._counted.overflowing,
            parts=parts,
        )
        generations.write_manifest(self._place, manifest)
        rows = dict(zip(COLLECTIONS, (self._passages, self._sentences, self._recorded), strict=True))
        for what, shape in self._shapes.items():
            self._place.connection.ready(self._place.collection(self._name, what), shape, rows[what])
        generations.check(self._place, manifest)

    def _send(self) -> None:
        """Encode and send the passages and sentences that wait."""
        texts = {
            key: text
            for one in self._batch
            for passage in one.said
            for key, text in zip(passage.keys, passage.texts, strict=True)
        }
        vectors = self._vectors.of(texts)
        passages = [row for one in self._batch for row in passage_rows(one, vectors, self._dimension)]
        sentences = [row for one in self._batch for row in sentence_rows(one, vectors, self._numbers)]
        self._sentences += len(sentences)
        for what, rows in (("passages", passages), ("sentences", sentences)):
            self._place.connection.insert(self._place.collection(self._name, what), rows)
        self._batch, self._texts = [], 0

    def _save(self, told: Report) -> dict[str, int]:
        """Write what was gathered, and the report; how many values each file has."""
        counts = {}
        with tempfile.TemporaryDirectory() as folder:
            report.write(Path(folder) / report.FILE, told)
            self._knowledge.save(Path(folder))
            for path in sorted(Path(folder).iterdir()):
                found = values.packed(path.read_bytes())
                counts[path.name] = len(found)
                for n, value in enumerate(found):
                    self._record([record(f"part/{path.name}/{n}", RecordKind.PART, n, value)])
        return counts

    def _record(self, rows: Iterable[Row]) -> None:
        self._records += rows
        if len(self._records) >= _RECORDS:
            self._send_records()

    def _send_records(self) -> None:
        self._place.connection.insert(self._place.collection(self._name, "records"), self._records)
        self._recorded += len(self._records)
        self._records = []
