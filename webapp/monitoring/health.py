"""Whether the service is alive, and whether it is ready for requests, for the machine that watches it.

Both tell only of the index that everyone may search.
"""

from flask import Blueprint, current_app, g, jsonify
from flask.typing import ResponseReturnValue

pages = Blueprint("health", __name__)

# Where a program asks; it is told of errors as JSON.
ADDRESSES = ("/healthz", "/readyz")


@pages.get("/healthz")
def health() -> ResponseReturnValue:
    """Whether the service answers.

    ``in_place_of`` is there only where the index that should serve is damaged, and an earlier one serves.
    """
    index = g.assistant.index
    damaged = current_app.config["IN_PLACE_OF"]()
    return jsonify(
        status="ok",
        generation=index.generation,
        documents=len(index.sources),
        passages=index.facts.passages,
        model=index.facts.encoder if index.dense else None,
        **({"in_place_of": damaged} if damaged else {}),
    )


@pages.get("/readyz")
def ready() -> ResponseReturnValue:
    """Whether requests should be sent here: the index can be searched (or it does not come to this), nothing stops.

    A service that searches by words alone is ready, as the pages say so.
    """
    if current_app.config["STOPPING"].is_set():
        return jsonify(error="The server is stopping."), 503
    return jsonify(status="ready")
