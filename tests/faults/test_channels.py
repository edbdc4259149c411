"""Channels while workers die between the steps, and compete: each article is there once."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from eventsapp.core import clock, db
from eventsapp.core.actor import SYSTEM
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.edge.jobs.models import Job
from eventsapp.news import service
from eventsapp.news.models import Delivery
from eventsapp.news.service import deliveries
from tests.factories.channels import make_target, state_of, work_at
from tests.factories.news import DATED, PUBLISHED, approve, make_article
from tests.factories.receivers import WordPress, serving
from tests.factories.workshops import make_workshop
from tests.faults.conftest import Yard, wait_until

MINUTE = timedelta(minutes=1)


class Killed(BaseException):
    """What a process that is killed leaves behind: nothing is handled any more."""


@pytest.fixture
def site(app: Flask) -> Iterator[WordPress]:
    with serving(WordPress("editor", "password")) as site:
        assert isinstance(site, WordPress)
        yield site


def kill_in(monkeypatch: pytest.MonkeyPatch, place: Any, name: str, *, after: bool) -> None:
    """The next call of the function is the last thing its process does."""
    real: Callable[..., Any] = getattr(place, name)

    def dying(*args: Any, **kwargs: Any) -> Any:
        monkeypatch.setattr(place, name, real)
        if after:
            real(*args, **kwargs)
        raise Killed

    monkeypatch.setattr(place, name, dying)


@pytest.mark.parametrize(
    ("step", "after"),
    [
        ("see_to_channels", False),
        ("see_to_channels", True),
        ("claim_delivery", False),
        ("claim_delivery", True),
        ("note_sent", False),
        ("note_sent", True),
    ],
)
def test_a_worker_that_dies_between_two_steps_is_made_good(
    site: WordPress, monkeypatch: pytest.MonkeyPatch, step: str, *, after: bool
) -> None:
    target = make_target("wordpress", site.url, "password")
    work_at(PUBLISHED - MINUTE)
    make_article()
    kill_in(monkeypatch, deliveries, step, after=after)
    with time_machine.travel(PUBLISHED, tick=False), pytest.raises(Killed):
        run_due_jobs()
    db.session().rollback()
    # The job's lease and the delivery's lapse, and the next minute comes.
    for minutes in (1, 5, 10):
        work_at(PUBLISHED + minutes * MINUTE)
    assert len(site.posts) == 1
    assert state_of(target) == [("en", "done", 1, 1, "")]


def test_a_lost_job_is_found_by_the_next_minute(site: WordPress) -> None:
    target = make_target("wordpress", site.url, "password")
    make_article()

    @db.transaction
    def lose_everything() -> None:
        db.session().execute(sa.delete(Job))

    lose_everything()
    work_at(PUBLISHED + MINUTE)
    assert state_of(target) == [("en", "done", 1, 1, "")]


def test_a_channel_that_fails_keeps_nobody_from_publishing(site: WordPress) -> None:
    make_target("wordpress", "http://127.0.0.1:9", "password")
    workshop = make_workshop()
    approve(workshop)
    article = service.publish_report(workshop.id, dated=DATED, by=SYSTEM, now=PUBLISHED)
    work_at(PUBLISHED)
    assert article.status == "published"


def test_two_workers_that_meet_send_once(app: Flask, site: WordPress) -> None:
    make_target("wordpress", site.url, "password")
    make_article()
    deliveries.see_to_channels(now=PUBLISHED)
    (delivery_id,) = db.session().scalars(sa.select(Delivery.id))
    db.session().rollback()
    assert count_claims(app, delivery_id) == 1
    # The control: once the lease is over, the next one has it, too.
    later = PUBLISHED + timedelta(days=1)
    assert deliveries.claim_delivery(delivery_id, "third", now=later) is not None


def count_claims(app: Flask, delivery_id: int) -> int:
    """How many of two workers that come at once get a delivery."""
    barrier, found = Barrier(2), []

    def claim(owner: str) -> None:
        with app.app_context():
            barrier.wait()
            work = deliveries.claim_delivery(delivery_id, owner, now=PUBLISHED)
            found.append(work is not None)
            db.db.session.remove()

    workers = [Thread(target=claim, args=(owner,)) for owner in ("first", "second")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sum(found)


@pytest.mark.faults
def test_two_worker_processes_and_a_kill_leave_each_article_once(yard: Yard) -> None:
    with serving(WordPress("editor", "password")) as site:
        assert isinstance(site, WordPress)
        target = make_target("wordpress", site.url, "password", takes_all=True)
        for number in range(6):
            make_article(f"Workshop {number}", now=clock.now())
        first, _second = yard.start_worker(), yard.start_worker()
        wait_until(lambda: site.posts, seconds=60)
        yard.kill(first)
        wait_until(lambda: {row[1] for row in state_of(target)} == {"done"}, seconds=240)
        assert len(site.posts) == 6
