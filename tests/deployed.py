"""The files of docs/deploying as a machine would run them: only ports and folders are other ones."""

import http.client
import json
import os
import re
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = ROOT / "docs" / "deploying"
NAME = "records.example.gov.uk"
INSTALLED = "/opt/inspection-assistant/current"
KEY = "a key of more than thirty-two characters\n"


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def replaced(text: str, changes: Mapping[str, str]) -> str:
    """The text with every change made; each must have something to change."""
    for before, after in changes.items():
        assert before in text, before
        text = text.replace(before, after)
    return text


def unit(name: str) -> dict[str, list[str]]:
    """The settings of a unit's file, by name, each with its values in order."""
    found: dict[str, list[str]] = {}
    for line in (FILES / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        if "=" in line and not line.startswith(("#", "[")):
            setting, _, value = line.partition("=")
            found.setdefault(setting, []).append(value)
    return found


@contextmanager
def server(index: Path, folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The unit's own command on another port, which may write nowhere but in its records; its process and port."""
    service, port = unit("inspection-assistant.service"), free_port()
    credentials, records = folder / "credentials", folder / "records"
    credentials.mkdir()
    records.mkdir()
    (credentials / "secret-key").write_text(KEY, encoding="utf-8")
    command = shlex.split(
        replaced(
            service["ExecStart"][0],
            {
                f"{INSTALLED}/.venv/bin/python": sys.executable,
                "/var/lib/inspection-assistant/index": str(index),
                "/var/lib/inspection-assistant/records": str(records),
                "/etc/inspection-assistant/settings.toml": str(FILES / "settings.toml"),
                "--port 8000": f"--port {port}",
            },
        )
    )
    environment = dict(one.replace("%d", str(credentials)).split("=", 1) for one in service["Environment"])
    for path in [index, *index.rglob("*")]:
        path.chmod(path.stat().st_mode & ~0o222)
    # Root is held to the permissions of files like anybody else.
    held = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"] if os.geteuid() == 0 else []
    with subprocess.Popen(
        [*held, *command, "--encoder", str(index)],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            while line := process.stdout.readline():
                if line.startswith("Serving on "):
                    break
            assert line, "the server did not start"
            yield process, port
        finally:
            process.terminate()


@contextmanager
def echo() -> Iterator[int]:
    """A server that answers with the headers that reach it, as JSON; its port."""

    class Echo(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(self.headers.items()).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as served:
        thread = threading.Thread(target=served.serve_forever, daemon=True)
        thread.start()
        yield served.server_address[1]
        served.shutdown()
        thread.join()


@dataclass(frozen=True, slots=True)
class Got:
    """An answer: its status, headers and body."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True, slots=True)
class Site:
    """An nginx that runs the site's file, on two ports of this machine."""

    folder: Path
    plain: int
    port: int

    def connect(self, source: str = "127.0.0.1") -> http.client.HTTPSConnection:
        """A connection over TLS from an address of this machine."""
        trusting = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        trusting.check_hostname = False
        return http.client.HTTPSConnection(
            "127.0.0.1", self.port, context=trusting, timeout=60, source_address=(source, 0)
        )

    def ask(
        self,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        source: str = "127.0.0.1",
    ) -> Got:
        """What a request gets; a post where there is a body."""
        connection = self.connect(source)
        try:
            connection.request("GET" if body is None else "POST", path, body, {"Host": NAME, **(headers or {})})
            answer = connection.getresponse()
            return Got(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def log(self, name: str) -> str:
        """What nginx has written to a log."""
        return (self.folder / name).read_text(encoding="utf-8")

    def logs(self, line: str) -> bool:
        """Whether a line of the log holds this, once nginx has come to write it: it answers first."""
        return _comes(lambda: line in self.log("inspection-assistant.log"))


def configuration(folder: Path, upstream: int, plain: int, port: int) -> Path:
    """The site's file with other ports and folders, in the least of a configuration that nginx takes."""
    site = replaced(
        (FILES / "nginx-site.conf").read_text(encoding="utf-8"),
        {
            "listen [::]:80;": "",
            "listen [::]:443 ssl;": "",
            "listen 80;": f"listen 127.0.0.1:{plain};",
            "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
            "server 127.0.0.1:8000;": f"server 127.0.0.1:{upstream};",
            "/etc/ssl/inspection-assistant/": f"{folder}/",
            "/var/log/nginx/": f"{folder}/",
            INSTALLED: str(ROOT),
        },
    )
    kept = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("proxy", "fastcgi", "uwsgi", "scgi", "client_body")
    )
    types = "types { text/html html; text/css css; application/javascript js; image/svg+xml svg; }"
    # Its workers must reach the tests' folders, which are their owner's alone.
    owner = "user root;" if os.geteuid() == 0 else ""
    usual = f"access_log {folder}/usual.log; gzip on; {types} {kept}"  # as in Debian's nginx.conf
    whole = f"{owner} daemon off; pid {folder}/pid; error_log stderr; events {{}} http {{ {usual}\n{site}\n}}\n"
    path = folder / "nginx.conf"
    path.write_text(whole, encoding="utf-8")
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"),
            *("-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"),
        ],
        check=True,
        capture_output=True,
    )
    return path


def nginx() -> str | None:
    """Where nginx is, if it is installed."""
    return shutil.which("nginx") or shutil.which("/usr/sbin/nginx")


@contextmanager
def site(folder: Path, upstream: int) -> Iterator[Site]:
    """An nginx of its own with the site's file, in front of a port."""
    made = Site(folder, free_port(), free_port())
    path = configuration(folder, upstream, made.plain, made.port)
    command = [str(nginx()), "-p", str(folder), "-c", str(path), "-e", str(folder / "started.log")]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        try:
            assert _comes(lambda: _listens(made.port, process)), "nginx does not listen"
            yield made
        finally:
            process.terminate()


def fields(html: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that is sent to an address."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>', html, re.DOTALL)
    assert form, action
    hidden = re.findall(r'<input[^>]*type="hidden"[^>]*>', form[1])
    named = [(re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one)) for one in hidden]
    return {name[1]: value[1] if value else "" for name, value in named if name}


def _listens(port: int, process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, process.stderr and process.stderr.read().decode()
    with socket.socket() as trying:
        return trying.connect_ex(("127.0.0.1", port)) == 0


def _comes(happens: Callable[[], bool]) -> bool:
    """Whether something happens before half a minute has gone."""
    return any(happens() or time.sleep(0.05) for _ in range(600))
