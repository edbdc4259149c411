"""Mails about workshops to those who work here."""

from typing import Any

from eventsapp.accounts.models import User
from eventsapp.core import db
from eventsapp.edge.jobs import Run, job
from eventsapp.edge.mail import absolute_url, deliver, render_mail
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.service.handing_over import TELL_NEW_OWNER


@job(TELL_NEW_OWNER, attempts=12)
def tell_new_owner(payload: dict[str, Any], run: Run) -> None:
    """Tell a colleague that a workshop is theirs, unless it went on to somebody else since."""
    workshop = db.session().get(Workshop, payload["workshop"])
    user = db.session().get(User, payload["user"])
    if workshop is None or user is None or workshop.owner_id != user.id or not user.active:
        return
    letter = render_mail(
        "workshops/handed_over",
        user.lang,
        name=user.name,
        workshop=workshop,
        link=absolute_url("workshops.manage", workshop_id=workshop.id),
    )
    deliver(
        letter.addressed(user.email, user.name),
        run=run,
        kind="workshops/handed_over",
        subject_ref=f"workshop:{workshop.id}",
    )
