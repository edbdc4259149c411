"""Mails about accounts: who gets which, in which language, with which link."""

import email
import email.policy
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.accounts import links, queries, service
from eventsapp.accounts.jobs import link_secrets
from eventsapp.accounts.types import Change, Purpose, UserDraft
from eventsapp.core import clock, db
from eventsapp.core.actor import SYSTEM, VISITOR, Role
from eventsapp.edge.jobs import Job, run_due_jobs
from tests.factories.accounts import make_user

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def outbox(app: Flask) -> Path:
    folder: Path = app.extensions["settings"].data_dir / "outbox"
    for old in folder.glob("*.eml"):
        old.unlink()
    return folder


def mails(outbox: Path) -> list[EmailMessage]:
    run_due_jobs()
    found = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in sorted(outbox.glob("*.eml"))
    ]
    return [mail for mail in found if isinstance(mail, EmailMessage)]


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_an_invitation_carries_a_link_that_works(app: Flask, outbox: Path) -> None:
    draft = UserDraft("nadia@office.example", "Nadia Farouk", frozenset({Role.STAFF}))
    user = service.create_user(draft, by=SYSTEM, now=clock.now())
    (mail,) = mails(outbox)
    assert (mail["To"], mail["Subject"]) == (
        "Nadia Farouk <nadia@office.example>",
        "Your account at eventsapp test",
    )
    # The address is the settings', and the secret stands behind the "#".
    page, token = text_of(mail).split("http://localhost:8000")[1].split()[0].split("#")
    assert page == "/login/new-password"
    claim = links.read_token(token, secrets=link_secrets(), now=clock.now())
    assert (claim.user_id, claim.purpose) == (user.id, Purpose.INVITATION)
    service.set_password(claim, "another quiet sentence", now=clock.now())
    assert queries.get_by_email("nadia@office.example").password


def test_nobody_is_written_to_who_has_no_account_or_is_kept_out(app: Flask, outbox: Path) -> None:
    user = make_user()
    service.ask_for_password_link("nobody@office.example", by=VISITOR, now=clock.now())
    service.deactivate_user(user.id, by=SYSTEM, now=clock.now())
    service.ask_for_password_link(user.email, by=VISITOR, now=clock.now())
    assert mails(outbox) == []
    # The control: once they may sign in again, the same request sends a mail.
    service.reactivate_user(user.id, by=SYSTEM, now=clock.now())
    service.ask_for_password_link(user.email, by=VISITOR, now=clock.now())
    assert [mail["Subject"] for mail in mails(outbox)] == ["A new password for eventsapp test"]


@pytest.mark.parametrize("change", list(Change))
def test_every_change_is_told_in_words(sqlite_app: Flask, change: Change) -> None:
    folder: Path = sqlite_app.extensions["settings"].data_dir / "outbox"
    for old in folder.glob("*.eml"):
        old.unlink()
    user = make_user()
    service.note_change(user, change, by=SYSTEM, now=clock.now())
    (mail,) = mails(folder)
    assert "account" in text_of(mail) or "password" in text_of(mail)
    assert "http://localhost:8000/login/forgotten" in text_of(mail)


def test_no_job_row_holds_a_secret(app: Flask) -> None:
    user = make_user()
    service.ask_for_password_link(user.email, by=VISITOR, now=clock.now())
    payloads = [job.payload for job in db.session().scalars(sa.select(Job))]
    assert payloads == [{"user": user.id, "purpose": "reset"}]
