"""Which collections make a generation, which generation serves, and what is left of others.

A generation is three collections under its name. An alias names the records of the one that serves; it is moved when
all rows of the new one are on disk, indexed and counted, and a reader sees the old generation or the new one. A build
that dies changes nothing that serves; what it leaves is removed by the next. The generation before the current one is
kept until the next build, for processes that still read it.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from index.files.generations import Facts, IndexDamaged, IndexMissing
from index.milvus import schema, values
from index.milvus.connection import Connection
from index.milvus.rows import RecordKind, record

# What the names of all collections of an index begin with. Two indexes of one Milvus are in two of its databases.
PREFIX = "inspection_records"
# Its passages, their sentences, and all else.
COLLECTIONS = ("passages", "sentences", "records")
_COLLECTION = re.compile(r"_(\d{8}T\d{6}_[0-9a-f]{8})_(passages|sentences|records)")
COMMAND = "python build_index.py --milvus"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is said of a generation, written last.

    ``sentences`` and ``records`` are counts of rows. ``length`` is the mean number of terms of a searched passage;
    ``overflowing`` passages have more words of their own than the engine holds; ``parts`` are the files gathered at
    the build, each with the number of its values.
    """

    name: str
    facts: Facts
    dimension: int
    sentences: int
    records: int
    length: float
    overflowing: int
    parts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an index is: a Milvus, and what the names of its collections begin with."""

    connection: Connection
    prefix: str = PREFIX

    @property
    def alias(self) -> str:
        """What names the generation that serves."""
        return f"{self.prefix}_current"

    def collection(self, generation: str, what: str) -> str:
        """The name of one of a generation's collections."""
        return f"{self.prefix}_{generation.replace('-', '_')}_{what}"

    @property
    def described(self) -> str:
        """How to speak of it to a person."""
        return f"the Milvus at {self.connection.address}"


def current(place: Place) -> str | None:
    """The name of the generation that serves, or None if there is none. Cheap: one small question."""
    pointed = place.connection.pointed(place.alias)
    if pointed is None:
        return None
    name = _generation(place, pointed)
    if name is None:
        raise IndexDamaged(f"In {place.described}, {place.alias} names no generation. {_rebuild(place)}")
    return name


def open_current(place: Place) -> Manifest:
    """The manifest of the generation that serves, once all its rows are counted.

    Raises ``IndexMissing`` or ``IndexDamaged``.
    """
    while True:
        name = current(place)
        if name is None:
            raise IndexMissing(f"There is no index in {place.described}. {_rebuild(place)}")
        try:
            return _verified(place, name)
        except IndexDamaged:
            if current(place) == name:  # otherwise it was replaced, and removed, while we read
                raise


def write_manifest(place: Place, manifest: Manifest) -> None:
    """Write a generation's manifest, the last of its records."""
    fields = {"format": schema.FORMAT, **asdict(manifest)}
    found = values.as_values(fields)
    rows = [record(f"manifest/{n}", RecordKind.MANIFEST, n, value) for n, value in enumerate(found)]
    place.connection.insert(place.collection(manifest.name, "records"), rows)


def check(place: Place, manifest: Manifest) -> None:
    """``IndexDamaged`` unless a generation has as many rows as its manifest says."""
    expected = (
        ("passages", "", manifest.facts.passages),
        ("sentences", "", manifest.sentences),
        ("records", f"kind != {int(RecordKind.MANIFEST)}", manifest.records),
    )
    there = set(place.connection.names())
    for what, where, rows in expected:
        name = place.collection(manifest.name, what)
        found = place.connection.count(name, where, all_visible=True) if name in there else 0
        if found != rows:
            raise IndexDamaged(f"{name} in {place.described} has {found:,} rows of {rows:,}. {_rebuild(place)}")


def serve(place: Place, name: str) -> None:
    """Have a generation serve, at once."""
    place.connection.point(place.alias, place.collection(name, "records"))


def remove_all_but(place: Place, kept: set[str]) -> None:
    """Remove other generations and the leavings of dead builds: nothing whose name is not of our making."""
    for collection in place.connection.names():
        name = _generation(place, collection)
        if name is not None and name not in kept:
            place.connection.drop(collection)


def remove(place: Place) -> None:
    """Remove the index of a place, all of it."""
    place.connection.unpoint(place.alias)
    remove_all_but(place, set())


def _verified(place: Place, name: str) -> Manifest:
    collection = place.collection(name, "records")
    if collection not in place.connection.names():
        raise IndexDamaged(f"{collection} is no longer in {place.described}. {_rebuild(place)}")
    try:
        found = place.connection.rows(collection, f"kind == {int(RecordKind.MANIFEST)}", ["place", "value"])
        fields = values.from_values([row["value"] for row in sorted(found, key=lambda row: row["place"])])
        format_found = fields.pop("format")
        manifest = None
        if format_found == schema.FORMAT:
            manifest = Manifest(**{**fields, "facts": Facts(**fields["facts"])})
    except (ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(f"The manifest in {collection} cannot be read ({error}). {_rebuild(place)}") from error
    if manifest is None:
        raise IndexDamaged(
            f"The index in {place.described} is of format {format_found}; this program reads format {schema.FORMAT}. "
            f"{_rebuild(place)}"
        )
    check(place, manifest)
    return manifest


def _generation(place: Place, collection: str) -> str | None:
    """The name of the generation that a collection is of; None of any other collection."""
    if not collection.startswith(place.prefix):
        return None
    match = _COLLECTION.fullmatch(collection.removeprefix(place.prefix))
    return match[1].replace("_", "-") if match else None


def _rebuild(place: Place) -> str:
    return f"Build one with: {COMMAND} {place.connection.address}"
