"""What is not public yet, or not any more, leaks at no public address.

Every public address is walked with a marked article; the control finds it on the same walk once
it is published.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from eventsapp.core import clock, db
from eventsapp.core.actor import SYSTEM, Role
from eventsapp.core.texts import Texts
from eventsapp.news import service
from eventsapp.news.models import Article
from eventsapp.news.types import ArticleDraft, ArticleStatus
from eventsapp.web.access import PUBLIC, declared_access
from tests.factories.news import (
    approve,
    make_article,
    make_draft,
    make_plain,
    review,
    workshop_of,
    write,
)
from tests.factories.workshops import make_actor, make_workshop
from tests.photos.test_service import READY, add, describe

MARK, WORD, COUNTRY = "Zyzzyva", "blossoms", "Tonga"
# A walk as it is, one that searches for it, one that narrows to what it is filed under.
ASKED = ("?lang=en", f"?lang=en&q={WORD}", "?lang=fr&country=TO&topic=weevils")
LISTS = {
    "news.index",
    "news.show",
    "news.history",
    "news.atom",
    "news.json_feed",
    "news.rss",
    "news.ninjs",
    "news.news_sitemap",
    "overview.home",
    "overview.project",
    "overview.search",
    "workshops.show",
}
NOW = clock.now()
Prepare = Callable[[Article], object]


def walk(
    app: Flask, client: FlaskClient, articles: Sequence[Article]
) -> Iterator[tuple[str, str, str]]:
    """Each public address that can be asked for, and what it answered in words."""
    for endpoint, query, _path, text, _changed in ask_all(app, client, articles, ASKED):
        yield endpoint, query, text


def ask_all(
    app: Flask, client: FlaskClient, articles: Sequence[Article], queries: Sequence[str]
) -> Iterator[tuple[str, str, str, str, str | None]]:
    """Endpoint, query, path, what was answered, and when it says it last changed."""
    workshop = workshop_of(articles[0])
    values = {
        "slug": [*(article.slug for article in articles), workshop.project.slug],
        "ref": [workshop.ref],
    }
    addresses = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if not _is_walked(app, rule):
            continue
        name = next(iter(rule.arguments & values.keys()), "")
        for value in values.get(name, [""]):
            given = {"key": "x", "kind": "csv", "topic": "readers", name: value}
            path = addresses.build(rule.endpoint, {key: given[key] for key in rule.arguments})
            # A page of one thing is not narrowed.
            for query in queries[:1] if name else queries:
                answer = client.get(path + query)
                changed = answer.headers.get("Last-Modified")
                yield rule.endpoint, query, path, answer.text, changed


def _is_walked(app: Flask, rule: Rule) -> bool:
    """Public and read; what belongs to one participant or user knows no news."""
    if declared_access(app, rule.endpoint) != PUBLIC or "GET" not in (rule.methods or ()):
        return False
    is_of_news = rule.endpoint.startswith(("news.", "overview.", "workshops."))
    is_known = rule.arguments <= {"slug", "ref", "key", "kind", "topic"}
    assert is_known or not is_of_news, rule
    return is_known and not rule.endpoint.startswith(("static", "security."))


def found_at(app: Flask, client: FlaskClient, *articles: Article) -> set[str]:
    """Endpoints that say a word of the articles, or that there is news of their country."""
    return {
        endpoint
        for endpoint, query, text in walk(app, client, articles)
        if MARK in text or ("news.index" in endpoint and "TO" not in query and COUNTRY in text)
    }


def plain(article: Article) -> Article:
    """As marked, of its author's words alone, in the project of the marked one."""
    return make_plain(
        f"{MARK} {WORD}",
        by=make_actor(Role.STAFF),
        body=f"{MARK} at length.",
        project_id=article.project_id,
        countries=("TO",),
        topics=("weevils",),
    )


def marked() -> Article:
    """A draft of a report's article whose words, country and topic are nowhere else."""
    author = make_actor(Role.STAFF)
    article = make_draft()
    filed = ArticleDraft("en", article.project_id, ("TO",), ("weevils",))
    service.describe_article(article.id, filed, version=article.version, by=author, now=NOW)
    for lang in ("en", "fr", "ar"):
        write(
            article,
            by=author,
            lang=lang,
            now=NOW,
            headline=f"{MARK} {WORD}",
            standfirst=f"{MARK} in short.",
            body=f"{MARK} at length, paid by {{donors.sentence}}.",
        )
    return article


def approved(article: Article) -> Article:
    return review(article, author=make_actor(Role.STAFF), approver=make_actor(Role.EDITOR))


def publish(article: Article, now: datetime = NOW) -> Article:
    article = approved(article)
    return service.publish_article(article.id, dated=now.date(), by=SYSTEM, now=now)


def send(article: Article) -> None:
    service.submit_article(article.id, version=article.version, by=SYSTEM, now=NOW)


