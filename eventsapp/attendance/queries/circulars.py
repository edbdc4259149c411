"""Reads for what organisers write to people."""

from collections import Counter
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from eventsapp.attendance.models import Circular, Registration
from eventsapp.attendance.queries.letters import log_subject
from eventsapp.attendance.queries.registrations import unmerged
from eventsapp.attendance.queries.roster import PeopleFilter, people_conditions
from eventsapp.attendance.types import Audience, Delivery
from eventsapp.core import db
from eventsapp.edge.jobs import UNFINISHED, Job
from eventsapp.edge.mail import MailLog, MailStatus
from eventsapp.people.models import Person
from eventsapp.people.queries import reachable

# The job of a circular, and the job of each of its letters.
SEND_CIRCULAR = "attendance.send_circular"
SEND_CIRCULAR_TO = "attendance.send_circular_to"
_KIND = "attendance/circular/"


def list_addressed(workshop_id: int, audience: Audience) -> Sequence[tuple[int, str]]:
    """Those of the audience whom mail reaches: registration, and the language they read."""
    statement = (
        _of_audience(workshop_id, audience)
        .with_only_columns(Registration.id, Person.language)
        .where(reachable())
        .order_by(Registration.id)
    )
    return [(number, lang) for number, lang in db.session().execute(statement)]


def count_unreached(workshop_id: int, audience: Audience) -> int:
    """Those of the audience who are left out because mail to their address came back."""
    statement = _of_audience(workshop_id, audience).with_only_columns(sa.func.count())
    return db.session().scalar(statement.where(Person.bounced_at.is_not(None))) or 0


def _of_audience(workshop_id: int, audience: Audience) -> sa.Select[Registration]:
    wanted = PeopleFilter(
        status=audience.status,
        mode=audience.mode,
        took_part=audience.took_part,
        group_id=audience.group_id,
    )
    chosen = (
        sa.select(Registration)
        .join(Registration.person)
        .where(Registration.workshop_id == workshop_id, unmerged(), *people_conditions(wanted))
    )
    return chosen.where(Person.language == audience.language) if audience.language else chosen


def count_languages(addressed: Sequence[tuple[int, str]]) -> dict[str, int]:
    return dict(Counter(lang for _number, lang in addressed))


def list_circulars(workshop_id: int) -> Sequence[Circular]:
    return (
        db.session()
        .scalars(
            sa.select(Circular)
            .where(Circular.workshop_id == workshop_id)
            .order_by(Circular.id.desc())
        )
        .all()
    )


def get_circular(circular_id: int) -> Circular:
    """Raises NotFound."""
    return db.get(Circular, circular_id)


def unique_key(circular_id: int) -> str:
    """How the jobs of a circular begin to be called; the number of a registration may follow."""
    return f"{SEND_CIRCULAR_TO}:{circular_id}:"


def kind_of(circular_id: int) -> str:
    """How the log of mails calls a circular."""
    return f"{_KIND}{circular_id}"


def outcomes_of(circular: Circular) -> dict[Delivery, int]:
    """How many of a circular's mails are how far; together they are its recipients."""
    rows = db.session().execute(
        sa.select(MailLog.status, sa.func.count())
        .where(MailLog.id.in_(_latest(circular.id)))
        .group_by(MailLog.status)
    )
    found = {status: number for status, number in rows}  # noqa: C416 - a row is no typed pair
    sent, returned = found.get(MailStatus.SENT, 0), found.get(MailStatus.RETURNED, 0)
    rest = max(0, circular.recipients - sent - returned)
    waiting = min(rest, _count_waiting(circular.id, rest))
    return {
        Delivery.WAITING: waiting,
        Delivery.SENT: sent,
        Delivery.FAILED: rest - waiting,
        Delivery.RETURNED: returned,
    }


def _count_waiting(circular_id: int, rest: int) -> int:
    """How many mails wait: all that are left while the job that records them has not ended."""
    keys = db.session().scalars(
        sa.select(Job.unique_key).where(
            Job.unique_key.startswith(unique_key(circular_id), autoescape=True),
            Job.status.in_(UNFINISHED),
        )
    )
    waiting = set(keys)
    return rest if unique_key(circular_id) in waiting else len(waiting)


def list_undelivered(circular: Circular) -> Sequence[Registration]:
    """Those of a circular whom it did not reach, as far as is known."""
    return db.session().scalars(_undelivered(circular)).all()


def list_to_send_again(circular: Circular) -> list[int]:
    """Whom a circular did not reach and whom mail reaches now."""
    return [one.id for one in db.session().scalars(_undelivered(circular).where(reachable()))]


def _undelivered(circular: Circular) -> sa.Select[Registration]:
    lost = sa.select(MailLog.subject_ref).where(
        MailLog.id.in_(_latest(circular.id)),
        MailLog.status.in_((MailStatus.REFUSED, MailStatus.RETURNED)),
    )
    waits = sa.select(Job.id).where(
        Job.unique_key == sa.literal(unique_key(circular.id)) + sa.cast(Registration.id, sa.Text),
        Job.status.in_(UNFINISHED),
    )
    return (
        sa.select(Registration)
        .join(Registration.person)
        .where(
            Registration.workshop_id == circular.workshop_id,
            log_subject().in_(lost),
            sa.not_(waits.exists()),
            unmerged(),
        )
        .options(joinedload(Registration.person))
        .order_by(Registration.id)
    )


def _latest(circular_id: int) -> sa.Select[int]:
    """The last line of the log about each of those whom a circular was sent to."""
    return (
        sa.select(sa.func.max(MailLog.id))
        .where(MailLog.kind == kind_of(circular_id))
        .group_by(MailLog.subject_ref)
    )
