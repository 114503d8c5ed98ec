"""The documents of an index by their ids, each read when it is asked for."""

from collections.abc import Callable, Iterator, Mapping

from corpus.model import Document


class Documents(Mapping[str, Document]):
    """What looks like all the documents in memory, and holds none of them."""

    def __init__(self, ids: Mapping[str, object], read: Callable[[str], Document | None]) -> None:
        """``ids`` are those of the documents, in order, and ``read`` gives one of them."""
        self._ids = ids
        self._read = read

    def __getitem__(self, id: str) -> Document:
        document = self._read(id)
        if document is None:
            raise KeyError(id)
        return document

    def __contains__(self, id: object) -> bool:
        return id in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)
