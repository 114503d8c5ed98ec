"""What the check for known faults says of each answer that it may get."""

import importlib.util
import json
from pathlib import Path

import pytest

SPEC = importlib.util.spec_from_file_location("audit", Path(__file__).parent.parent / ".ci" / "audit.py")
assert SPEC is not None and SPEC.loader is not None
audit = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(audit)

SOUND = {"name": "flask", "version": "3.1.3", "vulns": []}
FAULTY = {
    "name": "left",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1", "2.0"]}, {"id": "PYSEC-2", "fix_versions": []}],
}
UNKNOWN = {"name": "odd", "skip_reason": "Dependency not found on PyPI and could not be audited: odd (1)"}


def answer(*packages: object) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


ANSWERS = {
    "nothing known": (answer(SOUND), 0, "Known faults: 0 in 1 packages."),
    "two faults": (
        answer(SOUND, FAULTY),
        1,
        "Known faults: 2 in 2 packages.\n  left 1.0: PYSEC-1, mended in 1.1, 2.0\n"
        "  left 1.0: PYSEC-2, mended in no version",
    ),
    "one unknown": (
        answer(SOUND, UNKNOWN),
        0,
        "Known faults: 0 in 1 packages.\nNot checked, as the service does not know them: odd.",
    ),
    "all unknown": (
        answer(UNKNOWN, UNKNOWN),
        0,
        "Known faults: not checked. The service knows none of the 2 packages.",
    ),
    "no answer": ("", 0, "Known faults: not checked. ConnectionError: cannot resolve the host"),
    "another answer": ("[]", 0, "Known faults: not checked. ConnectionError: cannot resolve the host"),
}


@pytest.mark.parametrize(("output", "status", "words"), ANSWERS.values(), ids=ANSWERS)
def test_what_the_service_answers_is_told(output: str, status: int, words: str) -> None:
    assert audit.told(output, "Traceback\nConnectionError: cannot resolve the host\n") == (status, words)
