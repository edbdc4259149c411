"""Mail through a real server that accepts, defers, refuses, stalls and dies."""

import email
import email.policy
import smtplib
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.core import clock, db
from eventsapp.edge.jobs import Job, Run, find_job, run_due_jobs
from eventsapp.edge.jobs.leases import writing_connection
from eventsapp.edge.mail import Mail, MailLog, MailRefused, deliver, send, transports
from tests.factories.mail import Sink, mail_server

MakeJob = Callable[..., str]
Record = Callable[..., int]

MAIL = Mail(
    to="leila@demo.example",
    subject="Your registration",
    text="Dear Leïla,\n",
    html="<p>Dear Leïla,</p>",
    language="fr",
)


@pytest.fixture
def sink(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    with mail_server() as (sink, url):
        settings = replace(app.extensions["settings"], mail_url=url)
        monkeypatch.setitem(app.extensions, "settings", settings)
        yield sink


@pytest.fixture
def mail_job(make_job: MakeJob, record: Record) -> int:
    """A job that sends one mail, recorded."""

    def send_confirmation(payload: dict[str, Any], run: Run) -> None:
        deliver(MAIL, run=run, kind="tests/confirmation", subject_ref="registration:7")

    return record(make_job(send_confirmation, attempts=3))


def run_again(job_id: int) -> None:
    with writing_connection() as connection:
        connection.execute(sa.update(Job).where(Job.id == job_id).values(due_at=clock.now()))
    run_due_jobs()


def outcome(job_id: int) -> tuple[str, str]:
    db.session().rollback()
    found = find_job(job_id)
    assert found is not None
    return found.status, found.error


def mail_log() -> list[tuple[str, str, str, str]]:
    rows = db.session().scalars(sa.select(MailLog).order_by(MailLog.id))
    return [(row.kind, row.subject_ref, row.status, row.error) for row in rows]


CONFIRMATION = ("tests/confirmation", "registration:7")


def test_an_accepted_mail_arrives_whole_and_is_noted(sink: Sink, mail_job: int) -> None:
    run_due_jobs()
    assert outcome(mail_job) == ("done", "")
    assert mail_log() == [(*CONFIRMATION, "sent", "")]
    message = email.message_from_bytes(sink.accepted[0], policy=email.policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    assert (message["To"], body.get_content()) == ("leila@demo.example", "Dear Leïla,\r\n")


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_4xx_answer_is_tried_again_until_it_is_accepted(
    sink: Sink, mail_job: int, step: str
) -> None:
    sink.answers[step] = "451 4.7.1 try later leila@demo.example"
    run_due_jobs()
    status, error = outcome(mail_job)
    assert (status, error.rpartition(" ")[2]) == ("queued", "451")
    assert "leila" not in error
    sink.answers.clear()
    run_again(mail_job)
    assert (outcome(mail_job), len(sink.accepted)) == (("done", ""), 1)
    assert [row[2] for row in mail_log()] == ["deferred", "sent"]


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_5xx_answer_is_given_up_at_once_with_its_code(
    sink: Sink, mail_job: int, step: str
) -> None:
    sink.answers[step] = "550 5.1.1 no such person leila@demo.example"
    run_due_jobs()
    status, error = outcome(mail_job)
    assert (status, error.rpartition(" ")[2]) == ("failed", "550")
    assert mail_log() == [(*CONFIRMATION, "refused", error)]
    assert "leila" not in error


@pytest.mark.parametrize(
    ("step", "answer", "status"),
    [
        ("RCPT", "550 5.1.1 no such person", "5.1.1"),
        ("RCPT", "550 no such person", "5.1.1"),
        ("RCPT", "550 5.7.1 you may not relay", ""),
        ("RCPT", "554 your address is on a list", ""),
        ("DATA", "550 5.1.1 content refused", ""),
        ("MAIL", "550 5.1.8 sender unknown", ""),
    ],
)
def test_only_what_is_said_of_the_address_counts_against_it(
    sink: Sink, step: str, answer: str, status: str
) -> None:
    sink.answers[step] = answer
    with pytest.raises(MailRefused) as refused:
        send(MAIL)
    assert getattr(refused.value, "status", "") == status


def test_a_server_that_dies_after_the_data_gets_the_same_mail_again(
    sink: Sink, mail_job: int
) -> None:
    sink.dies_after_data = True
    run_due_jobs()
    assert outcome(mail_job)[0] == "queued"
    sink.dies_after_data = False
    run_again(mail_job)
    assert (outcome(mail_job), sink.seen, len(sink.accepted)) == (("done", ""), 2, 1)


def test_every_attempt_of_a_job_carries_one_message_id(sink: Sink, mail_job: int) -> None:
    with writing_connection() as connection:
        connection.execute(sa.update(Job).values(attempts=0))
    ids = set()
    for _ in range(2):
        run_again(mail_job)
        ids.add(str(email.message_from_bytes(sink.accepted[-1])["Message-ID"]))
        # As if the worker had been killed between sending and noting it.
        with writing_connection() as connection:
            connection.execute(sa.delete(MailLog))
            connection.execute(sa.update(Job).values(status="queued"))
    assert (len(ids), len(sink.accepted)) == (1, 2)
    assert next(iter(ids)).startswith(f"<job-{mail_job}.")


def test_a_mail_that_was_noted_as_sent_is_not_sent_again(sink: Sink, mail_job: int) -> None:
    run_due_jobs()
    with writing_connection() as connection:
        connection.execute(sa.update(Job).values(status="queued"))
    run_again(mail_job)
    assert (outcome(mail_job), len(sink.accepted)) == (("done", ""), 1)


def test_an_odd_goodbye_does_not_send_the_mail_again(sink: Sink, mail_job: int) -> None:
    sink.answers["QUIT"] = "500 what"
    run_due_jobs()
    assert (outcome(mail_job), len(sink.accepted)) == (("done", ""), 1)


def test_a_server_that_is_down_is_tried_again(
    sink: Sink, mail_job: int, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(app.extensions["settings"], mail_url="smtp://127.0.0.1:1")
    monkeypatch.setitem(app.extensions, "settings", settings)
    run_due_jobs()
    assert outcome(mail_job) == ("queued", "ConnectionRefusedError")


def test_a_server_that_says_nothing_costs_a_limited_time(
    sink: Sink, mail_job: int, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transports, "TIMEOUT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"smtp://127.0.0.1:{silent.getsockname()[1]}"
        settings = replace(app.extensions["settings"], mail_url=url)
        monkeypatch.setitem(app.extensions, "settings", settings)
        run_due_jobs()
    assert outcome(mail_job) == ("queued", "SMTPServerDisconnected")


def test_a_password_is_not_sent_in_the_clear_to_another_machine(sink: Sink) -> None:
    connection = _Plain()
    with pytest.raises(smtplib.SMTPException, match="no STARTTLS"):
        transports._encrypt(
            connection,  # type: ignore[arg-type]
            urlsplit("smtp://me:secret@mail.example"),
            "mail.example",
        )


class _Plain:
    """A connection to a server without encryption."""

    def has_extn(self, _: str) -> bool:
        return False
