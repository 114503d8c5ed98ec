"""LanceDB: one table with its own index of vectors (HNSW, scalars quantised), full text and columns.

Hybrid search is LanceDB's own, joined by reciprocal rank. Filters are applied before both searches, as by default, on
columns that are indexed.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

import lancedb
import numpy as np
import pyarrow
from lancedb.index import FTS, Bitmap, BTree, HnswSq
from lancedb.rerankers import RRFReranker
from numpy.typing import NDArray

from benchmarks.engines.engine import CANDIDATES
from benchmarks.prepared import Corpus, Only

_TABLE = "passages"
_PORTION = 10_000


class LanceDB:
    """The table opened."""

    def __init__(self, table: Any) -> None:
        self._table = table
        self._joiner = RRFReranker()

    @classmethod
    def build(cls, folder: Path, corpus: Corpus) -> None:
        """Write the table some passages at a time, and its four indexes."""
        schema = pyarrow.schema(
            [
                ("row", pyarrow.int32()),
                ("terms", pyarrow.string()),
                ("council", pyarrow.int32()),
                ("year", pyarrow.int32()),
                ("vector", pyarrow.list_(pyarrow.float32(), corpus.dimension)),
            ]
        )

        def batches() -> Iterator[Any]:
            terms, councils, years = corpus.terms(), corpus.councils(), corpus.years()
            for first, vectors in corpus.portions(_PORTION):
                rows = range(first, first + len(vectors))
                columns = [
                    pyarrow.array(rows, pyarrow.int32()),
                    pyarrow.array([" ".join(next(terms)) for _ in rows], pyarrow.string()),
                    pyarrow.array(councils[rows.start : rows.stop]),
                    pyarrow.array(years[rows.start : rows.stop]),
                    pyarrow.FixedSizeListArray.from_arrays(pyarrow.array(vectors.reshape(-1)), corpus.dimension),
                ]
                yield pyarrow.RecordBatch.from_arrays(columns, schema=schema)

        table = lancedb.connect(folder).create_table(_TABLE, batches(), schema=schema)
        table.create_index("vector", config=HnswSq(distance_type="dot", num_partitions=1))
        words = FTS(
            base_tokenizer="whitespace", lower_case=False, stem=False, remove_stop_words=False, ascii_folding=False
        )
        table.create_index("terms", config=words)
        table.create_index("council", config=Bitmap())
        table.create_index("year", config=BTree())
        table.optimize()

    @classmethod
    def open(cls, folder: Path, corpus: Corpus) -> Self:
        """The table that ``build`` wrote."""
        return cls(lancedb.connect(folder).open_table(_TABLE))

    def search(
        self, terms: Sequence[str], vector: NDArray[np.float32], top: int, only: Only | None = None
    ) -> list[int]:
        """The best by both searches, joined."""
        search = self._table.search(query_type="hybrid").vector(vector).text(" ".join(terms))
        if only is not None:
            search = search.where(f"council = {only.code} AND year >= {only.since}")
        found = search.rerank(self._joiner).select(["row"]).limit(CANDIDATES).to_arrow()
        rows: list[int] = found["row"].to_pylist()[:top]
        return rows
