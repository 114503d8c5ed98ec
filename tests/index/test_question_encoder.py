"""The default model as a server has it, held to sentence-transformers: the same vectors, and the same readings."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.models import adaptation, encoder, reader
from index.models.encoder import EncoderUnavailable, SentenceEncoder
from index.models.question_encoder import QuestionEncoder
from index.models.reader import BIAS, HEAD, Reader

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec(encoder.DEFAULT_PACKAGE) is None, reason="the default model is not installed"
)

QUESTION = "what did Ofsted say about health partners?"


@pytest.fixture(scope="module")
def questions() -> QuestionEncoder:
    return QuestionEncoder.load()


@pytest.fixture(scope="module")
def library() -> SentenceEncoder:
    return SentenceEncoder.load()


def test_it_goes_by_the_name_of_the_model_that_it_is(questions: QuestionEncoder, library: SentenceEncoder) -> None:
    assert (questions.name, questions.fingerprint) == (library.name, library.fingerprint)
    assert questions.dimension == library.dimension == 384


@settings(max_examples=100)
@given(st.text(max_size=200))
@example("")
@example(QUESTION)
@example("Why weren’t Section 47 enquiries “timely”? \x00 naïve £1,000 – 東京 \ud800")
@example("longer than the model reads " * 100)
def test_a_vector_is_that_of_sentence_transformers(
    questions: QuestionEncoder, library: SentenceEncoder, text: str
) -> None:
    assert questions.encode([text]) == pytest.approx(library.encode([text]), abs=1e-6)


def test_vectors_keep_the_order_of_their_texts(questions: QuestionEncoder) -> None:
    texts = ["one", "a rather longer text about fostering", "", "Ofsted inspected"]
    told: list[int] = []
    vectors = questions.encode(texts, told.append)
    assert (vectors.shape, vectors.dtype, told) == ((4, 384), np.float32, [1, 1, 1, 1])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1, 1], abs=1e-6)
    for text, vector in zip(texts, vectors, strict=True):
        assert np.array_equal(questions.encode([text])[0], vector)
    assert questions.encode([]).shape == (0, 384)


def test_the_reader_reads_as_it_was_taught_to() -> None:
    """It is taught with sentence-transformers' model, and read with torch's layers."""
    teaching = pytest.importorskip("evaluation.teaching")
    model = SentenceEncoder.load().model().eval()
    found = adaptation.add(model, reader.FILE)
    pairs = [
        (QUESTION, "Health partners do not attend strategy discussions."),
        (QUESTION, "The bridge will shut."),
        (QUESTION, "Partners in health attend. " * 100),
        ("question " * 300, "text"),
        ("", ""),
        ("are caseloads too high?", "Caseloads are “high” \ud800 – too high in places."),
    ]
    head = found[HEAD].float(), found[BIAS].float()
    expected = [float(teaching.scores(model, *head, [pair]).detach()[0]) for pair in pairs]
    ours = Reader.load()
    assert [ours.read(*pair) for pair in pairs] == pytest.approx(expected, abs=1e-4)
    assert expected[0] > expected[1]


def test_it_needs_little_more_than_torch() -> None:
    program = (
        "import sys; from index.models.models import Models; Models.load();"
        "print(*sorted({'torch', 'transformers', 'sentence_transformers', 'sklearn'} & set(sys.modules)))"
    )
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["torch"]


def test_a_damaged_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = tmp_path / "adaptation.safetensors"
    damaged.write_bytes(adaptation.FILE.read_bytes()[:1000])
    monkeypatch.setattr(adaptation, "FILE", damaged)
    with pytest.raises(EncoderUnavailable, match=r"cannot be loaded .*Get the program's files back"):
        QuestionEncoder.load()


def test_a_library_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "index.models.network", raising=False)
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    with pytest.raises(EncoderUnavailable, match=r"pip install -r requirements\.txt"):
        QuestionEncoder.load()
