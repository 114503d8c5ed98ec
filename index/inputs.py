"""What an index is made of, told apart by a digest: a build of the same inputs has nothing to do."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, astuple
from functools import cache
from operator import attrgetter
from pathlib import Path

from corpus.model import Document, Passage
from corpus.receipts import Receipt
from index.files.records import source_facts

_ROOT = Path(__file__).resolve().parent.parent
# The program's own files that decide what becomes of a document, beside its text.
_MAKING = ("corpus/**/*.py", "corpus/sources/*.txt", "index/**/*.py")
# All that is known of a passage, which its document's text alone does not tell where a test or a program made it.
_FIELDS = attrgetter(*Passage.__slots__)


class Inputs:
    """All that an index depends on, taken in one by one. ``about`` names what else decides of it, such as its model."""

    def __init__(self, *about: object) -> None:
        self.ids: set[str] = set()
        self._digest = hashlib.sha256()
        self._take((*about, _code()))

    def add(self, document: Document) -> None:
        """Take a document in; ``ValueError`` for a second one of its id."""
        if document.id in self.ids:
            raise ValueError(f"Two documents have the id {document.id!r}. Give each its own in the catalogue.")
        self.ids.add(document.id)
        self._take((source_facts(document.source), document.text, [_FIELDS(passage) for passage in document.passages]))

    def digest(self, receipts: Iterable[Receipt]) -> str:
        """The digest in hexadecimal, with what became of each file, which is taken in last."""
        for receipt in receipts:
            self._take(asdict(receipt))
        return self._digest.hexdigest()

    def _take(self, value: object) -> None:
        # Of what is known of a passage JSON has no form for its item alone, which is a dataclass.
        self._digest.update(json.dumps(value, default=astuple).encode("ascii") + b"\n")


@cache
def _code() -> str:
    """A digest of this program's code that makes an index of documents."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in _MAKING for path in _ROOT.glob(pattern)}):
        digest.update(path.relative_to(_ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
