"""What is lost when a build is killed: ``python -m benchmarks.killing [--times N] [--write]``.

Each time a document is added, a build is started and killed (SIGKILL) at a random moment; meanwhile an
assistant that has the index open is asked. Then the build is run again, to its end. ``--write`` writes killing.md.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import Answer
from build_index import DOCUMENTS
from index.files import generations
from index.models.encoder import SentenceEncoder
from index.vectors import unfinished
from index.vectors.dense import PASSAGES
from webapp.live import LiveAssistant

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
RESULTS = HERE / "killing.md"

QUESTIONS = (
    "what did Ofsted say about health partners?",
    "what was agreed at the corporate parenting board?",
    "how many social workers are agency staff?",
)
_MARK = "Sentinel"
_WORDS = ("placements", "visits", "plans", "carers", "schools", "courts", "health", "police", "caseloads", "leavers")
# How many paragraphs a new document has: some seconds of encoding.
_PARAGRAPHS = 150
# The first moment of a build is that of the process itself.
_SOONEST = 0.05


@dataclass(frozen=True, slots=True)
class Kill:
    """One build that was killed: after how long, of how long a build takes, and what was found of it.

    ``published`` says that the new generation was there already; ``right`` that the answers served were, word for word,
    those of the generation named by the pointer, and ``completed`` that the next build indexed the new document.
    """

    after: float
    stage: str
    published: bool
    right: bool
    completed: bool


def kills(times: int, place: Path, encoder: SentenceEncoder, seed: int = 1) -> Iterator[Kill]:
    """Kill a build so many times, in a folder of its own."""
    chance = random.Random(seed)
    documents, index = place / "documents", place / "index"
    shutil.copytree(DOCUMENTS, documents)
    _built(documents, index)
    live = LiveAssistant.open(index, encoder)
    _add(documents, 0, chance)
    whole = _timed_build(documents, index)
    for number in range(1, times + 1):
        before, answers = generations.current(index), _answers(live)
        _add(documents, number, chance)
        after = chance.uniform(_SOONEST, whole)
        stage = _killed(documents, index, after)
        published = generations.current(index) != before
        right = published or _answers(live) == answers
        right = right and _answers(LiveAssistant.open(index, encoder)) == _answers(live)
        completed = _built(documents, index) and _answered(live, number)
        yield Kill(after / whole, stage, published, right, completed)


def _add(documents: Path, number: int, chance: random.Random) -> None:
    """A new document, of text that no other has."""
    paragraphs = [
        " ".join(chance.choice(_WORDS) for _ in range(15)).capitalize() + f" {number}.{n}." for n in range(_PARAGRAPHS)
    ]
    text = "\n\n".join([f"{_MARK} {number}", f"The {_MARK.lower()} numbered {number} was read.", *paragraphs])
    (documents / f"added-{number}.txt").write_text(text, encoding="utf-8")


def _command(documents: Path, index: Path) -> list[str]:
    return [sys.executable, "build_index.py", "--documents", str(documents), "--index", str(index)]


def _built(documents: Path, index: Path) -> bool:
    return subprocess.run(_command(documents, index), cwd=ROOT, capture_output=True, check=False).returncode == 0


def _timed_build(documents: Path, index: Path) -> float:
    """How long a build takes, in seconds."""
    started = time.monotonic()
    _built(documents, index)
    return time.monotonic() - started


def _killed(documents: Path, index: Path, after: float) -> str:
    """Start a build and kill it; how far it had come."""
    command = _command(documents, index)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True, **quiet)  # type: ignore[call-overload]
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    else:
        return "after its end"
    begun = [path for path in index.iterdir() if path.name.startswith("unfinished-")]
    if any(any(path.glob(f"{PASSAGES}.*")) for path in begun):
        return "writing the vectors"
    if any(index.glob(unfinished.FILES)):
        return "encoding"
    return "writing the words" if begun else "starting or reading"


def _answers(live: LiveAssistant) -> list[Answer]:
    return [live.current().answer(question) for question in QUESTIONS]


def _answered(live: LiveAssistant, number: int) -> bool:
    """Whether the new document is found by the assistant that had the index open all the while."""
    assistant = live.current()
    return assistant.index.document(f"added-{number}") is not None and bool(assistant.answer(QUESTIONS[0]).evidence)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; exit status 1 where anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.killing", description="Kill builds, and look.")
    parser.add_argument("--times", type=int, default=50, metavar="N")
    parser.add_argument("--write", action="store_true", help="write benchmarks/killing.md")
    options = parser.parse_args(arguments)
    found = []
    with tempfile.TemporaryDirectory() as place:
        for kill in kills(options.times, Path(place), SentenceEncoder.load()):
            found.append(kill)
            print(f"{len(found)}. at {kill.after:.0%}, {kill.stage}: right {kill.right}, completed {kill.completed}")
    if options.write:
        RESULTS.write_text(_table(found), encoding="utf-8")
    return 0 if all(kill.right and kill.completed for kill in found) else 1


def _table(found: Sequence[Kill]) -> str:
    lines = [
        "# Builds that were killed",
        "",
        "Made by `python -m benchmarks.killing --write`. Each time a document was added, a build was started and",
        "killed with SIGKILL at a moment drawn evenly over the length of a build; then it was run again.",
        "",
        "| killed while | times | already published | answers served as before | next build complete |",
        "| --- | --: | --: | --: | --: |",
    ]
    for stage, count in sorted(Counter(kill.stage for kill in found).items()):
        of = [kill for kill in found if kill.stage == stage]
        sums = [sum(kill.published for kill in of), sum(kill.right for kill in of), sum(kill.completed for kill in of)]
        lines.append(f"| {stage} | {count} | {' | '.join(map(str, sums))} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
