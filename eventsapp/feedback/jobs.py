"""Background work of feedback."""

from datetime import timedelta
from typing import Any

from eventsapp.attendance.models import Registration
from eventsapp.core import clock, db
from eventsapp.core.actor import SYSTEM
from eventsapp.edge.jobs import Run, job
from eventsapp.edge.keys import kept_key
from eventsapp.edge.mail import absolute_url, deliver, render_mail
from eventsapp.feedback import rules, service
from eventsapp.feedback.models import FeedbackForm, Invitation
from eventsapp.feedback.rules.tokens import make_code, written


@job("feedback.see_to_forms", every=timedelta(hours=1))
def see_to_forms(_payload: dict[str, Any], _run: Run) -> None:
    service.see_to_forms(by=SYSTEM, now=clock.now())


@job("feedback.erase_traces", attempts=40)
def erase_traces(payload: dict[str, Any], _run: Run) -> None:
    service.erase_traces(after=payload["after"])


@job("feedback.send_invitation", attempts=16)
def send_invitation(payload: dict[str, Any], run: Run) -> None:
    """The link is made here, from a key and the invitation's id: nothing stored gives it away."""
    session = db.session()
    invitation = session.get(Invitation, payload["invitation"])
    form = session.get(FeedbackForm, invitation.form_id) if invitation else None
    if invitation is None or form is None or invitation.spent:
        return
    registration = session.get(Registration, invitation.registration_id)
    if registration is None or not rules.is_answerable(form, now=clock.now()):
        return
    person = registration.person
    if person.email is None:
        return
    code = written(make_code(kept_key("feedback"), invitation.id))
    page = absolute_url("feedback.answer")
    letter = render_mail(
        "feedback/invitation",
        person.language,
        name=person.name,
        workshop=form.workshop,
        form=form,
        code=code,
        page=page,
        link=f"{page}#{code}",
    )
    deliver(
        letter.addressed(person.email, person.name),
        run=run,
        kind="feedback/invitation",
        subject_ref=f"invitation:{invitation.id}",
    )
