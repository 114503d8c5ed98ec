"""Requests that nobody would write, by the hundred thousand: ``python -m benchmarks.hostile --requests N --write``.

They go to the application in this process and, some of them, to a real server on this machine. Looked for are answers
of status 500 and over, answers that take long, JSON that is none, and quotes that are no slice of their document. Exit
status 1 where there is any. Memory is told at the start and the end.
"""

import argparse
import logging
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi import checks
from werkzeug.wrappers import Response

from benchmarks import hostile_made
from benchmarks.hostile_made import Sent
from benchmarks.hostile_served import Guessing, Server, application, built, server, token
from benchmarks.hostile_watch import SLOWEST_SECONDS, Watch, resident
from index.models.models import Models

RESULTS = Path(__file__).with_name("hostile.md")
# Hypothesis keeps what it has drawn for one test, so each test is short and forgotten.
_BATCH = 250
# What share of all requests is of each kind; a conversation takes as long as a hundred others.
SHARES = {
    "questions": 0.264,
    "searches": 0.22,
    "any request": 0.38,
    "conversations": 0.006,
    "as the interface describes": 0.05,
    "questions to the real model": 0.03,
    "a real server": 0.03,
    "bytes to a real server": 0.02,
}
_DESCRIBED = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
_STILL_WELL_EVERY = 500


