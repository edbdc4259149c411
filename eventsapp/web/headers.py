"""Security headers on every answer, and a nonce for the few pages that need one."""

import secrets

from flask import g
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
    fixed = dict(_ALWAYS)
    if secure:
        fixed["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"

    def wanted(nonce: str) -> dict[str, str]:
        # What a signed-in person sees must not stay on a shared machine; public pages that
        # may be cached say so themselves.
        policy = _policy(secure=secure, nonce=nonce)
        return fixed | {"Content-Security-Policy": policy, "Cache-Control": "no-store, private"}

    usual = wanted("")

    def add_headers(response: Response) -> Response:
        headers = wanted(g.csp_nonce) if "csp_nonce" in g else usual
        # One look at what there is: each question to the headers walks through all of them.
        # Ours are written as a title.
        there = {name.title() for name, _ in response.headers}
        response.headers.extend([pair for pair in headers.items() if pair[0] not in there])
        return response

    app.on_every_answer.append(add_headers)


def _policy(*, secure: bool, nonce: str) -> str:
    nonce = f" 'nonce-{nonce}'" if nonce else ""
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
