"""How fast answers and builds are: ``python -m benchmarks [--index DIR] [--rounds N] [--write]``.

``--write`` makes the committed table, benchmarks/results.md, anew. Times on a shared machine are noisy: the medians
and the ratios between rows of one run are what to read. No test depends on any of it.
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from assistant.assistant import Assistant
from evaluation.cases import Case, read
from index.local import LocalIndex
from index.models.encoder import SentenceEncoder
from index.models.reader import Reader

T = TypeVar("T")

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
QUESTIONS = ROOT / "evaluation" / "questions" / "tuning.jsonl"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure how fast answers come.")
    parser.add_argument("--index", type=Path, default=ROOT / "index" / "built", metavar="DIR")
    parser.add_argument("--rounds", type=int, default=3, help="how often each question is asked")
    parser.add_argument("--write", action="store_true", help="write benchmarks/results.md")
    options = parser.parse_args(arguments)
    cases = read(QUESTIONS)
    rows = [*_answers(options.index, cases, options.rounds), *_pages(options.index, cases), *_builds()]
    table = _table(rows)
    print(table)
    if options.write:
        (HERE / "results.md").write_text(
            "# How fast it is\n\nMade by `python -m benchmarks --write` "
            f"on {os.cpu_count()} cores ({platform.machine()}, Python {platform.python_version()}), over the five "
            f"documents and the {len(cases)} questions of evaluation/questions/tuning.jsonl.\n\n{table}\n",
            encoding="utf-8",
        )
    return 0


def _answers(folder: Path, cases: Sequence[Case], rounds: int) -> list[tuple[str, list[float]]]:
    """Answers in one process: the first, then every question with its vector still to be computed."""
    encoder = SentenceEncoder.load()
    reader = Reader.load()
    opened, index = _timed(lambda: LocalIndex.open(folder, encoder, reader))
    made, assistant = _timed(lambda: Assistant(index))
    first = _answer(assistant, cases[0])
    fresh: list[float] = []
    for _ in range(rounds):
        assistant = Assistant(LocalIndex.open(folder, encoder, reader))  # whose vectors are not yet kept
        fresh += [_answer(assistant, case) for case in cases]
    again = [_answer(assistant, case) for case in cases]
    return [
        ("open the index", [opened]),
        ("make the assistant", [made]),
        ("the first answer", [first]),
        ("an answer, after the first", fresh),
        ("the same question again", again),
    ]


def _answer(assistant: Assistant, case: Case) -> float:
    return _timed(partial(assistant.answer, case.turns[-1], case.turns[:-1]))[0]


def _pages(folder: Path, cases: Sequence[Case]) -> list[tuple[str, list[float]]]:
    """Answers as a browser gets them, from a server of its own on a loopback port."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "webapp", "--index", str(folder), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().split()[2]
            ready = time.perf_counter() - started
            single = [case.turns[0] for case in cases if len(case.turns) == 1]
            pages = [_timed(partial(_ask, address, question))[0] for question in single]
        finally:
            server.terminate()
    return [("start the server, until it listens", [ready]), ("an answer as a page over HTTP", pages[1:])]


def _ask(address: str, question: str) -> bytes:
    form = urllib.parse.urlencode({"question": question}).encode()
    request = urllib.request.Request(address.rstrip("/") + "/ask", form, {"X-Turn-Only": "yes"})
    with urllib.request.urlopen(request, timeout=30) as response:
        return bytes(response.read())


def _builds() -> list[tuple[str, list[float]]]:
    """The whole build command, from nothing and with nothing changed, as a person waits for it."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "build_index.py"), "--index", folder]

        def build() -> None:
            subprocess.run(command, check=True, capture_output=True)

        return [
            ("build the five documents, from nothing", [_timed(build)[0]]),
            ("build again, nothing changed", [_timed(build)[0] for _ in range(3)]),
        ]


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def _table(rows: Sequence[tuple[str, list[float]]]) -> str:
    lines = ["| what | times | median ms | p95 ms |", "| --- | --: | --: | --: |"]
    for name, seconds in rows:
        p95 = statistics.quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]
        lines.append(f"| {name} | {len(seconds)} | {statistics.median(seconds) * 1000:,.1f} | {p95 * 1000:,.1f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
