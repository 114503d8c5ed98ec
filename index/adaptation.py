"""What the default model has been taught: small additions to its weights, kept in files beside this one.

Each addition is the product of two narrow matrices (Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models",
2021), so that a file is a fraction of the model. ``python -m evaluation.adapting`` makes this module's own ``FILE``,
which teaches the model how people ask; index/reader.py has another.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("adaptation.safetensors")
# The matrices of a layer are kept under its name and these.
DOWN, UP = ".down", ".up"


def add(model: Any, file: Path) -> Mapping[str, Any]:
    """Add to the weights of ``model`` what ``file`` holds for them; all that the file holds, by name, as tensors."""
    from safetensors.torch import load_file

    held = load_file(str(file))
    for name in (key.removesuffix(UP) for key in held if key.endswith(UP)):
        model.get_submodule(name).weight.data += held[name + UP].float() @ held[name + DOWN].float()
    return held
