"""What a copied workshop starts with of its source's feedback: the forms, never an answer."""

from datetime import datetime

from eventsapp.core.actor import Actor
from eventsapp.feedback import queries, service
from eventsapp.feedback.models import FeedbackForm
from eventsapp.feedback.types import Access, Late, OpeningPlan, ReminderPlan
from eventsapp.workshops.follower import Follower
from eventsapp.workshops.models import Workshop


def copy_forms(source: Workshop, workshop: Workshop, *, by: Actor, now: datetime) -> None:
    for purpose in queries.TEMPLATES:
        form = queries.find_form_of(source.id, purpose)
        if form is None:
            continue
        copied = service.create_form(
            workshop.id, form.purpose, access=Access(form.access), by=by, now=now
        )
        asked = queries.questions_of(queries.current_version(form))
        service.replace_questions(copied.id, asked, by=by, now=now)
        _copy_plans(form, copied, by=by, now=now)


def _copy_plans(source: FeedbackForm, copied: FeedbackForm, *, by: Actor, now: datetime) -> None:
    """Reminders, and an opening that counts from the workshop's end; days of the source's own
    calendar stay behind."""
    if copied.access == Access.PERSONAL:
        plan = ReminderPlan(source.remind_after, source.remind_before, source.most_reminders)
        service.plan_reminders(copied.id, plan, by=by, now=now)
    if source.opens_after and copied.workshop.ends_at > now:
        opening = OpeningPlan(
            months_after=source.opens_after, days=source.open_days, late=Late(source.late)
        )
        service.plan_opening(copied.id, opening, by=by, now=now)


FOLLOWER = Follower(key="feedback", copy=copy_forms)
