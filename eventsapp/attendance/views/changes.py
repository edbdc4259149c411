"""The mail about a changed workshop while it waits: who gets it, what it says, now or never."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventsapp.attendance import service
from eventsapp.attendance.letters import sample_letter
from eventsapp.attendance.queries.changes import find_waiting_change
from eventsapp.attendance.rules.changes import NoChangeWaits
from eventsapp.attendance.types import Message
from eventsapp.attendance.views.blueprint import pages
from eventsapp.attendance.views.people import managed, shared
from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.texts import direction
from eventsapp.web.access import current_actor, roles
from eventsapp.web.errors import translate
from eventsapp.web.locale import OWN_NAMES

PATH = "/manage/workshops/<int:workshop_id>/people/change"


@pages.get(PATH)
@roles(Role.ORGANISER)
def change(workshop_id: int) -> str | Response:
    """Exactly what will be sent, in each language and for each way of taking part."""
    workshop = managed(workshop_id)
    waiting = find_waiting_change(workshop_id)
    if waiting is None:
        return _nothing_waits(workshop_id)
    letters = [
        (
            mode,
            count,
            sample_letter(
                workshop,
                Message.CHANGED,
                lang=lang,
                name="…",
                mode=mode,
                about=waiting.about_for(mode),
            ),
        )
        for mode, lang, count in waiting.audience
    ]
    return render_template(
        "attendance/change.html",
        waiting=waiting,
        letters=letters,
        own_names=OWN_NAMES,
        direction=direction,
        **shared(workshop),
    )


@pages.post(f"{PATH}/tell")
@roles(Role.ORGANISER)
def tell_now(workshop_id: int) -> Response:
    try:
        service.tell_change_now(workshop_id, by=current_actor(), now=clock.now())
    except NoChangeWaits:
        return _nothing_waits(workshop_id)
    flash(_("The mails are on their way."))
    return _to_mails(workshop_id)


@pages.post(f"{PATH}/quiet")
@roles(Role.ORGANISER)
def keep_quiet(workshop_id: int) -> Response:
    try:
        service.keep_change_quiet(workshop_id, by=current_actor(), now=clock.now())
    except NoChangeWaits:
        return _nothing_waits(workshop_id)
    flash(_("Nobody is told. What you saved stays as it is."))
    return _to_mails(workshop_id)


def _nothing_waits(workshop_id: int) -> Response:
    flash(translate(NoChangeWaits()), "error")
    return _to_mails(workshop_id)


def _to_mails(workshop_id: int) -> Response:
    return redirect(url_for("attendance.mails", workshop_id=workshop_id))
