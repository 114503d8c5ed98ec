"""Build the index that the assistant searches, from folders of documents and their catalogues.

    python build_index.py [--documents DIR ...] [--index DIR | --milvus URI] [--encoder NAME] [--full] [--watch]

Run it again whenever documents or catalogues change: it reads only files and encodes only text that it has not seen,
does nothing where nothing has changed, and what it replaces serves until the new index is whole. It may be stopped at
any moment: the next run goes on from there. What became of each file is in report.json beside the index, and on the
page /corpus/report.

Where catalogues say that documents are for members or for officers, there is an index for everyone and one for each
of these levels, below the folder of the first; each holds what the people of its level may see.

With --milvus the index is written into the Milvus at that address, with the token of the environment variable
MILVUS_TOKEN if it asks for one. The folder of --index then holds only what makes the next build quicker.

Exit status: 0, all is indexed; 1, some files could not be read (the rest is indexed; where nothing could be read, the
index stays as it was); 2, nothing was done, because a catalogue or a take-down list (takedowns.toml) has mistakes, a
folder holds no documents, files that could be read the last time and have not changed cannot be read now, no model can
be loaded, or another build is running.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from corpus.access import Access
from corpus.catalogue import CatalogueError
from corpus.collection import Collection, EmptyCollection, Intake
from corpus.folders import Stamp, stamp
from corpus.kept import keeping
from corpus.receipts import Change, Fate, Receipt
from corpus.takedowns.takedowns import TakedownError, none_lost
from index import audiences, report
from index.build import BuildReport, build
from index.files import generations
from index.files.generations import IndexDamaged, IndexMissing, IndexUnusable
from index.files.refusals import told
from index.milvus.build import build as build_in_milvus
from index.milvus.build import report_of
from index.milvus.connection import TOKEN_VARIABLE, Connection
from index.milvus.generations import Place
from index.models.apart import EncoderApart
from index.models.encoder import EncoderUnavailable
from index.report import Report

HERE = Path(__file__).resolve().parent
DOCUMENTS = HERE / "corpus" / "documents"
INDEX = HERE / "index" / "built"

# Readings of files, kept from one build to the next.
_KEPT = "readings.sqlite"
# How many take-down lists there were.
_LISTS = "takedown-lists"
_FOR = {Access.PUBLIC: "everyone", Access.MEMBERS: "members", Access.OFFICERS: "officers"}
_LEAVE_OUT = "--leave-out"
_NOT_THE_FILES = (
    "So the index stays as it was. See that they may be opened, and that there is memory and room on the disk; then "
    "build again, with --full if the reason is from the last time. To have an index without them, add"
)
# How many files of a kind are listed one by one; the report has them all.
_LISTED = 10
# Files are looked at so often, in seconds, and a folder must have been left alone for as long: people copy for minutes.
_LOOK_EVERY = 2.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    options = _parser().parse_args(arguments)
    folders = options.documents or [DOCUMENTS]
    try:
        seen = stamp(folders)
        status = _run(folders, options)
        while options.watch:
            seen = _changed_since(seen, folders)
            status = _run(folders, options)
    except KeyboardInterrupt:
        print("Stopped. Nothing is lost: the index is as it was, and the next run goes on from here.", file=sys.stderr)
        return 0 if options.watch else 130
    return status


def _run(folders: Sequence[Path], options: argparse.Namespace) -> int:
    """One build, and what there is to say of it."""
    try:
        milvus = Connection.open(options.milvus, os.environ.get(TOKEN_VARIABLE, "")) if options.milvus else None
        with told(options.index), EncoderApart.find(options.encoder) as encoder:
            intake = _read(Collection.open(folders), folders, options.index, encoder, full=options.full)
            lost = report.lost(_before(options.index, milvus), intake.receipts) if intake.unreadable else ()
            if lost and not options.leave_out:
                _list("Could be read the last time, have not changed, and cannot be read now", lost)
                print(f"{_NOT_THE_FILES} {_LEAVE_OUT}.", file=sys.stderr)
                return 2
            if not intake.documents and not intake.taken_down:
                print("Nothing could be read, so the index stays as it was.", file=sys.stderr)
                _list("Could not be read", intake.unreadable)
                return 1
            indexes = [_build(intake, access, options, encoder, milvus) for access in intake.levels]
            if milvus is None:
                audiences.remove_others(options.index, intake.levels)
            else:
                audiences.remove_other_places(Place(milvus), intake.levels)
    except (CatalogueError, TakedownError, EmptyCollection, EncoderUnavailable, IndexUnusable, OSError) as problem:
        print(problem, file=sys.stderr)
        return 2
    for index in indexes:
        print(index.summary(among=len(indexes)))
    widest = indexes[-1]
    _tell(widest.report, f"{widest.where}/{widest.built.generation}/{report.FILE}", up_to_date=widest.built.up_to_date)
    return 1 if intake.unreadable else 0


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
    parser.add_argument("--milvus", metavar="URI", help="write into the Milvus at this address, and not into a folder")
    parser.add_argument(
        "--encoder", metavar="NAME_OR_FOLDER", help="another sentence-transformers model than the default"
    )
    parser.add_argument("--full", action="store_true", help="read, encode and write everything anew")
    parser.add_argument(
        _LEAVE_OUT, action="store_true", help="leave out files that could be read the last time and cannot be now"
    )
    parser.add_argument("--watch", action="store_true", help="stay, and build again whenever a file changes")
    return parser


def _read(collection: Collection, folders: Sequence[Path], index: Path, encoder: EncoderApart, *, full: bool) -> Intake:
    """The collection as it was read, with a bar that shows how far. The model loads meanwhile, if it will be needed."""
    index.mkdir(parents=True, exist_ok=True)
    none_lost(index / _LISTS, folders)
    if full:
        (index / _KEPT).unlink(missing_ok=True)
    with keeping(index / _KEPT) as known, tqdm(total=len(collection), desc="Reading", unit="file") as bar:
        return collection.read(known, lambda more: bar.update(more) and None, news=encoder.prepare)


def _before(index: Path, milvus: Connection | None) -> Report:
    """What became of each file the last time, of all levels; of none where there is no index, or no sound one."""
    for access in reversed(Access):
        with suppress(IndexMissing, IndexDamaged):
            if milvus is not None:
                return report_of(audiences.place_of(Place(milvus), access))
            return report.read(generations.open_current(audiences.folder_of(index, access)).folder / report.FILE)
    return Report("")


@dataclass(frozen=True, slots=True)
class _Index:
    """The index of a level as it was built: what became of its files, and where it is."""

    access: Access
    built: BuildReport
    report: Report
    where: str

    def summary(self, among: int) -> str:
        """What to say of it; whose it is, where there are more."""
        whose = f"For {_FOR[self.access]}. " if among > 1 else ""
        return f"{whose}{_summary(self.built, self.where)}"


def _build(
    intake: Intake, access: Access, options: argparse.Namespace, encoder: EncoderApart, milvus: Connection | None
) -> _Index:
    """What a level may see of the intake indexed, with a bar that shows how far its encoding is.

    What is public has its vectors from its own index alone; the other levels take them from there.
    """
    seen = intake.seen_by(access)
    folder = audiences.folder_of(options.index, access)
    about = {"receipts": seen.receipts, "others": seen.others, "full": options.full}
    with _encoding_bar() as progress:
        if milvus is None:
            beside = options.index if access is not Access.PUBLIC else None
            built = build(seen.documents, folder, encoder, **about, progress=progress, beside=beside)
            return _Index(access, built, report.read(folder / built.generation / report.FILE), str(folder))
        place, public = audiences.place_of(Place(milvus), access), Place(milvus)
        other = public if access is not Access.PUBLIC else None
        built = build_in_milvus(seen.documents, place, encoder, folder, **about, progress=progress, beside=other)
        return _Index(access, built, report_of(place), milvus.address)


@contextmanager
def _encoding_bar() -> Iterator[Callable[[int, int], None]]:
    """A progress bar that shows itself once there is something to encode."""
    bars: list[tqdm] = []

    def progress(done: int, total: int) -> None:
        if not bars:
            bars.append(tqdm(total=total, desc="Encoding", unit="text"))
        bars[0].total = total  # more may be found as documents are gone through
        bars[0].update(done - bars[0].n)

    try:
        yield progress
    finally:
        for bar in bars:
            bar.close()


def _changed_since(before: Stamp, folders: Sequence[Path]) -> Stamp:
    """The folders' stamp, once a file has been added, changed or removed, and no other has followed for a while."""
    print("Watching for changes. Stop with Ctrl-C.", flush=True)
    seen = before
    while (now := stamp(folders)) == before or now != seen:
        seen = now
        time.sleep(_LOOK_EVERY)
    return now


