"""People who stand on the list twice: merged, or kept apart, as the organiser says."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventsapp.attendance import queries, service
from eventsapp.attendance.views.blueprint import pages
from eventsapp.attendance.views.people import managed, shared
from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.errors import NotFound
from eventsapp.web.access import current_actor, roles

PATH = "/manage/workshops/<int:workshop_id>/people/duplicates"
MOST_SHOWN = 50


@pages.get(PATH)
@roles(Role.ORGANISER)
def duplicates(workshop_id: int) -> str:
    workshop = managed(workshop_id)
    pairs = queries.find_duplicates(workshop_id)
    shown = pairs[:MOST_SHOWN]
    found = queries.registrations_by_id(number for pair in shown for number in pair)
    return render_template(
        "attendance/duplicates.html",
        pairs=[(found[one], found[other]) for one, other in shown],
        total=len(pairs),
        presences=queries.presences_of(workshop, list(found)),
        **shared(workshop),
    )


@pages.post(PATH)
@roles(Role.ORGANISER)
def decide_duplicate(workshop_id: int) -> Response:
    """Merge two into the one that is kept, or say that they are two people."""
    managed(workshop_id)
    keep, other = (request.form.get(name, 0, type=int) for name in ("keep", "other"))
    pair = (min(keep, other), max(keep, other))
    if pair not in queries.find_duplicates(workshop_id):
        raise NotFound
    by, now = current_actor(), clock.now()
    if request.form.get("do") == "merge":
        kept = service.merge_registrations(keep, other, by=by, now=now)
        flash(_("Merged: %(name)s stands on the list once.", name=kept.person.name))
    else:
        service.keep_apart(keep, other, by=by, now=now)
        flash(_("Noted: these are two people."))
    return redirect(url_for("attendance.duplicates", workshop_id=workshop_id))
