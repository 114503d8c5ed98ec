"""Our index beside what else a person might search with: ``python -m benchmarks.peers [--sizes N ...] [--write]``.

``pip install -r benchmarks/requirements.txt`` first; an engine whose packages are not installed is left out. All have
the same passages, the same terms of them and the same vectors, and are asked the same questions, each engine in
processes of its own, on Linux, which tells what memory they have. What is measured is kept in the scratch folder, so
that a run that was stopped goes on where it was, and the table is of all that is there. ``--write`` writes
benchmarks/peers.md.
"""

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.bounded import run
from benchmarks.engines.engine import ENGINES, OURS
from benchmarks.prepared import Corpus

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
RESULTS = HERE / "peers.md"
SIZES = (10_000, 100_000, 1_000_000)
SCRATCH = Path(tempfile.gettempdir()) / "inspection-records-peers"

# An engine that takes more is stopped, and the table says so.
BUILD_SECONDS = 900.0
SEARCH_SECONDS = 900.0
MEMORY = 16_000_000_000

_HEADS = (
    "engine",
    "build s",
    "build peak MB",
    "disk MB",
    "cold start s",
    "of it the index",
    "serving MB",
    "of it no file's",
    "median ms",
    "p95 ms",
    "ours as 1",
    "narrowed: median ms",
    "p95 ms",
    "ours as 1",
    "lists full",
    "known found",
    "exact top ten",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; exit status 1 where a corpus could not be prepared."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description="Compare with other engines.")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="passages")
    parser.add_argument("--engines", nargs="+", choices=tuple(ENGINES), default=tuple(ENGINES), metavar="ENGINE")
    parser.add_argument("--reports", type=Path, metavar="DIR", help="Ofsted's reports: the 10,000 are theirs")
    parser.add_argument("--vectors", type=Path, metavar="FILE", help="an array of real vectors, a row a passage")
    parser.add_argument("--scratch", type=Path, default=SCRATCH, metavar="DIR", help="where all of it is kept")
    parser.add_argument("--again", action="store_true", help="measure again what has been measured")
    parser.add_argument("--write", action="store_true", help="write benchmarks/peers.md")
    options = parser.parse_args(arguments)
    tables = []
    for size in options.sizes:
        folder = options.scratch / _called(size, options.reports, options.vectors)
        if problem := _prepared(folder, size, options.reports, options.vectors):
            print(problem, file=sys.stderr)
            return 1
        for name in options.engines:
            if ENGINES[name].versions() is None:
                print(f"{size:,}: {name} is left out, as its packages are not installed")
            elif options.again or not _result(folder, name).is_file():
                print(f"{size:,}: {name} … ", end="", flush=True)
                result = _measured(folder, name)
                _result(folder, name).write_text(json.dumps(result, indent=2) + "\n", encoding="ascii")
                print(result["stopped"] or f"{result['search']['median'] * 1000:,.1f} ms")
        tables.append(section(folder))
    told = "\n\n".join(tables)
    print(told)
    if options.write:
        RESULTS.write_text(f"{_INTRODUCTION}\n{_machine()}\n\n{told}\n", encoding="utf-8")
    return 0


def _called(size: int, reports: Path | None, vectors: Path | None) -> str:
    return f"{size}{'-reports' if reports else ''}{'-vectors' if vectors else ''}"


def _prepared(folder: Path, size: int, reports: Path | None, vectors: Path | None) -> str:
    """Prepare a corpus in a process of its own, unless it is there; what went wrong, or ""."""
    if (folder / "corpus" / "exact.npy").is_file():
        return ""
    print(f"{size:,}: preparing … ", end="", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "results").mkdir(parents=True)
    command = [sys.executable, "-m", "benchmarks.preparing", str(folder / "corpus"), "--passages", str(size)]
    for option, path in (("--reports", reports), ("--vectors", vectors)):
        command += [option, str(path.resolve())] if path else []
    started = time.monotonic()
    ended = run(command, seconds=4 * BUILD_SECONDS, memory=MEMORY, place=ROOT)
    print(ended.reason or f"{time.monotonic() - started:,.0f} s")
    return f"The corpus of {size:,} could not be prepared: {ended.reason}" if ended.reason else ""


def _result(folder: Path, name: str) -> Path:
    return folder / "results" / f"{name}.json"


def _measured(folder: Path, name: str) -> dict[str, Any]:
    """What an engine takes to build and to search; ``stopped`` says why there is no more."""
    result: dict[str, Any] = {"engine": name, "versions": ENGINES[name].versions(), "stopped": ""}
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as index:
        for command, seconds in (("build", BUILD_SECONDS), ("search", SEARCH_SECONDS)):
            place = [str(folder / "corpus"), index]
            line = [sys.executable, "-m", "benchmarks.measured", command, name, *place]
            line += ["--started", repr(time.monotonic())]
            ended = run(line, seconds=seconds, memory=MEMORY, place=ROOT)
            if ended.reason:
                result["stopped"] = f"{command}: {ended.reason}"
                break
            result[command] = json.loads(ended.output.splitlines()[-1])
    return result


def section(folder: Path) -> str:
    """The table of a size, of every engine that has been measured."""
    corpus = Corpus.open(folder / "corpus")
    found = {name: json.loads(_result(folder, name).read_text()) for name in ENGINES if _result(folder, name).is_file()}
    ours = found.get(OURS, {}).get("search")
    lines = [
        f"## {corpus.passages:,} passages",
        "",
        f"{corpus.documents_held:,} documents ({corpus.told}), {corpus.vocabulary:,} distinct terms; the filter keeps "
        f"{corpus.kept:,} passages ({corpus.kept / corpus.passages:.1%}).",
        "",
        f"| {' | '.join(_HEADS)} |",
        f"| --- |{' --: |' * (len(_HEADS) - 1)}",
    ]
    for name, result in found.items():
        lines.append(f"| {' | '.join([ENGINES[name].title, *_cells(result, ours)])} |")
    versions = sorted({one for result in found.values() for one in (result["versions"] or "").split(", ")})
    return "\n".join([*lines, "", f"Versions: {', '.join(versions)}."])


def _cells(result: Mapping[str, Any], ours: Mapping[str, Any] | None) -> list[str]:
    """A row of the table, but for its head."""
    build, search = result.get("build"), result.get("search")
    cells = [f"{build['seconds']:,.1f}", _mb(build["peak"]), _mb(build["disk"])] if build else []
    if search is None:
        cells += [result["stopped"]]
        return cells + [""] * (len(_HEADS) - 1 - len(cells))
    return [
        *cells,
        f"{search['cold']:,.2f}",
        f"{search['cold_index']:,.2f}",
        _mb(search["resident"]),
        _mb(search["own"]),
        *_times(search, ours, ""),
        *_times(search, ours, "narrowed_"),
        f"{search['full']:.0%}" + ("" if search["kept_to_filter"] else ", not kept to"),
        f"{search['known']:.0%}",
        f"{search['overlap']:.0%}",
    ]


def _times(search: Mapping[str, Any], ours: Mapping[str, Any] | None, which: str) -> list[str]:
    ratio = f"{search[which + 'median'] / ours[which + 'median']:,.2f}" if ours else ""
    return [f"{search[which + 'median'] * 1000:,.1f}", f"{search[which + 'p95'] * 1000:,.1f}", ratio]


def _mb(size: int) -> str:
    return f"{size / 1e6:,.0f}"


def _machine() -> str:
    return f"Measured on {os.cpu_count()} cores ({platform.machine()}, Python {platform.python_version()})."


_INTRODUCTION = f"""\
# Our index beside others

Made by `python -m benchmarks.peers --write`. All engines hold the same passages, of which each has the same terms, as
our index reads them, and the same vector, and are asked the same 200 questions for the best ten by words and meaning
together, each in its own best way (`benchmarks/engines/`). Half of the questions are some words out of one passage:
"known found" says how many of those passages are among the ten. "Exact top ten" is how much of the ranking by exact
BM25, exact cosines and their convex fusion is among the ten; an engine with a fusion of its own differs from that by
intent. A narrowed search has a filter, which keeps some 1% of the passages; "lists full" says how often ten of those
were found.

Our index also holds a vector for each sentence, which the others do not, and fuses three hundred of the best by each
signal, where those that leave the number to their user fuse a hundred; it starts from documents, which it reads and
keeps, where the others are given the terms. "This index" pays for all of that. A sentence is given the vector of its
passage, and one that several passages share that of the first of them, which is why our ranking is not quite the exact
one where texts repeat each other.

The cold start is from the start of the process to the first answer, with the files in the system's cache; "of it the
index" leaves out the interpreter and what it imports. "Serving" is what is resident after all questions; "of it no
file's" leaves out what is mapped from files and can be given back. Times are of questions one after the other, after a
round that is not counted; a round is cut short after a minute. An engine that takes more than
{BUILD_SECONDS / 60:,.0f} minutes to build or {MEMORY / 1e9:,.0f} GB is stopped. On a shared machine times are noisy:
the ratios are what to read.
"""


if __name__ == "__main__":
    sys.exit(main())
