"""What attendance shows on lower floors: its step of the story, and the way to register."""

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from eventsapp.attendance.queries import count_attended, count_statuses
from eventsapp.attendance.queries.changes import find_waiting_change
from eventsapp.attendance.rules import registering as rules
from eventsapp.attendance.types import REGISTERED
from eventsapp.attendance.types import RegistrationStatus as Status
from eventsapp.core import clock
from eventsapp.core.actor import Actor
from eventsapp.web.registry import Panel, Part, Registry, StoryStep
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules import may_manage
from eventsapp.workshops.types import Mode
from eventsapp.workshops.types import Status as WorkshopStatus


def offer(registry: Registry) -> None:
    registry.story["attendance"] = people_step
    registry.public_panels.append(register_panel)
    registry.workshop_parts.append(change_part)


def people_step(workshop: Workshop) -> StoryStep:
    attended = count_attended(workshop.id)
    return StoryStep(
        key="attendance",
        label=_("People"),
        url=url_for("attendance.people", workshop_id=workshop.id),
        state=_state(workshop, attended),
        is_done=attended > 0,
    )


def _state(workshop: Workshop, attended: int) -> str:
    if attended:
        return str(ngettext("%(num)d took part", "%(num)d took part", attended))
    counts = count_statuses(workshop.id)
    registered = sum(count for status, count in counts.items() if status in REGISTERED)
    if not registered:
        is_open = workshop.status == WorkshopStatus.OPEN
        return str(_("nobody registered yet") if is_open else _("registration is not open"))
    if clock.now() >= workshop.ends_at:
        return str(_("missing: who took part"))
    words = ngettext("%(num)d registered", "%(num)d registered", registered)
    waiting, undecided = counts.get(Status.WAITLISTED, 0), counts.get(Status.REQUESTED, 0)
    if undecided:
        more = ngettext("%(num)d to decide", "%(num)d to decide", undecided)
    elif waiting:
        more = ngettext("%(num)d waiting", "%(num)d waiting", waiting)
    else:
        return str(words)
    return str(_("%(registered)s, %(waiting)s", registered=words, waiting=more))


def change_part(workshop: Workshop, actor: Actor) -> Part | None:
    """The mail about what changed, while it waits for more changes."""
    waiting = find_waiting_change(workshop.id) if may_manage(workshop, by=actor) else None
    if waiting is None or not waiting.count:
        return None
    return Part(
        label=_("Mail about what changed"),
        url=url_for("attendance.change", workshop_id=workshop.id),
        state=ngettext("waits, to %(num)d person", "waits, to %(num)d people", waiting.count),
        order=5,
    )


def register_panel(workshop: Workshop, _actor: Actor) -> Panel | None:
    """The way to register, while it is open; before and after, what there is to know."""
    if workshop.status == WorkshopStatus.CANCELLED or clock.now() >= workshop.ends_at:
        return None
    html = render_template(
        "attendance/_register_panel.html",
        workshop=workshop,
        is_open=rules.is_open(workshop, now=clock.now()),
        seats=[(mode, _seats_left(workshop, mode)) for mode in rules.modes_of(workshop)],
    )
    # Rendered by our own template, which escapes what it shows.
    return Panel(key="register", html=Markup(html), order=10)  # noqa: S704


def _seats_left(workshop: Workshop, mode: Mode) -> str:
    left = rules.seats_left(workshop, mode)
    if mode == Mode.IN_PERSON:
        if left <= 0:
            return str(_("In the room: full, with a waiting list"))
        return str(
            ngettext("In the room: %(num)d seat left", "In the room: %(num)d seats left", left)
        )
    if left <= 0:
        return str(_("Online: full, with a waiting list"))
    return str(ngettext("Online: %(num)d place left", "Online: %(num)d places left", left))
