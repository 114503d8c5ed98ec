"""Teach the reader to tell what answers from what does not: ``python -m evaluation.teaching --reports FOLDER``.

Writes index/models/reader.safetensors, in half an hour on two cores. The reader starts as the default encoder. It
learns to give the passage that answers a question a higher score than passages that look like it or that the search
finds first, and a score above 0, which stands for silence; where none answers, all of them must fall below it. What
its layers have learnt is kept as the nearest matrices of a low rank (Eckart and Young, "The approximation of one
matrix by another of lower rank", 1936). The questions are those of evaluation.adapting, and everything is seeded.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file

from assistant.assistant import Assistant
from evaluation.cases import read
from evaluation.lessons import QUESTIONS, REPORTS, Lesson, lessons
from evaluation.reports import indexed
from index.local import LocalIndex
from index.models.adaptation import DOWN, UP
from index.models.encoder import SentenceEncoder, readable
from index.models.reader import BIAS, FILE, HEAD, LONGEST
from index.texts import read_text

SEED = 0
RANK = 32
EPOCHS = 3
# Questions in a batch, and wrong passages drawn for each. Pairs of like length are read together.
BATCH = 4
WRONG = 5
TOGETHER = 8
RATE = 1e-4
HEAD_RATE = 1e-3
WARMING = 0.1


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it may be asked, the texts that answer it, none where nothing does, and texts that do not."""

    asked: tuple[str, ...]
    right: Sequence[str]
    wrong: Sequence[str]


def reading(lesson: Lesson) -> Reading:
    """What is read of a lesson."""
    right, wrong = (
        list(dict.fromkeys(read_text(lesson.document, one) for one in passages))
        for passages in (lesson.right, (*lesson.near, *lesson.wrong))
    )
    return Reading((lesson.text, lesson.case.turns[-1]), right, [text for text in wrong if text not in right])


def taught(model: Any, readings: Sequence[Reading]) -> dict[str, torch.Tensor]:
    """What ``model`` learns, as index.models.reader reads it. Its own weights change."""
    torch.manual_seed(SEED)
    drawn = random.Random(SEED)
    layers = dict(_layers(model))
    before = {name: layer.weight.detach().clone() for name, layer in layers.items()}
    for parameter in model.parameters():
        parameter.requires_grad = False
    learning = [layer.weight.requires_grad_() for layer in layers.values()]
    weight = torch.nn.Parameter(torch.randn(1, 2 * model.get_embedding_dimension()) * 0.02)
    bias = torch.nn.Parameter(torch.zeros(1))
    groups: list[dict[str, Any]] = [{"params": learning}, {"params": [weight, bias]}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    in_epoch = len(readings) // BATCH
    steps = EPOCHS * in_epoch
    model.train()
    for step in range(steps):
        if step % in_epoch == 0:
            order = drawn.sample(range(len(readings)), len(readings))
        first = step % in_epoch * BATCH
        pace = min(1.0, step / (WARMING * steps), (steps - step) / ((1 - WARMING) * steps))
        for group, rate in zip(optimiser.param_groups, (RATE, HEAD_RATE), strict=True):
            group["lr"] = rate * pace
        loss = _loss(model, weight, bias, [readings[number] for number in order[first : first + BATCH]], drawn)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learning, 1.0)
        optimiser.step()
        if step % 20 == 0:
            print(f"step {step} of {steps}: loss {loss.item():.2f}", file=sys.stderr, flush=True)
    learnt = {HEAD: weight, BIAS: bias} | _narrow({name: layer.weight - before[name] for name, layer in layers.items()})
    return {name: tensor.detach().half().contiguous() for name, tensor in learnt.items()}


def scores(model: Any, weight: Any, bias: Any, pairs: Sequence[tuple[str, str]]) -> Any:
    """The log-odds of each pair of question and text: a tensor, which can be learnt from."""
    questions, texts = ([readable(pair[which]) for pair in pairs] for which in (0, 1))
    tokens = model.tokenizer(
        questions, texts, padding=True, truncation="longest_first", max_length=LONGEST, return_tensors="pt"
    )
    vectors = model[0].auto_model(**tokens).last_hidden_state
    there = tokens["attention_mask"].unsqueeze(-1).to(vectors.dtype)
    mean = (vectors * there).sum(1) / there.sum(1)
    return torch.nn.functional.linear(torch.cat([vectors[:, 0], mean], dim=1), weight, bias).squeeze(1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Teach, and write what was learnt."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.teaching", description="Teach the reader.")
    parser.add_argument("--reports", type=Path, required=True, metavar="FOLDER", help="Ofsted's reports")
    options = parser.parse_args(arguments)
    encoder = SentenceEncoder.load()
    with indexed(options.reports, encoder, REPORTS) as (folder, documents):
        assistant = Assistant(LocalIndex.open(folder, encoder))
        readings = [reading(one) for one in lessons(assistant, read(QUESTIONS, documents), documents)]
    save_file(taught(encoder.model(), readings), str(FILE))
    print(f"Wrote {FILE.name}: learnt from {len(readings)} questions.")
    return 0


def _layers(model: Any) -> Iterator[tuple[str, torch.nn.Linear]]:
    for name, module in model.named_modules():
        if isinstance(module, torch.nn.Linear) and "encoder.layer" in name:
            yield name, module


def _loss(model: Any, weight: Any, bias: Any, batch: Sequence[Reading], drawn: random.Random) -> torch.Tensor:
    """How far each question of a batch is from choosing its answer, or silence where it has none, among a few texts."""
    pairs, sizes = [], []
    for one in batch:
        asked = drawn.choice(one.asked)
        wrong = drawn.sample(list(one.wrong), min(WRONG, len(one.wrong)))
        texts = [*([drawn.choice(one.right)] if one.right else []), *wrong]
        pairs += [(asked, text) for text in texts]
        sizes.append(len(texts))
    order = sorted(range(len(pairs)), key=lambda number: len(pairs[number][1]))
    read = torch.empty(len(pairs))
    for first in range(0, len(order), TOGETHER):
        together = order[first : first + TOGETHER]
        read = read.index_copy(
            0, torch.tensor(together), scores(model, weight, bias, [pairs[number] for number in together])
        )
    losses = []
    for one, found in zip(batch, read.split(sizes), strict=True):
        silence = torch.zeros(1)
        chosen = torch.tensor(0 if one.right else len(found))
        losses.append(torch.nn.functional.cross_entropy(torch.cat([found, silence]), chosen))
    return torch.stack(losses).mean()


def _narrow(changes: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The two narrow matrices of each layer whose product is nearest to its change."""
    narrow = {}
    for name, change in changes.items():
        left, sizes, right = torch.linalg.svd(change, full_matrices=False)
        narrow[name + UP] = left[:, :RANK] * sizes[:RANK]
        narrow[name + DOWN] = right[:RANK]
    return narrow


if __name__ == "__main__":
    sys.exit(main())
