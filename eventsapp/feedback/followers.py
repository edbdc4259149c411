"""What a copied workshop starts with of its source's feedback: the forms, never an answer."""

from datetime import datetime

from eventsapp.core.actor import Actor
from eventsapp.feedback import queries, service
from eventsapp.feedback.types import Access
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


FOLLOWER = Follower(key="feedback", copy=copy_forms)
