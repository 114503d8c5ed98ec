"""What a build knows of the generation before: since when passages are held, and where those that have gone are now."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from corpus.model import Document
from index.history import nearest
from index.milvus import tokens, values
from index.milvus.connection import Row
from index.milvus.lookup import Lookup
from index.milvus.rows import PASSAGE_FIELDS, RecordKind, record

_MOVED = f"kind == {int(RecordKind.MOVED)}"

Moved = Mapping[str, str | None]


class Earlier:
    """The generation before, or none, asked for each document of the next one in turn."""

    def __init__(self, now: int, lookup: Lookup | None) -> None:
        """``now`` is the time of the generation that is built, in seconds from 1970."""
        self._now = now
        self._lookup = lookup
        self._unseen = {held.source.id: held for held in lookup.held()} if lookup else {}
        self._any_moved = bool(lookup and lookup.connection.count(lookup.records, _MOVED))

    def of(self, document: Document) -> tuple[Sequence[int], Moved]:
        """When each passage of a document was first indexed, and where those that it has no longer are now."""
        held = self._unseen.pop(document.id, None)
        if self._lookup is None:
            return [self._now] * len(document.passages), {}
        rows = self._lookup.range(held.first, held.passages, ["name", "since"]) if held else []
        since = {row["name"]: row["since"] for row in rows}
        present = {tokens.number(passage.id): passage for passage in document.passages}
        gone = [row["number"] for row in rows if row["name"] not in present]
        moved: dict[str, str | None] = {}
        if gone:
            new = [passage for name, passage in present.items() if name not in since]
            of_gone = self._lookup.passage_rows(gone, PASSAGE_FIELDS)
            moved = {passage.id: nearest(passage, new) for passage in self._lookup.passages_of(of_gone.values())}
        times = [since.get(name, self._now) for name in map(tokens.number, (one.id for one in document.passages))]
        return times, self._continued(document.id, {passage.id for passage in document.passages}, moved)

    def without(self) -> Iterator[tuple[str, Moved]]:
        """The documents that were not asked for, as they have gone, each with where its passages are now: nowhere."""
        for id, held in self._unseen.items():
            assert self._lookup is not None
            rows = self._lookup.range(held.first, held.passages, PASSAGE_FIELDS)
            yield id, self._continued(id, set(), {one.id: None for one in self._lookup.passages_of(rows)})

    def _continued(self, document: str, present: set[str], moved: Moved) -> Moved:
        """Where passages are now that any earlier generation held: ``moved`` are those of the one before."""
        earlier = {}
        if self._lookup is not None and self._any_moved:
            for row in self._lookup.all_of(RecordKind.MOVED, [tokens.number(document)]):
                was, target = values.from_values([row["value"]])
                earlier[was] = target if target in present else moved.get(target or "")
        return {was: now for was, now in (earlier | dict(moved)).items() if was not in present}


def moved_records(document: str, moved: Moved) -> Iterator[Row]:
    """The records of where passages of a document are now."""
    for was, now in moved.items():
        (value,) = values.as_values([was, now])
        yield record(f"moved/{tokens.number(was)}", RecordKind.MOVED, tokens.number(document), value)


def iso(seconds: int) -> str:
    """A time as it is told: ISO 8601 in UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
