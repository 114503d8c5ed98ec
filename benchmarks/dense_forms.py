"""Ways of finding the nearest vectors: what faiss has for it, and ours, each as it is built, opened and searched."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from benchmarks.dense_vectors import Vectors
from index.vectors.compressed import DEEPER, Compressed
from index.vectors.dense import PASSAGES, Dense
from index.vectors.exact import Selector

_faiss: Any = faiss  # its type stubs give C++'s arguments, where its Python classes take others

Rows = NDArray[np.int64]
Flags = NDArray[np.bool_]
# The nearest rows, best first: so many, of those flagged.
Search = Callable[[NDArray[np.float32], int, Flags | None], Rows]
# What faiss is to do besides, given its selector of rows, or None.
Parameters = Callable[[Any], Any]

_INDEX = "index.faiss"
_COPIES = "copies"
# Clusters are made of so many vectors each, and improved so often: more of either takes much longer, and finds no more.
_POINTS, _ROUNDS = 64, 10
# So many vectors set a quantiser.
_SAMPLE = 50_000
# As in index/vectors/compressed.py: the numbers of a product quantiser's part, and the bits of a question's numbers.
_PART, _QUESTION_BITS = 4, 4


@dataclass(frozen=True, slots=True)
class Form:
    """One index: how it is built in a folder, and the ways in which it is then opened to be searched.

    It is built in each of so many ``threads``; ``filters`` says whether it is the search that leaves rows out.
    """

    build: Callable[[Vectors, Path], None]
    ways: Mapping[str, Callable[[Path], Search]]
    filters: bool = True
    threads: tuple[int, ...] = (1,)


def forms() -> dict[str, Form]:
    """All of them, by name."""
    found = {
        "exact": Form(partial(_build, kind="Flat"), {"exact: flat": _open}),
        "fp16": Form(partial(_build, kind="SQfp16"), {"scan, 16 bits a number": _open}),
        "sq8": Form(partial(_build, kind="SQ8"), {"scan, 8 bits a number": _open}),
    }
    for construction in (60, 200):
        found[f"hnsw{construction}"] = Form(
            partial(_build, kind="HNSW32_SQ8", construction=construction),
            {
                f"HNSW 32, 8 bits, efConstruction {construction}, efSearch {ef}": partial(
                    _open, parameters=partial(_hnsw, ef=ef)
                )
                for ef in (64, 128, 256, 1_024)  # the last for lists of a thousand
            },
            threads=(2, 1),
        )
    found["ivf"] = Form(
        partial(_build, kind="IVF{lists},SQ8"),
        {f"IVF, 8 bits, nprobe {n}": partial(_open, parameters=partial(_ivf, probes=n)) for n in (16, 64, 256)},
        threads=(2, 1),
    )
    found["ivfpq"] = Form(
        partial(_build_refined, kind="IVF{lists},PQ{parts}x4fs"),
        {
            f"IVF, PQ96x4, then 8 bits of 500, nprobe {n}": partial(
                _open_refined, depth=500, parameters=partial(_ivf, probes=n)
            )
            for n in (16, 64, 256)
        },
        threads=(2, 1),
    )
    found["pq"] = Form(
        partial(_build_refined, kind="PQ{parts}x4fs"),
        {f"scan of PQ96x4, then 8 bits of {d:,}": partial(_open_refined, depth=d) for d in (500, 1_500)},
        filters=False,
    )
    found["rabitq"] = Form(
        partial(_build_refined, kind="RaBitQ"),
        {
            f"scan of RaBitQ, then 8 bits of {d:,}": partial(_open_refined, depth=d, parameters=_rabitq)
            for d in (500, 1_500)
        },
    )
    found["ours"] = Form(_build_ours, {"ours": _open_ours})
    return found


def lists(count: int) -> int:
    """How many clusters so many vectors are put into."""
    return int(4 * math.sqrt(count))


def _build(vectors: Vectors, folder: Path, kind: str, construction: int = 0) -> None:
    kind = kind.format(lists=lists(vectors.count), parts=vectors.dimension // _PART)
    index = _faiss.index_factory(vectors.dimension, kind, _faiss.METRIC_INNER_PRODUCT)
    clusters = 0
    if "IVF" in kind:
        clusters = index.nlist
        index.cp.niter, index.cp.max_points_per_centroid = _ROUNDS, _POINTS
    if construction:
        index.hnsw.efConstruction = construction
    if not index.is_trained:
        index.train(vectors.sample(max(_SAMPLE, _POINTS * clusters)))
    for block in vectors.blocks():
        index.add(block)
    _faiss.write_index(index, str(folder / _INDEX))


def _build_refined(vectors: Vectors, folder: Path, kind: str) -> None:
    _build(vectors, folder, kind)
    Compressed.write(folder, _COPIES, vectors.dimension, vectors.count, vectors.blocks(), searched=False)


def _build_ours(vectors: Vectors, folder: Path) -> None:
    Dense.write(folder, PASSAGES, vectors.dimension, vectors.count, vectors.blocks())


def _hnsw(selector: Any, ef: int) -> Any:
    return _faiss.SearchParametersHNSW(efSearch=ef, sel=selector)


def _ivf(selector: Any, probes: int) -> Any:
    return _faiss.SearchParametersIVF(nprobe=probes, sel=selector)


def _rabitq(selector: Any) -> Any:
    return _faiss.RaBitQSearchParameters(qb=_QUESTION_BITS, sel=selector)


def _plain(selector: Any) -> Any:
    return None if selector is None else _faiss.SearchParameters(sel=selector)


def _open(folder: Path, parameters: Parameters = _plain) -> Search:
    index = _faiss.read_index(str(folder / _INDEX), _faiss.IO_FLAG_MMAP_IFC)

    def search(vector: NDArray[np.float32], top: int, allowed: Flags | None) -> Rows:
        selector = None if allowed is None else Selector(allowed)
        given = parameters(None if selector is None else selector.of_faiss)
        rows: Rows = index.search(vector.reshape(1, -1), min(top, index.ntotal), params=given)[1][0]
        return rows[rows >= 0]

    return search


def _open_refined(folder: Path, depth: int, parameters: Parameters | None = None) -> Search:
    """Rough copies gone through, and so many of what they give ranked by finer ones, as ours are.

    Without ``parameters`` it takes no selector: what a filter does not keep is left out of what was found.
    """
    rough = _open(folder, parameters or _plain)
    copies = Compressed.open(folder, _COPIES)

    def search(vector: NDArray[np.float32], top: int, allowed: Flags | None) -> Rows:
        rows = rough(vector, max(depth, DEEPER * top), allowed if parameters else None)
        if allowed is not None and parameters is None:
            rows = rows[allowed[rows]]
        return rows[np.argsort(-copies.cosines(vector, rows), kind="stable")[:top]]

    return search


def _open_ours(folder: Path) -> Search:
    dense = Dense.open(folder)
    return lambda vector, top, allowed: dense.nearest(vector, top, allowed)[0]