def schedule(article: Article) -> None:
    service.schedule_article(approved(article).id, NOW + timedelta(days=1), by=SYSTEM, now=NOW)


@db.transaction
def hold_back(article: Article) -> None:
    """Published by a fault before its embargo ended: readers' own condition still holds."""
    article.embargoed_until = NOW + timedelta(days=1)


def publish_too_early(article: Article) -> None:
    hold_back(publish(article))


def withdraw(article: Article) -> None:
    service.withdraw_article(publish(article).id, Texts.of(en="Gone."), by=SYSTEM, now=NOW)


def take_down(article: Article) -> None:
    by = make_actor(Role.EDITOR)
    service.take_down(publish(article).id, Texts.of(en="Gone."), by=by, now=NOW)


STATES: tuple[Prepare, ...] = (id, send, approved, schedule, withdraw, take_down)


def test_what_is_not_public_is_found_nowhere(app: Flask, client: FlaskClient) -> None:
    report = marked()
    articles = [report, *(plain(report) for _ in STATES)]
    publish_too_early(report)
    for prepare, article in zip(STATES, articles[1:], strict=True):
        prepare(article)
    assert {article.status for article in articles} == {*ArticleStatus} - {"corrected"}
    assert found_at(app, client, *articles) == set()


def test_once_published_the_same_walk_finds_it(app: Flask, client: FlaskClient) -> None:
    article = publish(marked())
    assert found_at(app, client, article) >= LISTS


def test_a_version_in_work_is_found_nowhere(app: Flask, client: FlaskClient) -> None:
    article = make_article(now=NOW)
    write(article, by=SYSTEM, headline=f"{MARK} {WORD}", standfirst=MARK, now=NOW)
    send(article)
    assert found_at(app, client, article) == set()


def answers(
    app: Flask, client: FlaskClient, article: Article
) -> dict[tuple[str, str, str], tuple[str, str | None]]:
    """What each public address says of everything, counts and dates of change too."""
    with time_machine.travel(NOW, tick=False):
        queries = (*ASKED, f"?lang=en&year={NOW.year}", "?country=LY", "?in=en")
        return {
            (endpoint, query, path): (text, changed)
            for endpoint, query, path, text, changed in ask_all(app, client, [article], queries)
        }


def hidden_beside(article: Article) -> list[Article]:
    """In each state that nobody may see, filed exactly as what is public already."""
    filed: dict[str, Any] = {
        "project_id": article.project_id,
        "countries": tuple(article.country_codes),
    }
    hidden = [make_plain(f"Focal {WORD}", by=make_actor(Role.STAFF), **filed) for _ in range(5)]
    for prepare, one in zip((id, send, approved, schedule, publish_too_early), hidden, strict=True):
        prepare(one)
    return hidden


def test_every_public_page_is_the_same_with_and_without_what_is_hidden(
    app: Flask, client: FlaskClient
) -> None:
    """No count, date of change, list of related news, feed or map tells that there is more."""
    article = make_article(now=NOW)
    before = answers(app, client, article)
    hidden = hidden_beside(article)
    after = answers(app, client, article)
    changed = {at[0] for at in before if before[at] != after[at]}
    # Figures of the server itself, for this machine alone.
    assert changed <= {"operations.show_metrics"}

    publish(hidden[0])
    published = answers(app, client, article)
    told = {at[0] for at in before if before[at] != published[at]}
    assert told >= {*LISTS, "news.sitemap"} - {"news.history", "workshops.show"}


def test_a_photo_is_nobodys_before_its_article_is_everybodys(client: FlaskClient) -> None:
    workshop = make_workshop()
    photo = add(workshop)
    describe(photo, READY)
    approve(workshop)
    article = service.open_draft(workshop.id, by=SYSTEM, now=NOW)
    path = f"/photos/{photo.file_key}"
    seen = [client.get(path, buffered=True).status_code]
    send(article)
    seen.append(client.get(path, buffered=True).status_code)
    service.approve_article(
        article.id, version=article.version, by=make_actor(Role.EDITOR), now=NOW
    )
    service.schedule_article(article.id, NOW + timedelta(days=1), by=SYSTEM, now=NOW)
    seen.append(client.get(path, buffered=True).status_code)
    assert seen == [404, 404, 404]
    service.publish_article(article.id, dated=NOW.date(), by=SYSTEM, now=NOW)
    assert client.get(path, buffered=True).status_code == 200
    assert path in client.get(f"/news/{article.slug}").text


def test_a_draft_has_no_address_at_all(client: FlaskClient) -> None:
    article = marked()
    for path in ("", "/history", ".pdf"):
        assert client.get(f"/news/{article.slug}{path}").status_code == 404


def test_previews_are_for_those_who_write_news(client: FlaskClient) -> None:
    article = marked()
    for page in ("", "/text", "/preview", "/page", "/filing"):
        answer = client.get(f"/manage/news/{article.id}{page}")
        assert (answer.status_code, MARK in answer.text) == (302, False)
