"""How fast PDFs are read: ``python -m benchmarks.reading --documents FOLDER [--files N] [--write]``.

The reader, from file to canonical text, beside PDFium's plain text and that of two libraries in Python, on the same
files, in turn, in one process. ``pip install -r benchmarks/requirements.txt`` first. ``--write`` makes the committed
table, benchmarks/reading.md, anew. Times on a shared machine are noisy: the ratios within one run are what to read.
"""

import argparse
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pdfplumber
import pypdf
import pypdfium2

from corpus.reading import pdf

HERE = Path(__file__).resolve().parent
_ROUNDS = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit status: 0, or 2 where there are no PDFs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description="Measure how fast PDFs are read.")
    parser.add_argument("--documents", type=Path, required=True, metavar="FOLDER", help="a folder with PDFs in it")
    parser.add_argument("--files", type=int, default=10, help="how many of them, evenly taken")
    parser.add_argument("--write", action="store_true", help="write benchmarks/reading.md")
    options = parser.parse_args(arguments)
    paths = sorted(options.documents.rglob("*.pdf"))
    if not paths:
        print(f"There are no PDFs in {options.documents}.", file=sys.stderr)
        return 2
    paths = paths[:: max(1, len(paths) // options.files)][: options.files]
    pages = sum(map(_pages, paths))
    table = _table(_measured(paths), pages)
    print(table)
    if options.write:
        (HERE / "reading.md").write_text(
            "# How fast PDFs are read\n\nMade by `python -m benchmarks.reading --documents FOLDER --write` "
            f"on {os.cpu_count()} cores ({platform.machine()}, Python {platform.python_version()}), over {len(paths)} "
            f"of Ofsted's reports with {pages} pages: each way once on every file, in turn, {_ROUNDS} times over.\n\n"
            f"{table}\n",
            encoding="utf-8",
        )
    return 0


def _measured(paths: Sequence[Path]) -> Mapping[str, list[float]]:
    """The seconds that each way took for all files, in each round."""
    found: dict[str, list[float]] = {name: [] for name in _WAYS}
    for _ in range(_ROUNDS):
        taken = dict.fromkeys(_WAYS, 0.0)
        for path in paths:
            for name, way in _WAYS.items():
                started = time.perf_counter()
                way(path)
                taken[name] += time.perf_counter() - started
        for name, seconds in taken.items():
            found[name].append(seconds)
    return found


def _pages(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def _pdfium(path: Path) -> None:
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            page.get_textpage().get_text_range()


def _pypdf(path: Path) -> None:
    for page in pypdf.PdfReader(path).pages:
        page.extract_text()


def _pdfplumber(path: Path) -> None:
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_text()


_WAYS: Mapping[str, Callable[[Path], object]] = {
    "this reader: blocks, tables, headings, pages": pdf.read,
    f"pypdfium2 {pypdfium2.version.PYPDFIUM_INFO}: plain text": _pdfium,
    f"pypdf {pypdf.__version__}: extract_text": _pypdf,
    f"pdfplumber {pdfplumber.__version__}: extract_text": _pdfplumber,
}


def _table(measured: Mapping[str, list[float]], pages: int) -> str:
    ours = statistics.median(next(iter(measured.values())))
    lines = ["| what | pages per second | ms per page | time, this reader's as 1 |", "| --- | --: | --: | --: |"]
    for name, rounds in measured.items():
        seconds = statistics.median(rounds)
        lines.append(f"| {name} | {pages / seconds:,.0f} | {seconds / pages * 1000:,.1f} | {seconds / ours:,.2f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
