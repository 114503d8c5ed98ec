"""The report of a build: what became of each file, beside the build before; a file of the generation."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.receipts import Change, Changes, Fate, Receipt, as_json, changes, from_json

FILE = "report.json"


@dataclass(frozen=True, slots=True)
class Report:
    """What became of each file of a build. ``built`` is when, ISO 8601 in UTC.

    ``changes`` tell each file from the build before; ``others`` counts files of kinds that are not read, by ending.
    """

    built: str
    receipts: tuple[Receipt, ...] = ()
    changes: Changes = field(default_factory=lambda: Changes({}))
    others: Mapping[str, int] = field(default_factory=dict)

    def of(self, fate: Fate) -> tuple[Receipt, ...]:
        """The receipts of the files of one fate, in order."""
        return tuple(receipt for receipt in self.receipts if receipt.fate is fate)

    def changed(self, change: Change) -> tuple[Receipt, ...]:
        """The receipts of the files that were read and have changed in one way, in order."""
        return tuple(one for one in self.of(Fate.READ) if self.changes.files.get(one.id) is change)

    @property
    def noted(self) -> tuple[Receipt, ...]:
        """The receipts of the files that were read, but not all of them, or with a doubt."""
        return tuple(receipt for receipt in self.of(Fate.READ) if receipt.notes)

    def counts(self) -> dict[str, int]:
        """How many files there are of each fate, and of those read how many of each change; removed ones too."""
        counted = Counter(receipt.fate.value for receipt in self.receipts)
        found = {fate.value: counted[fate.value] for fate in Fate}
        found |= {change.value: len(self.changed(change)) for change in Change}
        return {**found, "removed": len(self.changes.removed)}


def compared(built: str, before: "Report | None", now: Sequence[Receipt], others: Mapping[str, int]) -> Report:
    """The report of a build from its receipts and the report of the build before."""
    return Report(built, tuple(now), changes(before.receipts if before else (), now), others)


def holds_more(generation: Path, receipts: Sequence[Receipt]) -> bool:
    """Whether a generation may hold what has been withdrawn, as one may whose report cannot be read."""
    try:
        return withdrawn(read(generation / FILE), receipts)
    except (OSError, ValueError, KeyError, TypeError):
        return True


def withdrawn(before: Report, now: Sequence[Receipt]) -> bool:
    """Whether anything has been withdrawn since a build: a file that is read no more, or words taken down."""
    taken = {one for receipt in before.receipts for one in _taken(receipt)}
    # By name too: a file may have come to have the id of one that was withdrawn.
    gone = {(one.id, one.name) for one in before.of(Fate.READ)} - {
        (one.id, one.name) for one in now if one.fate is Fate.READ
    }
    return bool(gone) or any(one not in taken for receipt in now for one in _taken(receipt))


def lost(before: Report, now: Sequence[Receipt]) -> tuple[Receipt, ...]:
    """The files that a build has read and that cannot be read now, though nobody changed them; the fault is elsewhere.

    None where anything is withdrawn meanwhile: to take out goes before to keep.
    """
    held = {one.id: one.digest for one in before.of(Fate.READ)}
    unreadable = [one for one in now if one.fate is Fate.UNREADABLE and one.id in held]
    found = {one.id: one for one in unreadable if one.digest in ("", held[one.id])}
    as_if_read = [replace(one, fate=Fate.READ) if one.id in found else one for one in now]
    return () if withdrawn(before, as_if_read) else tuple(found.values())


def _taken(receipt: Receipt) -> Iterator[tuple[object, ...]]:
    """What is taken down of a file: all of it, and where words have been taken out of its text."""
    if receipt.fate is Fate.TAKEN_DOWN:
        yield receipt.id, receipt.digest
    yield from ((receipt.id, receipt.digest, *place) for place in receipt.taken)


def write(path: Path, report: Report) -> None:
    """Write a report as JSON, a file a line, for a person to read too."""
    files = [{**as_json(receipt), "change": report.changes.files[receipt.id].value} for receipt in report.receipts]
    parts = {
        "built": report.built,
        "counts": report.counts(),
        "files": files,
        "removed": report.changes.removed,
        "not_documents": dict(report.others),
    }
    lines = [f" {json.dumps(key)}: {_value(value)}" for key, value in parts.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="ascii")


def read(path: Path) -> Report:
    """The report that ``write`` wrote."""
    return from_bytes(path.read_bytes())


def from_bytes(content: bytes) -> Report:
    """The report of a file that ``write`` wrote, from what is in it."""
    found = json.loads(content)
    stored = [dict(one) for one in found["files"]]
    change = {one["id"]: Change(one.pop("change")) for one in stored}
    receipts = tuple(from_json(one) for one in stored)
    return Report(found["built"], receipts, Changes(change, tuple(found["removed"])), found["not_documents"])


def _value(value: object) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(f"  {json.dumps(one)}" for one in value) + "\n ]"
    return json.dumps(value)
