"""Haystack's store in memory, its two retrievers and its joiner by reciprocal rank.

The store is kept as its own JSON and read whole. Filters are the retrievers' own, on the documents' metadata.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"  # read when it is imported

from haystack import Document
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore

from benchmarks.engines.engine import CANDIDATES
from benchmarks.prepared import Corpus, Only

_FILE = "store.json"


class Haystack:
    """The store with its retrievers."""

    def __init__(self, store: Any) -> None:
        self._words = InMemoryBM25Retriever(store, top_k=CANDIDATES)
        self._meaning = InMemoryEmbeddingRetriever(store, top_k=CANDIDATES)
        self._joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion")

    @classmethod
    def build(cls, folder: Path, corpus: Corpus) -> None:
        """Write every passage to the store, and the store to its file."""

        def documents() -> Iterator[Any]:
            columns = zip(corpus.councils().tolist(), corpus.years().tolist(), strict=True)
            each = zip(corpus.terms(), corpus.vectors(), columns, strict=True)
            for row, (terms, vector, (council, year)) in enumerate(each):
                meta = {"council": council, "year": year}
                yield Document(id=str(row), content=" ".join(terms), embedding=vector.tolist(), meta=meta)

        store = InMemoryDocumentStore(bm25_tokenization_regex=r"\S+", embedding_similarity_function="dot_product")
        store.write_documents(list(documents()))
        store.save_to_disk(str(folder / _FILE))

    @classmethod
    def open(cls, folder: Path, corpus: Corpus) -> Self:
        """Read the store's file."""
        return cls(InMemoryDocumentStore.load_from_disk(str(folder / _FILE)))

    def search(
        self, terms: Sequence[str], vector: NDArray[np.float32], top: int, only: Only | None = None
    ) -> list[int]:
        """The best by both retrievers, joined."""
        filters = None
        if only is not None:
            conditions = [
                {"field": "meta.council", "operator": "==", "value": only.code},
                {"field": "meta.year", "operator": ">=", "value": only.since},
            ]
            filters = {"operator": "AND", "conditions": conditions}
        worded = self._words.run(query=" ".join(terms), filters=filters)["documents"]
        near = self._meaning.run(query_embedding=vector.tolist(), filters=filters)["documents"]
        joined = self._joiner.run(documents=[worded, near], top_k=top)["documents"]
        return [int(document.id) for document in joined]
