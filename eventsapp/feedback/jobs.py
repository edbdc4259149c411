"""Background work of feedback."""

import logging
from datetime import timedelta
from typing import Any

from eventsapp.attendance.models import Registration
from eventsapp.core import clock, db
from eventsapp.core.actor import SYSTEM
from eventsapp.core.errors import N_
from eventsapp.documents.drawing import draw
from eventsapp.edge import storage
from eventsapp.edge.jobs import Run, job
from eventsapp.edge.keys import kept_key
from eventsapp.edge.mail import (
    Mail,
    MailDeferred,
    MailRefused,
    absolute_url,
    deliver,
    render_mail,
    send,
)
from eventsapp.feedback import printing, queries, rules, service
from eventsapp.feedback.models import FeedbackForm, FeedbackPaper, FormVersion, Invitation
from eventsapp.feedback.rules.tokens import make_code, written
from eventsapp.feedback.service.papers import PRINT
from eventsapp.people.models import Person
from eventsapp.people.rules import is_reachable

log = logging.getLogger("eventsapp.feedback")


@job("feedback.see_to_forms", every=timedelta(hours=1))
def see_to_forms(_payload: dict[str, Any], _run: Run) -> None:
    service.see_to_forms(by=SYSTEM, now=clock.now())


@job("feedback.erase_traces", attempts=40)
def erase_traces(payload: dict[str, Any], _run: Run) -> None:
    service.erase_traces(after=payload["after"])


@job(PRINT, attempts=4)
def print_paper(payload: dict[str, Any], run: Run) -> None:
    """Make copies to fill in by pen; a form that was closed meanwhile needs none."""
    paper = db.session().get(FeedbackPaper, payload["paper"])
    if paper is None:
        return
    paper_id = paper.id
    form, version = db.get(FeedbackForm, paper.form_id), db.get(FormVersion, paper.form_version_id)
    codes = printing.codes_of(paper, form)
    document = printing.paper_document(
        form, version, codes, lang=paper.lang, made_at=paper.requested_at
    )
    run.progress(0, 1, N_("Drawing the pages"))
    made = draw(
        document,
        media=printing.paper_media(codes),
        failed=lambda _why: service.fail_paper(paper_id),
    )
    key = storage.put(made.data, ".pdf")
    if not service.complete_paper(paper_id, file_key=key, pages=made.pages):
        storage.delete(key)


@job("feedback.send_invitation", attempts=16)
def send_invitation(payload: dict[str, Any], run: Run) -> None:
    """Write to somebody who was invited, unless they have answered or it is too late."""
    session = db.session()
    invitation = session.get(Invitation, payload["invitation"])
    form = session.get(FeedbackForm, invitation.form_id) if invitation else None
    if invitation is None or form is None or invitation.spent:
        return
    registration = session.get(Registration, invitation.registration_id)
    if registration is None or not rules.is_answerable(form, now=clock.now()):
        return
    if registration.person.email is None:
        return
    deliver(
        _letter("feedback/invitation", form, invitation, registration.person),
        run=run,
        kind="feedback/invitation",
        subject_ref=f"invitation:{invitation.id}",
    )


@job("feedback.remind", attempts=40)
def remind(payload: dict[str, Any], run: Run) -> None:
    """Write to those who have not answered, each once: no log or job has a line for any of them.

    A mail is taken off the list before it is sent. A worker that dies in between costs one person
    one reminder; the other way round they would get it twice.
    """
    form_id, number = payload["form"], payload["number"]
    total = queries.count_unanswered(queries.get_form(form_id))
    done = 0
    while taken := service.take_next_mail(
        form_id, number, confirm=run.confirm_lease, now=clock.now()
    ):
        try:
            _remind(taken.invitation_id)
        except MailDeferred:
            service.take_back_mail(form_id, number, taken)
            raise
        except MailRefused as refused:
            log.warning("a reminder was refused", extra={"cause": str(refused)})
        done += 1
        run.progress(min(done, total), total)
    service.finish_reminder(form_id, number, confirm=run.confirm_lease)


def _remind(invitation_id: str) -> None:
    session = db.session()
    invitation = session.get(Invitation, invitation_id)
    form = session.get(FeedbackForm, invitation.form_id) if invitation else None
    if invitation is None or form is None or invitation.spent:
        return
    registration = session.get(Registration, invitation.registration_id)
    if registration is not None and is_reachable(registration.person):
        send(_letter("feedback/reminder", form, invitation, registration.person))


def _letter(name: str, form: FeedbackForm, invitation: Invitation, person: Person) -> Mail:
    """The link is made here, from a key and the invitation's id: nothing stored gives it away."""
    code = written(make_code(kept_key("feedback"), invitation.id))
    page = absolute_url("feedback.answer")
    letter = render_mail(
        name,
        person.language,
        name=person.name,
        workshop=form.workshop,
        form=form,
        code=code,
        page=page,
        link=f"{page}#{code}",
    )
    return letter.addressed(str(person.email), person.name)
