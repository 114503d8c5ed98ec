"""Ways of finding the best passages by BM25: ``python -m benchmarks.lexical [--passages N ...] [--write]``.

All of them search the same postings, made of the terms of real passages, a fifth of which each made passage lacks; the
questions are the evaluation's. Those of numba need what benchmarks/requirements.txt names. Everything works in one
thread. ``--documents`` takes the passages of other documents than the five, and ``--write`` makes benchmarks/lexical.md
anew.
"""

import argparse
import importlib
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import lexical_forms
from benchmarks.lexical_forms import Form, Found, library
from benchmarks.lexical_made import Postings, made
from corpus.collection import Collection
from index.texts import indexed_text
from index.words import analysis

HERE = Path(__file__).resolve().parent
DOCUMENTS = HERE.parent / "corpus" / "documents"
QUESTIONS = HERE.parent / "evaluation" / "questions"
SIZES = (10_000, 100_000, 1_000_000)
TOPS = (100, 1_000)
# How often every question is asked in turn; its shortest time counts, since what else runs only adds to it.
ROUNDS = 3
# So long the library is asked at each size; it takes seconds for a question at a million passages.
LIBRARY_SECONDS = 30.0
# How far a score may be from the library's: the product's own test allows as much.
NEAR = 1e-5

CHOSEN = """\
The product adds up every posting in scipy's sparse product and then takes the best. What skips postings has to be
compiled to be worth it: in numpy it is no faster. Compiled by numba, MaxScore is ahead among a million where a hundred
are wanted, and not where a thousand are; the fusion wants three hundred. It would be paid for with seconds of
import and compilation at every start and with two more packages. And it scores none but the best, where an officer's
search counts and orders all that match."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One form at one size: seconds until it can be asked, milliseconds of each question, and whether all was right."""

    name: str
    ready: float
    asked: dict[int, list[float]]
    right: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lexical", description="Compare ways to search BM25.")
    parser.add_argument("--passages", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument("--questions", type=int, default=200, metavar="N", help="how many are asked")
    parser.add_argument("--documents", type=Path, action="append", metavar="FOLDER")
    parser.add_argument("--write", action="store_true", help="write benchmarks/lexical.md")
    options = parser.parse_args(arguments)
    found = Collection.open(options.documents or [DOCUMENTS]).read().documents
    real = [analysis.terms(indexed_text(document, p)) for document in found for p in document.passages if p.searched]
    held = {term for terms in real for term in terms}
    asked = [terms for terms in map(analysis.terms, questions(options.questions)) if held.intersection(terms)]
    forms, missing, imported = available()
    lines = [
        f"{len(real):,} real passages of {statistics.mean(map(len, real)):.0f} terms in the mean, made into as many as "
        f"are wanted; {len(asked)} questions of the evaluation, {statistics.mean(map(len, asked)):.1f} terms in the "
        f"mean, in one thread on {os.cpu_count()} cores ({processor()}, Python {platform.python_version()}). "
        f"Each is asked {ROUNDS} times, and its shortest time counts; rank_bm25 is asked once, and as many as it "
        f"answers in {LIBRARY_SECONDS:.0f} s.",
        "",
        *_forms(forms, imported, made(real, len(real))),
        *([] if missing is None else ["", f"Left out, because {missing} is not installed: what is compiled by it."]),
    ]
    for passages in options.passages:
        lines += ["", *_table(made(real, passages), asked, forms)]
    text = "\n".join([*lines, "", *CHOSEN.splitlines()])
    print(text)
    if options.write:
        given = " --documents FOLDER" if options.documents else ""
        told = f"# Ways of searching by BM25\n\nMade by `python -m benchmarks.lexical{given} --write`.\n\n{text}\n"
        (HERE / "lexical.md").write_text(told, encoding="utf-8")
    return 0


def questions(wanted: int) -> list[str]:
    """So many of the evaluation's questions, taken evenly."""
    rows = [
        line for path in sorted(QUESTIONS.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()
    ]
    texts = list(dict.fromkeys(json.loads(row)["turns"][-1] for row in rows if row.strip()))
    return [texts[place] for place in np.linspace(0, len(texts) - 1, min(wanted, len(texts))).astype(int)]


def available() -> tuple[list[Form], str | None, float]:
    """The forms that can be run here, the library that is missing for others, and how long it takes to import it."""
    started = time.perf_counter()
    try:
        compiled = importlib.import_module("benchmarks.lexical_compiled").forms()
    except ModuleNotFoundError as missing:
        if missing.name != "numba":
            raise
        return lexical_forms.forms(), missing.name, 0.0
    return [*lexical_forms.forms(), *compiled], None, time.perf_counter() - started


def _forms(forms: Sequence[Form], imported: float, postings: Postings) -> Iterator[str]:
    """A table of what each form is; what it takes to compile it is what takes longer the first time than again."""
    yield "| way | lines of code | to import and compile, s |"
    yield "| --- | --: | --: |"
    plain = len(lexical_forms.forms())
    for number, form in enumerate(forms):
        seconds = [_ready(form, postings)[0] for _ in range(2)] if number >= plain else [0.0, 0.0]
        told = f"{imported + seconds[0] - seconds[1]:.1f}" if number >= plain else ""
        yield f"| {form.name} | {form.lines} | {told} |"


def _table(postings: Postings, asked: Sequence[Sequence[str]], forms: Sequence[Form]) -> Iterator[str]:
    measured = [one_form(form, postings, asked) for form in forms]
    number = [sum(len(postings.of(term)[0]) for term, _ in postings.asked(terms)) for terms in asked]
    yield f"## {len(postings):,} passages"
    yield ""
    yield f"{len(postings.rows):,} postings; those of a question's terms are {statistics.median(number):,.0f} (median)."
    yield ""
    heads = [f"top {top:,}: {what} ms" for top in TOPS for what in ("median", "p95", "max")]
    yield f"| way | questions | made ready, s | {' | '.join(heads)} | equals rank_bm25 |"
    yield f"| --- |{' --: |' * (len(heads) + 2)} --- |"
    for row in measured:
        cells = [cell for top in TOPS for cell in _spread(row.asked[top])]
        right = "yes" if row.right else "**no**"
        yield f"| {row.name} | {len(row.asked[TOPS[0]])} | {row.ready:.1f} | {' | '.join(cells)} | {right} |"


def one_form(form: Form, postings: Postings, asked: Sequence[Sequence[str]]) -> Measured:
    """Make one form ready, ask it everything at each depth, and compare what it finds with every passage's score."""
    ready, search = _ready(form, postings)
    search(asked[0], TOPS[0])
    times: dict[int, list[float]] = {}
    right = True
    for top in TOPS:
        found: list[Found] = []
        rounds: list[list[float]] = []
        for _ in range(1 if form.ready is library else ROUNDS):
            found, taken = [], []
            for terms in asked:
                started = time.perf_counter()
                found.append(search(terms, top))
                taken.append((time.perf_counter() - started) * 1e3)
                if form.ready is library and sum(taken) > LIBRARY_SECONDS / len(TOPS) * 1e3:
                    break
            rounds.append(taken)
        times[top] = [min(taken) for taken in zip(*rounds, strict=True)]
        right &= all(equal(one, scores(postings, terms), top) for one, terms in zip(found, asked, strict=False))
    return Measured(form.name, ready, times, right)


def scores(postings: Postings, terms: Sequence[str]) -> NDArray[np.float64]:
    """Every passage's score; that these are the library's, the library's own row tells, and a test."""
    total = np.zeros(len(postings))
    for term, times in postings.asked(terms):
        rows, added = postings.of(term)
        total[rows] += times * added.astype(np.float64)
    return total


def equal(found: Found, every: NDArray[np.float64], top: int) -> bool:
    """Whether these are the best of every passage's scores, with the scores they have; equals may change places."""
    rows, given = found
    top = min(top, int(np.count_nonzero(every > 0)))
    if len(rows) != top or len(np.unique(rows)) != top:
        return False
    best = np.sort(np.partition(every, len(every) - top)[len(every) - top :])[::-1] if top else np.empty(0)
    return bool(np.allclose(given, best, NEAR, NEAR) and np.allclose(every[rows], best, NEAR, NEAR))


def _ready(form: Form, postings: Postings) -> tuple[float, lexical_forms.Search]:
    started = time.perf_counter()
    search = form.ready(postings)
    return time.perf_counter() - started, search


def _spread(milliseconds: Sequence[float]) -> tuple[str, str, str]:
    values = np.median(milliseconds), np.percentile(milliseconds, 95), max(milliseconds)
    median, p95, most = (f"{value:,.2f}" if value < 10 else f"{value:,.0f}" for value in values)
    return median, p95, most


def processor() -> str:
    """The processor's kind, as Linux tells it; elsewhere its architecture."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.is_file() else []
    names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


if __name__ == "__main__":
    sys.exit(main())
