"""What stands beside a post on a WordPress site: photo, tags, and the article's other languages."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from eventsapp.core.actor import SYSTEM
from eventsapp.core.texts import Texts
from eventsapp.edge import http
from eventsapp.news import service
from eventsapp.news.models import Article
from eventsapp.photos import service as photos
from eventsapp.photos.types import PhotoDraft, Recognisable
from tests.factories.channels import make_target, state_of, work_at
from tests.factories.news import DATED, PUBLISHED, approve, make_article, withdraw
from tests.factories.pictures import jpeg
from tests.factories.receivers import Reply, Request, WordPress, serving
from tests.factories.workshops import NOW, make_workshop
from tests.news.test_withdrawn_photos import choose
from tests.news.test_wordpress import DAY, PASSWORD
from tests.photos.test_service import READY, add, describe, register

SEEN = Texts.of(en="Two officials talk.", fr="Deux responsables discutent.", ar="مسؤولان.")


@pytest.fixture
def site(app: Flask) -> Iterator[WordPress]:
    wordpress = WordPress("editor", PASSWORD)
    with serving(wordpress):
        yield wordpress


def publish_with_photo() -> Article:
    workshop = make_workshop()
    photo = photos.add_photo(workshop.id, jpeg(), name="a.jpg", by=SYSTEM, now=NOW)
    draft = PhotoDraft(alternative=SEEN, recognisable=Recognisable.NOBODY, version=1)
    photos.describe_photo(workshop.id, photo.id, draft, by=SYSTEM, now=NOW)
    approve(workshop)
    return service.publish_report(workshop.id, dated=DATED, by=SYSTEM, now=PUBLISHED)


def test_the_photo_goes_into_the_library_and_above_the_post(site: WordPress) -> None:
    make_target("wordpress", site.url, PASSWORD)
    article = publish_with_photo()
    work_at(PUBLISHED)
    (post,), (kept,) = site.published(), site.media.values()
    assert (post["featured_media"], kept["alt_text"]) == (kept["id"], "Two officials talk.")
    assert kept["post"] == post["id"]
    assert kept["file"].startswith(b"\xff\xd8")
    assert "<img" not in post["content"]
    withdraw(article)
    work_at(PUBLISHED + DAY)
    assert (site.media, site.published()) == ({}, [])


def test_a_correction_sends_the_photo_no_second_time(site: WordPress) -> None:
    make_target("wordpress", site.url, PASSWORD)
    article = publish_with_photo()
    work_at(PUBLISHED)
    before = site.posts[1]["featured_media"]
    service.correct_article(article.id, Texts.of(en="Wrong."), by=SYSTEM, now=PUBLISHED + DAY)
    work_at(PUBLISHED + DAY)
    assert site.posts[1]["featured_media"] == before
    assert list(site.media) == [before]


def test_a_photo_that_was_taken_back_leaves_the_other_site(site: WordPress) -> None:
    make_target("wordpress", site.url, PASSWORD)
    workshop = make_workshop()
    photo, person_id = add(workshop), register(workshop)
    choose(person_id, granted=True)
    agreed = replace(READY, recognisable=Recognisable.AGREED, person_ids=frozenset({person_id}))
    describe(photo, agreed)
    approve(workshop)
    service.publish_report(workshop.id, dated=DATED, by=SYSTEM, now=PUBLISHED)
    work_at(PUBLISHED)
    assert len(site.media) == 1
    choose(person_id, granted=False)
    assert service.withdraw_photos(by=SYSTEM, now=PUBLISHED + DAY) == 1
    work_at(PUBLISHED + DAY)
    assert (site.media, site.posts[1]["featured_media"]) == ({}, 0)


def test_a_lost_reply_makes_no_second_photo(site: WordPress) -> None:
    target = make_target("wordpress", site.url, PASSWORD)
    lost: list[Request] = []

    def lose_once(request: Request) -> bool:
        is_first = request.path.endswith("/media") and request.method == "POST" and not lost
        if is_first:
            lost.append(request)
        return not is_first

    site.after = lose_once
    publish_with_photo()
    work_at(PUBLISHED)
    work_at(PUBLISHED + DAY)
    assert (len(site.media), len(site.posts), len(lost)) == (1, 1, 1)
    assert state_of(target) == [("en", "done", 1, 1, "")]


def test_an_account_that_may_add_neither_photos_nor_tags_publishes_all_the_same(
    site: WordPress,
) -> None:
    target = make_target("wordpress", site.url, PASSWORD)
    site.may_upload = site.may_tag = False
    site.tags[7] = "Libya"
    publish_with_photo()
    work_at(PUBLISHED)
    (post,) = site.published()
    assert (post["featured_media"], post["tags"], "<img" in post["content"]) == (0, [7], True)
    assert state_of(target) == [("en", "done", 1, 1, "")]


def test_what_it_is_filed_under_becomes_tags_once(site: WordPress) -> None:
    make_target("wordpress", site.url, PASSWORD)
    make_article()
    make_article("A second workshop")
    work_at(PUBLISHED)
    first, second = site.published()
    assert "Libya" in [site.tags[number] for number in first["tags"]]
    # Each has a project of its own.
    assert first["tags"][0] == second["tags"][0]
    assert len(set(site.tags.values())) == len(site.tags)


def test_a_post_says_its_language_and_leads_to_the_others(site: WordPress) -> None:
    make_target("wordpress", site.url, PASSWORD, languages=["ar"])
    make_article()
    work_at(PUBLISHED)
    (post,) = site.published()
    assert post["content"].startswith('<div lang="ar" dir="rtl">')
    assert 'hreflang="fr" lang="fr">Français</a>' in post["content"]


@pytest.mark.parametrize("path", ["/media", "/tags"])
@pytest.mark.parametrize("answer", [(429, {"Retry-After": "60"}, {}), (503, {}, b"down")])
def test_trouble_with_photos_or_tags_is_tried_again(
    site: WordPress, path: str, answer: Reply
) -> None:
    target = make_target("wordpress", site.url, PASSWORD)
    site.before = lambda request: answer if request.path.endswith(path) else None
    publish_with_photo()
    work_at(PUBLISHED)
    assert [row[1] for row in state_of(target)] == ["waiting"]
    site.before = lambda _: None
    work_at(PUBLISHED + DAY)
    assert (len(site.media), len(site.published())) == (1, 1)


def test_a_site_that_does_not_answer_in_time_is_asked_again(
    site: WordPress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "READ_SECONDS", 0.2)
    target = make_target("wordpress", site.url, PASSWORD)
    slow = threading.Event()
    site.before = lambda _: None if slow.wait(1) else (200, {}, [])
    make_article()
    work_at(PUBLISHED)
    assert state_of(target) == [("en", "waiting", 1, None, "The site did not answer in time.")]
    slow.set()
    work_at(PUBLISHED + DAY)
    assert len(site.published()) == 1


def test_a_conflict_stops_and_says_so(site: WordPress) -> None:
    target = make_target("wordpress", site.url, PASSWORD)
    site.before = lambda request: (409, {}, {}) if request.method == "POST" else None
    make_article()
    work_at(PUBLISHED)
    assert [(row[1], row[4]) for row in state_of(target)] == [
        ("stopped", "The site refused the article (answer %(status)s).")
    ]
