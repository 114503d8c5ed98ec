"""The command that serves, and a real server under it."""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import small_council
from fakes import FakeEncoder
from small_council import QUESTION, SECRET

from webapp.__main__ import main
from webapp.app import create_app
from webapp.live import LiveAssistant


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    live = small_council.live(tmp_path, FakeEncoder())
    with small_council.serving(create_app(live.current, SECRET)) as address:
        yield address


def test_a_real_server_answers_many_at_once(address: str) -> None:
    body = json.dumps({"question": QUESTION}).encode()
    got: list[str] = []

    def ask() -> None:
        request = urllib.request.Request(f"{address}/ask", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as response:
            got.append(response.read().decode())

    threads = [threading.Thread(target=ask) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 12
    assert len(set(got)) == 1
    assert json.loads(got[0])["status"] == "answered"


def test_a_server_with_very_many_files_open_answers(tmp_path: Path) -> None:
    live = small_council.live(tmp_path, FakeEncoder())
    with ExitStack() as files:
        for _ in range(1100):
            files.enter_context(Path(os.devnull).open("rb"))
        with (
            small_council.serving(create_app(live.current, SECRET)) as address,
            urllib.request.urlopen(address, timeout=30) as response,
        ):
            assert response.status == 200


def test_a_body_that_is_too_large_is_refused_in_words(address: str) -> None:
    request = urllib.request.Request(f"{address}/ask", b"question=" + b"x" * 3_000_000)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=30)
    with refused.value as response:
        assert response.code == 413
        assert "The question is far too long" in response.read().decode()


def test_a_large_body_is_refused_in_words_with_nowhere_for_temporary_files(
    live: LiveAssistant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def none() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_get_default_tempdir", none)
    question = json.dumps({"question": "placement " * 90_000}).encode()
    with small_council.serving(create_app(live.current, SECRET)) as address:
        asked = urllib.request.Request(f"{address}/ask", question, {"Content-Type": "application/json"})
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(asked, timeout=60)
    with refused.value as response:
        assert response.code == 422
        assert "characters" in json.loads(response.read())["error"]
    assert "There is no folder for temporary files" in caplog.text


def test_without_an_index_it_says_how_to_build_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--index", str(tmp_path / "none")]) == 2
    assert "python build_index.py" in capsys.readouterr().err


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    small_council.live(tmp_path)
    monkeypatch.delenv("ASSISTANT_SECRET_KEY", raising=False)
    return tmp_path / "index"


def test_a_port_in_use_is_told(
    built: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["--index", str(built), "--port", str(port), "--encoder", str(built)]) == 2
    err = capsys.readouterr().err
    assert f"Cannot listen on 127.0.0.1 port {port}" in err
    assert "Choose another with --port." in err
    assert "ASSISTANT_SECRET_KEY is not set" in caplog.text


def test_a_short_secret_is_told(
    built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_SECRET_KEY", "short")
    assert main(["--index", str(built), "--port", "0", "--encoder", str(built)]) == 2
    assert "must have 32 or more" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["-1", "65536", "x"], ids=str)
def test_a_port_that_is_none_is_told(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([f"--port={port}"])
    assert stopped.value.code == 2
    assert "--port" in capsys.readouterr().err


def test_the_first_page_and_an_answer_by_words_do_without_torch(built: Path) -> None:
    program = """
import sys
import tempfile
from pathlib import Path
from index.engines import OnDisk
from webapp import __main__
from webapp.app import create_app
from webapp.live import LiveAssistant
from webapp.live import LiveAssistant

app = create_app(LiveAssistant.of(OnDisk(Path(sys.argv[1]))).current, "0123456789abcdef" * 2)
assert app.test_client().get("/").status_code == 200
assert b"evidence" in app.test_client().post("/ask", json={"question": sys.argv[2]}).data
print(*sorted({"torch", "transformers", "sentence_transformers", "pymilvus", "faiss"} & set(sys.modules)))
"""
    command = [sys.executable, "-c", program, str(built), QUESTION]
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["faiss"]


@pytest.mark.skipif(os.name == "nt", reason="the system has no such limit")
@pytest.mark.parametrize(
    ("files", "most", "raised", "connections"),
    [(256, 256, 256, 128), (256, 1000, 1000, 500), (256, 6000, 4000, 2000), (5000, 6000, 5000, 2000)],
    ids=["few", "raised to the most", "raised to what is needed", "enough"],
)
def test_no_more_connections_are_open_than_there_may_be_files(
    built: Path, files: int, most: int, raised: int, connections: int
) -> None:
    program = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[2]), int(sys.argv[3])))
from webapp.app import create_app
from webapp.live import LiveAssistant
from webapp.live import LiveAssistant
from webapp.server import listening

app = create_app(LiveAssistant.open(Path(sys.argv[1]), None).current, "0123456789abcdef" * 2)
server = listening(app, "127.0.0.1", 0)
print(resource.getrlimit(resource.RLIMIT_NOFILE)[0], server.adj.connection_limit)
"""
    command = [sys.executable, "-c", program, str(built), str(files), str(most)]
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert run.stdout.split() == [str(raised), str(connections)]


def test_it_serves_and_prints_its_address(built: Path) -> None:
    command = [sys.executable, "-m", "webapp", "--index", str(built), "--port", "0", "--encoder", str(built)]
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "ASSISTANT_SECRET_KEY": SECRET}
    with subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            address = re.match(r"Serving on (http://127\.0\.0\.1:\d+/) ", line)
            assert address, line
            with urllib.request.urlopen(address[1] + "healthz", timeout=10) as response:
                assert json.load(response)["model"] is None
        finally:
            process.terminate()
