"""The threat model names tests that exist."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
MODEL = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", MODEL)


def functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_test_named_exists() -> None:
    assert len(NAMED) > 25
    assert [
        f"{path}::{test}"
        for path, test in NAMED
        if test and (not (ROOT / path).is_file() or test not in functions(ROOT / path))
    ] == []


def test_every_file_named_holds_tests() -> None:
    named = [ROOT / path for path, test in NAMED if not test]
    assert [path.name for path in named if not any(name.startswith("test_") for name in functions(path))] == []


def test_every_threat_has_what_holds_it_and_a_test() -> None:
    rows = [line.strip("| ").split(" | ") for line in MODEL.splitlines() if line.startswith("| ")][2:]
    assert len(rows) >= 18
    assert [row[0] for row in rows if len(row) != 3 or "`tests/" not in row[2]] == []


def test_every_benchmark_named_exists() -> None:
    named = set(re.findall(r"`(benchmarks/\w+\.md)`", MODEL))
    assert len(named) == 4
    assert [path for path in named if not (ROOT / path).is_file()] == []
