"""What a build knows of the generation before: since when passages are held, and where those that have gone are now."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime

from corpus.model import Document
from index.history import History, continued
from index.milvus import tokens, values
from index.milvus.connection import Row
from index.milvus.lookup import Lookup
from index.milvus.rows import PASSAGE_FIELDS, RecordKind, record


class Earlier:
    """The passages of the generation before, by document; of none, where there is none."""

    def __init__(self, lookup: Lookup | None) -> None:
        self._lookup = lookup
        self._held = {held.source.id: held for held in lookup.held()} if lookup else {}
        self._any_moved = bool(lookup and lookup.connection.count(lookup.records, _MOVED))

    def history(self, document: Document, now: str) -> History:
        """What is known of the passages of a document."""
        return self._of(document.id, document, now)

    def without(self, ids: Collection[str], now: str) -> Iterator[tuple[str, History]]:
        """What becomes of the passages of all other documents than those of these ids: they have gone."""
        for id in self._held:
            if id not in ids:
                yield id, self._of(id, None, now)

    def _of(self, id: str, document: Document | None, now: str) -> History:
        if self._lookup is None:
            return History(now)
        present = {tokens.number(passage.id): passage.id for passage in document.passages} if document else {}
        since: dict[str, str] = {}
        gone: list[int] = []
        if held := self._held.get(id):
            for row in self._lookup.range(held.first, held.passages, ["name", "since"]):
                if row["name"] in present:
                    since[present[row["name"]]] = iso(row["since"])
                else:
                    gone.append(row["number"])
        moved = dict(self._moved(id))
        rows = self._lookup.passage_rows(gone, PASSAGE_FIELDS)
        passages = self._lookup.passages_of(rows[number] for number in gone)
        return continued(now, since, moved, passages, [document] if document else [])

    def _moved(self, id: str) -> Iterator[tuple[str, str | None]]:
        if self._lookup is not None and self._any_moved:
            for row in self._lookup.all_of(RecordKind.MOVED, [tokens.number(id)]):
                yield values.from_values([row["value"]])


def moved_records(document: str, history: History) -> Iterator[Row]:
    """The records of where passages of a document have gone."""
    for was, now in history.moved.items():
        (value,) = values.as_values([was, now])
        yield record(f"moved/{tokens.number(was)}", RecordKind.MOVED, tokens.number(document), value)


def iso(seconds: int) -> str:
    """A time as it is told: ISO 8601 in UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


_MOVED = f"kind == {int(RecordKind.MOVED)}"
