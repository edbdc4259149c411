"""Where a submission must leave no trace: everything is searched for what it brought along."""

import io
import logging
import re
import secrets
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from prometheus_client import REGISTRY, generate_latest

from eventsapp.core import db
from eventsapp.core.db import Base
from eventsapp.edge import logs
from eventsapp.feedback.rules.tokens import written
from tests.factories.feedback import DURING, make_cards, make_form
from tests.pages import hidden_fields

ADDRESS, AGENT = "203.0.113.77", "needle-agent-5b1f"
OWN = {"invitation", "feedback_inbox"}


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that a production server would write, debug lines included."""
    stream = io.StringIO()
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    logs.install(logs.make_handler(as_json=True, stream=stream), "DEBUG")
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


def rows() -> dict[str, list[str]]:
    db.session().rollback()
    return {
        table.name: sorted(str(tuple(row)) for row in db.session().execute(sa.select(table)))
        for table in Base.metadata.sorted_tables
    }


def counted() -> str:
    """All figures but those of the process itself."""
    text = generate_latest(REGISTRY).decode()
    return "\n".join(line for line in text.splitlines() if line.startswith("eventsapp_"))


def test_answers_leave_nothing_in_logs_figures_cookies_or_any_other_table(
    site: Flask, log: io.StringIO
) -> None:
    with time_machine.travel(DURING), site.app_context():
        codes = [written(code) for code in make_cards(make_form(), 3)]
        before, figures, said = rows(), counted(), log.getvalue()
    client = site.test_client()
    client.environ_base |= {"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": AGENT}
    needles = [ADDRESS, AGENT]
    cookies: list[str] = []
    with time_machine.travel(DURING):
        for code in codes:
            key, text = secrets.token_hex(16), f"needle-text-{secrets.token_hex(8)}"
            needles += [code, code.replace("-", ""), key, text]
            fields = hidden_fields(client.post("/f/", data={"code": code}).text)
            fields |= {"retry_key": key, "a-usefulness": "5", "a-comment-text": text, "do": "send"}
            answers = [
                client.post("/f/", data=fields | {"a-usefulness": "wrong"}),
                client.post("/f/", data=fields),
                client.post("/f/", data=fields),
                client.post("/f/", data=fields | {"retry_key": "another"}),
            ]
            assert [page.status_code for page in answers] == [422, 200, 200, 409]
            cookies += [cookie for page in answers for cookie in page.headers.getlist("Set-Cookie")]
    with site.app_context():
        after = rows()
    assert cookies == []
    assert log.getvalue() == said
    assert counted() == figures
    assert {name for name in after if after[name] != before[name]} == OWN
    others = str({name: found for name, found in after.items() if name not in OWN})
    assert [needle for needle in needles if needle in others] == []
    # What must be there is found: the texts, in the inbox alone, and no code or key with them.
    inbox = str(after["feedback_inbox"]) + str(after["invitation"])
    found = [needle for needle in needles if needle in inbox]
    assert [bool(re.match("needle-text", needle)) for needle in found] == [True] * len(codes)


def test_another_page_is_logged_and_counted(site: Flask, log: io.StringIO) -> None:
    """The control: what watches these requests does see others."""
    figures = counted()
    site.test_client().get("/workshops/", headers={"User-Agent": AGENT})
    assert "/workshops/" in log.getvalue()
    assert counted() != figures
