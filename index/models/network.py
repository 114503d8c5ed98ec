"""The default model's network, of torch's own layers. torch is imported with this module.

The model is a BERT (Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers", 2019), which torch's
transformer layers compute by themselves. Of all that sentence-transformers brings besides, a server that reads one
question at a time needs nothing, and importing it takes four times as long as importing torch:
docs/decisions/030-questions-are-read-by-torch-alone.md.
"""

import json
import threading
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from index.models import adaptation
from index.models.processor import use_threads

# A taught layer is named as sentence-transformers names it: as in the model's own file, behind this.
_TAUGHT = "0.model."
# How torch and the model's file call the parts of a layer. Torch keeps those of queries, keys and values as one.
_ATTENTION = tuple(f"attention.self.{part}" for part in ("query", "key", "value"))
_PARTS = {
    "self_attn.out_proj": "attention.output.dense",
    "norm1": "attention.output.LayerNorm",
    "linear1": "intermediate.dense",
    "linear2": "output.dense",
    "norm2": "output.LayerNorm",
}


class Network(nn.Module):
    """The model with what it was taught besides. Texts are read in one thread, safe to call from several."""

    def __init__(self, folder: Path, longest: int, *taught: Path) -> None:
        """The model in ``folder`` with what files of additions hold (index/models/adaptation.py).

        It reads ``longest`` word pieces at most. Of two texts that are read together the longer is cut.
        """
        super().__init__()
        settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        weights = load_file(str(folder / "model.safetensors"))
        for file in taught:
            for name, addition in adaptation.additions(adaptation.held(file)):
                key = f"{name.removeprefix(_TAUGHT)}.weight"
                weights[key] = weights[key] + addition
        self.dimension: int = settings["hidden_size"]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(longest, strategy="longest_first")
        self._tokenizer.no_padding()
        self._words = weights["embeddings.word_embeddings.weight"]
        self._places = weights["embeddings.position_embeddings.weight"]
        self._kinds = weights["embeddings.token_type_embeddings.weight"]
        with torch.device("meta"):  # layers without weights of their own: those of the file take their place
            self._norm = nn.LayerNorm(self.dimension, eps=settings["layer_norm_eps"])
            self._layers = nn.ModuleList(
                nn.TransformerEncoderLayer(
                    self.dimension,
                    settings["num_attention_heads"],
                    settings["intermediate_size"],
                    activation=settings["hidden_act"],
                    layer_norm_eps=settings["layer_norm_eps"],
                    batch_first=True,
                )
                for _ in range(settings["num_hidden_layers"])
            )
        self.load_state_dict(_named_as_torch_does(weights, settings["num_hidden_layers"]), assign=True)
        self.eval()
        self._one_at_a_time = threading.Lock()

    def read(self, text: str, second: str | None = None) -> Tensor:
        """The vectors of all word pieces of a text, or of two texts together: shape (pieces, dimension)."""
        tokens = self._tokenizer.encode(text, second)
        with self._one_at_a_time, torch.inference_mode():
            use_threads(1)
            pieces = self._words[tokens.ids] + self._kinds[tokens.type_ids] + self._places[: len(tokens.ids)]
            vectors = self._norm(pieces).unsqueeze(0)
            for layer in self._layers:
                vectors = layer(vectors)
        return vectors[0]


def _named_as_torch_does(weights: Mapping[str, Tensor], layers: int) -> dict[str, Tensor]:
    """What the layers are made of, from the weights of the model's file."""
    named = {f"_norm.{kind}": weights[f"embeddings.LayerNorm.{kind}"] for kind in ("weight", "bias")}
    for layer in range(layers):
        here, there = f"_layers.{layer}", f"encoder.layer.{layer}"
        for kind in ("weight", "bias"):
            parts = [weights[f"{there}.{part}.{kind}"] for part in _ATTENTION]
            named[f"{here}.self_attn.in_proj_{kind}"] = torch.cat(parts)
            for ours, theirs in _PARTS.items():
                named[f"{here}.{ours}.{kind}"] = weights[f"{there}.{theirs}.{kind}"]
    return named
