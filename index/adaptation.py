"""What the default model has been taught of how people ask: small additions to its weights, kept in a file beside it.

Each addition is the product of two narrow matrices (Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models",
2021), so that the file is a hundredth of the model. ``python -m evaluation.adapting`` makes it.
"""

from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("adaptation.safetensors")
# The matrices of a layer are kept under its name and these.
DOWN, UP = ".down", ".up"


def adapt(model: Any) -> None:
    """Add to the weights of ``model``, the default one as it comes in its package, what ``FILE`` holds for them."""
    from safetensors.torch import load_file

    held = load_file(str(FILE))
    for name in (key.removesuffix(UP) for key in held if key.endswith(UP)):
        model.get_submodule(name).weight.data += held[name + UP].float() @ held[name + DOWN].float()
