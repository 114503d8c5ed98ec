"""One way of finding the nearest vectors, measured in a process of its own, which benchmarks/dense.py starts."""

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.dense_forms import Search, forms
from benchmarks.dense_vectors import Vectors, kept
from index.vectors.exact import in_one_thread

TOPS = (10, 100, 1_000)
# How many are asked for, but where a thousand are.
_USUAL = 100
_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Filtered:
    """What a filter that keeps a ``share`` does: of the ten nearest the share found, and how often all were given."""

    share: float
    recall: float
    median: float
    full: float


@dataclass(frozen=True, slots=True)
class Measured:
    """One way at one size, times in milliseconds. ``recalls`` are at 10, 100 and 1,000; ``memory`` in MB, if told."""

    memory: float | None
    recalls: tuple[float, ...]
    median: float
    p95: float
    median_of_thousand: float
    filtered: tuple[Filtered, ...]


def ask(search_of: partial[Search], vectors: int, questions: NDArray[np.float32], truth: Path) -> Measured:
    """Open one way and ask it every question, without a filter and with each."""
    true = np.load(truth, allow_pickle=False)
    before = _resident()
    in_one_thread()
    search = search_of()
    found, times = _asked(search, vectors, questions, 1.0, _USUAL)
    after = _resident()
    deep, deep_times = _asked(search, vectors, questions, 1.0, TOPS[-1])
    filtered = []
    for share in map(float, true.files):
        if share < 1:
            some, taken = _asked(search, vectors, questions, share, _USUAL)
            best = [rows[rows >= 0] for rows in true[str(share)]]
            full = np.mean([len(a) == min(_USUAL, len(b)) for a, b in zip(some, best, strict=True)])
            filtered.append(Filtered(share, recall(some, best, TOPS[0]), float(np.median(taken)), float(full)))
    best = [rows[rows >= 0] for rows in true["1.0"]]
    return Measured(
        None if before is None or after is None else after - before,
        (*(recall(found, best, top) for top in TOPS[:-1]), recall(deep, best, TOPS[-1])),
        float(np.median(times)),
        float(np.percentile(times, 95)),
        float(np.median(deep_times)),
        tuple(filtered),
    )


def recall(found: Sequence[NDArray[np.int64]], true: Sequence[NDArray[np.int64]], top: int) -> float:
    """The share of each question's ``top`` truly nearest that are among as many found, in the mean."""
    shares = [len(np.intersect1d(a[:top], b[:top])) / len(b[:top]) for a, b in zip(found, true, strict=True)]
    return float(np.mean(shares))


def _asked(
    search: Search, count: int, questions: NDArray[np.float32], share: float, top: int
) -> tuple[list[NDArray[np.int64]], list[float]]:
    search(questions[0], top, kept(count, share, 0))
    found, times = [], []
    for number, question in enumerate(questions):
        allowed = kept(count, share, number)
        started = time.perf_counter()
        found.append(search(question, top, allowed))
        times.append((time.perf_counter() - started) * 1e3)
    return found, times


def _resident() -> float | None:
    """How much of this process is in memory, files it has mapped included, in MB; None where that is not told."""
    if not _STATUS.is_file():
        return None
    (line,) = [line for line in _STATUS.read_text().splitlines() if line.startswith("VmRSS:")]
    return int(line.split()[1]) / 1024


def main(arguments: Sequence[str]) -> int:
    """Build a form in a folder, and tell the seconds; or ask one of its ways, and tell all; as JSON."""
    task, name, folder, vectors, count, *others = arguments
    form = forms()[name]
    if task == "build":
        given = Vectors.open(Path(vectors), int(count))
        started = time.perf_counter()
        form.build(given, Path(folder))
        print(json.dumps(time.perf_counter() - started))
    else:
        way, questions, truth = others
        asked = np.load(questions, allow_pickle=False)
        print(json.dumps(asdict(ask(partial(form.ways[way], Path(folder)), int(count), asked, Path(truth)))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
