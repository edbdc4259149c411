"""One act of publishing, correcting or withdrawing, and every channel there is."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.core.actor import SYSTEM
from eventsapp.core.texts import Texts
from eventsapp.news import service
from eventsapp.news.channels.webhook import make_secret
from eventsapp.news.feeds import PULLED, PUSHED
from eventsapp.news.models import Article
from eventsapp.news.service import mailing
from tests.factories.channels import make_subscriber, make_target, work_at
from tests.factories.mail import Sink, mail_server
from tests.factories.news import PUBLISHED, make_article
from tests.factories.receivers import Receiver, WordPress, serving
from tests.news.documented import check_ninjs, check_sitemap

TITLE, NOTE, REASON = "Introductory workshop", "The place was wrong.", "A name was wrong."
HOUR = timedelta(hours=1)
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


@dataclass
class World:
    """Everything that news reaches."""

    client: FlaskClient
    site: WordPress
    hook: Receiver
    sink: Sink

    def fetch(self, key: str) -> bytes:
        return bytes(self.client.get(f"/news/{PULLED[key].file}?lang=en").data)


@pytest.fixture
def world(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with ExitStack() as stack:
        site, hook = WordPress("editor", "password"), Receiver()
        stack.enter_context(serving(site))
        stack.enter_context(serving(hook))
        sink, url = stack.enter_context(mail_server())
        settings = replace(app.extensions["settings"], mail_url=url)
        monkeypatch.setitem(app.extensions, "settings", settings)
        make_target("wordpress", site.url, "password")
        make_target("webhook", hook.url, make_secret())
        make_subscriber("leila@reader.example")
        yield World(app.test_client(), site, hook, sink)


def seen(world: World) -> dict[str, Any]:
    """What each channel says of the article now: its title and how often, or why it is gone."""
    atom, json_feed = world.fetch("atom"), json.loads(world.fetch("json_feed"))
    rss = feedparser.parse(world.fetch("rss"))
    ninjs = check_ninjs(json.loads(world.fetch("ninjs")))["associations"]
    tombs = [tomb[0].text for tomb in ET.fromstring(atom).iter(TOMBSTONE)]  # noqa: S314 - ours
    mails = [str(one["Subject"]) for one in world.sink.mails() if "reader" in str(one["To"])]
    return {
        "page": world.client.get("/news/introductory-workshop?lang=en").status_code,
        "atom": [entry.title for entry in feedparser.parse(atom).entries] + tombs,
        "rss": [entry.title for entry in rss.entries],
        "json_feed": [one["title"] for one in json_feed["items"]]
        + [gone["reason"] for gone in json_feed["_withdrawn"]],
        "ninjs": [_status(one) for one in ninjs],
        "sitemap": len(check_sitemap(world.fetch("sitemap"))),
        "news_sitemap": len(check_sitemap(world.fetch("news_sitemap"))),
        "wordpress": [NOTE in post["content"] for post in world.site.published()],
        "webhook": [
            (r.json()["pubstatus"], r.json().get("ednote", "")) for r in world.hook.requests
        ],
        "mail": mails,
    }


def _status(item: dict[str, Any]) -> tuple[str, str]:
    return item["pubstatus"], item.get("ednote", "")


def test_one_act_reaches_every_channel(world: World, app: Flask) -> None:
    moment = PUBLISHED
    with time_machine.travel(moment, tick=False):
        article = make_article()
        work_at(moment)
        usable = [("usable", "")]
        assert seen(world) == {
            "page": 200, "atom": [TITLE], "rss": [TITLE], "json_feed": [TITLE], "ninjs": usable,
            "sitemap": 3, "news_sitemap": 3, "wordpress": [False], "webhook": usable,
            "mail": [TITLE],
        }  # fmt: skip
    moment += HOUR
    with time_machine.travel(moment, tick=False):
        correct(article, moment)
        work_at(moment)
        corrected = seen(world)
        assert corrected == {
            "page": 200, "atom": [TITLE], "rss": [TITLE], "json_feed": [TITLE],
            "ninjs": [("usable", NOTE)], "sitemap": 3, "news_sitemap": 3, "wordpress": [True],
            "webhook": [*usable, ("usable", NOTE)], "mail": [TITLE, f"Corrected: {TITLE}"],
        }  # fmt: skip
        for key in ("atom", "rss"):
            (entry,) = feedparser.parse(world.fetch(key)).entries
            assert entry.updated_parsed[3] == moment.hour
    moment += HOUR
    with time_machine.travel(moment, tick=False):
        service.withdraw_article(article.id, Texts.of(en=REASON), by=SYSTEM, now=moment)
        work_at(moment)
        gone = ("canceled", REASON)
        assert seen(world) == {
            "page": 410, "atom": [REASON], "rss": [], "json_feed": [REASON], "ninjs": [gone],
            "sitemap": 0, "news_sitemap": 0, "wordpress": [],
            "webhook": [*corrected["webhook"], gone], "mail": corrected["mail"],
        }  # fmt: skip


def correct(article: Article, moment: Any) -> None:
    service.correct_article(article.id, Texts.of(en=NOTE), by=SYSTEM, now=moment)
    mailing.tell_of_correction(article.id, by=SYSTEM, now=moment)


def test_every_channel_that_there_is_is_looked_at(world: World) -> None:
    """Whoever adds a channel finds here that its withdrawals have to be shown, too."""
    with_page = {"page", *PULLED, *PUSHED}
    assert set(seen(world)) == with_page
