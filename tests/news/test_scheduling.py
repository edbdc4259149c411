"""The moment at which news becomes public: once, not before, and whatever the clock does."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask

from eventsapp.core import clock, db
from eventsapp.core.actor import SYSTEM, Actor, Role
from eventsapp.news import queries, rules, service
from eventsapp.news.models import Article
from eventsapp.news.service import scheduling
from eventsapp.reports.service import reopen_report
from tests.factories.news import DATED, PUBLISHED, make_draft, make_plain, write
from tests.factories.races import at_once
from tests.factories.workshops import make_actor

DUE = PUBLISHED + timedelta(hours=2)
WORKERS = 4


def scheduled() -> Article:
    return service.schedule_article(make_draft().id, DUE, by=SYSTEM, now=PUBLISHED)


def publish_at(moment: datetime) -> int:
    with time_machine.travel(moment, tick=False):
        return service.publish_due(by=SYSTEM)


def test_what_is_scheduled_is_published_when_its_moment_has_come(app: Flask) -> None:
    article = scheduled()
    assert publish_at(DUE - timedelta(seconds=1)) == 0
    assert (article.status, article.publish_at) == ("scheduled", DUE)
    assert publish_at(DUE) == 1
    assert (article.status, article.published_at, article.publish_at) == ("published", DUE, None)


def test_a_clock_that_is_set_back_publishes_nothing_twice(app: Flask) -> None:
    article = scheduled()
    found = [publish_at(DUE + timedelta(hours=hours)) for hours in (1, -1, 25, 1)]
    assert (found, len(article.versions)) == ([1, 0, 0, 0], 1)


def test_a_clock_that_is_set_back_under_the_lock_publishes_nothing_early(app: Flask) -> None:
    """The list was made by a clock that was ahead; the decision is made by the one there is."""
    article = scheduled()
    with time_machine.travel(DUE + timedelta(days=1), tick=False):
        found = queries.due_ids(now=clock.now())
    assert list(found) == [article.id]
    with time_machine.travel(DUE - timedelta(minutes=1), tick=False):
        assert not scheduling.publish_if_due(article.id, by=SYSTEM)
    assert article.status == "scheduled"


def race(app: Flask, article_id: int) -> Counter[object]:
    """Several workers at the same minute, each with the list that all of them made."""

    def publishing() -> Callable[[], object]:
        return lambda: scheduling.publish_if_due(article_id, by=SYSTEM)

    with time_machine.travel(DUE, tick=False):
        results = at_once(app, [publishing() for _ in range(WORKERS)])
    return Counter(type(one).__name__ if isinstance(one, Exception) else one for one in results)


def test_workers_at_the_same_minute_publish_once(app: Flask) -> None:
    article_id = scheduled().id
    assert race(app, article_id) == {True: 1, False: WORKERS - 1}
    assert len(db.get(Article, article_id).versions) == 1


def test_without_the_status_under_the_lock_they_would_publish_more_than_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The positive control of the race above."""
    article_id = scheduled().id
    monkeypatch.setattr(rules, "is_due", lambda _article, *, now: now >= DUE)
    assert race(app, article_id)[True] > 1
    assert len(db.get(Article, article_id).versions) > 1


def test_a_schedule_is_cancelled_and_set_anew(app: Flask) -> None:
    article = scheduled()
    service.cancel_schedule(article.id, by=SYSTEM, now=PUBLISHED)
    assert (article.status, article.publish_at, publish_at(DUE)) == ("draft", None, 0)
    later = DUE + timedelta(days=1)
    service.schedule_article(article.id, DUE, by=SYSTEM, now=PUBLISHED)
    service.schedule_article(article.id, later, by=SYSTEM, now=PUBLISHED)
    assert (publish_at(DUE), publish_at(later)) == (0, 1)


def test_what_is_written_after_scheduling_is_no_longer_scheduled(app: Flask) -> None:
    article = scheduled()
    write(article, by=make_actor(Role.STAFF), headline="Other words")
    assert (article.status, article.publish_at, publish_at(DUE)) == ("draft", None, 0)


