"""Mail to subscribers that comes back: counted, told to whoever looks after them, then no more."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from eventsapp.core import db
from eventsapp.core.actor import SYSTEM, Role
from eventsapp.news.links import Purpose, code_of
from eventsapp.news.models import Subscriber
from eventsapp.news.service import bounces
from eventsapp.news.service import subscribers as service
from eventsapp.news.types import MOST_BOUNCES
from tests.attendance.test_bounces import report
from tests.factories.browsing import Browser
from tests.factories.channels import make_subscriber, work_at
from tests.factories.mail import Sink, mail_server
from tests.factories.news import PUBLISHED, make_article
from tests.factories.workshops import sign_in

READER = "leila@reader.example"
HOUR = timedelta(hours=1)


@pytest.fixture
def sink(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    with mail_server() as (sink, url):
        settings = replace(app.extensions["settings"], mail_url=url)
        monkeypatch.setitem(app.extensions, "settings", settings)
        yield sink


def reader() -> Subscriber:
    db.session().rollback()
    found: Subscriber = db.session().query(Subscriber).one()
    return found


def publish(title: str) -> None:
    make_article(title)
    work_at(PUBLISHED + HOUR)


def told(sink: Sink) -> list[str]:
    return [str(mail["Subject"]) for mail in sink.mails() if mail["To"] == READER]


def bounce(app: Flask, sink: Sink, **changes: str) -> str:
    """Report to the command that the last mail to the reader came back; what it says."""
    last = [mail for mail in sink.mails() if mail["To"] == READER][-1]
    raw = report(str(last["Message-ID"]), **{"recipient": READER} | changes)
    done = app.test_cli_runner().invoke(args=["mail", "bounce"], input=raw)
    assert done.exit_code == 0
    return done.output


def test_an_address_that_mail_came_back_from_a_few_times_is_not_written_to(
    app: Flask, sink: Sink
) -> None:
    make_subscriber(READER)
    titles = [f"Workshop {number}" for number in range(MOST_BOUNCES)]
    for title in titles:
        publish(title)
        assert bounce(app, sink) == "5.1.1: address marked\n"
    assert (reader().bounces, reader().bounce_status) == (MOST_BOUNCES, "5.1.1")

    publish("One more")
    assert told(sink) == titles

    bounces.write_again(reader().id, by=SYSTEM, now=PUBLISHED)
    publish("Written to again")
    assert told(sink)[MOST_BOUNCES:] == ["Written to again"]


def test_a_report_counts_once_and_only_when_it_is_final(app: Flask, sink: Sink) -> None:
    make_subscriber(READER)
    publish("Workshop")
    assert bounce(app, sink, status="4.4.1") == "4.4.1: will be tried again\n"
    assert reader().bounces == 0
    bounce(app, sink)
    bounce(app, sink)
    assert reader().bounces == 1


def test_what_waits_for_an_address_is_not_sent_once_it_is_known_to_be_dead(
    app: Flask, sink: Sink
) -> None:
    make_subscriber(READER)
    sink.answers["DATA"] = "451 later"
    publish("Workshop")
    for _ in range(MOST_BOUNCES):
        bounces.note_refused(reader().id, "5.1.1", now=PUBLISHED)
    sink.answers.clear()
    work_at(PUBLISHED + 24 * HOUR)
    assert told(sink) == []


def test_an_address_that_the_mail_server_refuses_counts_as_come_back(
    app: Flask, sink: Sink
) -> None:
    make_subscriber(READER)
    sink.answers["RCPT"] = "550 5.1.1 no such user"
    publish("Workshop")
    assert (reader().bounces, reader().bounce_status) == (1, "5.1.1")


def test_an_editor_sees_it_and_writes_again(app: Flask, sink: Sink) -> None:
    make_subscriber(READER)
    for _ in range(MOST_BOUNCES):
        bounces.note_refused(reader().id, "5.1.1", now=PUBLISHED)
    editor = Browser(app)
    sign_in(editor.client, Role.EDITOR)
    page = editor.client.get("/manage/subscribers/").text
    assert "Not written to: mail came back" in page
    assert "3 mails came back, the last on 10 February 2022" in page
    editor.submit("/manage/subscribers/", to=f"/manage/subscribers/{reader().id}/write-again")
    assert reader().bounces == 0


def test_whoever_confirms_again_is_written_to_again(app: Flask, sink: Sink) -> None:
    subscriber = make_subscriber(READER)
    bounces.note_refused(subscriber.id, "5.1.1", now=PUBLISHED)
    service.confirm_subscription(code_of(reader(), Purpose.CONFIRM), now=PUBLISHED)
    assert (reader().bounces, reader().bounced_at) == (0, None)
