"""News by mail: asked for, confirmed, sent once, left with one press; no trace of an address."""

import io
import json
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.core import clock, db
from eventsapp.core.actor import SYSTEM, Role
from eventsapp.core.texts import Texts
from eventsapp.edge import logs
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.news import service
from eventsapp.news.links import Purpose, find_by_code
from eventsapp.news.models import Subscriber, SubscriberMail
from eventsapp.news.service import mailing, subscribers
from eventsapp.news.service.mailing import NothingCorrected
from eventsapp.web.limits import limiter
from tests.factories.browsing import Browser
from tests.factories.channels import EARLIER, make_subscriber, work_at
from tests.factories.mail import Sink, mail_server
from tests.factories.news import PUBLISHED, make_article, withdraw
from tests.factories.workshops import sign_in
from tests.pages import text_of

LEILA, DAY = "leila@reader.example", timedelta(days=1)


@pytest.fixture
def sink(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    limiter.reset()
    with mail_server() as (sink, url):
        settings = replace(app.extensions["settings"], mail_url=url)
        monkeypatch.setitem(app.extensions, "settings", settings)
        yield sink


def told(sink: Sink) -> list[EmailMessage]:
    """Mails to readers, not those to people who sign in."""
    return [mail for mail in sink.mails() if str(mail["To"]).endswith("@reader.example")]


def body(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def link_in(mail: EmailMessage, page: str) -> tuple[str, str]:
    """Path and code of a link of the mail."""
    found = re.search(rf"http://localhost:8000(/news/mail/{page}\S*)#(\S+)", body(mail))
    assert found
    return found[1], found[2]


def everybody() -> list[tuple[str, bool]]:
    db.session().rollback()
    rows = db.session().scalars(sa.select(Subscriber).order_by(Subscriber.email))
    return [(row.email, row.confirmed_at is not None) for row in rows]


def addressed(sink: Sink) -> list[tuple[str, str]]:
    return sorted((str(mail["To"]), str(mail["Subject"])) for mail in told(sink))


def test_somebody_subscribes_confirms_is_told_once_and_leaves(app: Flask, sink: Sink) -> None:
    reader = Browser(app)
    with time_machine.travel(EARLIER, tick=False):
        sent = reader.submit("/news/mail/?lang=en", email=LEILA.upper(), lang="fr")
        assert "Please look at your mail" in sent.text
        run_due_jobs()
        assert everybody() == [(LEILA, False)]
        (asking,) = told(sink)
        path, code = link_in(asking, "confirm")
        assert "List-Unsubscribe" not in asking
        done = reader.submit(path, code=code)
        assert done.status_code == 200
    assert everybody() == [(LEILA, True)]
    make_article()
    work_at(PUBLISHED)
    work_at(PUBLISHED + DAY)
    _, news = told(sink)
    assert (news["To"], news["Subject"]) == (LEILA, "Atelier")
    assert "Lire l’article" in body(news)
    path, code = link_in(news, "leave")
    with time_machine.travel(EARLIER, tick=False):
        assert reader.submit(path, code=code).status_code == 200
    assert everybody() == []
    assert db.session().scalars(sa.select(SubscriberMail)).all() == []


def test_a_mail_program_unsubscribes_with_one_post(app: Flask, sink: Sink) -> None:
    make_subscriber(LEILA)
    make_article()
    work_at(PUBLISHED)
    (news,) = told(sink)
    assert news["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    # Whole, on one line: programs look for it as it is.
    assert re.search(rb"^List-Unsubscribe: <http://\S+>\r?$", sink.accepted[-1], re.MULTILINE)
    url = str(news["List-Unsubscribe"]).strip("<>").removeprefix("http://localhost:8000")
    program = app.test_client()
    looked = program.get(url)
    assert (looked.status_code, everybody()) == (200, [(LEILA, True)])
    forged = url[:-1] + ("A" if url[-1] != "A" else "B")
    program.post(forged, data={"List-Unsubscribe": "One-Click"})
    assert everybody() == [(LEILA, True)]
    left = program.post(url, data={"List-Unsubscribe": "One-Click"})
    assert (left.status_code, everybody()) == (200, [])
    assert "Set-Cookie" not in left.headers
    assert program.post(url, data={"List-Unsubscribe": "One-Click"}).status_code == 200


def test_no_log_has_an_address_or_a_code(app: Flask, sink: Sink) -> None:
    written = io.StringIO()
    handler = logs.make_handler(as_json=True, stream=written)
    # The mail server of this test writes down all it reads.
    handler.addFilter(lambda record: record.name != "mail.log")
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        reader = Browser(app)
        reader.submit("/news/mail/?lang=en", email=LEILA, lang="en")
        run_due_jobs()
        path, code = link_in(told(sink)[0], "confirm")
        reader.submit(path, code=code)
        assert find_by_code(code, Purpose.CONFIRM) is not None
        reader.client.get(f"/news/mail/one-click?code={code}")
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    assert '"route": "/news/mail/confirm"' in written.getvalue()
    assert "one-click" not in written.getvalue()
    assert (LEILA in written.getvalue(), code in written.getvalue()) == (False, False)


def test_each_is_told_in_their_language_of_what_they_chose(app: Flask, sink: Sink) -> None:
    article = make_article()
    project = article.project_id or 0
    make_subscriber("english@reader.example")
    make_subscriber("arabic@reader.example", "ar")
    make_subscriber("austria@reader.example", countries=["AT"])
    make_subscriber("libya@reader.example", countries=["AT", "LY"])
    make_subscriber("project@reader.example", projects=[project])
    make_subscriber("other@reader.example", projects=[project + 1])
    work_at(PUBLISHED)
    assert addressed(sink) == [
        ("arabic@reader.example", "ورشة"),
        ("english@reader.example", "Introductory workshop"),
        ("libya@reader.example", "Introductory workshop"),
        ("project@reader.example", "Introductory workshop"),
    ]


def test_whoever_subscribes_later_gets_no_old_news(app: Flask, sink: Sink) -> None:
    make_subscriber("early@reader.example")
    make_article()
    draft = subscribers.SubscriberDraft("late@reader.example", "en", [], [])
    late = PUBLISHED + DAY
    subscribers.add_subscriber(draft, has_agreed=True, by=SYSTEM, now=late)
    work_at(late)
    assert addressed(sink) == [("early@reader.example", "Introductory workshop")]


def test_a_correction_is_mailed_when_an_editor_says_so_and_a_withdrawal_never(
    app: Flask, sink: Sink
) -> None:
    make_subscriber(LEILA)
    article = make_article()
    work_at(PUBLISHED)
    with pytest.raises(NothingCorrected):
        mailing.tell_of_correction(article.id, by=SYSTEM, now=PUBLISHED)
    note = Texts.of(en="The place was wrong.")
    service.correct_article(article.id, note, by=SYSTEM, now=PUBLISHED + DAY)
    work_at(PUBLISHED + DAY)
    assert len(told(sink)) == 1
    for _ in range(2):
        mailing.tell_of_correction(article.id, by=SYSTEM, now=PUBLISHED + DAY)
        work_at(PUBLISHED + DAY)
    assert [str(mail["Subject"]) for mail in told(sink)] == [
        "Introductory workshop",
        "Corrected: Introductory workshop",
    ]
    assert "The place was wrong." in body(told(sink)[1])
    withdraw(article)
    work_at(PUBLISHED + 2 * DAY)
    assert len(told(sink)) == 2


def test_an_article_withdrawn_before_its_mails_go_out_is_told_to_nobody(
    app: Flask, sink: Sink
) -> None:
    make_subscriber(LEILA)
    article = make_article()
    sink.answers["RCPT"] = "450 later"
    work_at(PUBLISHED)
    withdraw(article)
    sink.answers.clear()
    work_at(PUBLISHED + DAY)
    assert told(sink) == []


def test_nobody_learns_who_is_subscribed_and_one_address_gets_few_questions(
    app: Flask, sink: Sink
) -> None:
    make_subscriber(LEILA)
    reader = Browser(app)
    pages = [reader.submit("/news/mail/?lang=en", email=mail, lang="en")
             for mail in (LEILA, "new@reader.example")]  # fmt: skip
    first, second = (text_of(page.text) for page in pages)
    assert first.replace(LEILA, "…") == second.replace("new@reader.example", "…")
    for _ in range(3):
        reader.submit("/news/mail/?lang=en", email="new@reader.example", lang="en")
    with time_machine.travel(clock.now(), tick=False):
        run_due_jobs()
    assert sorted(str(mail["To"]) for mail in told(sink)) == [LEILA, "new@reader.example"]


def test_a_flood_of_sign_ups_is_stopped(app: Flask, sink: Sink) -> None:
    reader = Browser(app)
    page = reader.open("/news/mail/?lang=en")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert token
    statuses = [
        reader.client.post(
            "/news/mail/",
            data={"csrf_token": token[1], "email": f"r{n}@reader.example", "lang": "en"},
        ).status_code
        for n in range(21)
    ]
    assert (statuses[0], statuses[-1], len(everybody())) == (200, 429, 20)


def test_whoever_never_confirms_is_forgotten(app: Flask, sink: Sink) -> None:
    draft = subscribers.SubscriberDraft(LEILA, "en", [], [])
    subscribers.ask_to_subscribe(draft, now=PUBLISHED)
    make_subscriber("stays@reader.example")
    assert subscribers.forget_unconfirmed(now=PUBLISHED + 6 * DAY) == 0
    assert subscribers.forget_unconfirmed(now=PUBLISHED + 8 * DAY) == 1
    assert everybody() == [("stays@reader.example", True)]


def test_subscribing_again_changes_what_one_hears_of_once_it_is_confirmed(
    app: Flask, sink: Sink
) -> None:
    subscriber = make_subscriber(LEILA)
    draft = subscribers.SubscriberDraft(LEILA, "ar", ["LY"], [])
    subscribers.ask_to_subscribe(draft, now=PUBLISHED)
    assert (subscriber.lang, subscriber.countries) == ("en", [])
    work_at(PUBLISHED)
    subscribers.confirm_subscription(link_in(told(sink)[0], "confirm")[1], now=PUBLISHED)
    found = db.get(Subscriber, subscriber.id)
    assert (found.lang, found.countries, found.confirmed_at) == ("ar", ["LY"], EARLIER)


def test_an_editor_adds_exports_and_removes(client: FlaskClient, app: Flask, sink: Sink) -> None:
    sign_in(client, Role.EDITOR)
    page = client.get("/manage/subscribers/new?lang=en")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert token
    said = {"csrf_token": token[1], "email": LEILA, "lang": "fr", "agreed": "given"}
    assert client.post("/manage/subscribers/new", data=said).status_code == 302
    assert everybody() == [(LEILA, True)]
    again = client.post("/manage/subscribers/new", data=said)
    assert "subscribed already" in again.text
    assert LEILA in client.get("/manage/subscribers/").text
    exported = client.get("/manage/subscribers.csv").text
    assert f"{LEILA},Français" in exported
    (row,) = db.session().scalars(sa.select(Subscriber))
    client.post(f"/manage/subscribers/{row.id}/remove", data={"csrf_token": token[1]})
    assert everybody() == []


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.STAFF])
def test_others_see_no_addresses(client: FlaskClient, role: Role) -> None:
    sign_in(client, role)
    for path in ("/manage/subscribers/", "/manage/subscribers.csv", "/manage/channels/"):
        assert client.get(path).status_code == 403


def test_the_audit_names_no_address(app: Flask, sink: Sink) -> None:
    subscriber = make_subscriber(LEILA)
    subscribers.remove_subscriber(subscriber.id, by=SYSTEM, now=PUBLISHED)
    rows = db.session().execute(sa.text("SELECT action, detail FROM audit_event")).all()
    assert LEILA not in json.dumps([[str(part) for part in row] for row in rows])
