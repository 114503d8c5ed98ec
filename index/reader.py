"""Question and passage read together: a second look at the passage that would answer.

An encoder gives each text a vector by itself. A reader sees both at once, and so can tell a passage that answers from
one that speaks of the same thing and does not say (Nogueira and Cho, "Passage Re-ranking with BERT", 2019). Ours is
the default encoder with other additions to its weights, and one linear layer on top, kept in a file beside this one.
``python -m evaluation.teaching`` makes it.
"""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from index import adaptation
from index.encoder import EncoderUnavailable, SentenceEncoder, readable
from index.processor import use_threads

FILE = Path(__file__).with_name("reader.safetensors")
# The linear layer on top: of the first word piece's vector and of the mean of all.
HEAD, BIAS = "head.weight", "head.bias"
# Word pieces read of question and passage together. A passage of 1,000 characters, the longest, has some 220.
LONGEST = 192


class Reader:
    """The model that reads question and passage together, safe to use from several threads."""

    def __init__(self, model: Any, weight: Any, bias: Any) -> None:
        self._model = model
        self._weight = weight
        self._bias = bias
        self._one_at_a_time = threading.Lock()  # a tokenizer cannot be used by two threads at once

    @classmethod
    def load(cls) -> Self:
        """The reader ready for use; ``EncoderUnavailable`` where its file or the default model is missing."""
        if not FILE.is_file():
            raise EncoderUnavailable(
                f"{FILE} is missing. It is part of the program: get it back, or make it anew with: "
                "python -m evaluation.teaching --reports FOLDER"
            )
        model = SentenceEncoder.load().model().eval()
        held = adaptation.add(model, FILE)
        return cls(model, held[HEAD].float(), held[BIAS].float())

    def read(self, question: str, text: str) -> float:
        """How likely the text answers the question: log-odds."""
        import torch

        with self._one_at_a_time, torch.inference_mode():
            use_threads(1)
            return float(scores(self._model, self._weight, self._bias, [(question, text)])[0])


def scores(model: Any, weight: Any, bias: Any, pairs: Sequence[tuple[str, str]]) -> Any:
    """The log-odds of each pair of question and text: a tensor, which can be learnt from."""
    import torch

    questions, texts = ([readable(pair[which]) for pair in pairs] for which in (0, 1))
    tokens = model.tokenizer(
        questions, texts, padding=True, truncation="only_second", max_length=LONGEST, return_tensors="pt"
    )
    vectors = model[0].auto_model(**tokens).last_hidden_state
    there = tokens["attention_mask"].unsqueeze(-1).to(vectors.dtype)
    mean = (vectors * there).sum(1) / there.sum(1)
    return torch.nn.functional.linear(torch.cat([vectors[:, 0], mean], dim=1), weight, bias).squeeze(1)
