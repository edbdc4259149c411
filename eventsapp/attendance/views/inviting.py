"""Inviting a pasted list or a file: first a look at what was read, then the mails."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from eventsapp.attendance import queries, service
from eventsapp.attendance.forms import InvitingForm
from eventsapp.attendance.rules import inviting as rules
from eventsapp.attendance.rules.inviting import Guest
from eventsapp.attendance.rules.registering import modes_of
from eventsapp.attendance.views.blueprint import pages
from eventsapp.attendance.views.people import managed, shared
from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.web.access import current_actor, roles
from eventsapp.workshops.models import Workshop


@pages.route("/manage/workshops/<int:workshop_id>/people/invite", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def invite(workshop_id: int) -> str | Response:
    """Nothing is written before the list was seen as it is: a changed one is shown again."""
    workshop = managed(workshop_id)
    form = InvitingForm()
    if request.form.get("do") == "invite" and form.is_as_seen():
        count = form.accept(lambda: _invite(workshop_id, form))
        if count is not None:
            flash(_invited_in_words(count))
            return redirect(url_for("attendance.people", workshop_id=workshop_id))
    guests = form.accept(lambda: _read(workshop, form)) or []
    form.show_as_read([guest.line for guest in guests])
    return render_template(
        "attendance/invite.html",
        form=form,
        guests=guests,
        fine=sum(not guest.problem for guest in guests),
        **shared(workshop),
    )


def _read(workshop: Workshop, form: InvitingForm) -> list[Guest]:
    known = queries.address_keys_of(workshop.id)
    return rules.read_guests(form.rows(), known=known, modes=modes_of(workshop))


def _invite(workshop_id: int, form: InvitingForm) -> int:
    return service.invite_people(
        workshop_id, form.rows(), lang=form.language.data, by=current_actor(), now=clock.now()
    )


def _invited_in_words(count: int) -> str:
    if not count:
        return str(_("Nobody was invited: see the list for what is wrong."))
    return str(
        ngettext("%(num)d person is invited by mail.", "%(num)d people are invited by mail.", count)
    )
