"""What the assistant and its pages ask of an index, wherever it is kept: on this machine's disk, or in a cluster."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.model import Document, Passage, Source
from index.files.generations import Facts
from index.fusion import DEFAULT, Way
from index.knowledge.holdings import Holdings
from index.knowledge.register import Register
from index.knowledge.spellings import Spellings
from index.model import ANYTHING, Filters, Hit, Matches
from index.report import Report


class Index(Protocol):
    """One generation of an index, open for searching from any number of threads.

    All that it gives is a function of the generation and what is asked. Passages are numbered in document order,
    documents in that of ``sources``. Terms are as :func:`index.words.analysis.terms` gives them. *Searched* passages
    are those that a search by weight or meaning can find; the others (headings, rules) only an expression finds, or
    their being listed. Nothing that is returned may be as long as the corpus, but where all of it is asked for.
    """

    @property
    def generation(self) -> str:
        """The name of the generation, which says when it was made."""

    @property
    def facts(self) -> Facts:
        """What was put into the generation: how many documents and passages, and the model."""

    @property
    def report(self) -> Report | None:
        """What became of the files that the generation was made of; None where nothing was written of it."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of all its documents, in order. ``Matches.document`` are positions among them."""

    @property
    def holdings(self) -> Holdings:
        """The sources, grouped by what a question may name."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """All the documents by their ids, in order, each read when it is asked for."""

    @property
    def spellings(self) -> Spellings:
        """How all its documents write their words, names and acronyms."""

    @property
    def register(self) -> Register:
        """The inspections that its documents tell of, and what comes of them."""

    @property
    def dense(self) -> bool:
        """Whether questions can be compared with passages by meaning. If not, every search is by words alone."""

    def search(
        self,
        text: str,
        *,
        terms: Sequence[str] | None = None,
        filters: Filters = ANYTHING,
        top: int = 50,
        way: Way = DEFAULT,
    ) -> list[Hit]:
        """The ``top`` best searched passages for a question among those that ``filters`` allow, best first.

        ``text`` is compared by meaning; ``terms`` are looked up, and are those of ``text`` unless given. Candidates are
        the best by each signal, as many as :func:`index.ranking.depth` says, and every hit has both signals, whichever
        found it. Found by BM25 are only passages with a term. Equals come by number. Without a model, or where
        ``text`` is blank, every way is BM25.
        """

    def matching(self, text: str, terms: Sequence[str], filters: Filters, nearest: int) -> Matches:
        """Every passage that a search for officers finds among those that ``filters`` allow, ascending by number.

        With a ``text`` that is not blank: the searched passages that hold any of ``terms`` as indexed (their BM25 is
        above 0), and those of the ``nearest`` in meaning whose cosine is at least ``LEAST_NEAR``
        (:mod:`index.ranking`), which are flagged ``near`` whether they hold a term or not; these are the nearest of all
        that the filters allow. Without a model, only those that hold a term.
        With a blank text: all that the filters allow, searched or not unless they say, with a BM25 of 0.

        An index may find no more than a stated most; the best by BM25 are then in it, or without text the first by
        number, and it is not ``complete``.
        """

    def nearness(self, text: str, numbers: NDArray[np.int64]) -> NDArray[np.float64] | None:
        """How near each of these searched passages is to a question in meaning: the signal that is fused with BM25.

        Half the cosine of the whole passage in its place, half that of its nearest sentence. ``numbers`` are some
        hundreds, in any order, and the array is in theirs; no entry is NaN. None without a model, or for a blank text.
        """

    def similar(self, id: str, filters: Filters, top: int) -> Matches:
        """The ``top`` searched passages nearest in meaning to the one of this id, which is left out, nearest first.

        Equals come by number. Nothing, where there is no such passage, or it is not itself searched. It needs no model:
        passages have vectors. All are flagged ``near``, and their BM25 is 0.
        """

    def newest(self, numbers: NDArray[np.int64], most: int) -> list[tuple[int, str]]:
        """The ``most`` of these passages that were first indexed last, latest first: number, and ISO 8601 in UTC.

        Those of one time keep the order that they are given in. ``numbers`` may be as many as a search finds.
        """

    def verify(self) -> None:
        """Read through what was not read when the index was opened; raises ``IndexDamaged``."""

    def glance(self) -> None:
        """Raise ``IndexDamaged`` where files have been changed or taken away since the index was opened; cheap."""

    def read(self, text: str, passage: Passage) -> float | None:
        """How likely a passage answers a question, read together: log-odds. None without a reader."""

    def weight(self, term: str) -> float:
        """The idf of a term; of one that no passage holds, the highest there is."""

    def holds(self, term: str) -> bool:
        """Whether any searched passage, as indexed, holds the term."""

    def documents_holding(self, term: str) -> int:
        """In how many documents a passage, searched or not, holds a word of this stem in its own words."""

    def document(self, id: str) -> Document | None:
        """The document of this id with all its passages, or None."""

    def matters(self, id: str) -> Document | None:
        """The document of this id with those of its passages alone that decide, recommend or advise; or None."""

    def passage(self, id: str) -> Passage | None:
        """The passage of this id; None if there is none."""

    def passages(self, numbers: Sequence[int]) -> list[Passage]:
        """The passages of these numbers, in their order. ``KeyError`` for a number that is not held."""

    def moved(self, id: str) -> str | None:
        """The id of the passage nearest now to one that an earlier generation held; None where there is none."""
