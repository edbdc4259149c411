"""Mails as they are built, and header injection in every place that takes text."""

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader

from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.edge.mail import Attachment, Mail, MailRefused, absolute_url, render_mail, send
from eventsapp.edge.mail.message import build_message
from eventsapp.edge.settings import current_settings

NOW = datetime(2027, 3, 14, 9, 0, tzinfo=UTC)
CALENDAR = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
MAIL = Mail(
    to="leila@demo.example",
    to_name="Leïla Ben Salem",
    subject="Your registration",
    text="Dear Leïla,\n",
    html="<p>Dear Leïla,</p>",
    language="fr",
    message_id="<job-7.abc@localhost>",
)
BREAKS = ["\r\n", "\n", "\r", "\x00", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"]


def sent(mail: Mail) -> EmailMessage:
    """The mail as whoever receives its bytes reads it."""
    built = build_message(mail, sender="eventsapp <no-reply@demo.example>", now=NOW).as_bytes()
    return email.message_from_bytes(built, policy=email.policy.default)


def headers_of(mail: Mail) -> dict[str, str]:
    return {name: str(value) for name, value in sent(mail).items()}


def test_a_mail_has_exactly_these_headers() -> None:
    headers = headers_of(MAIL)
    assert headers.pop("Content-Type").startswith("multipart/alternative")
    assert headers == {
        "From": "eventsapp <no-reply@demo.example>",
        "To": "Leïla Ben Salem <leila@demo.example>",
        "Subject": "Your registration",
        "Date": "Sun, 14 Mar 2027 09:00:00 +0000",
        "Message-ID": "<job-7.abc@localhost>",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
        "Content-Language": "fr",
    }


def test_a_calendar_entry_is_an_alternative_and_a_file() -> None:
    message = sent(
        replace(
            MAIL,
            calendar=("REQUEST", CALENDAR),
            attachments=(Attachment("شهادة.pdf", "application/pdf", b"%PDF-"),),
        )
    )
    parts = [
        (part.get_content_type(), part.get_param("method"), part.get_filename())
        for part in message.walk()
        if not part.is_multipart()
    ]
    assert parts == [
        ("text/plain", None, None),
        ("text/html", None, None),
        ("text/calendar", "REQUEST", "invite.ics"),
        ("application/ics", None, "invite.ics"),
        ("application/pdf", None, "شهادة.pdf"),
    ]
    *_, entry, attached, _pdf = [p for p in message.walk() if not p.is_multipart()]
    assert (entry.get_payload(decode=True), attached.get_payload(decode=True)) == (
        CALENDAR,
        CALENDAR,
    )


def test_every_line_of_a_mail_is_short_ascii() -> None:
    long = replace(MAIL, text="ليلى " * 500, html="<p>" + "é" * 3000, subject="ورشة " * 30)
    raw = build_message(long, sender="no-reply@demo.example", now=NOW).as_bytes()
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


@pytest.mark.parametrize("line_break", BREAKS, ids=[repr(b) for b in BREAKS])
@pytest.mark.parametrize("place", ["subject", "to_name", "attachment", "header", "message_id"])
def test_no_text_can_start_another_header(place: str, line_break: str) -> None:
    hostile = f"x{line_break}Bcc: everybody@demo.example{line_break}{line_break}<p>body"
    mail = {
        "subject": replace(MAIL, subject=hostile),
        "to_name": replace(MAIL, to_name=hostile),
        "attachment": replace(MAIL, attachments=(Attachment(hostile, "text/plain", b""),)),
        "header": replace(MAIL, headers={"List-Unsubscribe": hostile}),
        "message_id": replace(MAIL, message_id=hostile),
    }[place]
    message = sent(mail)
    assert "Bcc" not in message
    assert all("Bcc" not in part for part in message.walk())
    assert message["To"].addresses[0].addr_spec == "leila@demo.example"
    assert len(message["To"].addresses) == 1


@pytest.mark.parametrize(
    "address",
    [
        "",
        "leila",
        "a@b@c.example",
        "leila@demo.example, other@demo.example",
        "leila@demo.example\r\nBcc: other@demo.example",
        "leila@demo.example\n",
        "<leila@demo.example>",
        "leila @demo.example",
        '"a b"@demo.example',
        "leila@demo.example\u202e",
    ],
)
def test_an_address_that_could_mean_more_than_one_mailbox_is_refused(address: str) -> None:
    with pytest.raises(MailRefused):
        build_message(replace(MAIL, to=address), sender="no-reply@demo.example", now=NOW)


@pytest.mark.parametrize("name", ["Bcc", "to", "Subject", "X:y", "X\r\nBcc", "", "Content-Type"])
def test_a_mail_cannot_add_a_header_that_decides_where_it_goes(name: str) -> None:
    with pytest.raises(ValueError, match="not a header"):
        build_message(replace(MAIL, headers={name: "x"}), sender="no-reply@demo.example", now=NOW)


@pytest.fixture
def letters(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application with one mail of this test's own."""
    templates = {
        "mail/tests/hello/subject.txt": "{{ _('Sign in') }}: {{ title }}\r\nBcc: x@demo.example",
        "mail/tests/hello/body.txt": "{% extends 'mail/_layout.txt' %}"
        "{% block body %}{{ name }}{% endblock %}",
        "mail/tests/hello/body.html": "{% extends 'mail/_layout.html' %}"
        "{% from 'mail/_parts.html' import button, code, facts, quiet, title %}"
        "{% block body %}{{ title(name) }}{{ button('https://demo.example/', name) }}"
        "{{ facts([(name, name)]) }}{{ code(name) }}{{ quiet(name) }}{% endblock %}",
    }
    loader = ChoiceLoader([DictLoader(templates), sqlite_app.jinja_env.loader])  # type: ignore[list-item]
    monkeypatch.setattr(sqlite_app.jinja_env, "loader", loader)
    return sqlite_app


def test_a_letter_is_rendered_in_the_readers_language_without_a_request(letters: Flask) -> None:
    letter = render_mail("tests/hello", "ar", name="<b>{{ 7*7 }}</b>", title="ورشة")
    assert letter.language == "ar"
    assert letter.subject.endswith(": ورشة Bcc: x@demo.example")
    assert letter.text.startswith("<b>{{ 7*7 }}</b>\n\n-- \n")
    assert '<html lang="ar" dir="rtl">' in letter.html
    assert letter.html.count("&lt;b&gt;{{ 7*7 }}&lt;/b&gt;") == 6
    assert "<b>" not in letter.html


def test_the_outbox_holds_one_file_for_a_mail_sent_twice(sqlite_app: Flask) -> None:
    outbox = current_settings().data_dir / "outbox"
    before = set(outbox.glob("*"))
    send(MAIL)
    send(MAIL)
    found = sorted(set(outbox.glob("*")) - before)
    assert [path.name for path in found] == ["job-7.abc.eml"]
    assert email.message_from_bytes(found[0].read_bytes())["Message-ID"] == MAIL.message_id


def test_a_message_id_cannot_lead_out_of_the_outbox(sqlite_app: Flask) -> None:
    send(replace(MAIL, message_id="<../../escaped@localhost>"))
    outbox = current_settings().data_dir / "outbox"
    assert Path(outbox / ".._.._escaped.eml").exists()


def test_mail_is_not_sent_inside_a_transaction(sqlite_app: Flask) -> None:
    @transaction
    def use_case() -> None:
        send(MAIL)

    with pytest.raises(RuntimeError, match="by a job"):
        use_case()


def test_absolute_url_needs_no_request(sqlite_app: Flask) -> None:
    assert absolute_url("workshops.show", ref="LY-2022-001") == (
        "http://localhost:8000/workshops/LY-2022-001"
    )


def test_mails_of_now_carry_the_time_of_now(sqlite_app: Flask) -> None:
    before = clock.now().replace(microsecond=0)
    send(replace(MAIL, message_id="<now@localhost>"))
    path = current_settings().data_dir / "outbox" / "now.eml"
    written = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert before <= written["Date"].datetime <= clock.now()