def test_words_of_ones_own_cannot_be_scheduled_before_they_are_approved(app: Flask) -> None:
    article = make_plain()
    with pytest.raises(rules.NotApproved):
        service.schedule_article(article.id, DUE, by=SYSTEM, now=PUBLISHED)
    with pytest.raises(rules.InThePast):
        service.schedule_article(make_draft().id, PUBLISHED, by=SYSTEM, now=PUBLISHED)


def test_what_cannot_be_published_goes_back_with_the_reason(app: Flask) -> None:
    """Its report was opened again meanwhile: its figures are no longer approved."""
    article = scheduled()
    assert article.workshop_id is not None
    reopen_report(article.workshop_id, by=SYSTEM, now=PUBLISHED)
    assert publish_at(DUE) == 0
    assert (article.status, article.publish_at) == ("draft", None)
    assert [(one.text, one.sends_back) for one in article.comments] == [
        ("The report has to be approved before news can be made of it.", True)
    ]


def test_an_embargo_binds_whoever_publishes(app: Flask) -> None:
    article = make_draft()
    service.set_embargo(article.id, DUE, by=SYSTEM, now=PUBLISHED)
    with pytest.raises(rules.Embargoed):
        service.publish_article(article.id, dated=DATED, by=SYSTEM, now=PUBLISHED)
    with pytest.raises(rules.EmbargoTooLate):
        service.schedule_article(article.id, DUE - timedelta(minutes=1), by=SYSTEM, now=PUBLISHED)
    service.schedule_article(article.id, DUE, by=SYSTEM, now=PUBLISHED)
    with pytest.raises(rules.EmbargoTooLate):
        service.set_embargo(article.id, DUE + timedelta(days=1), by=SYSTEM, now=PUBLISHED)
    assert publish_at(DUE) == 1


def test_an_embargo_that_is_lifted_no_longer_binds(app: Flask) -> None:
    article = make_draft()
    service.set_embargo(article.id, DUE, by=SYSTEM, now=PUBLISHED)
    service.set_embargo(article.id, None, by=SYSTEM, now=PUBLISHED)
    service.publish_article(article.id, dated=DATED, by=SYSTEM, now=PUBLISHED)
    with pytest.raises(rules.WrongState):
        service.set_embargo(article.id, DUE, by=SYSTEM, now=PUBLISHED)


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2026-03-29T01:59", "2026-03-29T00:59+00:00"),
        ("2026-03-29T03:00", "2026-03-29T01:00+00:00"),
        ("2026-10-25T01:59", "2026-10-24T23:59+00:00"),
        ("2026-10-25T03:00", "2026-10-25T02:00+00:00"),
        ("2028-02-29T09:30", "2028-02-29T08:30+00:00"),
    ],
)
def test_a_local_time_is_one_moment(local: str, utc: str) -> None:
    found = rules.moment_of(datetime.fromisoformat(local), "Europe/Vienna", field="publish_at")
    assert found == datetime.fromisoformat(utc)


@pytest.mark.parametrize(
    ("local", "refusal"),
    [
        ("2026-03-29T02:00", rules.NoSuchTime),
        ("2026-03-29T02:59", rules.NoSuchTime),
        ("2026-10-25T02:00", rules.TimeComesTwice),
        ("2026-10-25T02:59", rules.TimeComesTwice),
    ],
)
def test_a_local_time_that_is_none_or_two_is_refused(
    local: str, refusal: type[rules.NoSuchTime]
) -> None:
    with pytest.raises(refusal) as refused:
        rules.moment_of(datetime.fromisoformat(local), "Europe/Vienna", field="publish_at")
    assert refused.value.field == "publish_at"
    assert "Europe/Vienna" in str(refused.value)


def test_staff_schedule_too(app: Flask) -> None:
    by: Actor = make_actor(Role.STAFF)
    article = service.schedule_article(make_draft().id, DUE, by=by, now=PUBLISHED)
    with pytest.raises(rules.MayNotPublish):
        service.cancel_schedule(article.id, by=make_actor(Role.ORGANISER), now=PUBLISHED)
