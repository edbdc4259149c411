"""Reads about mails: the organiser's wording, whose turn it is, and what became of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from eventsapp.attendance.models import (
    AttendanceRecord,
    MailWording,
    Registration,
    TimedLetter,
)
from eventsapp.attendance.queries.evidence import live
from eventsapp.attendance.rules.letters import TOO_LATE, Due, reminder_due_at
from eventsapp.attendance.rules.setup import MOST_HOURS
from eventsapp.attendance.types import Message, Setup, Wording
from eventsapp.attendance.types import RegistrationStatus as Status
from eventsapp.core import db
from eventsapp.edge.jobs import UNFINISHED, Job
from eventsapp.edge.mail import MailLog
from eventsapp.people.queries import reachable
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode
from eventsapp.workshops.types import Status as WorkshopStatus

# The job that writes one mail to one participant.
SEND_MESSAGE = "attendance.send_message"
_KIND = "attendance/"


@dataclass(frozen=True, slots=True)
class LogLine:
    """So many mails of one kind came to one end on one day (UTC); ``day`` is None while waiting."""

    message: str
    state: str
    day: date | None
    count: int


def wording_of(workshop_id: int, message: Message, lang: str) -> Wording | None:
    row = db.session().get(MailWording, (workshop_id, message, lang))
    if row is None:
        return None
    return Wording(subject=row.subject, opening=row.opening, version=row.version)


def wordings_of(workshop_id: int) -> set[tuple[str, str]]:
    """Message and language of everything that a workshop words itself."""
    rows = db.session().execute(
        sa.select(MailWording.message, MailWording.lang).where(
            MailWording.workshop_id == workshop_id
        )
    )
    return {(message, lang) for message, lang in rows}


def workshops_by_the_clock(*, now: datetime) -> Sequence[Workshop]:
    """Workshops near enough for a letter to be due."""
    near = sa.and_(
        Workshop.starts_at <= now + timedelta(hours=MOST_HOURS), Workshop.ends_at > now - TOO_LATE
    )
    silent = (WorkshopStatus.DRAFT, WorkshopStatus.CANCELLED)
    statement = sa.select(Workshop).where(near, Workshop.status.not_in(silent))
    return db.session().scalars(statement.order_by(Workshop.id)).all()


def list_due_ids(workshop: Workshop, due: Due, setup: Setup) -> Sequence[int]:
    """Whose turn it is for a letter and who has not had it; those without address are left out."""
    had = (
        sa.select(TimedLetter.registration_id)
        .where(
            TimedLetter.registration_id == Registration.id,
            TimedLetter.message == due.message,
            TimedLetter.occasion == due.occasion,
        )
        .exists()
    )
    statement = (
        sa.select(Registration.id)
        .join(Registration.person)
        .where(
            Registration.workshop_id == workshop.id,
            Registration.status == Status.CONFIRMED,
            reachable(),
            sa.not_(had),
            *_conditions(workshop, due, setup),
        )
        .order_by(Registration.id)
    )
    return db.session().scalars(statement).all()


def _conditions(workshop: Workshop, due: Due, setup: Setup) -> list[sa.ColumnElement[bool]]:
    if due.message == Message.REMINDER:
        # Who was confirmed or changed later has just had a mail that says the same.
        return [Registration.changed_at <= reminder_due_at(workshop, setup)]
    if due.message == Message.JOINING:
        return [Registration.mode == Mode.ONLINE, sa.literal(bool(workshop.join_link))]
    came = AttendanceRecord.registration_id == Registration.id
    evidence = sa.select(AttendanceRecord.id).where(came, live()).exists()
    anybody = sa.select(AttendanceRecord.id).where(
        AttendanceRecord.workshop_id == workshop.id, live()
    )
    # Where nobody's attendance was noted, everybody expected is thanked in the end.
    return [evidence if due.is_patient else sa.or_(evidence, sa.not_(anybody.exists()))]


def list_unanswered_ids(workshop_id: int, *, before: datetime) -> Sequence[int]:
    """Those invited before then who have not answered, as far as they can be written to."""
    statement = (
        sa.select(Registration.id)
        .join(Registration.person)
        .where(
            Registration.workshop_id == workshop_id,
            Registration.status == Status.INVITED,
            Registration.invited_at < before,
            reachable(),
        )
        .order_by(Registration.id)
    )
    return db.session().scalars(statement).all()


def mail_log_of(workshop_id: int) -> list[LogLine]:
    """What became of a workshop's mails, the latest day first; names and texts are not kept."""
    latest = (
        sa.select(sa.func.max(MailLog.id))
        .join(Registration, MailLog.subject_ref == log_subject())
        .where(Registration.workshop_id == workshop_id, MailLog.kind.startswith(_KIND))
        .group_by(MailLog.job_id, MailLog.kind, MailLog.subject_ref)
    )
    on_day = sa.func.date(MailLog.at)
    rows = db.session().execute(
        sa.select(MailLog.kind, MailLog.status, on_day, sa.func.count())
        .where(MailLog.id.in_(latest))
        .group_by(MailLog.kind, MailLog.status, on_day)
        .order_by(on_day.desc(), MailLog.kind)
    )
    counts: Counter[tuple[str, str, date]] = Counter()
    for kind, status, on, count in rows:
        # Each circular has a kind of its own: "circular/7".
        message = kind.removeprefix(_KIND).partition("/")[0]
        counts[message, status, on if isinstance(on, date) else date.fromisoformat(on)] += count
    return [
        LogLine(message=message, state=status, day=day, count=count)
        for (message, status, day), count in counts.items()
    ]


def log_subject() -> sa.ColumnElement[str]:
    """How the log of mails and the jobs name a registration."""
    return sa.literal("registration:") + sa.cast(Registration.id, sa.Text)


def count_waiting_mails(workshop_id: int) -> int:
    """Mails that are recorded and not yet sent for the first time."""
    counted = (
        sa.select(sa.func.count())
        .select_from(Job)
        .join(Registration, Job.subject == log_subject())
        .where(
            Registration.workshop_id == workshop_id,
            Job.status.in_(UNFINISHED),
        )
    )
    return db.session().scalar(counted) or 0
