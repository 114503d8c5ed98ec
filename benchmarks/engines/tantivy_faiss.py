"""tantivy, a search engine in Rust, and faiss's graph of neighbours.

A passage that tantivy does not give among its best has no score by words. A narrowed search asks tantivy for what is
of the council and the years, by fields that it indexes, and gives the graph a selector.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import tantivy
from numpy.typing import NDArray

from benchmarks.engines.engine import CANDIDATES
from benchmarks.engines.joined import Columns, fused
from benchmarks.engines.nearest import Nearest
from benchmarks.prepared import Corpus, Only

_TOKENIZER = "terms"
_MEMORY = 500_000_000
_LAST_YEAR = 9999


class Tantivy:
    """Both libraries opened."""

    def __init__(self, index: Any, nearest: Nearest, columns: Columns) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()
        self._nearest = nearest
        self._columns = columns

    @classmethod
    def build(cls, folder: Path, corpus: Corpus) -> None:
        """Index the terms as they are, and make the graph."""
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("terms", tokenizer_name=_TOKENIZER, index_option="freq")
        schema.add_unsigned_field("row", fast=True)
        schema.add_unsigned_field("council", indexed=True, fast=True)
        schema.add_unsigned_field("year", indexed=True, fast=True)
        (folder / "words").mkdir()
        built = schema.build()
        index = tantivy.Index(built, path=str(folder / "words"))
        _register(index)
        writer = index.writer(heap_size=_MEMORY)
        columns = zip(corpus.councils().tolist(), corpus.years().tolist(), strict=True)
        for row, (terms, (council, year)) in enumerate(zip(corpus.terms(), columns, strict=True)):
            fields = {"terms": " ".join(terms), "row": row, "council": council, "year": year}
            writer.add_document(tantivy.Document.from_dict(fields, built))
        writer.commit()
        writer.wait_merging_threads()
        Nearest.build(folder, corpus, graph=True)
        Columns.build(folder, corpus)

    @classmethod
    def open(cls, folder: Path, corpus: Corpus) -> Self:
        """Map tantivy's files and read the graph."""
        index = tantivy.Index.open(str(folder / "words"))
        _register(index)
        return cls(index, Nearest.open(folder), Columns.open(folder))

    def search(
        self, terms: Sequence[str], vector: NDArray[np.float32], top: int, only: Only | None = None
    ) -> list[int]:
        """The best of the candidates of both."""
        found, scores = self._worded(terms, only)
        near = self._nearest.nearest(vector, CANDIDATES, self._columns.allowed(only))
        rows = np.union1d(found, near)
        bm25 = np.zeros(len(rows))
        bm25[np.searchsorted(rows, found)] = scores
        return list(fused(rows, bm25, self._nearest.cosines(vector, rows), top))

    def _worded(self, terms: Sequence[str], only: Only | None) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The best rows by words, and their scores."""
        any_of = [(tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "terms", term)) for term in terms]
        query = tantivy.Query.boolean_query(any_of)
        if only is not None:
            of = tantivy.Query.term_query(self._schema, "council", only.code)
            kind = tantivy.FieldType.Unsigned
            since = tantivy.Query.range_query(self._schema, "year", kind, only.since, _LAST_YEAR)
            kept = [(tantivy.Occur.Must, tantivy.Query.const_score_query(one, 0.0)) for one in (of, since)]
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *kept])
        hits = self._searcher.search(query, CANDIDATES, count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in hits])
        return np.array(rows, np.int64), np.array([score for score, _ in hits], np.float64)


def _register(index: Any) -> None:
    analyser = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_TOKENIZER, analyser)
