"""Signing in with OpenID Connect: Entra ID and whatever else speaks it (OpenID Connect Core 1.0, 3.1).

The provider is asked for a person's name and groups and nothing else, with PKCE (RFC 7636), and nothing of its tokens
is kept: the session holds the name and the level. Authlib, and what it brings, is imported only where it is used.
"""

import logging
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Flask, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from webapp import settings as kept
from webapp.access import visitors
from webapp.settings import CLIENT_SECRET, Settings, SettingsWrong

pages = Blueprint("signing_in", __name__)
_log = logging.getLogger(__name__)

_CLIENT = "openid_client"
_BACK = "back"
# Seconds for the provider to answer in.
_PATIENCE = 10
_LONGEST_BACK = 500


def register(app: Flask, settings: Settings) -> None:
    """Add the pages, if people sign in here; :class:`SettingsWrong` where the client's secret is not given."""
    if not settings.openid.issuer:
        return
    from authlib.integrations.flask_client import OAuth

    secret = kept.secret(CLIENT_SECRET)
    if not secret:
        raise SettingsWrong(
            f"People sign in with {settings.openid.issuer}, and {CLIENT_SECRET} is not set. Set it, or "
            f"{CLIENT_SECRET}_FILE, to the secret that the provider gave this service."
        )
    app.extensions[_CLIENT] = OAuth(app).register(
        "provider",
        client_id=settings.openid.client_id,
        client_secret=secret,
        server_metadata_url=f"{settings.openid.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256", "timeout": _PATIENCE},
    )
    app.register_blueprint(pages)


@pages.get("/sign-in")
def begin() -> ResponseReturnValue:
    """Send the person to the provider, remembering which page of this service they came from."""
    session[_BACK] = _path(request.args.get("back", ""))
    try:
        return _client().authorize_redirect(url_for("signing_in.finish", _external=True))
    except Exception as problem:  # whatever the provider, or the way to it, has
        return _failed(problem)


@pages.get("/signed-in")
def finish() -> ResponseReturnValue:
    """Take the provider's answer, and go back to where the person came from."""
    openid = current_app.config["SETTINGS"].openid
    back = _path(session.pop(_BACK, ""))
    try:
        token = _client().authorize_access_token(
            claims_options={
                "iss": {"essential": True, "value": openid.issuer},
                "aud": {"essential": True, "value": openid.client_id},
            }
        )
        told = token["userinfo"]
        name = str(told.get("preferred_username") or told.get("email") or told["sub"])
        groups = told.get(openid.groups_claim) or ()
    except Exception as problem:  # a forged or an old answer, a provider that is down: nobody has signed in
        return _failed(problem)
    visitors.sign_in(name, [groups] if isinstance(groups, str) else [str(group) for group in groups])
    return redirect(back)


@pages.post("/sign-out")
def end() -> ResponseReturnValue:
    """Forget who it was, and what they asked."""
    visitors.sign_out()
    return redirect(url_for("chat.home"), code=303)


def _client() -> Any:
    return current_app.extensions[_CLIENT]


def _failed(problem: Exception) -> ResponseReturnValue:
    """The reason is for the log: it may say what only whoever runs the service should know."""
    _log.warning("Signing in failed: %s: %s", type(problem).__name__, problem)
    for key in [key for key in session if key.startswith("_state_")]:
        session.pop(key)
    return render_template("not_signed_in.html"), 502


def _path(address: str) -> str:
    """An address within this service to go back to; the first page for any other."""
    parts = urlsplit(address)
    inside = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc
    return address if inside and address.isprintable() and len(address) <= _LONGEST_BACK else url_for("chat.home")
