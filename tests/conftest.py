"""What all tests share."""

import pytest
import small_council
from fakes import FakeEncoder
from flask.testing import FlaskClient
from hypothesis import settings
from small_council import SECRET

from webapp.app import create_app
from webapp.live import LiveAssistant

# A slow machine is no failure: no example has a time to keep.
settings.register_profile("project", deadline=None)
settings.load_profile("project")


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> LiveAssistant:
    """An assistant over the documents of a small council, with the fake encoder."""
    return small_council.live(tmp_path_factory.mktemp("council"), FakeEncoder())


@pytest.fixture
def client(live: LiveAssistant) -> FlaskClient:
    """A browser without cookies or script, at the pages of the small council."""
    return create_app(live.current, SECRET).test_client()
