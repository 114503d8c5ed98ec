"""A provider of OpenID Connect on this machine, whose sign-in page lets everybody in, for tests of signing in."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, CLIENT_SECRET = "inspection-documents", "a secret of the provider's"


@dataclass
class Provider:
    """What the provider says of whoever signs in, and what it was asked; ``changed`` claims in place of the usual."""

    issuer: str = ""
    changed: dict[str, Any] = field(default_factory=dict)
    refuses: bool = False
    asked: list[dict[str, str]] = field(default_factory=list)
    key: Any = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    signing_key: Any = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def claims(self, nonce: str) -> dict[str, Any]:
        now = int(time.time())
        usual = {"iss": self.issuer, "aud": CLIENT, "sub": "17", "iat": now, "exp": now + 300, "nonce": nonce}
        person = {"preferred_username": "p.example@westmarch.example", "groups": ["SG-Officers"]}
        return usual | person | self.changed


@contextmanager
def provider() -> Iterator[Provider]:
    """The provider, serving."""
    held = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(address.query).items()}
            if address.path == "/.well-known/openid-configuration":
                self._tell(
                    {
                        "issuer": held.issuer,
                        "authorization_endpoint": f"{held.issuer}/authorize",
                        "token_endpoint": f"{held.issuer}/token",
                        "jwks_uri": f"{held.issuer}/keys",
                        "id_token_signing_alg_values_supported": ["RS256"],
                    }
                )
            elif address.path == "/keys":
                self._tell({"keys": [held.key.as_dict(private=False)]})
            elif address.path == "/authorize":
                held.asked.append(asked)
                code = f"code-{len(held.asked)}"
                held.codes[code] = asked
                told = {"error": "access_denied"} if held.refuses else {"code": code}
                self.send_response(302)
                self.send_header("Location", f"{asked['redirect_uri']}?{urlencode({**told, 'state': asked['state']})}")
                self.end_headers()

        def do_POST(self) -> None:
            body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            asked = held.codes.pop(body["code"][0], None)
            digest = hashlib.sha256(body["code_verifier"][0].encode()).digest()
            challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
            known = "Basic " + base64.b64encode(f"{CLIENT}:{CLIENT_SECRET}".encode()).decode()
            if asked is None or asked["code_challenge"] != challenge or self.headers["Authorization"] != known:
                self.send_error(400)
                return
            claims = held.claims(asked["nonce"])
            signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, held.signing_key or held.key)
            self._tell({"access_token": "unused", "token_type": "Bearer", "expires_in": 300, "id_token": signed})

        def _tell(self, what: dict[str, Any]) -> None:
            body = json.dumps(what).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    held.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
