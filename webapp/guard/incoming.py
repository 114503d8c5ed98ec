"""A request as it comes in, before anything is read of it."""

import re
from wsgiref.types import WSGIEnvironment

from flask import Request

_UNSAFE = re.compile("[^!-~]")


class Incoming(Request):
    """A request whose query can be read whatever its bytes are.

    Browsers escape what is no plain letter; Werkzeug fails over bytes that a program leaves as they are.
    """

    def __init__(self, environ: WSGIEnvironment, populate_request: bool = True, shallow: bool = False) -> None:
        query = environ.get("QUERY_STRING", "")
        environ["QUERY_STRING"] = _UNSAFE.sub(lambda letter: f"%{ord(letter[0]):02X}", query)
        super().__init__(environ, populate_request, shallow)
