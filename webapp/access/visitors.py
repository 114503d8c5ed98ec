"""Who asks, and what they may therefore see.

A visitor is known from the headers of a trusted reverse proxy or from having signed in; everyone else is the public.
Headers count only where webapp/guard/proxy.py has let them through: of all but the proxies' requests it takes them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from time import time
from typing import Any

from flask import Flask, current_app, g, request, session
from werkzeug.datastructures import Headers
from werkzeug.wrappers import Response

from corpus.access import Access
from webapp.guard import tokens
from webapp.settings import Groups, Proxy, Settings

# A person who signed in is asked again after a working day: what they may see is settled when they sign in.
HOURS = 10
_KEY = "visitor"
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who asks: their name, "" for the public, and the level of what they may see."""

    name: str = ""
    access: Access = Access.PUBLIC


PUBLIC = Visitor()


def register(app: Flask) -> None:
    """Have ``g.visitor`` known before anything else is done with a request, and nothing for a visitor stored."""
    app.before_request(_meet)
    app.after_request(_store_nothing)


def access_of(groups: Iterable[str], levels: Groups) -> Access:
    """The highest level that any of a person's groups may see."""
    held = set(groups)
    if held & set(levels.officers):
        return Access.OFFICERS
    return Access.MEMBERS if held & set(levels.members) else Access.PUBLIC


def sign_in(name: str, groups: Iterable[str]) -> Visitor:
    """Remember in the session that somebody has signed in; who they are."""
    visitor = Visitor(name[:_LONGEST_NAME], access_of(groups, _settings().groups))
    session.pop(tokens.FIELD, None)  # whoever planted the session that was signed in with knows its token
    session[_KEY] = [visitor.name, visitor.access.word, int(time()) + HOURS * 3600]
    return visitor


def sign_out() -> None:
    """Forget who it was, and what they asked."""
    session.clear()


def _meet() -> None:
    settings = _settings()
    if settings.proxy.user:
        g.visitor = _proxied(request.headers, settings.proxy, settings.groups)
    elif settings.openid.issuer:
        g.visitor = _signed_in(session)
    else:
        g.visitor = PUBLIC


def _proxied(headers: Headers, proxy: Proxy, levels: Groups) -> Visitor:
    """Whom the proxy names. Groups are parted by commas."""
    name = headers.get(proxy.user, "").strip()
    if not name:
        return PUBLIC
    groups = (group.strip() for group in headers.get(proxy.groups, "").split(","))
    return Visitor(name[:_LONGEST_NAME], access_of(groups, levels))


def _signed_in(session: Mapping[str, Any]) -> Visitor:
    """Who signed in with this session, until it is time to be asked again."""
    try:
        name, word, until = session[_KEY]
        return Visitor(str(name), Access.of(word)) if time() < until else PUBLIC
    except (KeyError, TypeError, ValueError):
        return PUBLIC


def _store_nothing(response: Response) -> Response:
    if g.get("visitor", PUBLIC).access is not Access.PUBLIC:
        response.headers["Cache-Control"] = "no-store"
    return response


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
