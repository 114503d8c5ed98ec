"""What a generation holds, asked for by number or key: rows of passages, records, sources and files."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from corpus.model import Document, Passage
from index.milvus import rows, values
from index.milvus.conditions import both
from index.milvus.connection import MOST_ROWS, Row
from index.milvus.generations import COLLECTIONS, Manifest, Place
from index.milvus.rows import PASSAGE_FIELDS, Held, RecordKind

# How many rows are asked for at once: of passages and sources, with 2 kB each or so, and of records, with up to 64 kB.
_PASSAGES_AT_ONCE, _SOURCES_AT_ONCE, _RECORDS_AT_ONCE = 4_000, 4_000, 250

_T = TypeVar("_T")


class Lookup:
    """One generation's rows."""

    def __init__(self, place: Place, manifest: Manifest) -> None:
        self.connection = place.connection
        self.manifest = manifest
        self.passages, self.sentences, self.records = (place.collection(manifest.name, what) for what in COLLECTIONS)

    def held(self) -> list[Held]:
        """What is kept of each document beside its text, in order."""
        found: list[Held] = []
        for places in _portions(range(self.manifest.facts.documents), _SOURCES_AT_ONCE):
            names = [f"document/{place}" for place in places]
            values_of = self.values(names, _SOURCES_AT_ONCE)
            found += [rows.held(values_of[name]) for name in names]
        return found

    def values(self, names: Sequence[str], at_once: int = _RECORDS_AT_ONCE) -> dict[str, str]:
        """The values of the records of these names, by name; those that are not there are left out."""
        found = {}
        for portion in _portions(names, at_once):
            for row in self.connection.rows(self.records, f"name in {portion}", ["name", "value"]):
                found[row["name"]] = row["value"]
        return found

    def passage_rows(self, numbers: Sequence[int], fields: Sequence[str], where: str = "") -> dict[int, Row]:
        """Rows of passages by number; those that are not there, or do not meet the condition, are left out."""
        found = {}
        for portion in _portions(sorted(set(map(int, numbers))), _PASSAGES_AT_ONCE):
            condition = both(f"number in {portion}", where)
            for row in self.connection.rows(self.passages, condition, ["number", *fields]):
                found[row["number"]] = row
        return found

    def range(self, first: int, count: int, fields: Sequence[str], where: str = "") -> list[Row]:
        """Rows of the passages numbered from ``first`` on, in order."""
        found: list[Row] = []
        for start in range(first, first + count, _PASSAGES_AT_ONCE):
            end = min(start + _PASSAGES_AT_ONCE, first + count)
            condition = both(f"number >= {start} and number < {end}", where)
            found += self.connection.rows(self.passages, condition, ["number", *fields])
        return sorted(found, key=lambda row: int(row["number"]))

    def passages_of(self, found: Iterable[Row]) -> list[Passage]:
        """The passages of rows of ``PASSAGE_FIELDS``, in their order."""
        found = list(found)
        names = [name for row in found for name in _more(row)]
        more = self.values(names) if names else {}
        return [rows.passage_from(row, [more[name] for name in _more(row)]) for row in found]

    def document(self, place: int, held: Held, where: str = "") -> Document:
        """A document with those of its passages that meet a condition."""
        names = [f"text/{place}/{n}" for n in range(held.values)]
        text = self.values(names)
        of_document = self.range(held.first, held.passages, PASSAGE_FIELDS, where)
        return Document(held.source, rows.text_from(text[name] for name in names), tuple(self.passages_of(of_document)))

    def part(self, name: str) -> bytes | None:
        """The content of a file that the build gathered; None if there is none of this name."""
        count = self.manifest.parts.get(name)
        if count is None:
            return None
        names = [f"part/{name}/{n}" for n in range(count)]
        found = self.values(names)
        return values.unpacked(found[one] for one in names)

    def save_parts(self, folder: Path) -> None:
        """Write every file that the build gathered into a folder."""
        for name in self.manifest.parts:
            content = self.part(name)
            assert content is not None
            (folder / name).write_bytes(content)

    def all_of(self, kind: RecordKind, places: Sequence[int]) -> Iterator[Row]:
        """The records of a kind and of these places: some thousands at most."""
        for portion in _portions(places, _RECORDS_AT_ONCE):
            condition = both(f"kind == {int(kind)}", f"place in {portion}")
            yield from self.connection.rows(self.records, condition, ["name", "place", "value"], MOST_ROWS)


def _more(row: Row) -> list[str]:
    return [f"long/{row['number']}/{n}" for n in range(1, row["more"] + 1)]


def _portions(all_of_them: Sequence[_T], size: int) -> Iterator[list[_T]]:
    for start in range(0, len(all_of_them), size):
        yield list(all_of_them[start : start + size])
