"""What is fuzzed takes sound examples and rubbish alike, and what the fuzzer prints is understood."""

from pathlib import Path

import pytest

from benchmarks import fuzzing
from benchmarks.fuzzed import TARGETS
from benchmarks.fuzzing import Run
from corpus.reading import formats
from corpus.reading.reading import Reading

INPUTS = {
    "nothing": lambda sound: b"",
    "sound": lambda sound: sound,
    "half": lambda sound: sound[: len(sound) // 2],
    "doubled": lambda sound: sound + sound,
    "zeros": lambda sound: bytes(300),
    "a letter changed": lambda sound: sound[:40] + b"\xff" + sound[41:],
    "reversed": lambda sound: sound[::-1],
}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("made", INPUTS.values(), ids=INPUTS)
def test_a_target_takes_any_bytes(target: str, made: object) -> None:
    read, sound = TARGETS[target]
    read(made(sound))  # type: ignore[operator]


@pytest.mark.parametrize("target", [name for name in TARGETS if name not in ("searches", "questions")])
def test_a_sound_example_is_read(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    readings: list[Reading] = []
    real = formats.read
    monkeypatch.setattr(formats, "read", lambda path: (readings.append(real(path)), readings[-1])[1])
    read, sound = TARGETS[target]
    read(sound)
    assert [bool(reading.text.strip()) for reading in readings] == [True]


TOLD = {
    "an end": (
        0,
        "#2 INITED cov: 12 ft: 13\n#900 NEW cov: 40 ft: 60\nstat::number_of_executed_units: 1234\n",
        Run("text", 1234, 40, ""),
    ),
    "an error": (
        77,
        "#5\tNEW cov: 9\n\n === Uncaught Python exception: ===\nIndexError: list index out of range\nTraceback\n",
        Run("text", 5, 9, "IndexError: list index out of range"),
    ),
    "too long": (70, "#7 NEW cov: 3\nALARM: working on the last Unit for 21 seconds\n", Run("text", 7, 3, "ALARM: ")),
    "no words": (1, "", Run("text", 0, 0, "exit status 1")),
}


@pytest.mark.parametrize(("status", "printed", "run"), TOLD.values(), ids=TOLD)
def test_what_the_fuzzer_prints_is_understood(status: int, printed: str, run: Run) -> None:
    found = fuzzing.read("text", status, printed)
    assert (found.target, found.tried, found.reached) == (run.target, run.tried, run.reached)
    assert found.fault.startswith(run.fault) and bool(found.fault) == bool(status)


def test_without_the_fuzzer_the_table_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "fuzzing.md"
    results.write_text("what was seen", encoding="utf-8")
    monkeypatch.setattr(fuzzing, "RESULTS", results)
    monkeypatch.setattr(fuzzing.importlib.util, "find_spec", lambda name: None)
    assert fuzzing.main(["--write"]) == 2
    assert fuzzing.NOT_THERE in capsys.readouterr().err
    assert results.read_text(encoding="utf-8") == "what was seen"
