"""Readers: no cookies, pages that are kept and yet never out of date, filters and search."""

from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.core import audit, db
from eventsapp.core.actor import SYSTEM, Role
from eventsapp.core.texts import Texts
from eventsapp.news import service
from eventsapp.news.models import Article
from eventsapp.projects import queries as projects
from eventsapp.workshops.models import Workshop
from tests.factories.news import PUBLISHED, make_article, withdraw, workshop_of
from tests.factories.queries import statements
from tests.factories.workshops import sign_in
from tests.pages import text_of

ARTICLE = "/news/introductory-workshop"
FEED = "/news/feed.atom"
PLACES = (ARTICLE, "/news/", FEED, f"{ARTICLE}/history")


def mark(client: FlaskClient, path: str) -> str:
    return client.get(path).headers["ETag"]


def asks_again(client: FlaskClient, path: str, etag: str) -> int:
    return client.get(path, headers={"If-None-Match": etag}).status_code


def test_a_reader_is_never_given_a_cookie(client: FlaskClient) -> None:
    article = make_article()
    workshop = workshop_of(article)
    assert workshop.project is not None
    for path in (
        "/", ARTICLE, f"{ARTICLE}/history", "/news/", "/news/?year=2022&country=LY", FEED,
        "/news/sitemap.xml", "/search?q=workshop", "/workshops/", f"/workshops/{workshop.ref}",
        f"/projects/{workshop.project.slug}",
    ):  # fmt: skip
        for lang in ("", "lang=en", "lang=fr", "lang=ar"):
            answer = client.get(f"{path}{'&' if '?' in path else '?'}{lang}")
            assert answer.status_code == 200, path
            assert "Set-Cookie" not in answer.headers, path
            assert "public" in answer.headers["Cache-Control"], path


def test_the_chosen_language_goes_along_with_links_instead(client: FlaskClient) -> None:
    make_article()
    assert 'href="/news/introductory-workshop?lang=ar"' in client.get("/news/?lang=ar").text
    assert 'href="/news/introductory-workshop"' in client.get("/news/").text
    page = client.get("/news/?country=LY&lang=fr").text
    assert 'href="/news/?country=LY&amp;lang=ar"' in page


def test_a_fresh_copy_is_confirmed_without_loading_or_drawing_anything(
    client: FlaskClient,
) -> None:
    make_article()
    marks = {path: mark(client, path) for path in PLACES}
    client.application.extensions.pop("kept_pages")
    db.session().rollback()
    for path, etag in marks.items():
        with statements() as sent:
            assert asks_again(client, path, etag) == 304
        assert sent == [], path
    with statements() as sent:
        assert asks_again(client, ARTICLE, "another") == 200
    assert len(sent) > 3


def test_a_kept_page_is_given_without_loading_anything(client: FlaskClient) -> None:
    make_article()
    for path in PLACES:
        first = client.get(path).data
        with statements() as sent:
            assert client.get(path).data == first
        assert sent == [], path


def test_correcting_and_withdrawing_reach_every_reader_at_once(client: FlaskClient) -> None:
    article = make_article()
    before = {path: mark(client, path) for path in PLACES}
    note = Texts.of(en="The place was wrong.")
    service.correct_article(article.id, note, by=SYSTEM, now=PUBLISHED)
    for path, etag in before.items():
        assert asks_again(client, path, etag) == 200, path
    assert "The place was wrong." in client.get(f"{ARTICLE}?lang=en").text
    corrected = {path: mark(client, path) for path in PLACES}
    withdraw(article)
    assert [asks_again(client, path, corrected[path]) for path in PLACES] == [410, 200, 200, 410]
    assert "introductory-workshop" not in client.get("/news/").text


def test_a_change_of_the_workshop_reaches_the_article(client: FlaskClient) -> None:
    article = make_article()
    assert "Benghazi" not in client.get(f"{ARTICLE}?lang=en").text

    @db.transaction
    def move() -> None:
        workshop = db.get(Workshop, article.workshop_id)
        workshop.city = Texts.of(en="Benghazi")
        audit.record("workshop.described", f"workshop:{workshop.id}", by=SYSTEM, now=PUBLISHED)

    move()
    assert "Benghazi" in client.get(f"{ARTICLE}?lang=en").text


