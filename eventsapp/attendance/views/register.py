"""The public page on which people register."""

from flask import redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from eventsapp.attendance import service
from eventsapp.attendance.forms import RegistrationForm
from eventsapp.attendance.models import Registration
from eventsapp.attendance.queries import setup_of
from eventsapp.attendance.rules import registering as rules
from eventsapp.attendance.rules.own_fields import kept_until
from eventsapp.attendance.views.blueprint import pages
from eventsapp.core import clock
from eventsapp.web.access import current_actor, public
from eventsapp.web.forms import value
from eventsapp.web.limits import limiter
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.queries import get_by_ref
from eventsapp.workshops.rules import check_may_see

WROTE_TO = "registered_address"


@pages.route("/workshops/<ref>/register", methods=["GET", "POST"])
@public
@limiter.limit("120 per hour", methods=["POST"])
def register(ref: str) -> str | Response:
    workshop = _visible(ref)
    form = RegistrationForm()
    setup = setup_of(workshop.id)
    form.offer(workshop, setup)
    if form.is_from_a_machine() or form.accept(lambda: _register(workshop, form)) is not None:
        # The same answer for an address that is known: nobody learns who takes part.
        session[WROTE_TO] = value(form.email)
        return redirect(url_for("attendance.received", ref=workshop.ref))
    return render_template(
        "attendance/register.html",
        workshop=workshop,
        form=form,
        is_open=rules.is_open(workshop, now=clock.now()),
        seats=seats_in_words(workshop),
        needs_approval=setup.needs_approval,
        kept_until=kept_until,
    )


def _register(workshop: Workshop, form: RegistrationForm) -> Registration:
    return service.register_participant(
        workshop.id, form.draft(), by=current_actor(), now=clock.now(), key=form.key()
    )


@pages.get("/workshops/<ref>/register/received")
@public
def received(ref: str) -> str:
    return render_template(
        "attendance/received.html", workshop=_visible(ref), address=session.get(WROTE_TO, "")
    )


def _visible(ref: str) -> Workshop:
    workshop = get_by_ref(ref)
    check_may_see(workshop, by=current_actor())
    return workshop


def seats_in_words(workshop: Workshop) -> dict[str, str]:
    """For each mode what a seat in it takes: nothing, haste or patience."""
    words = {}
    for mode in rules.modes_of(workshop):
        left = rules.seats_left(workshop, mode)
        if left > 10:
            words[mode.value] = _("There are seats.")
        elif left > 0:
            words[mode.value] = ngettext("%(num)d seat left.", "%(num)d seats left.", left)
        else:
            words[mode.value] = _("No seat is left: you will be on the waiting list.")
    return words
