"""The chosen language is remembered in a cookie that only this very host can set."""

from dataclasses import replace
from pathlib import Path

from flask import Flask

from eventsapp.app import create_app
from tests.conftest import make_settings


def cookie_of(app: Flask, base_url: str) -> str:
    answer = app.test_client().get("/healthz?lang=fr", base_url=base_url)
    return str(answer.headers["Set-Cookie"])


def test_under_https_the_language_cookie_carries_the_host_prefix(tmp_path: Path) -> None:
    settings = make_settings(f"sqlite:///{tmp_path / 'x.sqlite3'}", tmp_path)
    secure = create_app(replace(settings, base_url="https://events.example"))

    cookie = cookie_of(secure, "https://events.example")

    assert cookie.startswith("__Host-lang=fr;")
    assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_without_https_it_goes_without_the_prefix(sqlite_app: Flask) -> None:
    assert cookie_of(sqlite_app, "http://localhost:8000").startswith("lang=fr;")
