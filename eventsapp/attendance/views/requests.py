"""Those who asked for a place, and the organiser's decision about many of them at once."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from eventsapp.attendance import queries, service
from eventsapp.attendance.forms import DecisionForm
from eventsapp.attendance.models import Registration
from eventsapp.attendance.rules.own_fields import answers_in_words
from eventsapp.attendance.types import Approved
from eventsapp.attendance.views.blueprint import pages
from eventsapp.attendance.views.people import managed, shared
from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.web.access import current_actor, roles
from eventsapp.web.forms import value
from eventsapp.web.locale import current_language

# The first in line; the next ones follow as these are decided.
MOST_SHOWN = 100
PATH = "/manage/workshops/<int:workshop_id>/people/requests"


@pages.route(PATH, methods=["GET", "POST"])
@roles(Role.ORGANISER)
def requests(workshop_id: int) -> str | Response:
    workshop = managed(workshop_id)
    undecided = queries.list_undecided(workshop_id)
    form = DecisionForm()
    said = form.accept(lambda: _decide(workshop_id, undecided, form))
    if said is not None:
        flash(said)
        return redirect(url_for("attendance.requests", workshop_id=workshop_id))
    shown = undecided[:MOST_SHOWN]
    fields = queries.setup_of(workshop_id).fields
    lang = current_language()
    return render_template(
        "attendance/requests.html",
        form=form,
        total=len(undecided),
        undecided=shown,
        chosen=_chosen(),
        answers={one.id: answers_in_words(fields, one.answers, lang) for one in shown},
        **shared(workshop),
    )


def _chosen() -> set[int]:
    return {int(one) for one in request.form.getlist("who") if one.isdecimal() and len(one) < 10}


def _decide(workshop_id: int, undecided: Sequence[Registration], form: DecisionForm) -> str:
    """Do what the pressed button says, and say to how many it was done."""
    by, now = current_actor(), clock.now()
    action = request.form.get("do", "")
    if action == "decline":
        count = service.decline_requests(
            workshop_id, _chosen(), reason=value(form.reason), by=by, now=now
        )
        return str(
            ngettext(
                "%(num)d person was declined and is told by mail.",
                "%(num)d people were declined and are told by mail.",
                count,
            )
        )
    everybody = {one.id for one in undecided}
    wanted = everybody if action == "approve_all" else _chosen()
    return _approved_in_words(service.approve_requests(workshop_id, wanted, by=by, now=now))


def _approved_in_words(done: Approved) -> str:
    confirmed = ngettext(
        "%(num)d person has a place now and is told by mail.",
        "%(num)d people have a place now and are told by mail.",
        done.confirmed,
    )
    if not done.waitlisted:
        return str(confirmed)
    waiting = ngettext(
        "%(num)d is on the waiting list: all seats are taken.",
        "%(num)d are on the waiting list: all seats are taken.",
        done.waitlisted,
    )
    return f"{confirmed} {waiting}"