def many(strategy: st.SearchStrategy[Any], count: int, first: int, do: Callable[[Any], object]) -> None:
    """Draw so many and do something with each."""
    for number in range(first, first + count, _BATCH):

        @seed(number)
        @settings(
            max_examples=min(_BATCH, first + count - number),
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(strategy)
        def batch(drawn: Any) -> None:
            do(drawn)

        batch()


def in_process(kind: str, app: Flask, strategy: st.SearchStrategy[Sent], count: int, first: int, watch: Watch) -> None:
    """Send so many requests, each from a new visitor."""

    def send(sent: Sent) -> None:
        watch.look(kind, sent.short(), lambda: app.test_client().open(**sent.arguments()))

    many(strategy, count, first, send)


def conversations(kind: str, app: Flask, count: int, first: int, watch: Watch) -> None:
    """Questions one after another, with the cookie and the token, and the page of each conversation at its end."""
    most = 11

    def converse(asked: list[str]) -> None:
        client = app.test_client()
        form = {"csrf_token": token(client)}
        for question in asked:
            sent = Sent("POST", "/ask", form={**form, "question": question.encode("utf-8", "replace").decode()})
            watch.look(kind, sent.short(), lambda sent=sent: client.open(**sent.arguments()))  # type: ignore[misc]
        last = f"the page after {len(asked)} questions, the last {ascii(asked[-1])[:120]}"
        watch.look(kind, last, lambda: client.get("/"))

    many(st.lists(hostile_made.texts(), min_size=most, max_size=most), max(count // (most + 1), 1), first, converse)


def described(kind: str, app: Flask, count: int, first: int, watch: Watch) -> None:
    """Requests drawn from the description of the interface, sound and otherwise, and answers held to it."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    taking = [operation for operation in operations if operation.body or list(operation.query)]
    pairs = [(operation, GenerationMode.POSITIVE) for operation in operations]
    pairs += [(operation, GenerationMode.NEGATIVE) for operation in taking]

    def send(case: schemathesis.Case) -> None:
        sent = f"{case.method} {case.formatted_path} {ascii(case.query)[:160]} {ascii(case.body)[:160]}"

        def call() -> Response:
            answered = case.call()
            case.validate_response(answered, checks=_DESCRIBED)
            headers = [(name, value) for name, values in answered.headers.items() for value in values]
            return Response(answered.content, answered.status_code, headers)

        watch.look(kind, sent, call)

    for operation, mode in pairs:
        many(operation.as_strategy(generation_mode=mode), max(count // len(pairs), 1), first, send)


def through_http(kind: str, live: Server, count: int, first: int, watch: Watch) -> None:
    """Requests to a real server."""
    asked = st.one_of(hostile_made.questions().filter(lambda sent: sent.form is None), hostile_made.raw())
    many(asked, count, first, lambda sent: watch.look(kind, sent.short(), lambda: live.send(sent)))


def through_a_socket(kind: str, live: Server, count: int, first: int, watch: Watch) -> None:
    """Bytes to a real server, which must answer others meanwhile."""
    seen = 0

    def send(sent: bytes) -> None:
        nonlocal seen
        seen += 1
        started = time.perf_counter()
        status = live.wire(sent)
        watch.took(kind, ascii(sent)[:300], time.perf_counter() - started, None)
        watch.statuses.setdefault(kind, Counter())[status] += 1
        if status >= 500 and status != 501:  # 501 is for a transfer encoding that is unknown
            watch.faults.append(f"{kind}: status {status}: {ascii(sent)[:300]}")
        if seen % _STILL_WELL_EVERY == 0:
            watch.look(kind, "still well", lambda: live.send(Sent("GET", "/healthz")))

    many(hostile_made.on_the_wire(), count, first, send)


def run(requests: int, first: int, report: Callable[[str], None] = print) -> tuple[Watch, dict[str, int], float]:
    """Send so many requests, drawn from seeds from ``first`` on; what was seen, memory in bytes, and the seconds."""
    started = time.monotonic()
    models = Models.load()
    assert models.encoder is not None
    with tempfile.TemporaryDirectory() as place:
        index = built(Path(place) / "index")
        guessing, held = application(index, Models(Guessing(models.encoder)))
        real, _ = application(index, models)
        documents = {source.id: held.current().index.document(source.id) for source in held.current().index.sources}
        watch = Watch(lambda id: None if (found := documents.get(id)) is None else found.text)
        counts = {kind: max(round(share * requests), 1) for kind, share in SHARES.items()}
        strategies = {
            "questions": hostile_made.questions(),
            "searches": hostile_made.searches(),
            "any request": hostile_made.raw(),
        }
        # What is made once, and kept, is made before memory is looked at.
        for kind, strategy in strategies.items():
            in_process(kind, guessing, strategy, max(counts[kind] // 20, 1), first + 10**6, watch)
        memory = {"this process, at the start": resident()}
        for kind, strategy in strategies.items():
            report(f"{counts[kind]:,} {kind}; faults so far: {len(watch.faults)}")
            in_process(kind, guessing, strategy, counts[kind], first, watch)
        memory["this process, after questions, searches and any request"] = resident()
        for kind in ("conversations", "as the interface describes", "questions to the real model"):
            report(f"{counts[kind]:,} {kind}; faults so far: {len(watch.faults)}")
            if kind == "conversations":
                conversations(kind, guessing, counts[kind], first, watch)
            elif kind == "as the interface describes":
                described(kind, guessing, counts[kind], first, watch)
            else:
                in_process(kind, real, hostile_made.questions(), counts[kind], first, watch)
        with server(index, Path(place)) as live:
            report("a real server")
            _serve(live, counts, first, watch, memory)
    return watch, memory, time.monotonic() - started


def _serve(live: Server, counts: dict[str, int], first: int, watch: Watch, memory: dict[str, int]) -> None:
    """What goes to the real server."""
    http, wire = "a real server", "bytes to a real server"
    live.load()
    through_http(http, live, max(counts[http] // 10, 1), first + 10**6, watch)
    memory["the real server, at the start"] = resident(live.process.pid)
    for kind, send in ((http, through_http), (wire, through_a_socket)):
        send(kind, live, counts[kind], first, watch)
    memory["the real server, at the end"] = resident(live.process.pid)
    if trace := live.trace():
        watch.faults.append(f"{http}: a trace in its log: {trace}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile", description="Send what nobody would write.")
    parser.add_argument("--requests", type=int, default=100_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="other requests for another number")
    parser.add_argument("--write", action="store_true", help="write benchmarks/hostile.md")
    options = parser.parse_args(arguments)
    logging.getLogger("hypothesis").setLevel(logging.ERROR)
    watch, memory, seconds = run(options.requests, options.seed * 10**7)
    told = table(watch, memory, seconds)
    print(told)
    if options.write:
        RESULTS.write_text(told, encoding="utf-8")
    return 1 if watch.faults else 0


def table(watch: Watch, memory: dict[str, int], seconds: float) -> str:
    """What was seen, as Markdown."""
    lines = [
        "# Requests that nobody would write",
        "",
        f"Made by `python -m benchmarks.hostile --write`: {watch.total():,} requests in {seconds / 60:.0f} minutes,",
        "drawn by Hypothesis and Schemathesis, over the project's own documents. The first five kinds are answered",
        "with vectors that mean nothing, the rest with the real model. Bytes have no status where the server hung up.",
        "",
        "| requests | how many | statuses | faults |",
        "| --- | --: | --- | --: |",
    ]
    for kind, counted in watch.statuses.items():
        statuses = ", ".join(f"{status or 'none'}: {count:,}" for status, count in sorted(counted.items()))
        faults = sum(fault.startswith(f"{kind}:") for fault in watch.faults)
        lines.append(f"| {kind} | {sum(counted.values()):,} | {statuses} | {faults} |")
    lines += ["", f"JSON read: {watch.documents:,} answers, in which {watch.quotes:,} quotes are exact slices."]
    lines += ["", "| memory | megabytes |", "| --- | --: |"]
    lines += [f"| {name} | {size / 1e6:,.0f} |" for name, size in memory.items()]
    lines += ["", f"The slowest, each the better of two times (over {SLOWEST_SECONDS:g} seconds is a fault):", ""]
    lines += ["| seconds | of them computing | request |", "| --: | --: | --- |"]
    for took, kind, sent, busy in sorted(watch.slowest, key=lambda one: -one[0]):
        lines.append(f"| {took:.2f} | {'' if busy is None else f'{busy:.2f}'} | {kind}: `{_cell(sent)}` |")
    lines += ["", "## Faults", "", *([f"- `{_cell(fault)}`" for fault in watch.faults[:50]] or ["None."])]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("`", "'").replace("\n", " ")[:300]


if __name__ == "__main__":
    sys.exit(main())
