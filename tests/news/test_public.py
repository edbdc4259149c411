"""What readers, feed readers and search engines get, and what they get no longer."""

import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.core import db
from eventsapp.core.actor import SYSTEM, VISITOR
from eventsapp.core.texts import NO_TEXT, Texts
from eventsapp.news import service
from eventsapp.news.rules import (
    MayNotPublish,
    NoteMissing,
    ReasonMissing,
    ReportChanged,
    ReportNotApproved,
    slug_of,
)
from eventsapp.workshops.models import Workshop
from tests.factories.news import DATED, PUBLISHED, approve, make_article, withdraw, workshop_of
from tests.factories.workshops import make_workshop

TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


def test_what_is_not_published_is_nowhere(client: FlaskClient) -> None:
    workshop = make_workshop()
    approve(workshop)
    with pytest.raises(MayNotPublish):
        service.publish_report(workshop.id, dated=DATED, by=VISITOR, now=PUBLISHED)
    assert client.get("/news/introductory-workshop").status_code == 404
    for place in ("/news/", "/news/feed.atom", "/news/feed.json", "/news/sitemap.xml"):
        assert "introductory-workshop" not in client.get(place).text
    service.publish_report(workshop.id, dated=DATED, by=SYSTEM, now=PUBLISHED)
    for place in ("/news/", "/news/feed.atom", "/news/feed.json", "/news/sitemap.xml"):
        assert "introductory-workshop" in client.get(place).text


def test_a_report_that_nobody_approved_cannot_be_news(app: Flask) -> None:
    workshop = make_workshop()
    with pytest.raises(ReportNotApproved):
        service.publish_report(workshop.id, dated=DATED, by=SYSTEM, now=PUBLISHED)


def test_publishing_twice_publishes_once(app: Flask) -> None:
    article = make_article()
    again = service.publish_report(workshop_of(article).id, dated=DATED, by=SYSTEM, now=PUBLISHED)
    assert (again.id, len(again.versions)) == (article.id, 1)


def test_the_article_tells_the_story_of_the_workshop(client: FlaskClient) -> None:
    make_article()
    page = client.get("/news/introductory-workshop?lang=en").text
    for fact in (
        "Project news", "10 February 2022", "Libya", "Tripoli", "ICMPD",
        "Two focal points were newly appointed.", "Support for dialogues since 2017.",
        "A full briefing.", "Rabat Process Secretariat", "State Secretariat for Migration (SEM)",
        "Migration Technical Assistance Facility",
    ):  # fmt: skip
        assert fact in page, fact
    assert "secret-room" not in page


def test_a_withdrawn_article_says_why_and_leaves_every_channel(client: FlaskClient) -> None:
    article = make_article()
    key = feedparser.parse(client.get("/news/feed.atom").data).entries[0].id
    withdraw(article)
    page = client.get("/news/introductory-workshop?lang=en")
    assert (page.status_code, "A name was wrong." in page.text) == (410, True)
    assert client.get("/news/introductory-workshop/history").status_code == 410
    assert client.get("/news/introductory-workshop.pdf").status_code == 410
    feed = client.get("/news/feed.atom").data
    assert feedparser.parse(feed).entries == []
    assert [gone.get("ref") for gone in ET.fromstring(feed).iter(TOMBSTONE)] == [key]  # noqa: S314
    assert client.get("/news/feed.json").json["items"] == []  # type: ignore[index]
    assert "introductory-workshop" not in client.get("/news/sitemap.xml").text


def test_the_feed_is_well_formed_and_its_ids_outlive_a_correction(client: FlaskClient) -> None:
    article = make_article()
    before = feedparser.parse(client.get("/news/feed.atom?lang=en").data)
    assert before.bozo == 0
    later = PUBLISHED.replace(day=12)
    note = Texts.of(en="The place was wrong.")
    service.correct_article(article.id, note, by=SYSTEM, now=later)
    after = feedparser.parse(client.get("/news/feed.atom?lang=en").data)
    assert [(e.id, e.link) for e in before.entries] == [(e.id, e.link) for e in after.entries]
    assert before.entries[0].updated < after.entries[0].updated
    assert "The place was wrong." in client.get("/news/introductory-workshop?lang=en").text
    assert "The place was wrong." in client.get("/news/introductory-workshop/history").text


def test_the_data_for_machines_is_json(client: FlaskClient) -> None:
    make_article()
    found = _json_ld(client.get("/news/introductory-workshop?lang=en").text)
    assert (found["@type"], found["datePublished"], found["dateline"]) == (
        "NewsArticle", "2022-02-10", "Tripoli",
    )  # fmt: skip
    assert found["about"]["eventAttendanceMode"].endswith("/MixedEventAttendanceMode")


def test_a_hostile_headline_stays_text_everywhere(client: FlaskClient) -> None:
    hostile = "</script><script>alert(1)</script> & <b>"
    article = make_article(hostile)
    page = client.get(f"/news/{article.slug}?lang=en").text
    assert "<script>alert" not in page
    assert _json_ld(page)["headline"] == hostile
    for place in ("/news/", "/news/feed.atom?lang=en", "/news/sitemap.xml"):
        assert "<script>alert" not in client.get(place).text
    entry = feedparser.parse(client.get("/news/feed.atom?lang=en").data).entries[0]
    assert "<script" not in entry.content[0].value


def test_a_page_that_did_not_change_is_not_sent_again(client: FlaskClient) -> None:
    make_article()
    for place in ("/news/introductory-workshop", "/news/", "/news/feed.atom", "/news/sitemap.xml"):
        first = client.get(place)
        assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
        again = client.get(place, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b""), place


def test_a_former_address_leads_to_the_new_one(client: FlaskClient) -> None:
    article = make_article()
    _retitle(workshop_of(article).id, "Second title")
    approve(workshop_of(article))
    with pytest.raises(ReportChanged):
        service.publish_report(workshop_of(article).id, dated=DATED, by=SYSTEM, now=PUBLISHED)
    service.correct_article(article.id, Texts.of(en="Title."), by=SYSTEM, now=PUBLISHED)
    answer = client.get("/news/introductory-workshop?lang=fr")
    assert (answer.status_code, answer.location) == (301, "/news/second-title?lang=fr")
    assert client.get("/news/second-title").status_code == 200


def test_a_correction_and_a_withdrawal_owe_readers_a_word(app: Flask) -> None:
    article = make_article()
    with pytest.raises(NoteMissing):
        service.correct_article(article.id, NO_TEXT, by=SYSTEM, now=PUBLISHED)
    with pytest.raises(ReasonMissing):
        service.withdraw_article(article.id, NO_TEXT, by=SYSTEM, now=PUBLISHED)


def test_addresses_are_short_plain_and_never_empty() -> None:
    assert slug_of(Texts.of(en="Été – “focal points”"), "LY-2022-001") == "ete-focal-points"
    assert slug_of(Texts.of(ar="ورشة"), "LY-2022-001") == "ly-2022-001"
    assert len(slug_of(Texts.of(en="word " * 50), "X")) <= 60


def _json_ld(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def _retitle(workshop_id: int, title: str) -> None:
    @db.transaction
    def change() -> None:
        db.get(Workshop, workshop_id).title = Texts.of(en=title, fr="Atelier", ar="ورشة")

    change()
