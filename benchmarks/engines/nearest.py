"""faiss as its users have it: every vector compared, or a graph of neighbours (HNSW)."""

from pathlib import Path
from typing import Any, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from benchmarks.prepared import Corpus

FILE = "vectors.faiss"
# faiss's guide gives 32 links and says that more effort in building and searching is paid back in recall; its own
# effort in building, 40, and in searching, 16, are too little to find a hundred.
LINKS = 32
BUILD_EFFORT = 100
EFFORT = 128

_faiss: Any = faiss  # its type stubs give C++'s arguments, where its Python classes take others


class Nearest:
    """The vectors of the rows, of length 1, so that an inner product is a cosine."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, folder: Path, corpus: Corpus, *, graph: bool) -> None:
        """Write the vectors of a corpus, with a graph of neighbours or without."""
        if graph:
            index = _faiss.IndexHNSWFlat(corpus.dimension, LINKS, _faiss.METRIC_INNER_PRODUCT)
            index.hnsw.efConstruction = BUILD_EFFORT
        else:
            index = _faiss.IndexFlatIP(corpus.dimension)
        for _, vectors in corpus.portions():
            index.add(vectors)
        _faiss.write_index(index, str(folder / FILE))

    @classmethod
    def open(cls, folder: Path) -> Self:
        """What ``build`` wrote."""
        return cls(_faiss.read_index(str(folder / FILE)))

    def nearest(
        self, vector: NDArray[np.float32], top: int, allowed: NDArray[np.bool_] | None = None
    ) -> NDArray[np.int64]:
        """The nearest rows of those allowed, best first: as many as are found, which of a graph may be fewer."""
        selector = bits = None
        if allowed is not None:
            bits = np.packbits(allowed, bitorder="little")  # faiss keeps a pointer to it and no reference
            selector = _faiss.IDSelectorBitmap(bits)
        if hasattr(self._index, "hnsw"):
            parameters = _faiss.SearchParametersHNSW(efSearch=max(EFFORT, top), sel=selector)
        else:
            parameters = _faiss.SearchParameters(sel=selector)
        _, rows = self._index.search(vector.reshape(1, -1), top, params=parameters)
        found: NDArray[np.int64] = rows[0][rows[0] >= 0]
        return found

    def cosines(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """The cosine of each of ``rows``."""
        vectors: NDArray[np.float32] = self._index.reconstruct_batch(rows)
        return (vectors @ vector).astype(np.float64)
