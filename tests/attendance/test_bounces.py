"""Delivery reports: read, matched to the mail by its id, and the address marked."""

from pathlib import Path

import pytest
from flask import Flask

from eventsapp.core import db
from eventsapp.core.actor import Role
from eventsapp.edge.mail import NotABounce, read_bounce
from tests.attendance.test_mails import outbox, sent  # noqa: F401 - outbox is a fixture
from tests.factories.attendance import register
from tests.factories.workshops import actor_of, make_user, make_workshop, sign_in

REPORT = """\
From: MAILER-DAEMON@mx.example
To: no-reply@demo.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=us-ascii

I am sorry.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 user unknown

--B
Content-Type: {quoted}

Message-ID: {message_id}
Subject: You have a place

--B--
"""


def report(message_id: str, **changes: str) -> bytes:
    given = {
        "recipient": "salma@ministry.example",
        "action": "failed",
        "status": "5.1.1",
        "quoted": "text/rfc822-headers",
    }
    return REPORT.format(message_id=message_id, **(given | changes)).encode()


def sent_id(outbox: Path) -> str:  # noqa: F811
    """The Message-ID of the one mail that went to a participant."""
    (mail,) = sent(outbox)
    return str(mail["Message-ID"])


def bounce(app: Flask, raw: bytes) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["mail", "bounce"], input=raw)
    db.session().expire_all()
    return done.exit_code, done.output


@pytest.mark.parametrize("quoted", ["text/rfc822-headers", "message/rfc822"])
def test_a_report_marks_the_address_and_the_organiser_sees_it(
    app: Flask,
    outbox: Path,  # noqa: F811
    quoted: str,
) -> None:
    user = make_user(Role.ORGANISER)
    workshop = make_workshop(by=actor_of(user))
    registration = register(workshop, email="salma@ministry.example")
    raw = report(sent_id(outbox), quoted=quoted)

    result = bounce(app, raw)

    assert result == (0, "5.1.1: address marked\n")
    assert registration.person.bounce_status == "5.1.1"
    client = app.test_client()
    sign_in(client, user=user)
    assert "mail came back" in client.get(f"/manage/workshops/{workshop.id}/people").text


def test_a_report_that_the_mail_is_only_late_changes_nothing(
    app: Flask,
    outbox: Path,  # noqa: F811
) -> None:
    registration = register(make_workshop())
    raw = report(sent_id(outbox), status="4.4.1")

    assert bounce(app, raw) == (0, "4.4.1: will be tried again\n")
    assert registration.person.bounced_at is None


def test_a_report_about_a_mail_that_was_never_sent_from_here_marks_nobody(
    app: Flask,
    outbox: Path,  # noqa: F811
) -> None:
    """Whoever does not have the mail cannot know its id: the secret is in it."""
    registration = register(make_workshop(), email="salma@ministry.example")
    real = sent_id(outbox)
    forged = real.replace(real.split(".")[1].split("@")[0], "0" * 20)

    code, output = bounce(app, report(forged))

    assert (code, "not about a mail" in output) == (1, True)
    assert registration.person.bounced_at is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"Subject: hello\n\nno report",
        report("<x@y.example>"),
        report("<job-1.abc@x>", action="delivered"),
        report("<job-1.abc@x>", status="nonsense"),
    ],
)
def test_anything_else_is_no_report(raw: bytes) -> None:
    with pytest.raises(NotABounce):
        read_bounce(raw)
