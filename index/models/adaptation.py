"""What the default model has been taught: small additions to its weights, kept in files beside this one.

Each addition is the product of two narrow matrices (Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models",
2021), so that a file is a fraction of the model. ``python -m evaluation.adapting`` makes this module's own ``FILE``,
which teaches the model how people ask; index/models/reader.py has another.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("adaptation.safetensors")
# The matrices of a layer are kept under its name and these.
DOWN, UP = ".down", ".up"


def add(model: Any, file: Path) -> Mapping[str, Any]:
    """Add to the weights of ``model`` what ``file`` holds for them; all that the file holds, by name, as tensors."""
    found = held(file)
    for name, addition in additions(found):
        model.get_submodule(name).weight.data += addition
    return found


def held(file: Path) -> Mapping[str, Any]:
    """All that a file holds, by name, as tensors."""
    from safetensors.torch import load_file

    return load_file(str(file))


def additions(found: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The names of layers, and what is added to the weights of each, of all that a file holds."""
    for name in (key.removesuffix(UP) for key in found if key.endswith(UP)):
        yield name, found[name + UP].float() @ found[name + DOWN].float()
