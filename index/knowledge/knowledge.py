"""What a corpus knows beside its passages, gathered from its documents one at a time when an index is built.

That is what documents mention, how words are spelt, and the register of inspections: an answer needs all of it, and no
server could read every document for it when it starts.
"""

from pathlib import Path

from corpus.model import Document
from corpus.sources.councils import all_forms
from index.knowledge import mentions, register, spellings


class Knowledge:
    """What is gathered of the documents added so far, in order. What it holds is bounded but for what is looked up."""

    def __init__(self) -> None:
        self._mentions = mentions.Gathering()
        self._spellings = spellings.Gathering()
        self._register = register.Gathering()

    def add(self, document: Document) -> None:
        """Take the next document, in the order in which the store has them."""
        self._mentions.add(document)
        self._spellings.add(document.text)
        self._register.add(document)

    def save(self, folder: Path) -> None:
        """Write what ``Mentions``, ``Spellings`` and ``Register`` open in ``folder``, once all have been added."""
        for name in all_forms():  # councils of which there is no document are right as they are, too
            if name.isalpha():
                self._spellings.add(name)
        self._mentions.save(folder)
        self._spellings.save(folder)
        self._register.save(folder)