def _summary(built: BuildReport, where: str) -> str:
    counted = f"{_count(built.documents, 'document')}, {_count(built.passages, 'passage')}"
    found = f"{counted} ({built.searched} of them searched)"
    if built.up_to_date:
        return f"Up to date: {found}, in {where}. Nothing has changed since it was built."
    return (
        f"Indexed {found} in {built.seconds:.1f} seconds: "
        f"{_count(built.encoded, 'text')} encoded, {_count(built.reused, 'vector')} kept. "
        f"Written to {where}/{built.generation}"
    )


def _tell(made: Report, path: str, *, up_to_date: bool) -> None:
    """What became of the files: the counts, and those that somebody should know of by name."""
    if not up_to_date:
        changed = [f"{count} {change}" for change in Change if (count := len(made.changed(change)))]
        changed += [f"{len(made.changes.removed)} removed"] if made.changes.removed else []
        print(f"{_count(len(made.of(Fate.READ)), 'file')} read: {', '.join(changed)}. All of them are in {path}")
    if made.others:
        kinds = ", ".join(f"{count} {ending or 'without an ending'}" for ending, count in made.others.items())
        print(f"Not documents, and passed over: {kinds}.")
    _list("Set aside as not for publication", made.of(Fate.SET_ASIDE))
    _list("Taken down", made.of(Fate.TAKEN_DOWN))
    _list("Left out as duplicates", made.of(Fate.DUPLICATE))
    _list("Read, with something to look at", made.noted)
    _list("Could not be read", made.of(Fate.UNREADABLE))


def _list(heading: str, receipts: Sequence[Receipt]) -> None:
    if receipts:
        print(f"{heading}, {len(receipts)}:", file=sys.stderr)
    for one in receipts[:_LISTED]:
        said = "; ".join(one.notes) if one.fate is Fate.READ else one.reason
        print(f"  {one.name}: {said}{f' ({one.same_as})' if one.same_as else ''}", file=sys.stderr)
    if len(receipts) > _LISTED:
        print(f"  … and {len(receipts) - _LISTED} more", file=sys.stderr)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


if __name__ == "__main__":
    sys.exit(main())
