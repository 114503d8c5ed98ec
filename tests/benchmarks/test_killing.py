"""Builds that are killed: nothing served changes, and the next one completes. ``benchmarks/killing.md`` has more."""

import os
from pathlib import Path

import pytest

from benchmarks.killing import kills
from index.models.encoder import EncoderUnavailable, SentenceEncoder


@pytest.mark.skipif(os.name == "nt", reason="kills groups of processes")
def test_a_build_killed_at_any_moment_loses_nothing(tmp_path: Path) -> None:
    try:
        encoder = SentenceEncoder.load()
    except EncoderUnavailable as problem:
        pytest.skip(str(problem))
    found = list(kills(2, tmp_path, encoder, seed=7))
    assert [(kill.right, kill.completed) for kill in found] == [(True, True)] * 2
