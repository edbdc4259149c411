"""The ledger's use cases: what each place should have, who sends it now, and what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa

from eventsapp.core import audit, db
from eventsapp.core.actor import SYSTEM
from eventsapp.core.db import transaction
from eventsapp.edge.jobs import enqueue
from eventsapp.news.ledger import (
    LEASE,
    NOTHING,
    Coverage,
    Place,
    changes_of,
    delay_after,
    wanted_of,
)
from eventsapp.news.models import ChannelTarget, Delivery
from eventsapp.news.queries import deliveries as queries
from eventsapp.news.queries.deliveries import DONE, STOPPED, WAITING

# One pass writes no more, so that it holds SQLite's only writer for a moment; the next follows.
MOST_AT_ONCE = 2_000
ANEW = ("wanted_version", "state", "attempts", "next_try", "error", "error_values", "changed_at")


@dataclass(frozen=True, slots=True)
class Work:
    """A delivery in the hands of one run, as it stood when it was taken."""

    delivery_id: int
    target_id: int
    article_id: int
    lang: str
    handle: str
    version: int
    remote_id: str
    attempts: int
    owner: str


def call_channels(*, now: datetime) -> None:
    """In a transaction that changed what is public: look at once, not only with the minute."""
    enqueue("news.see_to_channels", {}, now=now)


def see_to_channels(*, now: datetime) -> int:
    """Write down what each target should have now, and record a job for each delivery that is
    due; gives how many.

    Whatever happened before (a crash, a lost job, a change nobody told of), this leads on from it.
    Where there is nothing to do, which is nearly always, nobody else's writing waits for the look.
    """
    is_idle = not queries.due_deliveries(now=now) and not any(_changes())
    return 0 if is_idle else _bring_up_to_date(now)


@transaction
def _bring_up_to_date(now: datetime) -> int:
    room = MOST_AT_ONCE
    for target_id, changed, slugs in _changes():
        room -= _write_down(target_id, dict(islice(changed.items(), room)), slugs, now)
    if room == 0:
        call_channels(now=now)
    due = queries.due_deliveries(now=now)
    for delivery_id in due:
        enqueue(
            "news.deliver",
            {"delivery": delivery_id},
            now=now,
            subject=f"delivery:{delivery_id}",
            unique_key=f"delivery:{delivery_id}",
        )
    return len(due)


def _changes() -> Iterator[tuple[int, dict[Place, int], dict[int, str]]]:
    """What each active target should have otherwise than was written down, and articles' slugs."""
    targets = [target for target in queries.list_targets() if target.is_active]
    articles = queries.published_facts() if targets else []
    slugs = {article.article_id: article.slug for article in articles}
    for target in targets:
        coverage = Coverage(
            target.languages, target.countries, target.projects, target.covers_since
        )
        changed = changes_of(wanted_of(coverage, articles), queries.wanted_before(target.id))
        if changed:
            yield target.id, changed, slugs


def _write_down(
    target_id: int, changed: dict[Place, int], slugs: dict[int, str], now: datetime
) -> int:
    """What this target should have now, as far as it changed; gives how many were written."""
    rows = [
        _wanted(target_id, place, version, slugs.get(place[0], ""), now)
        for place, version in changed.items()
    ]
    if rows:
        statement = db.insert_for(Delivery)
        # What names the article there, and what it has, stays.
        anew = {name: statement.excluded[name] for name in ANEW}
        db.session().execute(
            statement.on_conflict_do_update(
                index_elements=["target_id", "article_id", "lang"], set_=anew
            ),
            rows,
        )
    return len(rows)


def _wanted(target_id: int, place: Place, version: int, slug: str, now: datetime) -> dict[str, Any]:
    article_id, lang = place
    return {
        "target_id": target_id,
        "article_id": article_id,
        "lang": lang,
        "handle": f"{slug}-{article_id}-{lang}",
        "wanted_version": version,
        "state": WAITING,
        "remote_id": "",
        "remote_url": "",
        "attempts": 0,
        "was_tried": False,
        "next_try": now,
        "error": "",
        "error_values": {},
        "changed_at": now,
    }


def try_again(target_id: int, *, now: datetime) -> None:
    """In a transaction that changed the target: whatever failed there is due now."""
    db.session().execute(
        sa.update(Delivery)
        .where(Delivery.target_id == target_id, Delivery.state.in_((WAITING, STOPPED)))
        .values(state=WAITING, next_try=now, attempts=0)
        .execution_options(synchronize_session=False)
    )


