"""What benchmarks/hostile.py sends its requests to: the application in this process, and a real server in another."""

import hashlib
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
from flask import Flask
from flask.testing import FlaskClient
from numpy.typing import NDArray
from werkzeug.wrappers import Response

from benchmarks.hostile_made import Sent
from index.engines import OnDisk
from index.models.encoder import Encoder
from index.models.models import Models
from webapp.app import create_app
from webapp.live import LiveAssistant
from webapp.settings import Limits, Settings

ROOT = Path(__file__).resolve().parent.parent
_NEVER = 1_000_000_000
# Nobody is refused for asking often: that is what is done here.
SETTINGS = Settings(limits=Limits(questions_a_minute=_NEVER, requests_a_minute=_NEVER))
_TOML = f"[limits]\nquestions_a_minute = {_NEVER}\nrequests_a_minute = {_NEVER}\n"
_KEY = "0123456789abcdef" * 3
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_SECONDS = 30.0


class Guessing:
    """A stand-in for an encoder that costs nothing: every text has a vector drawn from its hash."""

    def __init__(self, encoder: Encoder) -> None:
        self.name = encoder.name
        self.fingerprint = encoder.fingerprint
        self.dimension = encoder.dimension

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """Vectors of length 1, one for each text."""
        vectors = np.stack([self._vector(text) for text in texts])
        if progress:
            progress(len(texts))
        return vectors

    def encode_in_portions(self, texts: Sequence[str]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """All of them at once."""
        yield list(range(len(texts))), self.encode(texts)

    def _vector(self, text: str) -> NDArray[np.float32]:
        seed = int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")
        drawn = np.random.default_rng(seed).standard_normal(self.dimension).astype(np.float32)
        return drawn / np.linalg.norm(drawn)


def built(folder: Path) -> Path:
    """An index of the project's own documents, built into a folder."""
    subprocess.run(
        [sys.executable, "build_index.py", "--index", str(folder)], cwd=ROOT, check=True, capture_output=True
    )
    return folder


def application(index: Path, models: Models) -> tuple[Flask, LiveAssistant]:
    """The pages of an index, with the models given; its errors are answered as they would be by a server."""
    live = LiveAssistant.of(OnDisk(index), models)
    app = create_app(live.current, _KEY, settings=SETTINGS)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app, live


def token(client: FlaskClient) -> str:
    """The token of the page that a visitor has open; the visitor has its cookie then."""
    found = _TOKEN.search(client.get("/").get_data(as_text=True))
    return found[1] if found else ""


class Server:
    """A server in a process of its own."""

    def __init__(self, process: "subprocess.Popen[str]", port: int, log: Path) -> None:
        self.process = process
        self.port = port
        self._log = log

    def load(self) -> None:
        """Wait until it has its model."""
        until = time.monotonic() + _SECONDS
        while json.loads(self.send(Sent("GET", "/healthz")).get_data())["model"] is None:
            if time.monotonic() > until:
                raise RuntimeError("The server has not loaded its model.")
            time.sleep(0.2)

    def send(self, sent: Sent) -> Response:
        """A request through HTTP; what it answered."""
        path = "/" + "".join(letter for letter in sent.path if "!" <= letter <= "~").lstrip("/")
        query = "" if not isinstance(sent.query, str) else "?" + sent.query.encode("ascii", "replace").decode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_SECONDS)
        connection.putrequest(sent.method, path + re.sub(r"[\x00-\x20\x7f]", "+", query), skip_host=True)
        names = {name.lower() for name, _ in sent.headers}
        if "host" not in names:
            connection.putheader("Host", "127.0.0.1")
        for name, value in sent.headers:
            connection.putheader(name, value.encode("latin-1", "replace"))
        body = sent.body or b""
        connection.putheader("Content-Length", str(len(body)))
        connection.putheader("Connection", "close")
        with suppress(BrokenPipeError, ConnectionResetError):  # it may answer before it has read all
            connection.endheaders(body)
        answer = connection.getresponse()
        response = Response(answer.read(), answer.status, list(answer.headers.items()))
        connection.close()
        return response

    def wire(self, sent: bytes) -> int:
        """Bytes through a socket; the status of what it answered, or 0 for nothing."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=_SECONDS) as connection:
            answer = b""
            with suppress(OSError):  # it may close at any moment
                connection.sendall(sent)
                connection.shutdown(socket.SHUT_WR)
                while len(answer) < 64 and (more := connection.recv(4096)):
                    answer += more
        found = re.match(rb"HTTP/1\.[01] (\d{3}) ", answer)
        return int(found[1]) if found else 0

    def trace(self) -> str:
        """The first trace in its log, as far as it tells where it comes from; "" where there is none."""
        _, begins, after = self._log.read_text(encoding="utf-8", errors="replace").partition("Traceback (most recent")
        return " ".join(f"{begins}{after[:4000]}".split())


@contextmanager
def server(index: Path, place: Path) -> Iterator[Server]:
    """A server of an index, with the real model, on a free port of this machine; it is stopped in the end."""
    settings, log = place / "settings.toml", place / "server.log"
    settings.write_text(_TOML, encoding="utf-8")
    command = [sys.executable, "-m", "webapp", "--index", str(index), "--settings", str(settings), "--port", "0"]
    environment = {**os.environ, "ASSISTANT_SECRET_KEY": _KEY}
    with log.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True)
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = re.search(r":(\d+)/", line)
            if found is None:
                raise RuntimeError(f"The server did not start: {log.read_text(encoding='utf-8')}")
            yield Server(process, int(found[1]), log)
        finally:
            process.terminate()
            process.wait(_SECONDS)
