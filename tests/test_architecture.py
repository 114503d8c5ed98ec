"""The directions of the arrows, and one door for each library, read from the imports."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = {"assistant", "benchmarks", "build_index", "corpus", "evaluation", "index", "webapp"}

ARROWS = {
    "corpus": set(),
    "index": {"corpus"},
    "assistant": {"corpus", "index"},
    "webapp": {"assistant", "corpus", "index"},
    "evaluation": {"assistant", "corpus", "index"},
    "benchmarks": {"assistant", "build_index", "corpus", "evaluation", "index", "webapp"},
    "build_index": {"corpus", "index"},
}

DOORS = {
    "authlib": {"webapp/access/signing_in.py"},
    "docx": {"webapp/layout/word.py"},
    "atheris": {"benchmarks/fuzzer.py"},
    "bm25s": {"benchmarks/engines/bm25s_faiss.py"},
    "flask_wtf": {"webapp/guard/tokens.py"},
    "faiss": {
        "benchmarks/dense_forms.py",
        "benchmarks/engines/nearest.py",
        "index/vectors/compressed.py",
        "index/vectors/exact.py",
    },
    "haystack": {"benchmarks/engines/haystack_memory.py"},
    "lancedb": {"benchmarks/engines/lancedb_hybrid.py"},
    "grpc": {"index/milvus/connection.py"},
    "rank_bm25": {"benchmarks/engines/rank_bm25_faiss.py", "index/words/lexical.py"},
    "rapidfuzz": {"assistant/questions/spelling.py", "index/history.py"},
    "lxml": {"corpus/reading/docx_package.py", "corpus/reading/html_markup.py"},  # XML, and HTML
    "markdown_it": {"corpus/reading/markdown.py", "webapp/pages/about.py"},
    "numba": {"benchmarks/lexical_compiled.py"},
    "pdfplumber": {"benchmarks/reading.py"},
    "pypdf": {"benchmarks/reading.py"},
    "prometheus_client": {"webapp/monitoring/metrics.py"},
    "pymilvus": {"index/milvus/connection.py"},
    "pydantic": {"webapp/settings.py"},
    "pypdfium2": {"benchmarks/reading.py", "corpus/reading/pdf_file.py"},
    "pythonjsonlogger": {"webapp/monitoring/logs.py"},
    "sentence_transformers": {"index/models/encoder.py"},
    "sklearn": {"evaluation/fitting.py"},
    "snowballstemmer": {"index/words/analysis.py"},
    "symspellpy": {"assistant/questions/spelling.py"},
    "tantivy": {"benchmarks/engines/tantivy_faiss.py"},
    "txtai": {"benchmarks/engines/txtai_hybrid.py"},
    "tomllib": {
        "assistant/answers/bearing.py",
        "assistant/questions/vocabulary.py",
        "corpus/catalogue.py",
        "corpus/takedowns/takedowns.py",
        "webapp/settings.py",
    },
    "torch": {
        "evaluation/adapting.py",
        "evaluation/teaching.py",
        "index/models/network.py",
        "index/models/processor.py",
    },
    "tqdm": {"build_index.py", "index/models/apart.py"},
    "waitress": {"webapp/server.py"},
}

# The web pages open an index and hand it to the assistant; what they show comes from the assistant alone.
OPENS_THE_INDEX = {
    *(
        "webapp/__main__.py",
        "webapp/access/audiences.py",
        "webapp/errors.py",
        "webapp/live.py",
        "webapp/monitoring/metrics.py",
    ),
}


def modules() -> dict[str, set[str]]:
    """Every module of the project, by path, with the full names it imports."""
    found = {}
    paths = [ROOT / "build_index.py", *(path for name in OURS for path in (ROOT / name).rglob("*.py"))]
    for path in paths:
        imports: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imports |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imports |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        found[path.relative_to(ROOT).as_posix()] = imports
    return found


MODULES = modules()


@pytest.mark.parametrize("package", sorted(ARROWS))
def test_arrows_point_one_way(package: str) -> None:
    mine = [path for path in MODULES if path.split("/")[0].removesuffix(".py") == package]
    assert mine
    reached = {name.split(".")[0] for path in mine for name in MODULES[path]} & OURS
    assert reached - {package} <= ARROWS[package]


def room(name: str) -> str:
    """The folder of a package that a module is in, or the module itself where it is in none."""
    return ".".join(name.split(".")[:2])


@pytest.mark.parametrize("package", ["assistant", "corpus", "index", "webapp"])
def test_no_folders_import_each_other_in_a_circle(package: str) -> None:
    named = {path.removesuffix(".py").replace("/", "."): names for path, names in MODULES.items()}
    arrows: dict[str, set[str]] = {}
    for module, names in named.items():
        reached = {room(name) for name in names if name in named and name.split(".")[0] == package}
        if module.split(".")[0] == package:
            arrows.setdefault(room(module), set()).update(reached - {room(module)})
    assert len(list(TopologicalSorter(arrows).static_order())) > 5  # it raises CycleError, which names the circle


@pytest.mark.parametrize("library", sorted(DOORS))
def test_a_library_has_one_door(library: str) -> None:
    doors = {path for path, names in MODULES.items() if any(name.split(".")[0] == library for name in names)}
    assert doors == DOORS[library]


def test_pages_take_what_they_show_from_the_assistant() -> None:
    reaching = {
        path
        for path, names in MODULES.items()
        if path.startswith("webapp/") and any(name.split(".")[0] == "index" for name in names)
    }
    assert reaching == OPENS_THE_INDEX


def test_every_module_says_what_it_is_for() -> None:
    silent = [path for path in MODULES if not ast.get_docstring(ast.parse((ROOT / path).read_text(encoding="utf-8")))]
    assert silent == []


@pytest.mark.parametrize("path", sorted(MODULES))
def test_a_module_has_one_job(path: str) -> None:
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= 300
