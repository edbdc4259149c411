"""Every channel that is fetched, read by somebody else's parser."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import feedparser
import pytest
import time_machine
from flask import g
from flask.testing import FlaskClient
from flask_babel import refresh
from lxml import etree

from eventsapp.core import db
from eventsapp.core.actor import SYSTEM
from eventsapp.core.texts import Texts
from eventsapp.news import items, service
from eventsapp.news.channel import PubStatus
from eventsapp.news.channels.ninjs import item_to_json
from eventsapp.news.feeds import CHANNELS, PULLED
from eventsapp.news.queries import newest_versions
from eventsapp.news.types import TagKind
from tests.factories.news import PUBLISHED, make_article, withdraw, workshop_of
from tests.news.documented import NEWS, SITEMAP, XHTML, check_ninjs, check_sitemap

FEEDS = [channel for channel in PULLED.values() if channel.is_feed]
LATER = PUBLISHED + timedelta(hours=5)
URL = f"{{{SITEMAP}}}url"


def ninjs(client: FlaskClient, query: str = "lang=en") -> list[dict[str, Any]]:
    feed = json.loads(client.get(f"/news/feed.ninjs.json?{query}").data)
    found: list[dict[str, Any]] = check_ninjs(feed)["associations"]
    return found


def headlines(client: FlaskClient, query: str) -> list[list[str]]:
    """What each feed holds, narrowed."""
    # The application's context outlives a request here, and with it the language once chosen.
    g.pop("lang", None)
    refresh()
    rss = feedparser.parse(client.get(f"/news/feed.rss?{query}").data)
    atom = feedparser.parse(client.get(f"/news/feed.atom?{query}").data)
    plain = json.loads(client.get(f"/news/feed.json?{query}").data)
    assert (rss.bozo, atom.bozo) == (0, 0)
    return [
        [entry.title for entry in rss.entries],
        [entry.title for entry in atom.entries],
        [entry["title"] for entry in plain["items"]],
        [entry["title"] for entry in ninjs(client, query)],
    ]


def test_each_module_offers_one_channel_of_its_own_address() -> None:
    assert set(PULLED) >= {"atom", "json_feed", "rss", "ninjs", "sitemap", "news_sitemap"}
    assert len({channel.file for channel in PULLED.values()}) == len(PULLED)
    assert all(channel.label for channel in CHANNELS.values())


def test_rss_has_whole_articles_under_ids_that_are_no_addresses(client: FlaskClient) -> None:
    article = make_article()
    feed = feedparser.parse(client.get("/news/feed.rss?lang=en").data)
    (entry,) = feed.entries
    assert (feed.bozo, feed.version, feed.feed.language) == (0, "rss20", "en")
    assert (entry.title, entry.guidislink) == ("Introductory workshop", False)
    assert entry.id == items.key_of(article)
    assert "Support for dialogues since 2017." in entry.content[0].value


def test_ninjs_says_what_may_be_used_and_what_may_not_any_more(client: FlaskClient) -> None:
    article, other = make_article(), make_article("A second workshop")
    withdraw(other, "A name was wrong.")
    usable, gone = ninjs(client)
    assert (usable["pubstatus"], usable["version"], usable["located"]) == ("usable", "1", "Tripoli")
    assert usable["places"] == [{"literal": "LY"}]
    assert "A full briefing." in usable["bodies"][0]["value"]
    assert usable["versioncreated"] == article.changed_at.isoformat()
    assert (gone["uri"], gone["pubstatus"]) == (items.key_of(other), "canceled")
    assert gone["ednote"] == "A name was wrong."
    assert "headlines" not in gone


def test_ninjs_withholds_until_an_embargo_ends(client: FlaskClient) -> None:
    article = make_article()
    version = newest_versions([article])[article.id]
    item = replace(
        items.item_in(article, version, "fr"), status=PubStatus.WITHHELD, embargoed=LATER
    )
    found = check_ninjs(item_to_json(item))
    assert (found["pubstatus"], found["embargoed"]) == ("withheld", LATER.isoformat())
    assert (found["language"], found["title"]) == ("fr", "Atelier")


@pytest.mark.parametrize(
    "wrong",
    [
        {"pubstatus": "cancelled"},
        {"versioncreated": "10 February 2022"},
        {"headlines": [{"text": "no value"}]},
        {"headline": "not a property of ninjs 2"},
        {"uri": "no uri"},
    ],
)
def test_what_ninjs_would_not_have_is_noticed(wrong: dict[str, Any]) -> None:
    check_ninjs({"uri": "tag:x,2022:1", "type": "text"})
    with pytest.raises(AssertionError):
        check_ninjs({"uri": "tag:x,2022:1", "type": "text"} | wrong)


def test_a_feed_is_narrowed_by_country_project_and_language(client: FlaskClient) -> None:
    first = make_article()
    make_article("A second workshop")
    project = workshop_of(first).project.slug
    both = {"Introductory workshop", "A second workshop"}
    assert [set(found) for found in headlines(client, "lang=en")] == [both] * 4
    assert headlines(client, f"lang=en&project={project}") == [["Introductory workshop"]] * 4
    assert [set(found) for found in headlines(client, "lang=en&country=ly")] == [both] * 4
    assert headlines(client, "lang=en&country=AT") == [[]] * 4
    assert headlines(client, f"lang=fr&project={project}") == [["Atelier"]] * 4


def test_an_article_that_has_no_french_is_not_in_the_french_feed(client: FlaskClient) -> None:
    article = make_article()

    @db.transaction
    def lose_french() -> None:
        db.get(type(article), article.id).languages = ["en", "ar"]

    lose_french()
    assert headlines(client, "lang=fr") == [[]] * 4
    assert headlines(client, "lang=en") == [["Introductory workshop"]] * 4


def test_pages_name_the_feeds_of_what_they_show(client: FlaskClient) -> None:
    project = workshop_of(make_article()).project.slug
    page = etree.HTML(client.get(f"/news/?country=LY&project={project}&lang=en").data)
    found = {link.get("type"): link.get("href") for link in page.iter("link")}
    query = f"?country=LY&project={project}&lang=en"
    assert {found[channel.media_type] for channel in FEEDS} == {
        f"/news/{channel.file}{query}" for channel in FEEDS
    }


def test_the_full_map_names_every_language_of_every_article(client: FlaskClient) -> None:
    make_article()
    found = check_sitemap(client.get("/news/sitemap.xml").data)
    urls = list(found.iter(URL))
    assert len(urls) == 3
    alternates = [
        {(link.get("hreflang"), link.get("href")) for link in url.iter(f"{{{XHTML}}}link")}
        for url in urls
    ]
    assert alternates == [alternates[0]] * 3
    assert {lang for lang, _ in alternates[0]} == {"en", "fr", "ar"}


def test_the_news_map_forgets_after_two_days(client: FlaskClient) -> None:
    make_article()
    with time_machine.travel(PUBLISHED + timedelta(hours=47), tick=False):
        found = check_sitemap(client.get("/news/news-sitemap.xml").data)
    titles = {title.text for title in found.iter(f"{{{NEWS}}}title")}
    assert titles == {"Introductory workshop", "Atelier", "ورشة"}
    with time_machine.travel(PUBLISHED + timedelta(hours=49), tick=False):
        found = check_sitemap(client.get("/news/news-sitemap.xml").data)
    assert list(found) == []


def test_a_map_that_breaks_the_rules_is_noticed() -> None:
    place = "<loc>https://a.example/</loc>"
    for wrong in (
        "<lastmod>2022-02-10</lastmod>",
        f"{place}<lastmod>now</lastmod>",
        f"{place}<n:news><n:title>No publication</n:title></n:news>",
    ):
        text = f'<urlset xmlns="{SITEMAP}" xmlns:n="{NEWS}"><url>{wrong}</url></urlset>'
        with pytest.raises(etree.DocumentInvalid):
            check_sitemap(text.encode())


def test_a_feed_that_did_not_change_is_not_sent_again_by_mark_or_by_date(
    client: FlaskClient,
) -> None:
    article = make_article()
    for channel in PULLED.values():
        path = f"/news/{channel.file}?lang=en"
        first = client.get(path)
        mark, moment = first.headers["ETag"], first.headers["Last-Modified"]
        assert client.get(path, headers={"If-None-Match": mark}).status_code == 304
        assert client.get(path, headers={"If-Modified-Since": moment}).status_code == 304
    service.correct_article(article.id, Texts.of(en="A date."), by=SYSTEM, now=LATER)
    for channel in FEEDS:
        answer = client.get(f"/news/{channel.file}?lang=en", headers={"If-Modified-Since": moment})
        assert answer.status_code == 200, channel.key


def test_a_feed_is_narrowed_by_topic(client: FlaskClient) -> None:
    article = make_article()
    make_article("A second workshop")

    @db.transaction
    def file_it() -> None:
        db.get(type(article), article.id).tag(TagKind.TOPIC, ["dialogues"])

    file_it()
    assert headlines(client, "lang=en&topic=dialogues") == [["Introductory workshop"]] * 4
    assert headlines(client, "lang=en&topic=nothing") == [[]] * 4
