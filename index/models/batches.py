"""Texts in batches: which are read at once while building, by how long they are, and what reads them side by side."""

import copy
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Word pieces that a thread reads at once, padding included, and so what a portion of a build is: some 16 passages, or
# 200 sentences. More at once take more memory, and no less time.
BATCH = 4_096
# Texts cut into word pieces at once, to be counted.
COUNTED = 1_024


def portions(lengths: Sequence[int]) -> list[list[int]]:
    """The numbers of all texts in portions of like length, longest first, each as large as a batch may be.

    A batch takes the time of its longest text for each of its texts.
    """
    order = sorted(range(len(lengths)), key=lengths.__getitem__, reverse=True)
    made = []
    first = 0
    while first < len(order):
        count = max(1, BATCH // max(1, lengths[order[first]]))
        made.append(order[first : first + count])
        first += count
    return made


def lengths(model: Any, texts: Sequence[str]) -> list[int]:
    """What the time of each text goes by: its word pieces, or its characters for a model of another kind."""
    from transformers import PreTrainedTokenizerBase

    tokenizer = getattr(model, "tokenizer", None)
    if not isinstance(tokenizer, PreTrainedTokenizerBase):
        return [len(text) for text in texts]
    counts: list[int] = []
    for first in range(0, len(texts), COUNTED):
        counted = list(texts[first : first + COUNTED])
        counts += map(len, tokenizer(counted, truncation=True, max_length=model.max_seq_length)["input_ids"])
    return counts


def beside(model: Any) -> Any:
    """The model once more, for another thread: the same weights in memory, with a tokenizer of its own."""
    weights = [*model.parameters(), *model.buffers()]
    return copy.deepcopy(model, {id(weight): weight for weight in weights})


def of_length_1(vectors: Any) -> NDArray[np.float32]:
    """The vectors at length 1, in full precision, whatever the precision of the model's last step."""
    exact = np.asarray(vectors, dtype=np.float32)
    unit: NDArray[np.float32] = exact / np.maximum(np.linalg.norm(exact, axis=1, keepdims=True), np.float32(1e-12))
    return unit
