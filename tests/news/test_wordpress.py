"""Articles on a WordPress site: made, kept up, taken away; replies that are lost, refusals."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from eventsapp.core import db
from eventsapp.core.actor import SYSTEM
from eventsapp.core.texts import Texts
from eventsapp.news import service
from eventsapp.news.ledger import TargetDraft
from eventsapp.news.models import ChannelTarget, Delivery
from eventsapp.news.service import deliveries, targets
from tests.factories.channels import make_target, state_of, work_at
from tests.factories.news import DATED, PUBLISHED, make_article, withdraw
from tests.factories.receivers import Receiver, Reply, Request, WordPress, serving

PASSWORD = "abcd EFGH 1234"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def site(app: Flask) -> Iterator[WordPress]:
    wordpress = WordPress("editor", PASSWORD)
    with serving(wordpress):
        yield wordpress


def make(site: Receiver, **changes: object) -> ChannelTarget:
    return make_target("wordpress", site.url, PASSWORD, **changes)


def is_post(request: Request) -> bool:
    return request.method == "POST" and request.path.endswith("/posts")


def test_an_article_is_posted_corrected_and_taken_away(site: WordPress) -> None:
    target = make(site)
    article = make_article()
    work_at(PUBLISHED)
    (post,) = site.published()
    assert post["title"] == "Introductory workshop"
    assert "A full briefing." in post["content"]
    assert post["date_gmt"] == "2022-02-10T12:00:00"
    assert state_of(target) == [("en", "done", 1, 1, "")]
    note = Texts.of(en="The place was wrong.")
    service.correct_article(article.id, note, by=SYSTEM, now=PUBLISHED + DAY)
    work_at(PUBLISHED + DAY)
    assert len(site.posts) == 1
    assert "The place was wrong." in site.posts[1]["content"]
    withdraw(article)
    work_at(PUBLISHED + 2 * DAY)
    assert (site.published(), site.posts[1]["status"]) == ([], "trash")
    assert state_of(target) == [("en", "done", 0, 0, "")]


def test_what_was_withdrawn_and_published_again_is_the_same_post(site: WordPress) -> None:
    target = make(site)
    article = make_article()
    work_at(PUBLISHED)
    withdraw(article)
    work_at(PUBLISHED + DAY)
    later = PUBLISHED + 2 * DAY
    service.publish_report(article.workshop_id or 0, dated=DATED, by=SYSTEM, now=later)
    work_at(later)
    assert [post["id"] for post in site.published()] == [1]
    assert state_of(target) == [("en", "done", 2, 2, "")]


def test_each_language_is_a_post_of_its_own(site: WordPress) -> None:
    target = make(site, languages=[])
    make_article()
    work_at(PUBLISHED)
    titles = {post["title"] for post in site.published()}
    assert titles == {"Introductory workshop", "Atelier", "ورشة"}
    assert [row[0] for row in state_of(target)] == ["ar", "en", "fr"]


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_a_lost_reply_makes_no_second_post(site: WordPress, method: str) -> None:
    """The site did as asked, and the connection broke before it said so."""
    target = make(site)
    lost: list[str] = []

    def lose_once(request: Request) -> bool:
        if request.method != method or lost:
            return True
        lost.append(request.path)
        return False

    site.after = lose_once
    article = make_article()
    work_at(PUBLISHED)
    if method == "POST":
        assert state_of(target) == [("en", "waiting", 1, None, "The site cannot be reached.")]
    work_at(PUBLISHED + 5 * MINUTE)
    withdraw(article)
    work_at(PUBLISHED + DAY)
    work_at(PUBLISHED + DAY + 5 * MINUTE)
    assert len(lost) == 1
    assert [post["status"] for post in site.posts.values()] == ["trash"]
    assert state_of(target) == [("en", "done", 0, 0, "")]


def test_without_looking_first_a_lost_reply_would_make_a_second_post(site: WordPress) -> None:
    """The control: a site that finds nothing gets it twice."""
    make(site)
    lost: list[Request] = []

    def answer_nothing(request: Request) -> Reply | None:
        return (200, {}, []) if request.method == "GET" else None

    def lose_once(request: Request) -> bool:
        is_first = is_post(request) and not lost
        if is_first:
            lost.append(request)
        return not is_first

    site.before, site.after = answer_nothing, lose_once
    make_article()
    work_at(PUBLISHED)
    work_at(PUBLISHED + 5 * MINUTE)
    assert len(site.posts) == 2


def test_a_withdrawal_reaches_a_post_whose_reply_was_lost(site: WordPress) -> None:
    target = make(site)
    site.after = lambda request: not is_post(request)
    article = make_article()
    work_at(PUBLISHED)
    assert len(site.published()) == 1
    withdraw(article)
    site.after = lambda _: True
    work_at(PUBLISHED + DAY)
    assert site.published() == []
    assert state_of(target) == [("en", "done", 0, 0, "")]


def test_somebody_elses_post_of_the_same_name_is_left_alone(site: WordPress) -> None:
    make(site)
    article = make_article()
    theirs = {"id": 1, "slug": f"{article.slug}-{article.id}-en", "status": "publish"}
    site.posts[1] = {**theirs, "title": "Theirs", "content": "Theirs"}
    work_at(PUBLISHED)
    assert [post["title"] for post in site.published()] == ["Theirs", "Introductory workshop"]


def test_a_wrong_password_stops_everything_until_it_is_changed(site: WordPress) -> None:
    target = make_target("wordpress", site.url, "wrong")
    make_article()
    make_article("A second workshop")
    work_at(PUBLISHED)
    asked = len(site.requests)
    work_at(PUBLISHED + DAY)
    assert len(site.requests) == asked <= 2
    found = db.get(ChannelTarget, target.id)
    assert (found.is_shut, found.error) == (
        True,
        "The site does not let us in (answer %(status)s).",
    )
    draft = TargetDraft("WordPress", target.settings, ["en"], [], [])
    targets.change_target(target.id, draft, secret=PASSWORD, by=SYSTEM, now=PUBLISHED + DAY)
    work_at(PUBLISHED + DAY)
    assert len(site.published()) == 2
    assert db.get(ChannelTarget, target.id).is_shut is False


def test_a_site_that_asks_us_to_wait_is_left_in_peace(site: WordPress) -> None:
    target = make(site)
    site.before = lambda _: (429, {"Retry-After": "3600"}, {})
    make_article()
    make_article("A second workshop")
    work_at(PUBLISHED)
    assert len(site.requests) <= 2
    asked = len(site.requests)
    site.before = lambda _: None
    work_at(PUBLISHED + 50 * MINUTE)
    assert len(site.requests) == asked
    work_at(PUBLISHED + 61 * MINUTE)
    assert len(site.published()) == 2
    assert {row[1] for row in state_of(target)} == {"done"}


@pytest.mark.parametrize(
    ("reply", "state", "error"),
    [
        ((500, {}, b"oops"), "waiting", "The site has a fault of its own (answer %(status)s)."),
        ((200, {}, b"<html>"), "waiting", "The site answered with something that is no JSON."),
        ((400, {}, {}), "stopped", "The site refused the article (answer %(status)s)."),
        (
            (302, {"Location": "http://127.0.0.1:9/"}, b""),
            "stopped",
            "The site sends us to another address. Correct the address of this channel.",
        ),
    ],
)
def test_what_a_site_answers_is_said_in_plain_words(
    site: WordPress, reply: Reply, state: str, error: str
) -> None:
    target = make(site)
    site.before = lambda _: reply
    article = make_article()
    work_at(PUBLISHED)
    assert state_of(target) == [("en", state, 1, None, error)]
    assert article.status == "published"
    site.before = lambda _: None
    (delivery,) = db.session().query(Delivery).filter_by(target_id=target.id)
    targets.retry_delivery(delivery.id, by=SYSTEM, now=PUBLISHED + MINUTE)
    work_at(PUBLISHED + MINUTE)
    assert state_of(target) == [("en", "done", 1, 1, "")]


def test_the_password_is_nowhere_in_the_database(site: WordPress) -> None:
    target = make(site)
    assert PASSWORD not in str([target.secret, target.settings])
    assert target.secret != make(site).secret


def test_filters_decide_what_a_site_gets_and_what_it_loses(site: WordPress) -> None:
    elsewhere = make(site, countries=["AT"])
    here = make(site, countries=["LY", "AT"])
    make_article()
    work_at(PUBLISHED)
    assert (state_of(elsewhere), len(site.published())) == ([], 1)
    draft = TargetDraft("narrower", here.settings, ["en"], ["AT"], [])
    targets.change_target(here.id, draft, secret="", by=SYSTEM, now=PUBLISHED + MINUTE)
    work_at(PUBLISHED + MINUTE)
    assert site.published() == []


def test_a_new_site_gets_what_comes_or_all_there_is(site: WordPress) -> None:
    make_article()
    draft = TargetDraft("new", {"url": site.url, "user": "editor"}, ["en"], [], [])
    late = PUBLISHED + DAY
    targets.register_target("wordpress", draft, secret=PASSWORD, by=SYSTEM, now=late)
    work_at(late)
    assert site.published() == []
    whole = TargetDraft("all", draft.settings, ["en"], [], [], takes_all=True)
    targets.register_target("wordpress", whole, secret=PASSWORD, by=SYSTEM, now=late)
    work_at(late)
    assert len(site.published()) == 1


def test_more_than_one_pass_takes_is_made_up_by_the_next(
    site: WordPress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "MOST_AT_ONCE", 2)
    first, second = make(site, languages=[]), make(site, languages=["ar"])
    make_article()
    work_at(PUBLISHED)
    assert [row[1] for row in state_of(first) + state_of(second)] == ["done"] * 4
