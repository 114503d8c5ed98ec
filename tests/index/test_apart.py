"""The encoder in a process of its own: the same vectors, and what becomes of it when it cannot go on."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.models.apart import EncoderApart
from index.models.encoder import EncoderUnavailable, SentenceEncoder

TEXTS = ["Caseloads were high.", "", "Foster carers were praised by inspectors, who had met many of them.", "x" * 9000]


@pytest.fixture(scope="module")
def apart() -> Iterator[EncoderApart]:
    try:
        found = EncoderApart.find()
    except EncoderUnavailable as problem:
        pytest.skip(str(problem))
    with found as encoder:
        encoder.prepare()
        yield encoder


def test_it_is_the_same_encoder(apart: EncoderApart) -> None:
    here = SentenceEncoder.find()
    assert (apart.name, apart.fingerprint, apart.dimension) == (here.name, here.fingerprint, here.dimension)
    told: list[int] = []
    np.testing.assert_allclose(apart.encode(TEXTS, told.append), here.encode(TEXTS), atol=1e-5)
    assert sum(told) == len(TEXTS)


def test_portions_give_each_text_once(apart: EncoderApart) -> None:
    numbers = [number for portion, _ in apart.encode_in_portions(TEXTS) for number in portion]
    assert sorted(numbers) == list(range(len(TEXTS)))


def test_a_model_that_cannot_be_loaded_says_so_when_it_is_wanted(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"nothing of the kind")
    with EncoderApart.find(str(tmp_path)) as encoder:
        encoder.prepare()
        with pytest.raises(EncoderUnavailable, match="cannot be loaded"):
            encoder.encode(["Caseloads"])


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such signal")
def test_one_that_is_killed_says_so_and_can_begin_anew(apart: EncoderApart) -> None:
    apart.prepare()
    os.kill(apart._process.pid, signal.SIGKILL)
    with pytest.raises(EncoderUnavailable, match="has ended"):
        apart.encode(["Caseloads"])
    assert apart.encode(["Caseloads"]).shape == (1, apart.dimension)


def test_closing_twice_is_closing_once(apart: EncoderApart) -> None:
    apart.close()
    apart.close()
