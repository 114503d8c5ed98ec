"""One engine on one corpus, measured in a process of its own: ``python -m benchmarks.measured build|search ...``.

``benchmarks.peers`` starts this, so that what one engine takes of memory and time to start is no other's. Each command
prints one line of JSON at its end.
"""

import argparse
import json
import resource
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.engines.engine import ENGINES, Engine
from benchmarks.prepared import TOP, Corpus, Only, Question, exact_of, questions_of

# A round of questions is cut short after this, and what it tells is of those that were asked.
ROUND_SECONDS = 60.0
_STATUS = Path("/proc/self/status")


def build(name: str, folder: Path, index: Path) -> dict[str, object]:
    """Build an index, and tell how long it took, the most memory it had and what it takes on the disk, in bytes."""
    corpus = Corpus.open(folder)
    engine = ENGINES[name].load()
    started = time.monotonic()
    engine.build(index, corpus)
    seconds = time.monotonic() - started
    kib = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    disk = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
    return {"seconds": seconds, "peak": max(kib) * 1024, "disk": disk}


def search(name: str, folder: Path, index: Path, started: float) -> dict[str, object]:
    """Open an index and ask all the questions, of all passages and then of those kept.

    ``started`` is when the process was, by the system's monotonic clock.
    """
    corpus = Corpus.open(folder)
    questions = questions_of(folder)
    kind = ENGINES[name].load()
    ready = time.monotonic()
    engine = kind.open(index, corpus)
    engine.search(questions[0].terms, questions[0].vector, TOP)
    first = time.monotonic()
    _round(engine, questions, None)
    seconds, found = _round(engine, questions, None)
    _round(engine, questions, corpus.only)
    narrowed_seconds, narrowed = _round(engine, questions, corpus.only)
    memory = _memory()
    rankings = exact_of(folder)
    flags = corpus.allowed(corpus.only)
    most = min(TOP, corpus.kept)
    return {
        "cold": first - started,
        "cold_index": first - ready,
        **memory,
        "asked": len(seconds),
        "median": statistics.median(seconds),
        "p95": _p95(seconds),
        "narrowed_median": statistics.median(narrowed_seconds),
        "narrowed_p95": _p95(narrowed_seconds),
        "full": statistics.mean(len(rows) >= most for rows in narrowed),
        "kept_to_filter": all(flags[rows].all() for rows in narrowed if rows),
        "known": statistics.mean(
            one.known in rows for one, rows in zip(questions, found, strict=False) if one.known is not None
        ),
        "overlap": _overlap(found, rankings[0].tolist()),
        "narrowed_overlap": _overlap(narrowed, rankings[1].tolist()),
    }


def _round(engine: Engine, questions: Sequence[Question], only: Only | None) -> tuple[list[float], list[list[int]]]:
    """The seconds that each question took, and what was found; the first some of them where the round is cut short."""
    seconds: list[float] = []
    found = []
    for question in questions:
        started = time.perf_counter()
        found.append(engine.search(question.terms, question.vector, TOP, only))
        seconds.append(time.perf_counter() - started)
        if sum(seconds) > ROUND_SECONDS:
            break
    return seconds, found


def _overlap(found: Sequence[Sequence[int]], rankings: Sequence[Sequence[int]]) -> float:
    """The share of the exact ranking's rows that are found, on average."""
    shares = []
    for rows, ranking in zip(found, rankings, strict=False):
        exact = {row for row in ranking if row >= 0}
        shares.append(len(exact.intersection(rows)) / len(exact))
    return statistics.mean(shares)


def _p95(seconds: Sequence[float]) -> float:
    return statistics.quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]


def _memory() -> dict[str, int]:
    """The memory of this process, in bytes: all that is resident, and what is its own and no file's."""
    lines = dict(line.split(":", 1) for line in _STATUS.read_text(encoding="ascii").splitlines() if ":" in line)
    kib = {name: int(lines[name].split()[0]) for name in ("VmRSS", "RssAnon", "RssShmem")}
    return {"resident": kib["VmRSS"] * 1024, "own": (kib["RssAnon"] + kib["RssShmem"]) * 1024}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.measured", description="Measure one engine.")
    parser.add_argument("command", choices=("build", "search"))
    parser.add_argument("engine", choices=tuple(ENGINES))
    parser.add_argument("corpus", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("--started", type=float, default=time.monotonic(), help="when, by the monotonic clock")
    options = parser.parse_args(arguments)
    if options.command == "build":
        told = build(options.engine, options.corpus, options.index)
    else:
        told = search(options.engine, options.corpus, options.index, options.started)
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
