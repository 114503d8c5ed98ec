"""Question and passage read together: a second look at the passage that would answer.

An encoder gives each text a vector by itself. A reader sees both at once, and so can tell a passage that answers from
one that speaks of the same thing and does not say (Nogueira and Cho, "Passage Re-ranking with BERT", 2019). Ours is
the default encoder with other additions to its weights, and one linear layer on top, kept in a file beside this one.
``python -m evaluation.teaching`` makes it.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from index.models import adaptation
from index.models.encoder import EncoderUnavailable, default_network, readable

if TYPE_CHECKING:
    from index.models.network import Network

FILE = Path(__file__).with_name("reader.safetensors")
# The linear layer on top: of the first word piece's vector and of the mean of all.
HEAD, BIAS = "head.weight", "head.bias"
# Word pieces read of question and passage together. A passage of 1,000 characters, the longest, has some 220.
LONGEST = 192


class Reader:
    """The model that reads question and passage together, safe to use from several threads."""

    def __init__(self, network: "Network", weights: NDArray[np.float32], bias: float) -> None:
        self._network = network
        self._weights = weights
        self._bias = bias

    @classmethod
    def load(cls) -> Self:
        """The reader ready for use; ``EncoderUnavailable`` where its file or the default model is missing."""
        if not FILE.is_file():
            raise EncoderUnavailable(
                f"{FILE} is missing. It is part of the program: get it back, or make it anew with: "
                "python -m evaluation.teaching --reports FOLDER"
            )
        network = default_network(LONGEST, adaptation.FILE, FILE)
        found = adaptation.held(FILE)
        return cls(network, found[HEAD].float().numpy()[0], float(found[BIAS][0]))

    def read(self, question: str, text: str) -> float:
        """How likely the text answers the question: log-odds."""
        vectors = self._network.read(readable(question), readable(text)).numpy()
        return float(np.concatenate([vectors[0], vectors.mean(axis=0)]) @ self._weights) + self._bias
