"""Who asks, where proxies stand in front: their word is taken for it, and nobody else's."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from ipaddress import IPv6Address, ip_address
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from webapp.settings import Proxy

# All that says where a request came from, of which three are read: no part of the application sees the others.
_SAID = re.compile(r"HTTP_(X_FORWARDED_\w+|FORWARDED|X_REAL_IP|X_ORIGINAL_\w+|X_REWRITE_URL)")
# A name of labels (RFC 1123, 2.1; and the underscores of container networks), or an address; and a port.
_HOST = re.compile(
    r"(?:(?=[^:]{1,253}(?::|$))[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*\.?"
    r"|\[[0-9A-Fa-f:]{2,39}(?:(?:\.[0-9]{1,3}){3})?\])(?::[0-9]{1,5})?"
)
_PLAIN = [
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'"),
    ("X-Content-Type-Options", "nosniff"),
]


class Proxied:
    """A WSGI application that is told the client's address, scheme and host as the trusted proxies state them.

    The client is the last address of ``X-Forwarded-For`` that is no proxy of ours: what stands before it was sent by
    the client and may be anything. Of ``X-Forwarded-Proto`` and ``X-Forwarded-Host`` the last value counts, which the
    nearest proxy wrote. The headers that name a person are taken out unless a trusted proxy sent the request. A request
    for what can be no host is refused (RFC 9112, 3.2).
    """

    def __init__(self, application: WSGIApplication, proxy: Proxy) -> None:
        self._application = application
        self._proxy = proxy
        self._named = tuple(environ_name(header) for header in (proxy.user, proxy.groups) if header)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with suppress(ValueError):  # a socket of files has no address
            environ["REMOTE_ADDR"] = _plain(environ.get("REMOTE_ADDR", ""))
        peer = environ.get("REMOTE_ADDR", "")
        read = [name for name in environ if _SAID.fullmatch(name) and name not in self._named]
        said = {name: environ.pop(name) for name in read}
        if self._proxy.trusts(peer):
            environ["REMOTE_ADDR"] = self._client(peer, said.get("HTTP_X_FORWARDED_FOR", ""))
            if (scheme := _last(said.get("HTTP_X_FORWARDED_PROTO", "")).lower()) in ("http", "https"):
                environ["wsgi.url_scheme"] = scheme
            if _HOST.fullmatch(host := _last(said.get("HTTP_X_FORWARDED_HOST", ""))):
                environ["HTTP_HOST"] = host
        else:
            for name in self._named:
                environ.pop(name, None)
        if not _HOST.fullmatch(environ.get("HTTP_HOST", "localhost")):
            # No page can be made where it cannot be said where it is.
            start_response("400 Bad Request", _PLAIN)
            return [b"The Host header names no host.\n"]
        return self._application(environ, start_response)

    def _client(self, peer: str, forwarded: str) -> str:
        """The address nearest to the service that is no proxy; the proxy's own, where it names none."""
        client = peer
        for address in _addresses(forwarded):
            client = address
            if not self._proxy.trusts(address):
                break
        return client


def environ_name(header: str) -> str:
    """What a header is called in the environment of WSGI, where "X-User" and "X_User" are one."""
    return "HTTP_" + header.upper().replace("-", "_")


def _addresses(forwarded: str) -> Iterator[str]:
    """The addresses from the last to the first, until one that cannot be read: nobody vouches for those before it."""
    for written in reversed(forwarded.split(",")):
        bare = written.strip().removeprefix("[").partition("]")[0]
        if bare.count(":") == 1:  # an IPv4 address with a port
            bare = bare.partition(":")[0]
        try:
            yield _plain(bare)
        except ValueError:
            return


def _plain(address: str) -> str:
    """An address as it is usually written; ``ValueError`` for none. An IPv4 address within IPv6 is itself."""
    known = ip_address(address)
    return str(known.ipv4_mapped or known) if isinstance(known, IPv6Address) else str(known)


def _last(value: str) -> str:
    return value.rpartition(",")[2].strip()
