"""What all tests share."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import milvus_server
import pytest
import small_council
from engines import ENGINES, OpenIndex
from fakes import FakeEncoder
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from small_council import SECRET, Browser

from webapp.app import create_app
from webapp.live import LiveAssistant

if TYPE_CHECKING:
    from browsing import Served, Visit
    from playwright.sync_api import Browser

# A slow machine is no failure: no example has a time to keep.
settings.register_profile("project", deadline=None)
settings.load_profile("project")
# What a form sends has the token of its page, as a browser's has. Tests of the token itself use Flask's own client.
Flask.test_client_class = Browser


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> LiveAssistant:
    """An assistant over the documents of a small council, with the fake encoder."""
    return small_council.live(tmp_path_factory.mktemp("council"), FakeEncoder())


@pytest.fixture
def client(live: LiveAssistant) -> FlaskClient:
    """A browser without cookies or script, at the pages of the small council."""
    return create_app(live.current, SECRET).test_client()


@pytest.fixture(scope="session", params=ENGINES)
def open_index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> OpenIndex:
    """Builds and opens an index, in each of the engines in turn."""
    return ENGINES[request.param](tmp_path_factory.mktemp(request.param), request)


@pytest.fixture(scope="session")
def milvus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Milvus that runs meanwhile; a test that asks for it is skipped where none is installed."""
    with milvus_server.serving(tmp_path_factory.mktemp("milvus")) as uri:
        yield uri


# What follows is for the browser's tests. Their module skips where it has no browser, so it is imported when needed.
@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of the five documents."""
    from browsing import pages

    with pages(tmp_path_factory) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """A browser, started once."""
    from browsing import chromium

    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def served(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator["Served"]:
    """The address of what serves a state of the pages, which is started when it is first asked for."""
    from states import SERVED

    addresses = {"five": address}
    with ExitStack() as running:

        def served(name: str) -> str:
            if name not in addresses:
                app = SERVED[name](tmp_path_factory.mktemp("served"))
                addresses[name] = running.enter_context(small_council.serving(app))
            return addresses[name]

        yield served


@pytest.fixture
def visit(browser: "Browser", address: str, request: pytest.FixtureRequest) -> Iterator["Visit"]:
    """A new visitor; the parameter is the screen, a desk's by default."""
    from browsing import DESK, visiting

    with visiting(browser, address, getattr(request, "param", DESK)) as visit:
        yield visit
