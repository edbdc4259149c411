"""What happens to reports in the background."""

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pytest
from flask import Flask

from eventsapp.accounts import service as accounts
from eventsapp.accounts.types import UserDraft
from eventsapp.core.actor import SYSTEM, Role
from eventsapp.edge.jobs import run_due_jobs
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.reports import NOW, submit
from tests.factories.workshops import actor_of, make_workshop


@pytest.fixture
def outbox(app: Flask) -> Path:
    folder: Path = app.extensions["settings"].data_dir / "outbox"
    for path in folder.glob("*.eml"):
        path.unlink()
    return folder


def mails_about(outbox: Path, page: str) -> dict[str, EmailMessage]:
    """The mails that lead to the page, by whom they went to."""
    parser = BytesParser(policy=policy.default)
    found = [parser.parsebytes(path.read_bytes()) for path in outbox.glob("*.eml")]
    return {mail["To"].addresses[0].addr_spec: mail for mail in found if page in _text(mail)}


def test_every_editor_but_the_author_is_told_that_a_review_waits(app: Flask, outbox: Path) -> None:
    author = make_user("author@organisation.example", Role.EDITOR)
    make_user("editor@organisation.example", Role.EDITOR)
    make_user("invited@organisation.example", Role.EDITOR, password=None)
    make_user("staff@organisation.example", Role.STAFF)
    accounts.create_user(
        UserDraft("redactrice@organisation.example", "Nadia", frozenset({Role.EDITOR}), "fr"),
        by=SYSTEM,
        now=NOW,
        password=PASSWORD,
    )
    workshop = make_workshop()
    submit(workshop, by=actor_of(author))
    workshop_id = workshop.id
    run_due_jobs(100)
    found = mails_about(outbox, f"/manage/workshops/{workshop_id}/report/review")
    assert set(found) == {
        "editor@organisation.example",
        "invited@organisation.example",
        "redactrice@organisation.example",
    }
    assert found["redactrice@organisation.example"]["Content-Language"] == "fr"
    assert "Atelier d’introduction" in found["redactrice@organisation.example"]["Subject"]


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
