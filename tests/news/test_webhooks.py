"""Webhooks: what a receiver checks by itself, by the rules of Standard Webhooks."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from eventsapp.core import db
from eventsapp.news.channels.webhook import make_secret
from eventsapp.news.models import ChannelTarget
from tests.factories.channels import make_target, state_of, work_at
from tests.factories.news import PUBLISHED, make_article, withdraw
from tests.factories.receivers import Receiver, Request, serving
from tests.news.documented import check_ninjs

HOUR = timedelta(hours=1)
SECRET = make_secret()


@pytest.fixture
def receiver(app: Flask) -> Iterator[Receiver]:
    with serving(Receiver()) as receiver:
        yield receiver


def is_genuine(request: Request, secret: str = SECRET) -> bool:
    """As a receiver checks it, with nothing of ours."""
    key = base64.b64decode(secret.partition("_")[2])
    name, moment = request.headers["webhook-id"], request.headers["webhook-timestamp"]
    signed = b".".join([name.encode(), moment.encode(), request.body])
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return any(
        hmac.compare_digest(one, f"v1,{wanted}")
        for one in request.headers["webhook-signature"].split()
    )


def test_each_change_is_one_signed_item(receiver: Receiver) -> None:
    make_target("webhook", f"{receiver.url}/news?for=us", SECRET)
    article = make_article()
    work_at(PUBLISHED)
    withdraw(article)
    work_at(PUBLISHED + 24 * HOUR)
    published, gone = receiver.requests
    assert (is_genuine(published), is_genuine(gone)) == (True, True)
    assert (published.method, published.path, published.query) == ("POST", "/news", {"for": "us"})
    assert published.headers["content-type"] == "application/json"
    assert check_ninjs(published.json())["pubstatus"] == "usable"
    assert check_ninjs(gone.json())["pubstatus"] == "canceled"
    assert published.json()["uri"] == gone.json()["uri"]
    assert published.headers["webhook-id"] != gone.headers["webhook-id"]


@pytest.mark.parametrize("changed", ["body", "webhook-id", "webhook-timestamp", "secret"])
def test_a_changed_message_is_not_genuine(receiver: Receiver, changed: str) -> None:
    make_target("webhook", receiver.url, SECRET)
    make_article()
    work_at(PUBLISHED)
    (sent,) = receiver.requests
    headers = {**sent.headers}
    if changed in headers:
        headers[changed] += "1"
    body = sent.body + (b" " if changed == "body" else b"")
    other = Request(sent.method, sent.path, sent.query, headers, body)
    secret = make_secret() if changed == "secret" else SECRET
    assert (is_genuine(sent), is_genuine(other, secret)) == (True, False)


def test_a_repeat_has_the_same_name_and_its_own_moment(receiver: Receiver) -> None:
    target = make_target("webhook", receiver.url, SECRET)
    receiver.before = lambda _: (503, {"Retry-After": "120"}, {})
    make_article()
    work_at(PUBLISHED)
    receiver.before = lambda _: None
    work_at(PUBLISHED + HOUR)
    first, second = receiver.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    moments = [int(one.headers["webhook-timestamp"]) for one in (first, second)]
    assert moments[1] - moments[0] == 3600
    assert state_of(target) == [("en", "done", 1, 1, "")]


def test_a_receiver_that_wants_no_more_is_asked_no_more(receiver: Receiver) -> None:
    target = make_target("webhook", receiver.url, SECRET)
    receiver.before = lambda _: (410, {}, {})
    make_article()
    work_at(PUBLISHED)
    work_at(PUBLISHED + HOUR)
    assert len(receiver.requests) == 1
    assert db.get(ChannelTarget, target.id).is_shut


def test_texts_of_every_language_arrive_as_they_are(receiver: Receiver) -> None:
    make_target("webhook", receiver.url, SECRET, languages=[])
    make_article()
    work_at(PUBLISHED)
    titles = {one["language"]: one["title"] for one in (r.json() for r in receiver.requests)}
    assert titles == {"en": "Introductory workshop", "fr": "Atelier", "ar": "ورشة"}
    assert "ورشة".encode() in b"".join(one.body for one in receiver.requests)
    assert json.loads(receiver.requests[0].body)["standard"]["version"] == "2.1"