def test_what_readers_never_see_leaves_their_copies_alone(client: FlaskClient) -> None:
    make_article()
    before = mark(client, ARTICLE)

    @db.transaction
    def check_in() -> None:
        audit.record("attendance.scanned", "person:1", by=SYSTEM, now=PUBLISHED)

    check_in()
    assert asks_again(client, ARTICLE, before) == 304


def test_an_embargo_that_ends_shows_the_article_without_anybody_writing(
    client: FlaskClient,
) -> None:
    ends = datetime.now(PUBLISHED.tzinfo) + timedelta(hours=1)
    article = make_article()

    @db.transaction
    def embargo() -> None:
        db.get(Article, article.id).embargoed_until = ends
        audit.record("article.embargoed", f"article:{article.id}", by=SYSTEM, now=PUBLISHED)

    embargo()
    before = mark(client, "/news/")
    assert client.get(ARTICLE).status_code == 404
    assert "introductory-workshop" not in client.get("/news/").text
    with time_machine.travel(ends + timedelta(seconds=1), tick=False):
        assert asks_again(client, "/news/", before) == 200
        assert "introductory-workshop" in client.get("/news/").text
        assert client.get(ARTICLE).status_code == 200
    # A clock that is put back hides it again.
    assert client.get(ARTICLE).status_code == 404


def test_another_history_of_the_same_length_is_not_taken_for_this_one(
    client: FlaskClient,
) -> None:
    """As after a restore: events of the same numbers, but not the same events."""
    make_article()
    before = mark(client, ARTICLE)
    for event in db.session().query(audit.AuditEvent):
        event.hash = event.hash[::-1]
    db.session().commit()
    assert asks_again(client, ARTICLE, before) == 200


def test_pages_are_compressed_for_who_can_read_that(client: FlaskClient) -> None:
    make_article()
    for path in (ARTICLE, "/news/", FEED, "/", "/workshops/"):
        plain = client.get(path)
        packed = client.get(path, headers={"Accept-Encoding": "gzip, br"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert len(packed.data) < len(plain.data) * 0.6
        assert "Content-Encoding" not in plain.headers
        refused = client.get(path, headers={"Accept-Encoding": "gzip;q=0"})
        assert refused.data == plain.data


def test_who_is_signed_in_gets_pages_of_their_own_uncompressed(client: FlaskClient) -> None:
    make_article()
    sign_in(client, Role.STAFF)
    answer = client.get("/news/", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert "Manage" in answer.text


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("year=2022", True), ("year=2021", False), ("country=LY", True), ("country=ly", True),
        ("country=TN", False), ("in=fr", True), ("q=INTRODUCTORY", True), ("q=nowhere", False),
        ("year=20222222222222222222222", True), ("year=x&in=zz&page=-4", True),
    ],
)  # fmt: skip
def test_the_list_is_narrowed_by_its_address(
    client: FlaskClient, query: str, is_found: bool
) -> None:
    make_article()
    page = client.get(f"/news/?lang=en&{query}").text
    assert ('href="/news/introductory-workshop' in page) is is_found
    assert ("No news matches" in page) is not is_found


def test_choices_say_how_many_they_leave_and_lead_to_clean_addresses(client: FlaskClient) -> None:
    make_article()
    make_article("Second workshop")
    page = client.get("/news/?lang=en&q=&country=&year=").text
    assert 'href="/news/?lang=en&amp;in=fr"' in page
    assert "2 articles" in text_of(page)
    one = client.get("/news/?lang=en&q=second&in=fr").text
    assert "1 article" in text_of(one)
    assert 'href="/news/?lang=en&amp;q=second"' in one


def test_words_are_looked_for_in_news_and_workshops(client: FlaskClient) -> None:
    make_article()
    found = text_of(client.get("/search?q=INTRODUCTORY&lang=en").text)
    assert "News (1)" in found
    assert "Workshops (1)" in found
    assert "Nothing has these words" in client.get("/search?q=nowhere&lang=en").text


def test_an_article_leads_to_more_news_of_its_project(app: Flask, client: FlaskClient) -> None:
    first = make_article()
    make_article("Second workshop")
    page = client.get(f"{ARTICLE}?lang=en").text
    assert "Second workshop" in page
    assert first.project is not None
    assert f"/news/?project={first.project.slug}" in page.replace("lang=en&amp;", "")
    assert projects.get_by_slug(first.project.slug)
