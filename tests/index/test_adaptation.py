"""What the default model has been taught: that it changes its vectors as the file says, and is part of what it is."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from index.models import adaptation, encoder
from index.models.encoder import SentenceEncoder

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec(encoder.DEFAULT_PACKAGE) is None, reason="the default model is not installed"
)


def test_additions_are_of_layers_that_the_model_has_and_change_them() -> None:
    from safetensors.torch import load_file

    held = load_file(str(adaptation.FILE))
    names = {key.removesuffix(end) for key in held for end in (adaptation.UP, adaptation.DOWN) if key.endswith(end)}
    assert {name + end for name in names for end in (adaptation.UP, adaptation.DOWN)} == held.keys()
    plain, taught = SentenceEncoder.unadapted().model(), SentenceEncoder.load().model()
    for name in names:
        before, after = plain.get_submodule(name).weight, taught.get_submodule(name).weight
        expected = before + held[name + adaptation.UP].float() @ held[name + adaptation.DOWN].float()
        assert np.allclose(after.detach().numpy(), expected.detach().numpy(), atol=1e-6)
        assert not np.allclose(after.detach().numpy(), before.detach().numpy())


def test_what_was_taught_is_part_of_the_fingerprint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index built before the model was taught anew is refused, as its vectors are of another model."""
    before = SentenceEncoder.find().fingerprint
    other = tmp_path / "adaptation.safetensors"
    other.write_bytes(adaptation.FILE.read_bytes() + b" ")
    monkeypatch.setattr(adaptation, "FILE", other)
    assert len({before, SentenceEncoder.find().fingerprint, SentenceEncoder.unadapted().fingerprint}) == 3


def test_the_file_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adaptation, "FILE", tmp_path / "adaptation.safetensors")
    with pytest.raises(encoder.EncoderUnavailable, match=r"is missing.*evaluation\.adapting"):
        SentenceEncoder.find()