@transaction
def claim_delivery(delivery_id: int, owner: str, *, now: datetime) -> Work | None:
    """Take a delivery that is due; None when somebody else has it or there is nothing to do.

    A delivery that never reached its target and should not any more is done without a word.
    """
    is_waiting = Delivery.state == WAITING
    is_idle = (Delivery.wanted_version == NOTHING, sa.not_(Delivery.was_tried))
    _update(delivery_id, (is_waiting, *is_idle), {"state": DONE, "changed_at": now})
    is_free = sa.or_(Delivery.lease_until.is_(None), Delivery.lease_until < now)
    row = _update(
        delivery_id,
        (is_waiting, is_free, Delivery.next_try <= now),
        {
            "lease_owner": owner,
            "lease_until": now + LEASE,
            "attempts": Delivery.attempts + 1,
            "was_tried": True,
        },
    )
    if row is None:
        return None
    return Work(
        delivery_id=row.id,
        target_id=row.target_id,
        article_id=row.article_id,
        lang=row.lang,
        handle=row.handle,
        version=row.wanted_version,
        remote_id=row.remote_id,
        attempts=row.attempts,
        owner=owner,
    )


@transaction
def note_sent(work: Work, remote_id: str, url: str, *, now: datetime) -> bool:
    """It is there; True where the article changed meanwhile, and there is more to send."""
    row = _let_go(
        work.delivery_id,
        work.owner,
        {
            "sent_version": work.version,
            "remote_id": remote_id,
            "remote_url": url if work.version != NOTHING else "",
            "sent_at": now,
            "changed_at": now,
            "attempts": 0,
            "error": "",
            "error_values": {},
        },
    )
    if row is None:
        return False
    is_done = row.wanted_version == work.version
    if is_done:
        _update(work.delivery_id, (), {"state": DONE})
    _clear_trouble(work.target_id)
    what = "withdrawn" if work.version == NOTHING else "sent"
    detail = {"article": work.article_id, "lang": work.lang, "version": work.version}
    subject = f"channel:{work.target_id}"
    audit.record(f"delivery.{what}", subject, by=SYSTEM, now=now, detail=detail)
    return not is_done


@transaction
def note_later(
    work: Work, error: str, values: dict[str, str], *, asked: int | None, now: datetime
) -> None:
    """It did not get there now; where the target asks for patience, all of its deliveries wait."""
    wait = delay_after(work.attempts, asked=asked)
    _let_go(work.delivery_id, work.owner, _failed(error, values, now) | {"next_try": now + wait})
    if asked:
        _change_target(work.target_id, {"quiet_until": now + wait})


@transaction
def note_stopped(work: Work, error: str, values: dict[str, str], *, now: datetime) -> None:
    """Sending the same again would not help: it waits for a new version, or for somebody."""
    _let_go(work.delivery_id, work.owner, _failed(error, values, now) | {"state": STOPPED})


@transaction
def note_shut(work: Work, error: str, values: dict[str, str], *, now: datetime) -> None:
    """The target does not let us in: nothing more is sent until its settings change."""
    _let_go(work.delivery_id, work.owner, _failed(error, values, now))
    _change_target(work.target_id, {"is_shut": True, "error": error, "error_values": values})


def _failed(error: str, values: dict[str, str], now: datetime) -> dict[str, Any]:
    return {"error": error, "error_values": values, "changed_at": now}


def _let_go(delivery_id: int, owner: str, values: dict[str, Any]) -> Any:
    """Write down what became of it, but only while it is this run's."""
    released = values | {"lease_owner": None, "lease_until": None}
    return _update(delivery_id, (Delivery.lease_owner == owner,), released)


def _update(
    delivery_id: int, where: tuple[sa.ColumnElement[bool], ...], values: dict[str, Any]
) -> Any:
    """The row as it is afterwards; None where the condition did not hold."""
    table = Delivery.__table__
    statement = (
        sa.update(Delivery)
        .where(Delivery.id == delivery_id, *where)
        .values(**values)
        .returning(*table.c)
        .execution_options(synchronize_session=False)
    )
    return db.session().execute(statement).one_or_none()


def _clear_trouble(target_id: int) -> None:
    _change_target(target_id, {"error": "", "error_values": {}}, ChannelTarget.error != "")


def _change_target(target_id: int, values: dict[str, Any], *where: sa.ColumnElement[bool]) -> None:
    db.session().execute(
        sa.update(ChannelTarget)
        .where(ChannelTarget.id == target_id, *where)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
