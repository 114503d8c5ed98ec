"""Make every fault, print what was seen, and write it: ``python -m benchmarks.faults [--only WORDS] [--write]``."""

import argparse
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from benchmarks.faults import council, of_builds, of_clients, of_disks, of_files, of_surroundings
from benchmarks.faults.fault import Fault, NotHere, Saw

RESULTS = Path(__file__).resolve().parent.parent / "faults.md"
TABLES = {
    "Files of the index": of_files.FAULTS,
    "Builds, and processes killed": of_builds.FAULTS,
    "Disks": of_disks.FAULTS,
    "Models, clocks, files and folders that are wanting": of_surroundings.FAULTS,
    "Clients": of_clients.FAULTS,
}


def made(fault: Fault, prepared: Path, place: Path) -> Saw | str:
    """Make one fault in a folder of its own; what was seen, or why it cannot be made here."""
    shutil.copytree(prepared, place)
    saw = Saw()
    try:
        fault.run(place, saw)
    except NotHere as reason:
        return str(reason)
    except Exception as error:  # what nobody foresaw is a finding as well
        saw.that(f"{type(error).__name__}: {error}", False)
        traceback.print_exc()
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return saw


def prepare(place: Path) -> Path:
    """A folder with versions 1 and 2 indexed, the second serving."""
    for version in (1, 2):
        council.publish(place, version)
    return place


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; exit status 1 where anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description="Make faults, and look.")
    parser.add_argument("--only", default="", metavar="WORDS", help="faults under a heading, or done, with these words")
    parser.add_argument("--write", action="store_true", help="write benchmarks/faults.md")
    options = parser.parse_args(arguments)
    began, results = time.monotonic(), []
    with tempfile.TemporaryDirectory() as temporary:
        prepared = prepare(Path(temporary) / "prepared")
        for heading, faults in TABLES.items():
            for number, fault in enumerate(faults):
                if options.only not in f"{heading}: {fault.done}":
                    continue
                started = time.monotonic()
                saw = made(fault, prepared, Path(temporary) / f"fault-{number}")
                results.append((heading, fault, saw))
                verdict = "not here" if isinstance(saw, str) else "right" if saw.right else "WRONG"
                told = saw if isinstance(saw, str) else "; ".join(saw.words)
                print(f"{verdict} {time.monotonic() - started:.1f} s – {fault.done}: {told}", flush=True)
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
