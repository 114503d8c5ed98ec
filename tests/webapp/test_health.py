"""What the machine that watches the service is told, beside what tests/webapp/test_errors.py holds of ``/healthz``."""

import sqlite3

import pytest
from flask.testing import FlaskClient
from small_council import SECRET

from index.files.generations import IndexDamaged, IndexMissing
from webapp.app import create_app

UNUSABLE = "The documents cannot be searched at the moment."


def test_a_service_is_ready_until_it_stops(client: FlaskClient) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.get_json()) == (200, {"status": "ready"})
    client.application.config["STOPPING"].set()
    response = client.get("/readyz")
    assert (response.status_code, response.get_json()) == (503, {"error": "The server is stopping."})
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "problem",
    [IndexMissing("/private/path"), IndexDamaged("/private/path"), sqlite3.DatabaseError("/private/path")],
    ids=["missing", "damaged", "store"],
)
@pytest.mark.parametrize("address", ["/healthz", "/readyz"], ids=str)
def test_without_an_index_it_is_neither_ready_nor_well(problem: Exception, address: str) -> None:
    def missing() -> None:
        raise problem

    response = create_app(missing, SECRET).test_client().get(address)  # type: ignore[arg-type]
    assert response.status_code == 503
    assert list(response.get_json()) == ["error"]
    assert response.get_json()["error"].startswith(UNUSABLE)
    assert "private" not in response.get_data(as_text=True)
