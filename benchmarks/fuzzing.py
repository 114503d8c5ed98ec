"""The readers and the search language under a fuzzer: ``python -m benchmarks.fuzzing --seconds 60 --write``.

Atheris (libFuzzer for Python) changes files and searches so that they reach more of the code. Looked for is any error
but the one that says what is wrong with a file or a search. Exit status 1 where there is one, 2 where
Atheris is not installed.
"""

import argparse
import importlib.util
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fuzzed import TARGETS

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "fuzzing.md"
NOT_THERE = "Atheris is not installed, so nothing was fuzzed: pip install -r benchmarks/requirements.txt"
# One input that takes longer than this, or more memory, is a fault. Memory is that of the whole process.
_SECONDS = 20
_MEGABYTES = 4096
_GRACE = 120


@dataclass(frozen=True, slots=True)
class Run:
    """What a fuzzer did with one target: inputs tried, code reached (libFuzzer's count), and the fault, if any."""

    target: str
    tried: int
    reached: int
    fault: str


def fuzz(target: str, seconds: int, place: Path) -> Run:
    """Fuzz one target, in a process of its own, for so many seconds or until it fails."""
    command = [
        *(sys.executable, "-m", "benchmarks.fuzzer", target, str(place)),
        *(f"-max_total_time={seconds}", f"-timeout={_SECONDS}", f"-rss_limit_mb={_MEGABYTES}"),
        *("-print_final_stats=1", "-max_len=65536", f"-artifact_prefix={place}/"),
    ]
    ended = subprocess.run(
        command, cwd=HERE.parent, capture_output=True, text=True, errors="replace", timeout=seconds + _GRACE
    )
    if ended.returncode:  # what failed is in a folder that is about to go
        inputs = [path for path in place.iterdir() if path.is_file()]
        print(
            ended.stderr[-3000:], *(f"{path.name}: {path.read_bytes()!r}" for path in inputs), sep="\n", file=sys.stderr
        )
    return read(target, ended.returncode, ended.stderr + ended.stdout)


def read(target: str, status: int, told: str) -> Run:
    """What libFuzzer's output says."""
    tried = re.findall(r"stat::number_of_executed_units:\s*(\d+)", told) or re.findall(r"^#(\d+)", told, re.MULTILINE)
    reached = re.findall(r"\bcov: (\d+)", told)
    fault = ""
    if status:
        errors = re.findall(r"^\s*(?:\w+\.)*\w*Error\b.*$|^ALARM.*$|^SUMMARY: .*$", told, re.MULTILINE)
        fault = errors[0].strip() if errors else f"exit status {status}"
    return Run(target, int(tried[-1]) if tried else 0, int(reached[-1]) if reached else 0, fault)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzzing", description="Fuzz the readers.")
    parser.add_argument("--seconds", type=int, default=60, metavar="N", help="for each target (default: %(default)s)")
    parser.add_argument("--targets", nargs="+", choices=tuple(TARGETS), default=tuple(TARGETS))
    parser.add_argument("--write", action="store_true", help="write benchmarks/fuzzing.md")
    options = parser.parse_args(arguments)
    if importlib.util.find_spec("atheris") is None:
        print(NOT_THERE, file=sys.stderr)
        return 2
    runs = []
    for target in options.targets:
        with tempfile.TemporaryDirectory() as place:
            runs.append(fuzz(target, options.seconds, Path(place)))
            print(runs[-1], flush=True)
    told = table(runs, options.seconds)
    print(told)
    if options.write:
        RESULTS.write_text(told, encoding="utf-8")
    return 1 if any(run.fault for run in runs) else 0


def table(runs: Sequence[Run], seconds: int) -> str:
    """What was done, as Markdown."""
    lines = [
        "# Readers under a fuzzer",
        "",
        "Made by `python -m benchmarks.fuzzing --write`, with Atheris (libFuzzer).",
        "",
        f"Each ran for {seconds} seconds at most. “Reached” is libFuzzer's count of branches.",
        "",
        "| what | inputs tried | reached | fault |",
        "| --- | --: | --: | --- |",
        *(f"| {run.target} | {run.tried:,} | {run.reached:,} | {run.fault or 'none'} |" for run in runs),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
