"""Reads about invitations: how far each has come, and whom mail does not reach."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from eventsapp.attendance.models import Registration
from eventsapp.attendance.queries.letters import SEND_MESSAGE, log_subject
from eventsapp.attendance.queries.registrations import unmerged
from eventsapp.attendance.types import Delivery, Message
from eventsapp.attendance.types import RegistrationStatus as Status
from eventsapp.core import db
from eventsapp.core.paging import Page, paginate
from eventsapp.edge.jobs import UNFINISHED, Job
from eventsapp.edge.mail import MailLog, MailStatus
from eventsapp.people.models import Person
from eventsapp.people.queries import reachable

_KINDS = tuple(f"attendance/{message}" for message in (Message.INVITED, Message.INVITED_AGAIN))
# Nobody is written to any more about a place that is given up.
_OVER = (Status.DECLINED, Status.CANCELLED)


def count_invitations(workshop_id: int) -> dict[Delivery, int]:
    """How many invitations are how far; each is counted once."""
    state = _state()
    rows = db.session().execute(
        sa.select(state, sa.func.count()).where(*_invited(workshop_id)).group_by(state)
    )
    return {Delivery(key): number for key, number in rows}


def list_to_invite_again(workshop_id: int) -> list[int]:
    """Whose invitation was not delivered although mail reaches them now, as far as is known."""
    undelivered = _state().in_((Delivery.FAILED, Delivery.RETURNED))
    statement = (
        sa.select(Registration.id)
        .join(Registration.person)
        .where(*_invited(workshop_id), undelivered, reachable())
        .order_by(Registration.id)
    )
    return list(db.session().scalars(statement))


def list_unreached(workshop_id: int, *, page: int) -> Page[Registration]:
    """Those of a workshop whose address mail came back from."""
    return paginate(
        sa.select(Registration)
        .join(Registration.person)
        .where(
            Registration.workshop_id == workshop_id,
            unmerged(),
            Person.bounced_at.is_not(None),
            Registration.status.not_in(_OVER),
        )
        .options(joinedload(Registration.person))
        .order_by(Person.bounced_at.desc(), Registration.id),
        page=page,
    )


def is_undelivered(registration_id: int) -> bool:
    """Whether the last mail about a registration did not arrive, as far as is known."""
    about = f"registration:{registration_id}"
    last = db.session().scalar(
        sa.select(MailLog.status)
        .where(MailLog.subject_ref == about, MailLog.kind.not_like("attendance/circular%"))
        .order_by(MailLog.id.desc())
        .limit(1)
    )
    waits = sa.select(Job.id).where(Job.subject == about, Job.status.in_(UNFINISHED)).limit(1)
    is_back = last in {MailStatus.REFUSED, MailStatus.RETURNED}
    return is_back and db.session().scalar(waits) is None


def _invited(workshop_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Registration.workshop_id == workshop_id,
        Registration.invited_at.is_not(None),
        # An invitation that the organiser took back is none.
        Registration.is_turned_down.is_(False),
        unmerged(),
    )


def _state() -> sa.ColumnElement[str]:
    waits = (
        sa.select(Job.id)
        .where(
            Job.subject == log_subject(),
            Job.name == SEND_MESSAGE,
            Job.status.in_(UNFINISHED),
        )
        .exists()
    )
    last = (
        sa.select(MailLog.status)
        .where(MailLog.subject_ref == log_subject(), MailLog.kind.in_(_KINDS))
        .order_by(MailLog.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return sa.case(
        (Registration.status != Status.INVITED, Delivery.ANSWERED.value),
        (waits, Delivery.WAITING.value),
        (last == MailStatus.SENT, Delivery.SENT.value),
        (last == MailStatus.RETURNED, Delivery.RETURNED.value),
        else_=Delivery.FAILED.value,
    )
