"""Whom a personal form can still be sent to, and how far the sending is."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from eventsapp.attendance.models import Registration
from eventsapp.attendance.queries import attendance_facts
from eventsapp.core import db
from eventsapp.edge.jobs import Job, JobStatus
from eventsapp.feedback.models import FeedbackForm, Invitation
from eventsapp.people.rules import is_reachable


@dataclass(frozen=True, slots=True)
class Mailing:
    """How many mails of a form are done, waiting and given up."""

    sent: int
    waiting: int
    failed: int

    @property
    def total(self) -> int:
        return self.sent + self.waiting + self.failed


def registrations_to_invite(form: FeedbackForm, *, everybody: bool) -> list[Registration]:
    """Who attended, or all who are confirmed, with a mail address and not invited yet."""
    facts = attendance_facts(form.workshop)
    wanted = set(facts.evidence.get("attended", ()))
    if everybody:
        wanted |= set(facts.evidence.get("confirmed", ()))
    invited = sa.select(Invitation.registration_id).where(Invitation.form_id == form.id)
    wanted -= set(db.session().scalars(invited))
    registrations = db.session().scalars(
        sa.select(Registration)
        .where(Registration.workshop_id == form.workshop_id)
        .options(joinedload(Registration.person))
    )
    return [one for one in registrations if one.id in wanted and is_reachable(one.person)]


def mailing_of(form: FeedbackForm) -> Mailing:
    rows = db.session().execute(
        sa.select(Job.status, sa.func.count())
        .where(Job.subject == f"feedback_form:{form.id}", Job.name == "feedback.send_invitation")
        .group_by(Job.status)
    )
    found = {status: number for status, number in rows}  # noqa: C416 - a row is no typed pair
    sent = found.pop(JobStatus.DONE, 0)
    failed = found.pop(JobStatus.FAILED, 0) + found.pop(JobStatus.CANCELLED, 0)
    return Mailing(sent=sent, waiting=sum(found.values()), failed=failed)
