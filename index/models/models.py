"""The models that read questions for their meaning: the encoder, and the reader of question and passage together."""

from dataclasses import dataclass
from typing import Self

from index.models.encoder import Encoder, SentenceEncoder
from index.models.question_encoder import QuestionEncoder
from index.models.reader import Reader


@dataclass(frozen=True, slots=True, eq=False)
class Models:
    """Models ready for use. Without an encoder, passages are found by their words alone."""

    encoder: Encoder | None = None
    reader: Reader | None = None

    @classmethod
    def load(cls, name_or_folder: str | None = None, *, reader: bool = True) -> Self:
        """Both of them, a second's work and more; ``EncoderUnavailable`` where one cannot be had.

        ``name_or_folder`` is the encoder's (:meth:`index.models.encoder.SentenceEncoder.find`). A search for officers
        needs no ``reader``.
        """
        encoder = QuestionEncoder.load() if name_or_folder is None else SentenceEncoder.load(name_or_folder)
        return cls(encoder, Reader.load() if reader else None)


WORDS_ALONE = Models()
