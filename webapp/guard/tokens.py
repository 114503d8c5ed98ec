"""Tokens in the forms: what acts with a person's authority must come from a page that this service gave that person."""

from flask import Flask, request
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf
from markupsafe import Markup
from werkzeug.exceptions import Forbidden

from webapp.guard.proxy import environ_name

FIELD = "csrf_token"
HEADER = "X-CSRFToken"


class OutOfDate(Forbidden):
    """A request whose token is missing or belongs to another cookie."""


def protect(app: Flask) -> None:
    """Refuse what changes anything and has no token, where the request carries a person's authority.

    A token lasts as long as the cookie: a page left open for a day, or gone back to, can still be sent. Pages write it
    with ``{{ token() }}`` in every form that posts.
    """
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_FIELD_NAME=FIELD)
    # Referrers are stripped by some browsers; where a request comes from is checked by webapp.guard.security.
    app.config.update(WTF_CSRF_SSL_STRICT=False, WTF_CSRF_HEADERS=[HEADER])
    tokens = CSRFProtect(app)
    app.jinja_env.globals["token"] = _field

    @app.before_request
    def check() -> None:
        if request.endpoint is None or not _has_authority(app):
            return
        try:
            tokens.protect()
        except CSRFError:
            # With the cookie of another key, or none of a page's, there is no token to compare: the next one is new.
            raise OutOfDate from None


def fresh() -> str:
    """The token of this session, made where there is none yet."""
    made: str = generate_csrf()
    return made


def _has_authority(app: Flask) -> bool:
    """Whether a request speaks for a person: by the cookie, or because a proxy has signed the person in.

    Signed in at the proxy, JSON needs no token: no other site's page can send it without being allowed to first.
    """
    if app.session_interface.get_cookie_name(app) in request.cookies:
        return True
    user = app.config["SETTINGS"].proxy.user
    return bool(user) and environ_name(user) in request.environ and not request.is_json


def _field() -> Markup:
    """The hidden field of a form."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, fresh())
