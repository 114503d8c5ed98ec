"""Many people asking at once: ``python -m benchmarks.load [--users 50] [--seconds 120] [--index DIR] [--write]``.

A server of its own, as ``python -m webapp`` starts it with the real model, is asked on 127.0.0.1 by so many users at
once, each on a connection of their own: first like people, who think for one to three seconds between an answer and the
next question; then without thinking at all; then by ten times as many people, of whom those that are told the service
is busy wait as long as it says. Every question is another: those of ``evaluation/questions``, then the same of one
council after the other, so that no answer has been made before. ``--write`` makes benchmarks/load.md anew.

Exit status 1 where an answer failed, nineteen in twenty were not within a second and a half, or the crowd met anything
but answers and orderly refusals.
"""

import argparse
import json
import os
import platform
import random
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import chain
from pathlib import Path

from benchmarks.served import ROOT, Server, get, serving

HERE = Path(__file__).resolve().parent
QUESTIONS = ROOT / "evaluation" / "questions"
RESULTS = HERE / "load.md"
SEED = 1

THINKING_SECONDS = (1.0, 3.0)
MANY = 10
# The phases after the first take this share of its time.
SHORTER = 4
BAR_SECONDS = 1.5
# An answer is quick again when it takes no more, several times in a row.
QUICK_SECONDS = 0.5
IN_A_ROW = 5
_GIVEN_UP = 30.0
_RECOVERED = 120.0


@dataclass(slots=True)
class Met:
    """What the users of one phase met: how long answers took, what was refused, what failed.

    ``seconds`` is how long the phase took, ``worked`` for how many seconds processors worked for the server in it.
    """

    users: int
    took: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    worked: float = 0.0

    def row(self, name: str) -> str:
        """The phase's row of the table; times in seconds."""
        shown = [self.users, len(self.took), f"{len(self.took) / self.seconds:.0f}"]
        shown += [f"{at:.2f}" for at in (_median(self.took), self.p95, max(self.took, default=0.0))]
        shown += [f"{self.worked / len(self.took) * 1000:.0f}" if self.took else "–"]
        shown += [len(self.refused), f"{_median(self.refused):.2f}" if self.refused else "–", sum(self.failed.values())]
        return f"| {name} | {' | '.join(map(str, shown))} |"

    @property
    def p95(self) -> float:
        """What nineteen in twenty answers did not take longer than, in seconds."""
        return sorted(self.took)[int(len(self.took) * 0.95)] if self.took else float("inf")


def questions(councils: Sequence[str]) -> Iterator[str]:
    """The questions, in an order drawn by chance; then the same of each council."""
    lines = chain.from_iterable(
        path.read_text(encoding="utf-8").splitlines() for path in sorted(QUESTIONS.glob("*.jsonl"))
    )
    asked = list(dict.fromkeys(json.loads(line)["turns"][0] for line in lines))
    random.Random(SEED).shuffle(asked)
    yield from asked
    for council in councils:
        yield from (f"{one.rstrip('?. ')} in {council}?" for one in asked)


def phase(server: Server, asked: Iterator[str], users: int, seconds: float, thinks: bool) -> Met:
    """Have so many users ask for so many seconds."""
    met = Met(users)
    lock = threading.Lock()
    end = time.monotonic() + seconds

    def use(number: int) -> None:
        drawn = random.Random(number)
        connection = HTTPConnection("127.0.0.1", server.port, timeout=_GIVEN_UP)
        if thinks:  # nobody comes at the same moment as everyone else
            time.sleep(drawn.uniform(0, THINKING_SECONDS[1]))
        while time.monotonic() < end:
            with lock:
                question = next(asked)
            started = time.monotonic()
            outcome, retry = _ask(connection, question)
            took = time.monotonic() - started
            with lock:
                if outcome == "":
                    met.took.append(took)
                elif retry:
                    met.refused.append(took)
                else:
                    met.failed[outcome] += 1
            if thinks:
                time.sleep(min(retry or drawn.uniform(*THINKING_SECONDS), max(end - time.monotonic(), 0)))
        connection.close()

    threads = [threading.Thread(target=use, args=(number,)) for number in range(users)]
    started, worked = time.monotonic(), server.worked()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    met.seconds, met.worked = time.monotonic() - started, server.worked() - worked
    return met


