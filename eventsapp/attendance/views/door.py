"""Check-in at the door: by the code on somebody's phone, or from the list."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventsapp.attendance import queries, service
from eventsapp.attendance.forms import CheckInForm
from eventsapp.attendance.models import Registration
from eventsapp.attendance.queries import PeopleFilter
from eventsapp.attendance.types import RegistrationStatus as Status
from eventsapp.attendance.views.blueprint import pages
from eventsapp.attendance.views.people import managed, shared
from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.errors import NotFound, Refused
from eventsapp.web.access import current_actor, roles
from eventsapp.web.errors import translate
from eventsapp.web.forms import value
from eventsapp.workshops.types import Mode

MOST_SHOWN = 20


@pages.route("/manage/workshops/<int:workshop_id>/check-in", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def check_in(workshop_id: int) -> str:
    """The page for the door; it answers on the same page, so that the next can come."""
    workshop = managed(workshop_id)
    form = CheckInForm()
    done = form.accept(
        lambda: service.check_in(
            workshop_id,
            value(form.code),
            by=current_actor(),
            now=clock.now(),
            scan_key=value(form.scan_key) or None,
        )
    )
    if done is not None:
        form = CheckInForm(formdata=None)
    words = request.args.get("q", "").strip()[:100]
    found = _search(workshop_id, words)
    return render_template(
        "attendance/check_in.html",
        form=form,
        done=done,
        words=words,
        found=found,
        presences=queries.presences_of(workshop, [row.id for row in found]),
        attended=queries.count_attended(workshop_id, mode=Mode.IN_PERSON),
        expected=queries.count_expected_in_room(workshop_id),
        **shared(workshop),
    )


def _search(workshop_id: int, words: str) -> list[Registration]:
    if not words:
        return []
    wanted = PeopleFilter(words=words, status=Status.CONFIRMED)
    return list(queries.list_people(workshop_id, wanted, page=1).rows[:MOST_SHOWN])


@pages.post("/manage/workshops/<int:workshop_id>/people/<int:registration_id>/check-in")
@roles(Role.ORGANISER)
def check_in_from_list(workshop_id: int, registration_id: int) -> Response:
    registration = queries.get_registration(registration_id)
    if registration.workshop_id != workshop_id:
        raise NotFound
    try:
        done = service.check_in_registration(registration_id, by=current_actor(), now=clock.now())
    except Refused as refused:
        if refused.status == 403:
            raise
        flash(translate(refused), "error")
    else:
        name = registration.person.name
        flash(
            _("%(name)s is checked in.", name=name)
            if done.is_new
            else _("%(name)s was checked in already.", name=name)
        )
    return redirect(_back(workshop_id))


def _back(workshop_id: int) -> str:
    """To where the button was: the list as it was filtered, or the door."""
    words = request.form.get("q", "")
    if request.form.get("from") == "door":
        return url_for("attendance.check_in", workshop_id=workshop_id)
    return url_for(
        "attendance.people",
        workshop_id=workshop_id,
        page=request.form.get("page", 1, type=int),
        q=words or None,
    )
