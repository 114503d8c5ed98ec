"""Make every fault, print what was seen, and write it: ``python -m benchmarks.faults [--only WORDS] [--write]``."""

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.faults.fault import Fault, Saw
from benchmarks.faults.making import TABLES, made_of, prepare

RESULTS = Path(__file__).resolve().parent.parent / "faults.md"
_SPAWN = multiprocessing.get_context("spawn")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; exit status 1 where anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description="Make faults, and look.")
    parser.add_argument("--only", default="", metavar="WORDS", help="faults of which what is done has these words")
    parser.add_argument("--write", action="store_true", help="write benchmarks/faults.md")
    parser.add_argument("--jobs", type=int, default=4, metavar="N", help="how many at once (default: %(default)s)")
    options = parser.parse_args(arguments)
    began, results = time.monotonic(), []
    wanted = [
        (heading, n) for heading, table in TABLES.items() for n, one in enumerate(table) if options.only in one.done
    ]
    with tempfile.TemporaryDirectory() as temporary, ProcessPoolExecutor(options.jobs, _SPAWN) as pool:
        prepared = prepare(Path(temporary) / "prepared")
        seen = [pool.submit(made_of, *one, prepared, Path(temporary) / f"{n}") for n, one in enumerate(wanted)]
        for (heading, number), future in zip(wanted, seen, strict=True):
            fault, saw = TABLES[heading][number], future.result()
            results.append((heading, fault, saw))
            verdict = "not here" if isinstance(saw, str) else "right" if saw.right else "WRONG"
            told = saw if isinstance(saw, str) else "; ".join(saw.words)
            print(f"{verdict} – {fault.done}: {told}", flush=True)
    wrong = sum(isinstance(saw, Saw) and not saw.right for _, _, saw in results)
    print(f"{len(results)} faults, {wrong} of them with something wrong, in {time.monotonic() - began:.0f} seconds")
    if options.write:
        RESULTS.write_text(_table(results), encoding="utf-8")
    return 1 if wrong else 0


def _table(results: Sequence[tuple[str, Fault, Saw | str]]) -> str:
    right = sum(isinstance(saw, Saw) and saw.right for _, _, saw in results)
    wrong = sum(isinstance(saw, Saw) and not saw.right for _, _, saw in results)
    lines = [
        "# Faults",
        "",
        "Made by `python -m benchmarks.faults --write`: each with real processes, over two documents in versions",
        "of which no quote is another’s. At first version 1 is indexed, and version 2, which serves. “Exact” is a",
        "quote that equals its slice of the document’s file, character for character. Models are left out except where",
        "a fault is about them, and builds use hashed words in place of the model.",
        "",
        f"Of {len(results)} faults, {right} went as they ought to, {wrong} did not, and {len(results) - right - wrong} "
        "could not be made on the machine.",
    ]
    last = ""
    for heading, fault, saw in results:
        if heading != last:
            lines += ["", f"## {heading}", "", "| done | expected | seen |", "| --- | --- | --- |"]
            last = heading
        told = f"not made: {saw}" if isinstance(saw, str) else "; ".join(saw.words).replace(":; ", ": ")
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in (fault.done, fault.expected, told)) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
