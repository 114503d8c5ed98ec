"""A small corpus of an invented council, indexed with the fake encoder, for tests of the pages."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fakes import FakeEncoder
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from corpus.collection import Collection
from index import audiences
from index.build import build
from index.models.encoder import Encoder
from webapp.conversation import Cookie
from webapp.guard import tokens
from webapp.live import LiveAssistant
from webapp.server import listening, run
from webapp.settings import Limits, Settings

SECRET = "a secret of more than thirty-two characters"
# For tests that ask more than a person does.
UNLIMITED = Settings(limits=Limits(questions_a_minute=1_000_000, requests_a_minute=1_000_000))
QUESTION = "how many foster carers were recruited?"
ANSWER = "Officers confirmed that twelve foster carers were recruited."
MINUTES = """Agenda item

Ofsted focused visit

Minutes:

Members of Westmarch Council considered the report and asked about:

·       School attendance – officers confirmed that attendance had risen to 94%. The target was 95%.

·       Foster carers – reference was made to the letter. Officers confirmed that twelve foster carers were recruited.

Decision:

The Committee noted the report.
"""
REPORT = """CABINET

4 MARCH 2021

OFSTED INSPECTION OF WESTMARCH

Author:\tPat Example, Head of Quality

1. Findings

1.1 The published report identified two areas for improvement:

- Oversight of missing <script>alert("x")</script> children
- The supply of <b>placements</b> for teenagers & others

1.2 The inspectors visited for five days.

2. Risks

Risk\tDescription\tAction to avoid or mitigate risk\tRating
<p>Budget</p>\tThe placements budget may be overspent before the year ends\tMonthly monitoring<br>by the board\tB2
--\t---\t---\t---
Staffing\tVacancies in the safeguarding teams may slow the response to referrals\tA new recruitment campaign\tC3

3. Recommendations

3.1 The Cabinet is asked to note the report.
"""
CATALOGUE = """
[[source]]
file = "visit-minutes.txt"
title = { value = "Ofsted focused visit", stated = "Ofsted focused visit" }
council = { value = "Westmarch Council", stated = "Westmarch Council" }
body = { value = "Scrutiny Committee", supplied = true }
kind = { value = "minutes", stated = "Minutes:" }
url = { value = "https://council.example/visit", supplied = true }

[[source]]
file = "cabinet-report.txt"
title = { value = "Ofsted inspection of Westmarch", stated = "OFSTED INSPECTION OF WESTMARCH" }
council = { value = "Westmarch Council", supplied = true }
body = { value = "Cabinet", stated = "CABINET" }
date = { value = 2021-03-04, stated = "4 MARCH 2021" }
kind = { value = "report", supplied = true }
"""


def write(folder: Path, **more: str) -> Path:
    """The two documents and their catalogue, and ``more`` texts by file name without its ending; the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {"visit-minutes": MINUTES, "cabinet-report": REPORT, **more}
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "catalogue.toml").write_text(CATALOGUE, encoding="utf-8")
    return folder


def index(documents: Path, folder: Path) -> str:
    """Build the index of a folder of documents; the generation's name."""
    intake = Collection.open([documents]).read()
    return build(intake.documents, folder, FakeEncoder(), receipts=intake.receipts, others=intake.others).generation


def index_levels(documents: Path, folder: Path) -> Path:
    """Build the index of each level of a folder of documents, as the command does; their folder."""
    intake = Collection.open([documents]).read()
    for access in intake.levels:
        seen = intake.seen_by(access)
        place = audiences.folder_of(folder, access)
        build(seen.documents, place, FakeEncoder(), receipts=seen.receipts, others=seen.others)
    return folder


def live(tmp: Path, encoder: Encoder | None = None, **more: str) -> LiveAssistant:
    """An assistant over the small corpus, in ``tmp / "documents"`` and ``tmp / "index"``."""
    index(write(tmp / "documents", **more), tmp / "index")
    return LiveAssistant.open(tmp / "index", encoder)


class Browser(FlaskClient):
    """A browser, at least as far as that what it sends with its cookie has the token of the page before it."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if kwargs.get("method") == "POST" and self.get_cookie("questions"):
            with self.session_transaction() as session:
                held = session.setdefault(tokens.FIELD, "0" * 40)
            token = URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(held)
            kwargs["headers"] = {tokens.HEADER: token, **dict(kwargs.get("headers") or {})}
        return super().open(*args, **kwargs)


def kept_in(cookie: str) -> dict[str, Any]:
    """What the session's cookie holds."""
    app = Flask("reading")
    app.secret_key = SECRET
    serializer = Cookie().get_signing_serializer(app)
    assert serializer is not None
    held: dict[str, Any] = serializer.loads(cookie)
    return held


def page(client: FlaskClient, address: str = "/") -> str:
    """The HTML of a page that must be there."""
    response = client.get(address)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def turns(html: str) -> list[str]:
    """The ids of a page's turns, in order."""
    return re.findall(r'<article class="turn" id="(turn-\d+)"', html)


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """A real server for ``app`` on a free port of this machine; its address."""
    server = listening(app, "127.0.0.1", 0)
    stopping = app.config["STOPPING"]
    thread = threading.Thread(target=run, args=(server, stopping), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    stopping.set()
    thread.join(30)
