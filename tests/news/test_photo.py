"""An article's own photo: drawn anew, described, approved, and public as long as the article."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from eventsapp.core.actor import SYSTEM, Actor, Role
from eventsapp.core.errors import NotFound, Stale
from eventsapp.core.texts import Texts
from eventsapp.edge import storage
from eventsapp.edge.pictures import Box, PictureEmpty
from eventsapp.news import queries, rules, service
from eventsapp.news.compose import lead_of
from eventsapp.news.models import Article
from eventsapp.photos.types import PhotoDraft, Recognisable
from tests.factories.news import (
    DATED,
    PUBLISHED,
    make_draft,
    make_plain,
    review,
    withdraw,
    write,
)
from tests.factories.pictures import jpeg
from tests.factories.workshops import make_actor, sign_in
from tests.news.test_leaks import hold_back, walk
from tests.pages import hidden_fields, text_of

DESCRIBED = PhotoDraft(
    alternative=Texts.of(en="Two officials talk beside a screen."),
    caption=Texts.of(en="In the hall."),
    credit="Salma Ghariani",
    recognisable=Recognisable.NOBODY,
)
READERS_ADDRESSES = {
    "news.show",
    "news.atom",
    "news.json_feed",
    "news.rss",
    "news.ninjs",
}


@pytest.fixture
def author(app: Flask) -> Actor:
    return make_actor(Role.STAFF)


def add(article: Article, number: int = 0, *, by: Actor = SYSTEM) -> Article:
    data = jpeg(number, with_place=True)
    return service.put_photo(article.id, data, by=by, now=PUBLISHED)


def describe(article: Article, draft: PhotoDraft = DESCRIBED, *, by: Actor = SYSTEM) -> Article:
    draft = replace(draft, version=article.version)
    return service.describe_photo(article.id, draft, by=by, now=PUBLISHED)


def illustrated(number: int = 0) -> Article:
    """A draft with a photo that may be published."""
    return describe(add(make_plain(by=make_actor(Role.STAFF)), number))


def approve(article: Article) -> Article:
    return review(article, author=make_actor(Role.STAFF), approver=make_actor(Role.EDITOR))


def publish(article: Article) -> Article:
    approve(article)
    return service.publish_article(article.id, dated=DATED, by=SYSTEM, now=PUBLISHED)


def correct(article: Article) -> Article:
    approve(article)
    note = Texts.of(en="Another photo.")
    return service.correct_article(article.id, note, by=SYSTEM, now=PUBLISHED)


def key_of(article: Article) -> str:
    assert article.photo is not None
    return article.photo.file_key


def shown_to(client: FlaskClient, key: str) -> int:
    return client.get(f"/photos/{key}", buffered=True).status_code


def test_a_photo_is_drawn_anew_without_its_place_and_camera(app: Flask) -> None:
    photo = add(make_plain()).photo
    assert photo is not None
    for key in (photo.master_key, photo.file_key):
        kept = storage.read(key)
        assert b"Camera of Ines" not in kept
        with Image.open(io.BytesIO(kept)) as image:
            assert (dict(image.getexif()), image.size) == ({}, (600, 900))


def test_a_refused_file_changes_nothing(app: Flask) -> None:
    article = make_plain()
    with pytest.raises(PictureEmpty):
        service.put_photo(article.id, b"", by=SYSTEM, now=PUBLISHED)
    assert article.photo is None


def test_a_photo_is_published_once_it_is_described_in_each_language_and_checked(
    app: Flask, author: Actor
) -> None:
    article = add(make_plain(by=author))
    write(article, by=author, lang="fr", headline="Un projet", body="Il a commencé.")
    with pytest.raises(rules.PhotoUndescribed):
        approve(article)
    describe(article)
    with pytest.raises(rules.PhotoUndescribed):
        approve(article)
    both = Texts.of(en="Two officials talk.", fr="Deux responsables discutent.")
    describe(article, replace(DESCRIBED, alternative=both, recognisable=Recognisable.UNKNOWN))
    with pytest.raises(rules.PhotoUnchecked):
        approve(article)
    describe(article, replace(DESCRIBED, alternative=both))
    document = queries.document_of(publish(article).versions[-1], "fr")
    lead, _rest = lead_of(document)
    assert lead is not None
    assert (lead.alt, lead.credit) == ("Deux responsables discutent.", "Salma Ghariani")


def test_news_of_a_report_shows_its_workshops_photos(app: Flask) -> None:
    article = make_draft()
    with pytest.raises(NotFound):
        add(article)


def test_who_chose_or_described_the_photo_does_not_approve_it(app: Flask, author: Actor) -> None:
    chooser, describer = make_actor(Role.EDITOR), make_actor(Role.EDITOR)
    article = describe(add(make_plain(by=author), by=chooser), by=describer)
    for one in (chooser, describer):
        with pytest.raises(rules.AuthorCannotApprove):
            review(article, author=author, approver=one)
        service.send_back(article.id, "Again.", by=make_actor(Role.EDITOR), now=PUBLISHED)


def test_the_second_of_two_who_change_the_photo_is_told(app: Flask) -> None:
    article = add(make_plain())
    seen = replace(DESCRIBED, version=article.version)
    service.describe_photo(article.id, seen, by=SYSTEM, now=PUBLISHED)
    with pytest.raises(Stale):
        service.describe_photo(article.id, seen, by=SYSTEM, now=PUBLISHED)


def test_a_crop_makes_another_file_and_a_photo_in_its_place_begins_anew(app: Flask) -> None:
    article = add(make_plain())
    whole = key_of(article)
    describe(article, replace(DESCRIBED, box=Box(left=50)))
    photo = article.photo
    assert photo is not None
    assert (photo.width, photo.height) == (300, 900)
    assert photo.file_key != whole
    add(article, 1)
    assert (photo.credit, photo.recognisable, photo.cut_left) == ("", "unknown", 0)


def test_readers_see_the_photo_wherever_they_see_the_article(
    app: Flask, client: FlaskClient
) -> None:
    article = publish(illustrated())
    key = key_of(article)
    answer = client.get(f"/photos/{key}", buffered=True)
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    page = client.get(f"/news/{article.slug}").text
    address = f"http://localhost:8000/photos/{key}"
    assert f'<meta property="og:image" content="{address}">' in page
    assert f'"image": "{address}"' in page
    assert 'alt="Two officials talk beside a screen."' in page
    assert "In the hall." in text_of(page)
    assert "Photo: Salma Ghariani" in text_of(page)
    assert found_at(app, client, article, key) >= READERS_ADDRESSES


def found_at(app: Flask, client: FlaskClient, article: Article, key: str) -> set[str]:
    """Endpoints of the walk over every public address that name the file."""
    walked = walk(app, client, [make_draft(), article])
    return {endpoint for endpoint, _query, text in walked if key in text}


def send(article: Article) -> None:
    service.submit_article(article.id, version=article.version, by=SYSTEM, now=PUBLISHED)


def schedule(article: Article) -> None:
    at = PUBLISHED + timedelta(days=1)
    service.schedule_article(approve(article).id, at, by=SYSTEM, now=PUBLISHED)


def publish_too_early(article: Article) -> None:
    hold_back(publish(article))


def take_down(article: Article) -> None:
    by = make_actor(Role.EDITOR)
    service.take_down(publish(article).id, Texts.of(en="Gone."), by=by, now=PUBLISHED)


def withdraw_it(article: Article) -> None:
    withdraw(publish(article))


@pytest.mark.parametrize(
    "prepare",
    [id, send, approve, schedule, publish_too_early, withdraw_it, take_down],
    ids=lambda prepare: prepare.__name__,
)
def test_the_photo_of_what_is_not_public_leaks_nowhere(
    app: Flask, client: FlaskClient, prepare: Callable[[Article], object]
) -> None:
    article = illustrated()
    prepare(article)
    photo = article.photo
    assert photo is not None
    assert {shown_to(client, key) for key in (photo.file_key, photo.master_key)} == {404}
    assert found_at(app, client, article, photo.file_key) == set()
    sign_in(client, Role.ORGANISER)
    assert shown_to(client, photo.file_key) == 404


def test_who_writes_news_sees_it_before(app: Flask, client: FlaskClient) -> None:
    article = illustrated()
    sign_in(client, Role.STAFF)
    answer = client.get(f"/photos/{key_of(article)}", buffered=True)
    assert (answer.status_code, answer.headers["Cache-Control"][:7]) == (200, "private")


def test_readers_see_the_published_photo_until_the_next_version(
    app: Flask, client: FlaskClient
) -> None:
    article = publish(illustrated())
    old = key_of(article)
    new = key_of(describe(add(article, 1)))
    assert (shown_to(client, old), shown_to(client, new)) == (200, 404)
    correct(article)
    assert (shown_to(client, old), shown_to(client, new)) == (404, 200)
    service.remove_photo(article.id, by=SYSTEM, now=PUBLISHED)
    assert shown_to(client, new) == 200
    correct(article)
    assert shown_to(client, new) == 404


def test_dropping_the_new_version_brings_the_published_photo_back(app: Flask) -> None:
    article = publish(illustrated())
    old = key_of(article)
    add(article, 1)
    service.discard_draft(article.id, by=SYSTEM, now=PUBLISHED)
    photo = article.photo
    assert photo is not None
    assert (photo.file_key, photo.credit, photo.alternative) == (
        old,
        "Salma Ghariani",
        DESCRIBED.alternative,
    )


def test_a_photo_goes_at_once_at_the_wish_of_somebody_it_shows(
    app: Flask, client: FlaskClient
) -> None:
    article = publish(illustrated())
    first = key_of(article)
    describe(article, replace(DESCRIBED, box=Box(left=50)))
    correct(article)
    second = key_of(article)
    write(article, by=SYSTEM, body="In work, approved by nobody.")
    service.withdraw_photo(article.id, by=SYSTEM, now=PUBLISHED)
    assert [shown_to(client, key) for key in (first, second)] == [404, 404]
    kept = json.dumps([version.content for version in article.versions])
    assert (first in kept, second in kept) == (False, False)
    assert (article.status, article.revision) == ("corrected", "draft")
    page = text_of(client.get(f"/news/{article.slug}").text)
    assert "A photo was taken out" in page
    assert "approved by nobody" not in page


def post(client: FlaskClient, path: str, **fields: object) -> str:
    """Send the page's form, follow where it leads, and read."""
    page = client.get(path).text
    answer = client.post(path, data={**hidden_fields(page), **fields}, follow_redirects=True)
    return text_of(answer.text)


