"""What every response carries, and which requests may change anything."""

from urllib.parse import urlsplit

from flask import Flask, Request, Response, abort, request

# Nothing from elsewhere, nothing inline. ``form-action`` and ``connect-src`` keep questions on this server.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",  # for browsers too old to know frame-ancestors
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
# One year. It speaks for this host alone: other services of the same organisation may not have https.
HTTPS_ONLY = "max-age=31536000"


def protect(app: Flask) -> None:
    """Refuse form posts that another site started, and add the headers to every response."""
    app.before_request(_refuse_other_sites)
    app.after_request(_add_headers)


def same_origin(incoming: Request) -> bool:
    """Whether this site's own pages, or no web page at all, made a request.

    Browsers state it in ``Sec-Fetch-Site`` (W3C Fetch Metadata) or, older ones, in ``Origin``. A request with
    neither comes from a program, which holds no one else's cookie.
    """
    site = incoming.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = incoming.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == incoming.host


def _refuse_other_sites() -> None:
    if request.method not in ("GET", "HEAD", "OPTIONS") and not same_origin(request):
        abort(403)


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if response.status_code == 422:
        # What was refused may hold somebody's personal details: no copy of it is kept, and no address passed on.
        response.headers["Cache-Control"] = "no-store"
        if request.method == "GET":  # a form that is posted from a page without a referrer has no origin to check
            response.headers["Referrer-Policy"] = "no-referrer"
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", HTTPS_ONLY)
    # Answers depend on the cookie and on the index: a stored copy must be checked before it is shown.
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response
