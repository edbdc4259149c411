"""Style sheets and fonts: kept for a year where their address changes with them."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask, url_for

YEAR = "max-age=31536000"


def digest_of(app: Flask, filename: str) -> str:
    return sha256((Path(str(app.static_folder)) / filename).read_bytes()).hexdigest()[:12]


def test_a_file_of_ours_carries_its_digest_and_a_vendored_one_its_version(
    sqlite_app: Flask,
) -> None:
    with sqlite_app.test_request_context():
        ours = url_for("static", filename="css/base.css")
        vendored = url_for("static", filename="vendor/htmx-2.0.11/htmx.min.js")
    assert ours == f"/static/css/base.css?v={digest_of(sqlite_app, 'css/base.css')}"
    assert vendored == "/static/vendor/htmx-2.0.11/htmx.min.js"


@pytest.mark.parametrize(
    ("path", "is_kept"),
    [
        ("/static/css/base.css", False),
        ("/static/css/base.css?v=1", True),
        ("/static/vendor/htmx-2.0.11/htmx.min.js", True),
    ],
)
def test_only_addresses_that_change_with_the_file_are_kept_for_years(
    sqlite_app: Flask, path: str, is_kept: bool
) -> None:
    answer = sqlite_app.test_client().get(path, buffered=True)
    kept = answer.headers["Cache-Control"]
    assert (answer.status_code, "immutable" in kept) == (200, is_kept)
    assert "public" in kept


def test_a_static_answer_has_security_headers_and_no_cookie(sqlite_app: Flask) -> None:
    headers = sqlite_app.test_client().get("/static/icon.svg", buffered=True).headers
    assert {
        name: headers.get(name)
        for name in ("X-Content-Type-Options", "Cross-Origin-Resource-Policy", "Set-Cookie")
    } == {
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Set-Cookie": None,
    }
    assert re.search(r"sandbox", headers["Content-Security-Policy"])


@pytest.mark.parametrize(
    "path",
    [
        "/static/../config.py",
        "/static/%2e%2e/config.py",
        "/static/..%2fconfig.py",
        "/static/css/../../config.py",
        "/static//etc/passwd",
        "/static/css",
    ],
)
def test_nothing_outside_the_folder_is_served(sqlite_app: Flask, path: str) -> None:
    answer = sqlite_app.test_client().get(path, buffered=True)
    assert answer.status_code in {301, 308, 404}
    assert "Settings" not in answer.text