def test_a_photo_is_added_described_and_removed_on_its_pages(
    app: Flask, client: FlaskClient
) -> None:
    sign_in(client, Role.STAFF)
    article = make_plain()
    base = f"/manage/news/{article.id}"
    assert "Choose a photo." in post(client, f"{base}/photo/new")
    refused = post(client, f"{base}/photo/new", file=(io.BytesIO(b"no picture"), "a.jpg"))
    assert "This is not a picture." in refused
    added = post(client, f"{base}/photo/new", file=(io.BytesIO(jpeg()), "a.jpg"))
    assert "Say what it shows" in added
    lacking = text_of(client.get(base).text)
    assert "say what it shows, in each language" in lacking
    assert "say who can be recognised" in lacking
    sides = {"left": "0", "right": "10", "top": "0", "bottom": "0"}
    words = {"alternative-en": "Two officials.", "recognisable": "nobody"}
    assert "Saved." in post(client, f"{base}/photo", **sides, **words)
    described = text_of(client.get(base).text)
    assert "say who can be recognised" not in described
    assert "The photo is removed." in post(client, f"{base}/photo/remove")
    assert article.photo is None


def test_a_photo_above_the_limit_is_told_beside_its_field(app: Flask, client: FlaskClient) -> None:
    sign_in(client, Role.STAFF)
    article = make_plain()
    path = f"/manage/news/{article.id}/photo/new"
    answer = client.post(
        path,
        data=b"--x\r\n\r\n" + b"x" * 17_000_000 + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 413
    assert "at most 50 million pixels and 15 MB" in text_of(answer.text)
