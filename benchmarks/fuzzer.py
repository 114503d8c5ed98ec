"""Atheris at one target: ``python -m benchmarks.fuzzer TARGET FOLDER [options of libFuzzer]``; fuzzing.py starts it."""

import sys
from pathlib import Path

import atheris

# What is watched, so that inputs that reach new code are found. It must be imported here for the first time.
with atheris.instrument_imports(include=["corpus", "assistant"]):
    from benchmarks.fuzzed import TARGETS


def main() -> None:
    """Fuzz the target named, beginning with its example, in FOLDER."""
    target, sound = TARGETS[sys.argv[1]]
    examples = Path(sys.argv[2], "examples")
    examples.mkdir()
    (examples / "sound").write_bytes(sound)
    atheris.Setup([sys.argv[0], *sys.argv[3:], str(examples)], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
