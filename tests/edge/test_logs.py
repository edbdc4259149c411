"""What reaches the logs, and above all what does not."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, abort

from eventsapp.edge import logs
from eventsapp.web import tracing
from eventsapp.web.untraced import Application, untraced

SECRETS = ("leila@demo.example", "Leila", "s3cret", "203.0.113.9")


@pytest.fixture(params=[True, False], ids=["json", "line"])
def as_json(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def written(*, as_json: bool) -> Iterator[io.StringIO]:
    """The log as a production or a demo server writes it."""
    stream = io.StringIO()
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    logs.install(logs.make_handler(as_json=as_json, stream=stream), "INFO")
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def failures() -> list[str]:
    return []


@pytest.fixture
def site(failures: list[str]) -> Flask:
    """A small site with traced and untraced pages, some of which fail."""
    app = Application("site")

    @app.get("/news/<slug>")
    def article(slug: str) -> str:
        logging.getLogger("eventsapp.news").info("shown", extra={"reader": "Leila"})
        return slug

    @app.get("/broken/<token>")
    def broken(token: str) -> str:
        raise ValueError(f"no row for leila@demo.example with {token}")

    @app.route("/f/<token>", methods=["GET", "POST"])
    @untraced
    def form(token: str) -> str:
        logging.getLogger("some.library").error("answering %s", token)
        return "thank you"

    @app.get("/f/<token>/broken")
    @untraced
    def broken_form(token: str) -> str:
        raise ValueError(token)

    @app.get("/f/<token>/gone")
    @untraced
    def gone(token: str) -> str:
        abort(410)

    tracing.init_app(
        app,
        on_finished=(logs.log_request,),
        on_failed_untraced=lambda: failures.append("failed"),
    )
    return app


def lines_of(stream: io.StringIO) -> list[str]:
    return stream.getvalue().splitlines()


def test_a_request_is_one_line_with_its_pattern_and_no_address(
    site: Flask, written: io.StringIO
) -> None:
    site.test_client().get("/news/leila?token=s3cret", environ_base={"REMOTE_ADDR": "203.0.113.9"})
    text = written.getvalue()
    assert ("/news/<slug>" in text, "request" in text, "?token" in text) == (True, True, False)
    assert [secret for secret in SECRETS if secret in text] == []


def test_a_json_line_has_exactly_these_fields(site: Flask) -> None:
    stream = io.StringIO()
    handler = logs.make_handler(as_json=True, stream=stream)
    logs.request_log.addHandler(handler)
    logs.request_log.setLevel(logging.INFO)
    site.test_client().get("/news/x")
    logs.request_log.removeHandler(handler)
    facts = json.loads(stream.getvalue())
    assert facts.pop("ms") >= 0
    assert len(facts.pop("request_id")) == 16
    assert facts.pop("timestamp").endswith("Z")
    assert facts == {
        "event": "request",
        "level": "info",
        "logger": "eventsapp.request",
        "method": "GET",
        "route": "/news/<slug>",
        "status": 200,
        "actor": "visitor",
    }


def test_unknown_addresses_and_methods_are_not_repeated(site: Flask, written: io.StringIO) -> None:
    client = site.test_client()
    client.get("/s3cret/leila@demo.example")
    client.open("/news/x", method="S3CRET")
    assert "(none)" in written.getvalue()
    assert "s3cret" not in written.getvalue().lower()


def test_an_error_is_logged_by_class_and_place_without_its_message(
    site: Flask, written: io.StringIO
) -> None:
    assert site.test_client().get("/broken/s3cret").status_code == 500
    text = written.getvalue()
    assert "ValueError at tests/edge/test_logs.py:" in text
    assert [secret for secret in SECRETS if secret in text] == []


@pytest.mark.parametrize("path", ["/f/s3cret", "/f/s3cret/broken", "/f/s3cret/gone"])
def test_an_untraced_request_leaves_no_line_at_all(
    site: Flask, written: io.StringIO, path: str
) -> None:
    site.test_client().get(path)
    assert lines_of(written) == []


def test_the_same_request_traced_leaves_lines(site: Flask, written: io.StringIO) -> None:
    vars(site.view_functions["form"]).clear()
    site.test_client().get("/f/s3cret")
    assert len(lines_of(written)) == 2


def test_a_failed_untraced_request_is_only_counted(site: Flask, failures: list[str]) -> None:
    site.test_client().get("/f/s3cret/broken")
    assert failures == ["failed"]


@pytest.mark.parametrize(
    "value",
    ["x\nGET /admin 200", "x\r\nfake", "\x1b[31mred\x1b[0m", "a\u2028b", "\u202eevil", "\x00\x9b"],
)
def test_text_cannot_forge_a_line_or_steer_a_terminal(written: io.StringIO, value: str) -> None:
    logging.getLogger("eventsapp.jobs").warning(value, extra={"job_name": value, "cause": value})
    assert len(written.getvalue().split("\n")) == 2
    assert written.getvalue().isascii()
    assert all(character.isprintable() or character == "\n" for character in written.getvalue())


def test_fields_that_nobody_vouched_for_are_withheld(written: io.StringIO) -> None:
    facts: dict[str, Any] = {"person": "Leila", "job": 7}
    logging.getLogger("eventsapp.jobs").warning("mailed leila@demo.example?t=s3cret", extra=facts)
    text = written.getvalue()
    assert "[withheld]" in text
    assert [secret for secret in SECRETS if secret in text] == []


def test_libraries_lines_about_single_requests_are_not_written(written: io.StringIO) -> None:
    logging.getLogger("werkzeug").info("GET /r/s3cret 200")
    logging.getLogger("gunicorn.access").info("GET /r/s3cret 200")
    assert lines_of(written) == []


def test_probes_that_are_content_write_nothing(written: io.StringIO) -> None:
    for status in (200, 503):
        logs.log_request(
            method="GET", route="/readyz", status=status, seconds=0.01, actor="visitor"
        )
    assert len(lines_of(written)) == 1
