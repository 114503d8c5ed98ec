"""``build_index.py`` with the stand-in for the model: ``python -m benchmarks.faults.building ARGUMENTS``."""

import sys

import build_index
from benchmarks.words import WordsEncoder

if __name__ == "__main__":
    vars(build_index)["EncoderApart"] = WordsEncoder
    sys.exit(build_index.main())