def recovery(server: Server, asked: Iterator[str], quickly: float = QUICK_SECONDS) -> float:
    """How many seconds it takes until answers take no more than ``quickly`` again, and it stays so."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=_GIVEN_UP)
    started = first = time.monotonic()
    quick = 0
    while quick < IN_A_ROW:
        at = time.monotonic()
        outcome, _ = _ask(connection, next(asked))
        if outcome == "" and time.monotonic() - at <= quickly:
            quick += 1
        else:
            quick, first = 0, time.monotonic()
        if at - started > _RECOVERED:
            raise RuntimeError("Answers do not become quick again.")
    connection.close()
    return first - started


def _ask(connection: HTTPConnection, question: str) -> tuple[str, float]:
    """What became of a question: "" or what went wrong, and for how many seconds to wait where it was refused."""
    body = json.dumps({"question": question}).encode()
    try:
        connection.request("POST", "/api/v1/ask", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        told = response.read()
    except (OSError, HTTPException) as problem:
        connection.close()
        return type(problem).__name__, 0.0
    if response.status == 200 and json.loads(told)["status"]:
        return "", 0.0
    retry = float(response.headers.get("Retry-After", 0)) if response.status == 503 else 0.0
    return str(response.status), retry


def _councils(server: Server) -> list[str]:
    listed = get(server, "/api/v1/documents")["documents"]
    assert isinstance(listed, list)
    return sorted({council for one in listed if (council := one["facts"]["council"]["value"])})


def _median(times: Sequence[float]) -> float:
    return statistics.median(times) if times else 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description="Ask as many people do at once.")
    parser.add_argument("--users", type=int, default=50, metavar="N")
    parser.add_argument("--seconds", type=float, default=120.0, metavar="N")
    parser.add_argument("--index", type=Path, default=ROOT / "index" / "built", metavar="DIR")
    parser.add_argument("--at-once", type=int, metavar="N", help="answer so many at once instead of the usual number")
    parser.add_argument("--write", action="store_true", help="write benchmarks/load.md")
    options = parser.parse_args(arguments)
    half, shorter = options.seconds / 2, options.seconds / SHORTER
    limits = f"answered_at_once = {options.at_once}\n" if options.at_once else ""
    with serving(options.index, limits) as server:
        held = get(server, "/healthz")
        asked = questions(_councils(server))
        phase(server, asked, 2, 5, thinks=False)  # what is read and compiled when first needed
        memory = [server.resident()]
        met = {}
        people = phase(server, asked, options.users, half, thinks=True)
        memory.append(server.resident())
        again = phase(server, asked, options.users, half, thinks=True)
        memory.append(server.resident())
        took, refused = [*people.took, *again.took], [*people.refused, *again.refused]
        seconds, worked = people.seconds + again.seconds, people.worked + again.worked
        both = Met(options.users, took, refused, people.failed + again.failed, seconds, worked)
        met[f"{options.users} people"] = both
        met[f"{options.users} that do not think"] = phase(server, asked, options.users, shorter, thinks=False)
        met[f"{options.users * MANY} people"] = crowd = phase(server, asked, options.users * MANY, shorter, thinks=True)
        quick = recovery(server, asked)
        memory.append(server.resident())
    told = _told(met, memory, quick, held)
    print(told)
    if options.write:
        RESULTS.write_text(told, encoding="utf-8")
    failed = sum(sum(one.failed.values()) for one in met.values())
    return 0 if not failed and not both.refused and both.p95 < BAR_SECONDS and crowd.took else 1


def _told(met: dict[str, Met], memory: Sequence[int], quick: float, held: dict[str, object]) -> str:
    failures = sum((one.failed for one in met.values()), Counter[str]())
    lines = [
        "# Many people asking at once",
        "",
        "Made by `python -m benchmarks.load --write`: a server process with the real model, asked on the machine that",
        f"it runs on ({os.cpu_count()} cores, Python {platform.python_version()}), over {held['documents']} documents",
        f"and {held['passages']} passages. The users take their share of the cores too. People think for one to three",
        "seconds between an answer and their next question, and wait as long as they are told to when the service is",
        "busy. No question is asked twice. Times are in seconds, from sending a question to having the whole answer;",
        "the processor time of an answer is that of the server, refusals included.",
        "",
        "| users | at once | answers | a second | median | 95% within | longest | processor ms an answer"
        " | refused as busy | refused within | failed |",
        "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |",
        *(one.row(name) for name, one in met.items()),
        "",
        "Failed: " + (", ".join(f"{what} {count}" for what, count in failures.items()) or "none") + ".",
        "Refused: 503 with Retry-After; any other refusal counts as failed.",
        f"After the crowd had gone, answers took less than {QUICK_SECONDS} s again after {quick:.1f} s.",
        "",
        "Resident memory of the server, in MB: "
        + ", ".join(
            f"{at} {size / 1e6:,.0f}"
            for at, size in zip(
                ("at the start", "in the middle of the first", "at its end", "after the crowd"), memory, strict=True
            )
        )
        + ".",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
