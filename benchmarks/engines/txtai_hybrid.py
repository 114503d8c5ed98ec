"""txtai: its own dense and sparse indexes side by side, with its content database for filters.

The terms are split at white space, with no more reading; the vectors come from a function of ours. The hybrid is
txtai's own, half and half. A narrowed search is SQL with ``similar()``: txtai ranks first and filters what it ranked,
so the number of candidates is raised, as its guide says, to where the filter leaves enough of them.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from txtai import Embeddings

from benchmarks.prepared import Corpus, Only

# 1% of which is three times the ten that are shown.
_CANDIDATES = 3_000


class Txtai:
    """An Embeddings index whose questions' vectors are given."""

    def __init__(self, embeddings: Any, asked: list[NDArray[np.float32]]) -> None:
        self._embeddings = embeddings
        self._asked = asked

    @classmethod
    def build(cls, folder: Path, corpus: Corpus) -> None:
        """Index terms, vectors and columns, the vectors in the order that the passages are given in."""
        vectors = corpus.vectors()
        place = 0

        def transform(texts: Sequence[str]) -> NDArray[np.float32]:
            nonlocal place
            place += len(texts)
            return np.array(vectors[place - len(texts) : place])

        def rows() -> Iterator[tuple[int, dict[str, Any], None]]:
            columns = zip(corpus.councils().tolist(), corpus.years().tolist(), strict=True)
            for row, (terms, (council, year)) in enumerate(zip(corpus.terms(), columns, strict=True)):
                yield row, {"text": " ".join(terms), "council": council, "year": year}, None

        embeddings = Embeddings(_settings(transform))
        embeddings.index(rows())
        embeddings.save(str(folder / "index"))
        embeddings.close()

    @classmethod
    def open(cls, folder: Path, corpus: Corpus) -> Self:
        """The index that ``build`` wrote."""
        asked: list[NDArray[np.float32]] = []

        def transform(texts: Sequence[str]) -> NDArray[np.float32]:
            return np.stack(asked)

        embeddings = Embeddings()
        embeddings.load(str(folder / "index"), config=_settings(transform))
        return cls(embeddings, asked)

    def search(
        self, terms: Sequence[str], vector: NDArray[np.float32], top: int, only: Only | None = None
    ) -> list[int]:
        """The rows of the best by txtai's hybrid."""
        self._asked[:] = [vector]
        query, given = "select id from txtai where similar(:terms)", {"terms": " ".join(terms)}
        if only is not None:
            query = (
                f"select id from txtai where similar(:terms, {_CANDIDATES}) "
                f"and council = {only.code} and year >= {only.since}"
            )
        return [int(hit["id"]) for hit in self._embeddings.search(query, top, parameters=given)]


def _settings(transform: Any) -> dict[str, Any]:
    tokenizer = {"lowercase": False, "emoji": False, "regexp": r"\S+"}
    return {
        "method": "external",
        "transform": transform,
        "content": True,
        "scoring": {"method": "bm25", "terms": True, "normalize": True, "tokenizer": tokenizer},
    }
