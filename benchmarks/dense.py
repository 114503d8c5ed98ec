"""Ways of finding the nearest vectors: ``python -m benchmarks.dense [--vectors FILE --questions FILE] [--write]``.

The vectors are those of a .npy file, of shape (n, numbers) and of length 1, and so are the questions; ``--sizes`` says
how many of them are searched. Without files they are of recombined sentences of the documents, encoded by the default
model, which takes minutes for 100,000. Each way is built, and asked, in processes of its own, the questions one after
the other in one thread; what takes longer than ``--bound`` minutes is given up. A second table tells what is lost when
the sentences are not searched (benchmarks/candidates.py); for it, give the ``--documents`` of a larger corpus than the
five. ``--write`` makes benchmarks/dense.md anew.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks import candidates
from benchmarks.dense_forms import Form, forms, lists
from benchmarks.dense_measured import Filtered, Measured
from benchmarks.dense_vectors import IN_DOCUMENT, Vectors, encoded, nearest, shares
from benchmarks.lexical import processor, questions
from corpus.collection import Collection
from index.models.encoder import SentenceEncoder

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
DOCUMENTS = ROOT / "corpus" / "documents"
SIZES = (10_000, 100_000, 1_000_000)
# Without a file of vectors no more than these are encoded, in some minutes.
ENCODED = 100_000
ASKED = 100
_MB = 2**20

CHOSEN = """\
Up to 50,000 vectors the product compares a question with every one, exactly. Beyond, it goes through all of the rough
copies (RaBitQ's where there is a filter, the product quantiser's where there is none), and ranks what it finds by the
eight bits. Graphs (HNSW) and clusters (IVF) look at fewer vectors. They pay for it with what they miss, the more so the
longer the list (the fusion takes three hundred), and a graph also with a build that takes many times as long. Where a
filter keeps little they find too little, or give a list that is not full; who filters by a council and a year
wants all that there is. A scan of everything goes on working there, what it misses does not depend on how vectors lie
together, and there is nothing to tune."""


@dataclass(frozen=True, slots=True)
class Row:
    """One way at one size: seconds to build by threads (None: given up), MB on disk, and what was measured, if it was.

    ``first`` is the first way of its form, beside which the build is told.
    """

    way: str
    first: bool
    filters: bool
    seconds: Mapping[int, float | None]
    disk: float
    measured: Measured | None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.dense", description="Compare ways to search vectors.")
    parser.add_argument("--vectors", type=Path, metavar="FILE")
    parser.add_argument("--questions", type=Path, metavar="FILE")
    parser.add_argument("--sizes", type=int, nargs="+", metavar="N")
    parser.add_argument("--forms", nargs="+", choices=forms(), default=list(forms()), metavar="NAME")
    parser.add_argument("--documents", type=Path, action="append", metavar="FOLDER")
    parser.add_argument("--bound", type=float, default=20.0, metavar="MINUTES")
    parser.add_argument("--write", action="store_true", help="write benchmarks/dense.md")
    options = parser.parse_args(arguments)
    encoder = SentenceEncoder.load()
    documents = Collection.open(options.documents or [DOCUMENTS]).read().documents
    sizes = options.sizes or (SIZES if options.vectors else SIZES[:1])
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        if options.vectors is None:
            if max(sizes) > ENCODED:
                parser.error(f"more than {ENCODED:,} vectors are not encoded here: give a file of them with --vectors")
            np.save(place / "vectors.npy", encoded(encoder, documents, max(sizes)), allow_pickle=False)
        asked = np.load(options.questions)[:ASKED] if options.questions else encoder.encode(questions(ASKED))
        np.save(place / "questions.npy", asked.astype(np.float32), allow_pickle=False)
        lines = list(_head(options.vectors, len(asked), options.bound))
        for count in sizes:
            chosen = {name: form for name, form in forms().items() if name in options.forms}
            rows = list(_size(options.vectors or place / "vectors.npy", count, chosen, place, options.bound * 60))
            lines += ["", f"## {count:,} vectors", "", *_plain(rows), "", *_filtered(rows, count)]
    lines += ["", *candidates.table(encoder, documents, questions(candidates.ASKED))]
    text = "\n".join([*lines, "", *CHOSEN.splitlines()])
    print(text)
    if options.write:
        given = "".join(f" --{name} FILE" for name in ("vectors", "questions") if getattr(options, name))
        given += " --documents FOLDER" if options.documents else ""
        told = f"# Ways of searching vectors\n\nMade by `python -m benchmarks.dense{given} --write`.\n\n{text}\n"
        (HERE / "dense.md").write_text(told, encoding="utf-8")
    return 0


def _head(file: Path | None, asked: int, bound: float) -> Iterator[str]:
    which = "a file of vectors" if file else "recombined sentences of the documents, encoded for this"
    yield (
        f"The vectors are of {which}; {asked} questions, one after the other in one thread, on {os.cpu_count()} cores "
        f"({processor()}, Python {platform.python_version()}). Each way is built in a process of its own, and opened "
        f"in another, whose memory is what it grows by over {asked} questions, mapped files included. What took longer "
        f"than {bound:g} minutes was given up. Recall is against every vector compared, of lists of 100, and at 1,000 "
        "of lists of as many."
    )


def _size(file: Path, count: int, chosen: Mapping[str, Form], place: Path, bound: float) -> Iterator[Row]:
    """Every way at one size."""
    vectors = Vectors.open(file, count)
    asked = np.load(place / "questions.npy")
    true = {}
    for share in shares(count):
        found = nearest(vectors, asked, share)
        longest = max(map(len, found))
        true[str(share)] = np.array([np.pad(rows, (0, longest - len(rows)), constant_values=-1) for rows in found])
    np.savez(place / "truth.npz", **true)  # type: ignore[arg-type]  # its stubs take a flag for an array
    for name, form in chosen.items():
        with tempfile.TemporaryDirectory() as built:
            seconds: dict[int, float | None] = {}
            for threads in form.threads:
                with tempfile.TemporaryDirectory() as again:
                    folder = built if threads == form.threads[0] else again
                    told = _run(threads, bound, "build", name, folder, file, count)
                    seconds[threads] = None if told is None else float(told)
            disk = sum(path.stat().st_size for path in Path(built).iterdir()) / _MB
            for number, way in enumerate(form.ways):
                told = None
                if seconds[form.threads[0]] is not None:
                    of = (way, place / "questions.npy", place / "truth.npz")
                    told = _run(1, bound, "ask", name, built, file, count, *of)
                row = Row(way, number == 0, form.filters, seconds, disk, None if told is None else _measured(told))
                print(f"{count:,}: {row}", file=sys.stderr, flush=True)  # it takes hours in all
                yield row


def _run(threads: int, bound: float, *given: object) -> str | None:
    """What a process of benchmarks/dense_measured.py tells; None where it takes longer than it may."""
    limits = {name: str(threads) for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
    command = [sys.executable, "-m", "benchmarks.dense_measured", *map(str, given)]
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **limits},
            timeout=bound,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout


def _measured(told: str) -> Measured:
    given = json.loads(told)
    given["recalls"] = tuple(given["recalls"])
    given["filtered"] = tuple(Filtered(**one) for one in given["filtered"])
    return Measured(**given)


def _plain(rows: Sequence[Row]) -> Iterator[str]:
    heads = ("build s, 1 thread", "2 threads", "disk MB", "memory MB", "recall at 10", "at 100", "median ms", "p95 ms")
    yield f"| way | {' | '.join(heads)} | at 1,000 | median ms |"
    yield "| --- |" + " --: |" * (len(heads) + 2)
    for row in rows:
        build = [_seconds(row.seconds, threads) if row.first else "" for threads in (1, 2)]
        cells = [*build, f"{row.disk:,.0f}" if row.first and row.measured else ""]
        if (found := row.measured) is None:
            cells += ["given up", *[""] * 6]
        else:
            usual, hundred, thousand = (f"{recall:.3f}" for recall in found.recalls)
            cells += ["not told" if found.memory is None else f"{found.memory:,.0f}", usual, hundred]
            cells += [_ms(found.median), _ms(found.p95), thousand, _ms(found.median_of_thousand)]
        yield f"| {row.way} | {' | '.join(cells)} |"


def _filtered(rows: Sequence[Row], count: int) -> Iterator[str]:
    yield (
        f"With a filter, which keeps whole documents, {IN_DOCUMENT} vectors in a row each: recall at 10, median ms, "
        "and how many of the lists were full (of 100, or of all that the filter keeps). Where the filter is not in the "
        f"search, it leaves rows out of what was found. IVF has {lists(count):,} clusters."
    )
    yield ""
    some = [share for share in shares(count) if share < 1]
    heads = [f"keeps {share:.1%}: recall | ms | full" for share in some]
    yield f"| way | in the search | {' | '.join(heads)} |"
    yield "| --- | --- |" + " --: |" * 3 * len(some)
    for row in rows:
        if row.measured is not None:
            each = row.measured.filtered
            cells = [f"{one.recall:.3f} | {_ms(one.median)} | {one.full:.0%}" for one in each]
            yield f"| {row.way} | {'yes' if row.filters else 'no'} | {' | '.join(cells)} |"


def _seconds(seconds: Mapping[int, float | None], threads: int) -> str:
    if threads not in seconds:
        return ""
    taken = seconds[threads]
    return "given up" if taken is None else f"{taken:,.1f}"


def _ms(value: float) -> str:
    return f"{value:,.2f}" if value < 10 else f"{value:,.0f}"


if __name__ == "__main__":
    sys.exit(main())
