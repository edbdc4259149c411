"""Mails about workshops to those who work here and to those who present."""

from typing import Any

from eventsapp.accounts.models import User
from eventsapp.core import clock, db
from eventsapp.edge.jobs import Run, job
from eventsapp.edge.mail import absolute_url, deliver, render_mail
from eventsapp.workshops.letters import presenter_calendar, presenter_letter
from eventsapp.workshops.models import TeamMember, Workshop
from eventsapp.workshops.queries import get_workshop
from eventsapp.workshops.service.handing_over import TELL_NEW_OWNER
from eventsapp.workshops.service.presenting import WRITE_TO_PRESENTER
from eventsapp.workshops.types import Aspect

# Enough for a mail server that is away over a weekend.
ATTEMPTS = 60


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


@job(WRITE_TO_PRESENTER, attempts=ATTEMPTS)
def write_to_presenter(payload: dict[str, Any], run: Run) -> None:
    """Tell one of them how it is now, unless they do not present any more or it is over."""
    member = db.session().get(TeamMember, payload["member"])
    if member is None or not member.email:
        return
    workshop = get_workshop(member.team.workshop_id)
    if clock.now() >= workshop.ends_at:
        return
    letter = presenter_letter(workshop, member, [Aspect(aspect) for aspect in payload["about"]])
    deliver(
        letter.addressed(member.email, member.name, calendar=presenter_calendar(workshop, member)),
        run=run,
        kind="workshops/presenter",
        subject_ref=f"workshop:{workshop.id}",
    )
