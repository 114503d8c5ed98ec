"""Arrays on disk, memory-mapped: several processes share one copy, and only what is touched is read."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def mapped(path: Path) -> NDArray[Any]:
    """The array that ``numpy.save`` wrote to ``path``, as a plain one: numpy's own kind for files is slow to cut."""
    found: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
    return found
