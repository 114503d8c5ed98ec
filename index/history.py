"""What an index knows of the one before it: since when a passage is held, and where one that has gone is now.

A passage's id comes from its document and its text, so it survives a rebuild. Where a text was changed, its id leads
to the passage of the same document that is most like it, among those that were not there before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from corpus.model import Document, Passage

# Two texts that are less alike than this, of 100, are not the same passage, changed.
LEAST_ALIKE = 50.0


@dataclass(frozen=True, slots=True)
class History:
    """``since`` tells when each passage was first indexed, by id, and ``now`` is that of all others.

    ``moved`` names, for each passage that an earlier index held, the one that is nearest now, or None.
    """

    now: str = ""
    since: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[str, str | None] = field(default_factory=dict)


NO_HISTORY = History()


def continued(
    now: str,
    since: Mapping[str, str],
    moved: Mapping[str, str | None],
    gone: Iterable[Passage],
    documents: Sequence[Document],
) -> History:
    """The history of an index of ``documents`` that follows one with ``since`` and ``moved``.

    ``gone`` are the passages of the one before that are not in this one.
    """
    held = {document.id: document.passages for document in documents}
    present = {passage.id for passages in held.values() for passage in passages}
    new = {id: [passage for passage in passages if passage.id not in since] for id, passages in held.items()}
    left = {passage.id: _nearest(passage, new.get(passage.document, ())) for passage in gone}
    earlier = {id: target if target in present else left.get(target or "") for id, target in moved.items()}
    return History(
        now,
        {id: when for id, when in since.items() if id in present},
        {id: target for id, target in (earlier | left).items() if id not in present},
    )


def _nearest(passage: Passage, among: Sequence[Passage]) -> str | None:
    """The id of the passage most like one that has gone, among those of its document."""
    texts = [other.text for other in among]
    found = process.extractOne(passage.text, texts, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE)
    return among[found[2]].id if found else None
