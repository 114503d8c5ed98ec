"""Where the index of each level of access is: one for everyone, and one for each level that has documents of its own.

What the people of a level may not see is not in their index, so nothing in it can tell of it: no count, no weight of a
word, no spelling, no vector's neighbour, no time that a search takes. docs/decisions/034-an-index-for-each-level.md.
"""

import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from corpus.access import Access
from index.files.publishing import building
from index.milvus import generations
from index.milvus.generations import Place


def folder_of(index: Path, access: Access) -> Path:
    """The folder of a level's index; the public one is the folder named, which holds those of the others."""
    return index if access is Access.PUBLIC else index / access.word


def place_of(place: Place, access: Access) -> Place:
    """The place in a Milvus of a level's index."""
    return place if access is Access.PUBLIC else replace(place, prefix=f"{place.prefix}_{access.word}")


def remove_others(index: Path, levels: Iterable[Access]) -> None:
    """Remove the indexes of all levels but these and the public one, in a folder."""
    for access in set(Access) - {Access.PUBLIC, *levels}:
        if (folder := folder_of(index, access)).is_dir():
            with building(folder):
                shutil.rmtree(folder)


def remove_other_places(place: Place, levels: Iterable[Access]) -> None:
    """Remove the indexes of all levels but these and the public one, in a Milvus."""
    for access in set(Access) - {Access.PUBLIC, *levels}:
        generations.remove(place_of(place, access))
