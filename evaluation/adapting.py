"""Teach the default model how people ask: ``python -m evaluation.adapting --reports FOLDER``.

Writes index/models/adaptation.safetensors, in ten minutes on two cores. The model learns to put a question's vector
nearer to the passage, and to the sentence, that answers it than to those that answer other questions, that look like
it, or that the search finds first (Henderson et al., "Efficient Natural Language Response Suggestion for Smart
Reply", 2017, section 4.4: the other answers of a batch are wrong ones). Its own weights stay; what is learnt is added
to them, see index/models/adaptation.py. The questions are about reports that no other questions here are about, and
everything is seeded, so that the same machine makes the same file.
"""

import argparse
import random
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file

from assistant.assistant import Assistant
from corpus.model import Document, Passage
from corpus.sentences import sentences_of
from evaluation.cases import Span, read
from evaluation.lessons import QUESTIONS, REPORTS, Lesson, lessons
from evaluation.reports import indexed
from index.local import LocalIndex
from index.models.adaptation import DOWN, FILE, UP
from index.models.encoder import SentenceEncoder
from index.texts import encoded_text

SEED = 0
RANK = 8
EPOCHS = 4
BATCH = 24
RATE = 8e-4
WARMING = 0.1
# What cosines are multiplied by before they are compared, as when the model was made.
SCALE = 20.0
# Word pieces read of a text.
LONGEST = 160
# How often a passage that looks like an answer is taken for the wrong one, against one that is found.
NEAR = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """A question as it may be asked, and the texts that answer it and that do not."""

    asked: tuple[str, ...]
    right: Collection[str]
    wrong: Sequence[str]


def choices(lesson: Lesson) -> tuple[Choice, Choice]:
    """What is learnt of a lesson from whole passages, and from their sentences."""
    document, case = lesson.document, lesson.case
    asked = (lesson.text, lesson.text, case.turns[-1])
    near = [*lesson.near] * NEAR
    whole = Choice(
        asked,
        {encoded_text(document, one) for one in lesson.right},
        [encoded_text(document, one) for one in (*near, *lesson.wrong)],
    )
    sentences = Choice(
        asked,
        {words for one in lesson.right for words in _sentences(document, one, case.answers)},
        [words for one in near for words in _sentences(document, one, case.near)]
        + [max(_sentences(document, one), key=len) for one in lesson.wrong],
    )
    return whole, sentences


def taught(model: Any, learnt: Sequence[tuple[Choice, Choice]]) -> dict[str, torch.Tensor]:
    """What ``model`` learns, as ``index.models.adaptation`` reads it. Its own weights are not changed."""
    torch.manual_seed(SEED)
    drawn = random.Random(SEED)
    layers = _with_additions(model)
    additions = [matrix for layer in layers.values() for matrix in (layer.down, layer.up)]
    optimiser = torch.optim.AdamW(additions, lr=RATE)
    in_epoch = len(learnt) // BATCH
    steps = EPOCHS * in_epoch
    model.train()
    for step in range(steps):
        if step % in_epoch == 0:
            order = drawn.sample(range(len(learnt)), len(learnt))
        first = step % in_epoch * BATCH
        # Whole passages and sentences in turn: both have vectors.
        batch = [learnt[number][step % 2] for number in order[first : first + BATCH]]
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, step / (WARMING * steps), (steps - step) / ((1 - WARMING) * steps))
        loss = _loss(model, batch, drawn)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(additions, 1.0)
        optimiser.step()
        if step % 10 == 0:
            print(f"step {step} of {steps}: loss {loss.item():.2f}", file=sys.stderr)
    halves = ((name + DOWN, layer.down) for name, layer in layers.items())
    others = ((name + UP, layer.up) for name, layer in layers.items())
    return {name: matrix.detach().half().contiguous() for name, matrix in (*halves, *others)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Teach, and write what was learnt."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.adapting", description="Teach the model how people ask."
    )
    parser.add_argument("--reports", type=Path, required=True, metavar="FOLDER", help="Ofsted's reports")
    options = parser.parse_args(arguments)
    encoder = SentenceEncoder.unadapted()
    with indexed(options.reports, encoder, REPORTS) as (folder, documents):
        assistant = Assistant(LocalIndex.open(folder, encoder))
        cases = [case for case in read(QUESTIONS, documents) if case.answers]
        learnt = [choices(lesson) for lesson in lessons(assistant, cases, documents)]
    save_file(taught(encoder.model(), learnt), str(FILE))
    print(f"Wrote {FILE.name}: learnt from {len(learnt)} questions.")
    return 0


class _Added(torch.nn.Module):
    """A linear layer and an addition to it, which starts as nothing."""

    def __init__(self, linear: torch.nn.Linear) -> None:
        super().__init__()
        self.linear = linear
        self.down = torch.nn.Parameter(torch.randn(RANK, linear.in_features) * 0.02)
        self.up = torch.nn.Parameter(torch.zeros(linear.out_features, RANK))

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        linear: torch.Tensor = self.linear(given)
        return linear + (given @ self.down.T) @ self.up.T


def _with_additions(model: Any) -> dict[str, _Added]:
    """Freeze ``model``, and put additions to its encoder's linear layers: these, by the layer's name."""
    for parameter in model.parameters():
        parameter.requires_grad = False
    layers = {}
    for name, module in list(model.named_modules()):
        if isinstance(module, torch.nn.Linear) and "encoder.layer" in name:
            parent, _, own = name.rpartition(".")
            layers[name] = _Added(module)
            setattr(model.get_submodule(parent), own, layers[name])
    return layers


def _loss(model: Any, batch: Sequence[Choice], drawn: random.Random) -> torch.Tensor:
    """How far each question of a batch is from choosing its answer among all the answers and wrong texts in it."""
    asked = _vectors(model, [drawn.choice(one.asked) for one in batch])
    right = [drawn.choice(sorted(one.right)) for one in batch]
    wrong = [drawn.choice(one.wrong) for one in batch if one.wrong]
    texts = [*right, *wrong]
    scores = SCALE * asked @ _vectors(model, texts).T
    # What answers a question twice over is no wrong answer to it.
    also = torch.tensor(
        [[n != row and text in one.right for n, text in enumerate(texts)] for row, one in enumerate(batch)]
    )
    return torch.nn.functional.cross_entropy(scores.masked_fill(also, -1e4), torch.arange(len(batch)))


def _vectors(model: Any, texts: Sequence[str]) -> torch.Tensor:
    read_as = model.tokenizer(list(texts), padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
    return torch.nn.functional.normalize(model(dict(read_as))["sentence_embedding"], dim=1)


def _sentences(document: Document, passage: Passage, spans: Sequence[Span] | None = None) -> list[str]:
    """The sentences of a passage, those of ``spans`` where given; the whole of one that has none."""
    chosen = [
        one
        for one in sentences_of(passage)
        if spans is None or any(one.start < span.end and span.start < one.end for span in spans)
    ]
    return [one.of(document.text) for one in chosen] or [passage.text]


if __name__ == "__main__":
    sys.exit(main())
