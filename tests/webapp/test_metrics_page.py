"""The figures for whoever runs the service: what they count, and that they betray nothing of the documents."""

import re
import socket
import urllib.request
from pathlib import Path

import pytest
import small_council
from fakes import FakeEncoder
from small_council import QUESTION, SECRET
from werkzeug.test import Client

from assistant.assistant import Assistant
from index.files.generations import IndexMissing
from webapp.app import create_app
from webapp.guard.busy import BUSY
from webapp.live import LiveAssistant
from webapp.monitoring.metrics import Metrics
from webapp.monitoring.watching import Watched
from webapp.settings import SettingsWrong


def figures(metrics: Metrics) -> dict[str, float]:
    """Every figure as the page of them shows it, by its name and labels."""
    server = metrics.serve("127.0.0.1", 0)
    with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/metrics", timeout=30) as response:
        lines = response.read().decode().splitlines()
    server.shutdown()
    server.server_close()
    shown = (line.rpartition(" ") for line in lines if not line.startswith("#"))
    return {name: float(value) for name, _, value in shown}


def test_requests_are_counted_by_route_and_status(live: LiveAssistant) -> None:
    metrics = Metrics(live.current)
    client = Client(Watched(create_app(live.current, SECRET), metrics))
    for address in ("/documents", "/documents?q=a", "/documents/visit-minutes", "/documents/none", "/nowhere"):
        client.get(address)
    client.post("/ask", json={"question": QUESTION})
    client.post("/ask", json={"question": QUESTION}, environ_overrides={BUSY: True})
    found = figures(metrics)
    assert {name: value for name, value in found.items() if name.startswith("assistant_requests_total")} == {
        'assistant_requests_total{route="/documents",status="200"}': 2,
        'assistant_requests_total{route="/documents/<id>",status="200"}': 1,
        'assistant_requests_total{route="/documents/<id>",status="404"}': 1,
        'assistant_requests_total{route="none",status="404"}': 1,
        'assistant_requests_total{route="/ask",status="200"}': 1,
        'assistant_requests_total{route="/ask",status="503"}': 1,
    }
    assert found["assistant_busy_total"] == 1
    assert found["assistant_requests_in_progress"] == 0
    assert found['assistant_request_seconds_count{route="/ask"}'] == 1  # a refusal is no answer
    assert found['assistant_request_seconds_bucket{le="+Inf",route="/documents"}'] == 2


def test_requests_in_progress_are_told(live: LiveAssistant) -> None:
    metrics = Metrics(live.current)
    seen = []

    def app(environ: object, start_response: object) -> list[bytes]:
        seen.append(figures(metrics)["assistant_requests_in_progress"])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Client(Watched(app, metrics)).get("/")
    assert seen == [1]
    assert figures(metrics)["assistant_requests_in_progress"] == 0
    assert figures(metrics)['assistant_requests_total{route="none",status="500"}'] == 1


@pytest.mark.parametrize(("encoder", "loaded"), [(FakeEncoder(), 1), (None, 0)], ids=["models", "words alone"])
def test_what_serves_is_told(tmp_path: Path, encoder: FakeEncoder | None, loaded: int) -> None:
    live = small_council.live(tmp_path, encoder)
    found = figures(Metrics(live.current))
    assert found[f'assistant_index_info{{generation="{live.current().index.generation}"}}'] == 1
    assert found["assistant_models_loaded"] == loaded


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="the system does not tell")
def test_the_memory_is_told(live: LiveAssistant) -> None:
    assert figures(Metrics(live.current))["process_resident_memory_bytes"] > 1e7


def test_without_an_index_the_other_figures_are_there() -> None:
    def missing() -> Assistant:
        raise IndexMissing("gone")

    found = figures(Metrics(missing))
    assert found["assistant_busy_total"] == 0
    assert not [name for name in found if "index" in name]


def test_the_figures_are_the_same_however_many_documents_there_are(tmp_path: Path) -> None:
    names = []
    for place, more in (
        ("few", {}),
        ("more", {"hidden": "Agenda item\n\nA hidden matter\n\nMinutes:\n\nIt was hidden."}),
    ):
        live = small_council.live(tmp_path / place, **more)
        metrics = Metrics(live.current)
        Client(Watched(create_app(live.current, SECRET), metrics)).get("/documents")
        found = figures(metrics)
        ours = {name: value for name, value in found.items() if name.startswith("assistant")}
        names.append(
            {
                re.sub('generation="[^"]*"', "", name): value
                for name, value in ours.items()
                if not re.search("seconds|created", name)
            }
        )
    assert names[0] == names[1]


def test_a_port_in_use_is_told(live: LiveAssistant) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingsWrong, match=f"on 127.0.0.1 port {port}"):
            Metrics(live.current).serve("127.0.0.1", port)
