"""Security headers on every answer, and a nonce for the few pages that need one."""

import secrets

from flask import g, request
from werkzeug.wrappers import Response

from eventsapp.web.untraced import Application

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
}
YEAR = 31_536_000


def csp_nonce() -> str:
    """The nonce of this answer; asking for it makes the answer uncacheable."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(18)
    return str(g.csp_nonce)


def init_app(app: Application, *, secure: bool) -> None:
    def add_headers(response: Response) -> Response:
        for name, value in _ALWAYS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", _policy(secure=secure))
        if secure:
            response.headers.setdefault(
                "Strict-Transport-Security", f"max-age={YEAR}; includeSubDomains"
            )
        if request.endpoint != "static":
            # What a signed-in person sees must not stay on a shared machine; public pages that
            # may be cached say so themselves.
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    app.on_every_answer.append(add_headers)


def _policy(*, secure: bool) -> str:
    nonce = f" 'nonce-{g.csp_nonce}'" if "csp_nonce" in g else ""
    parts = [
        "default-src 'none'",
        f"script-src 'self'{nonce}",
        f"style-src 'self'{nonce}",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "frame-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
    if secure:
        parts.append("upgrade-insecure-requests")
    return "; ".join(parts)
