"""Probes, figures and progress, as those who run the service and those who wait see them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from eventsapp.core import clock
from eventsapp.core.db import db
from eventsapp.edge.jobs import Job
from eventsapp.edge.jobs.leases import writing_connection
from eventsapp.edge.jobs.models import WorkerHeartbeat
from tests.factories.accounts import make_user
from tests.factories.browsing import Browser, words_of

NO_WORKER = "no worker is alive"
NOT_PICKED = "a job has been due for over five minutes and no worker picked it"


def write(site: Flask, *statements: Any) -> None:
    with site.app_context(), writing_connection() as connection:
        for statement in statements:
            connection.execute(statement)


def heartbeat(age: timedelta) -> Any:
    seen = clock.now() - age
    return sa.insert(WorkerHeartbeat).values(worker="w", started_at=seen, seen_at=seen)


def waiting(age: timedelta, **changes: Any) -> Any:
    """A job that has been due for as long as ``age``."""
    at = clock.now() - age
    values: dict[str, Any] = {
        "name": "tests.any",
        "payload": {},
        "subject": "",
        "status": "queued",
        "attempts": 0,
        "due_at": at,
        "created_at": at,
        "progress_done": 0,
        "progress_total": 0,
        "progress_text": "",
        "error": "",
    }
    return sa.insert(Job).values(**values | changes)


def readiness(browser: Browser) -> tuple[int, list[str]]:
    answer = browser.open("/readyz")
    return answer.status_code, answer.get_json().get("reasons", [])


def test_healthz_answers_without_a_database(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db.session, "execute", _database_is_down)
    answer = browser.open("/healthz")
    assert (answer.status_code, answer.get_json()) == (200, {"status": "ok"})


def _database_is_down(*_: object, **__: object) -> None:
    raise sa.exc.OperationalError("SELECT 1", {}, OSError("connection refused"))


def test_readyz_is_green_with_a_live_worker(site: Flask, browser: Browser) -> None:
    write(site, heartbeat(timedelta(seconds=20)), waiting(timedelta(minutes=4)))
    assert readiness(browser) == (200, [])


def test_readyz_is_red_without_a_worker(site: Flask, browser: Browser) -> None:
    assert readiness(browser) == (503, [NO_WORKER])
    write(site, heartbeat(timedelta(minutes=2)))
    assert readiness(browser) == (503, [NO_WORKER])


def test_readyz_does_not_believe_a_heartbeat_of_the_future(site: Flask, browser: Browser) -> None:
    write(site, heartbeat(-timedelta(days=1)))
    assert readiness(browser) == (503, [NO_WORKER])


def test_readyz_is_red_when_live_workers_pick_nothing(site: Flask, browser: Browser) -> None:
    write(site, heartbeat(timedelta(0)), waiting(timedelta(minutes=6)))
    assert readiness(browser) == (503, [NOT_PICKED])


def test_readyz_ignores_jobs_that_back_off_are_scheduled_held_or_failed(
    site: Flask, browser: Browser
) -> None:
    old = timedelta(hours=2)
    write(
        site,
        heartbeat(timedelta(0)),
        waiting(old, attempts=3),
        waiting(old, due_at=clock.now() + old),
        waiting(old, status="held"),
        waiting(old, status="failed"),
    )
    assert readiness(browser) == (200, [])


def test_readyz_is_red_when_the_database_does_not_answer(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sqlalchemy.orm.Session.execute", _database_is_down)
    assert readiness(browser) == (503, ["the database does not answer"])


@pytest.fixture
def with_token(site: Flask) -> Iterator[None]:
    settings = site.extensions["settings"]
    site.extensions["settings"] = replace(settings, metrics_token="open sesame")
    yield
    site.extensions["settings"] = settings


def test_metrics_count_requests_by_pattern_and_jobs_by_status(
    site: Flask, browser: Browser
) -> None:
    write(site, waiting(timedelta(minutes=1)), waiting(timedelta(0), status="failed"))
    browser.open("/projects/no-such-project?token=secret")
    text = browser.open("/metrics").text
    assert 'eventsapp_requests_total{method="GET",route="/projects/<slug>",status="404"}' in text
    assert 'eventsapp_jobs{status="queued"} 1.0' in text
    assert 'eventsapp_jobs{status="failed"} 1.0' in text
    assert "eventsapp_jobs_oldest_unpicked_seconds 6" in text
    assert "no-such-project" not in text


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("203.0.113.9", {}, 404),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 404),
        ("127.0.0.1", {"Forwarded": "for=127.0.0.1"}, 404),
        ("203.0.113.9", {"Authorization": "Bearer open sesame"}, 404),
    ],
)
def test_metrics_are_for_this_machine(
    sqlite_site: Flask, address: str, headers: dict[str, str], status: int
) -> None:
    browser = Browser(sqlite_site, address)
    assert browser.open("/metrics", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Authorization": "Bearer open sesame"}, 200),
        ({"Authorization": "Bearer open sesam"}, 404),
        ({"Authorization": "Bearer \u00e9"}, 404),
        ({}, 404),
    ],
)
def test_metrics_with_a_token_are_for_who_knows_it(
    site: Flask, with_token: None, headers: dict[str, str], status: int
) -> None:
    assert Browser(site).open("/metrics", headers=headers).status_code == status


@pytest.fixture
def staff(site: Flask) -> Browser:
    with site.app_context():
        make_user("nadia@office.example")
        db.session.remove()
    browser = Browser(site)
    browser.sign_in("nadia@office.example")
    return browser


RUNNING = {
    "status": "running",
    "lease_owner": "w",
    "progress_done": 3,
    "progress_total": 12,
    "progress_text": "Done",
}


def test_a_job_that_runs_shows_how_far_it_is(site: Flask, staff: Browser) -> None:
    write(site, waiting(timedelta(0), id=7, **RUNNING))
    page = staff.open("/manage/jobs/7")
    assert "3 of 12" in words_of(page)
    assert 'http-equiv="refresh"' in page.text
    fragment = staff.open("/manage/jobs/7", headers={"HX-Request": "true"})
    assert 'hx-get="/manage/jobs/7"' in fragment.text
    assert ("<html" in fragment.text, "HX-Refresh" in fragment.headers) == (False, False)


def test_a_job_that_ended_stops_the_polling_and_loads_the_page_anew(
    site: Flask, staff: Browser
) -> None:
    write(site, waiting(timedelta(0), id=7, status="done"))
    fragment = staff.open("/manage/jobs/7", headers={"HX-Request": "true"})
    assert ("hx-get" in fragment.text, fragment.headers["HX-Refresh"]) == (False, "true")
    assert 'http-equiv="refresh"' not in staff.open("/manage/jobs/7").text


def test_a_program_gets_json_without_payload_or_error(site: Flask, staff: Browser) -> None:
    write(site, waiting(timedelta(0), id=7, error="ValueError in x", payload={"a": 1}, **RUNNING))
    answer = staff.open("/manage/jobs/7", headers={"Accept": "application/json"})
    assert answer.get_json() == {
        "id": 7,
        "status": "running",
        "is_finished": False,
        "done": 3,
        "total": 12,
        "text": "Done",
    }


def test_an_unknown_job_is_a_404_and_visitors_must_sign_in(site: Flask, staff: Browser) -> None:
    assert staff.open("/manage/jobs/999").status_code == 404
    assert Browser(site).open("/manage/jobs/999").status_code == 302
