"""What a program is told when something cannot be done: problem details (RFC 9457)."""

import json
from http import HTTPStatus

from flask import Request, Response

# Whatever is below this is for programs, which are told of every error in this form.
PREFIX = "/api/"
TYPE = "application/problem+json"

_DETAILS = {
    403: "This request came from another website. Send it from a program, or from this service's own pages.",
    404: "There is nothing at this address. What there is, is described in /api/v1/openapi.json.",
    405: "This address does not take that method. The Allow header names those that it takes.",
    413: "The body is too large. Send less than two million bytes.",
    415: "Send the body as JSON, with the header Content-Type: application/json.",
    429: "Too many requests came from your address. Wait as many seconds as the header Retry-After says.",
    500: "Something went wrong. Whoever runs this service can see what, in its log.",
    503: "The index of the documents is missing or damaged. Whoever runs this service can build it again. "
    "Try again later.",
}


def to_a_program(request: Request) -> bool:
    """Whether the request is for what only programs use."""
    return request.path.startswith(PREFIX)


def problem(status: int, detail: str = "") -> Response:
    """A problem of this HTTP status, with its usual detail where none is given.

    Its type is "about:blank", for which RFC 9457 (section 4.2.1) has the status's own phrase as the title.
    """
    told = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or _DETAILS.get(status, "The request could not be understood."),
    }
    return Response(json.dumps(told), status, {"Cache-Control": "no-store"}, content_type=TYPE)
