"""What reading a collection gave: its documents and what became of each file, as a whole or as some may see it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.access import Access
from corpus.receipts import Fate, Receipt
from corpus.spool import Spool


@dataclass(frozen=True, slots=True)
class Intake:
    """The documents of a collection, in the order of its files, and a receipt for each file.

    The documents lie on disk, and each is read when it is asked for. ``counted`` are the files beside them that are of
    no kind that is read, by who may see them and by the endings of their names.
    """

    documents: Spool = field(repr=False)
    receipts: tuple[Receipt, ...] = ()
    counted: Mapping[Access, Mapping[str, int]] = field(default_factory=dict)

    def seen_by(self, access: Access) -> "Intake":
        """What the people of a level may see: as if there were no other files."""
        read = [receipt for receipt in self.receipts if receipt.fate is Fate.READ]
        return Intake(
            self.documents.of(number for number, receipt in enumerate(read) if receipt.access <= access),
            tuple(receipt for receipt in self.receipts if receipt.access <= access),
            {level: of for level, of in self.counted.items() if level <= access},
        )

    @property
    def levels(self) -> tuple[Access, ...]:
        """The public, and the levels whose people may see documents that no level before may."""
        found = {receipt.access for receipt in self.receipts if receipt.fate is Fate.READ}
        return tuple(level for level in Access if level in found or level is Access.PUBLIC)

    @property
    def others(self) -> dict[str, int]:
        """How many files beside the documents are of no kind that is read, by the endings of their names."""
        return dict(sorted(sum((Counter(of) for of in self.counted.values()), Counter()).items()))

    @property
    def taken_down(self) -> bool:
        """Whether there are documents that have been taken down."""
        return any(receipt.fate is Fate.TAKEN_DOWN for receipt in self.receipts)

    @property
    def unreadable(self) -> tuple[Receipt, ...]:
        """The receipts of the files that could not be read."""
        return tuple(receipt for receipt in self.receipts if receipt.fate is Fate.UNREADABLE)
