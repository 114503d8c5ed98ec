"""Ofsted's inspection reports as Documents, so that the evaluation can ask questions of them.

The reports are not part of the project; they lie as ``<council>/<kind>-<day>.pdf``, and their names say what they are.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.catalogue import Entry
from corpus.collection import Collection, read_document
from corpus.model import Document, Kind, Known
from corpus.reading import pdf
from index.build import build
from index.models.encoder import Encoder

_NAME = re.compile(r"(?P<kind>[a-z-]+?)-(?:pdf-)?(?P<day>[0-9]{2}-[a-z]+-[0-9]{4})")
_TITLES = {
    "childrens-services-inspection": "Inspection of {} children’s services",
    "area-send-full-inspection": "Area SEND inspection of {}",
    "joint-area-child-protection-inspection": "Joint targeted area inspection of {}",
}


def read_reports(folder: Path, ids: Sequence[str] | None = None) -> list[Document]:
    """The reports of ``folder``, or those of them named by ``ids``, in the order of their ids.

    Raises :class:`ValueError` for ids that are not there and for a file whose name does not say what it is, and
    :class:`corpus.reading.reading.UnreadableFile` for one that is no PDF or holds no text.
    """
    paths = {f"{path.parent.name}--{path.stem}": path for path in folder.glob("*/*.pdf")}
    missing = sorted(set(ids or ()) - set(paths))
    if missing or not paths:
        raise ValueError(f"{folder} has no report {', '.join(missing) or 'named <council>/<kind>-<day>.pdf'}")
    return [_read(identity, paths[identity]) for identity in sorted(paths) if ids is None or identity in ids]


def _read(identity: str, path: Path) -> Document:
    name = _NAME.fullmatch(path.stem)
    if name is None or name["kind"] not in _TITLES:
        raise ValueError(f"{path}: name it <kind>-<day>.pdf, the kind one of {', '.join(_TITLES)}, the day 09-may-2022")
    day = datetime.strptime(name["day"], "%d-%B-%Y")
    words = path.parent.name.replace("-on-", " on ").replace("-", " ").split(" ")
    council = " ".join(word if word in {"and", "of", "on"} else word.capitalize() for word in words)
    council = council.replace(" on ", "-on-")
    facts = {
        "title": f"{_TITLES[name['kind']].format(council)}, {day.day} {day:%B %Y}",
        "council": council,
        "date": f"{day:%Y-%m-%d}",
        "kind": Kind.INSPECTION.value,
    }
    entry = Entry(str(path), {fact: (value, Known.SUPPLIED, "") for fact, value in facts.items()})
    return read_document(identity, f"{path.parent.name}/{path.name}", pdf.read(path), entry)


@contextmanager
def indexed(folder: Path, encoder: Encoder, listed: Path) -> Iterator[tuple[Path, dict[str, Document]]]:
    """An index, for the time being, of the reports that ``listed`` names, one a line, and the reports by id."""
    with _built(read_reports(folder, listed.read_text(encoding="utf-8").split()), encoder) as found:
        yield found


@contextmanager
def all_indexed(folder: Path, encoder: Encoder) -> Iterator[tuple[Path, dict[str, Document]]]:
    """The same of all the reports of ``folder`` together, read as the program reads any folder: without a catalogue."""
    with _built(Collection.open([folder]).read().documents, encoder) as found:
        yield found


@contextmanager
def _built(documents: Sequence[Document], encoder: Encoder) -> Iterator[tuple[Path, dict[str, Document]]]:
    with TemporaryDirectory(ignore_cleanup_errors=True) as place:
        build(documents, Path(place), encoder)
        yield Path(place), {document.id: document for document in documents}
