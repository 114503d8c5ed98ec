"""Build the index that the assistant searches, from folders of documents and their catalogues.

    python build_index.py [--documents DIR ...] [--index DIR] [--encoder NAME_OR_FOLDER] [--full]

Run it again whenever documents or catalogues change: it encodes only text that it has not seen, does nothing where
nothing has changed, and what it replaces serves until the new index is whole.

Exit status: 0, all is indexed; 1, some files could not be read (the rest is indexed; where nothing could be read, the
index stays as it was); 2, nothing was done, because a catalogue has mistakes, a folder holds no documents, no model
can be loaded, or another build is running.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

from corpus.catalogue import CatalogueError
from corpus.collection import Collection, EmptyCollection, Unreadable
from corpus.model import Document
from index.build import BuildReport, build
from index.encoder import EncoderUnavailable, SentenceEncoder
from index.generations import IndexUnusable

HERE = Path(__file__).resolve().parent
DOCUMENTS = HERE / "corpus" / "documents"
INDEX = HERE / "index" / "built"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    options = _parser().parse_args(arguments)
    try:
        encoder = SentenceEncoder.find(options.encoder)
        documents, unreadable = _read(Collection.open(options.documents or [DOCUMENTS]))
        if not documents:
            print("Nothing could be read, so the index stays as it was.", file=sys.stderr)
            _list(unreadable)
            return 1
        with _encoding_bar() as progress:
            report = build(documents, options.index, encoder, full=options.full, progress=progress)
    except (CatalogueError, EmptyCollection, EncoderUnavailable, IndexUnusable, OSError) as problem:
        print(problem, file=sys.stderr)
        return 2
    print(_summary(report, options.index))
    _list(unreadable)
    return 1 if unreadable else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Build the index that the assistant searches.")
    parser.add_argument(
        "--documents",
        type=Path,
        nargs="+",
        action="extend",
        metavar="DIR",
        help=f"folders of documents, each with its catalogue.toml (default: {DOCUMENTS.relative_to(HERE)})",
    )
    parser.add_argument(
        "--index", type=Path, default=INDEX, metavar="DIR", help=f"where to write (default: {INDEX.relative_to(HERE)})"
    )
    parser.add_argument(
        "--encoder", metavar="NAME_OR_FOLDER", help="another sentence-transformers model than the default"
    )
    parser.add_argument("--full", action="store_true", help="encode and write everything anew")
    return parser


def _read(collection: Collection) -> tuple[list[Document], list[Unreadable]]:
    """The documents, and the files that could not be read."""
    documents: list[Document] = []
    unreadable: list[Unreadable] = []
    for read in tqdm(collection.read(), total=len(collection), desc="Reading", unit="document"):
        if isinstance(read, Unreadable):
            unreadable.append(read)
        else:
            documents.append(read)
    return documents, unreadable


@contextmanager
def _encoding_bar() -> Iterator[Callable[[int, int], None]]:
    """A progress bar that shows itself once there is something to encode."""
    bars: list[tqdm] = []

    def progress(done: int, total: int) -> None:
        if not bars:
            bars.append(tqdm(total=total, desc="Encoding", unit="passage"))
        bars[0].update(done - bars[0].n)

    try:
        yield progress
    finally:
        for bar in bars:
            bar.close()


def _summary(report: BuildReport, index: Path) -> str:
    counted = f"{_count(report.documents, 'document')}, {_count(report.passages, 'passage')}"
    found = f"{counted} ({report.searched} of them searched)"
    if report.up_to_date:
        return f"Up to date: {found}, in {index}. Nothing has changed since it was built."
    return (
        f"Indexed {found} in {report.seconds:.1f} seconds: "
        f"{_count(report.encoded, 'text')} encoded, {_count(report.reused, 'vector')} kept. "
        f"Written to {index / report.generation}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _list(unreadable: Sequence[Unreadable]) -> None:
    if unreadable:
        print(f"Could not be read, {len(unreadable)}:", file=sys.stderr)
    for file in unreadable:
        print(f"  {file.path}: {file.reason}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
