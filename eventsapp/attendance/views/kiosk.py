"""A device at the entrance where people check themselves in.

Whoever sets it up is signed out of it first: whatever is pressed afterwards, the device can only
look for people of this one workshop and check them in, in the name of who set it up.
"""

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from eventsapp.accounts import queries as accounts
from eventsapp.accounts.service import actor_of
from eventsapp.accounts.sessions import sign_out
from eventsapp.attendance import queries, service
from eventsapp.attendance.forms import CheckInForm
from eventsapp.attendance.models import Registration
from eventsapp.attendance.queries import PeopleFilter
from eventsapp.attendance.rules.evidence import MARGIN
from eventsapp.attendance.service import CheckIn
from eventsapp.attendance.types import RegistrationStatus as Status
from eventsapp.attendance.views.blueprint import pages
from eventsapp.attendance.views.people import managed
from eventsapp.core import clock
from eventsapp.core.actor import Actor, Role
from eventsapp.core.errors import N_, NotFound, Refused
from eventsapp.people.rules import plain_words
from eventsapp.web.access import current_actor, public, roles
from eventsapp.web.forms import value
from eventsapp.web.limits import limiter
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.queries import get_workshop

KIOSK = "kiosk"
FEWEST_LETTERS, MOST_SHOWN = 3, 8


class NoKiosk(Refused):
    message = N_("This device is no kiosk any more. Set it up again from the check-in page.")
    status = 403


@pages.post("/manage/workshops/<int:workshop_id>/kiosk")
@roles(Role.ORGANISER)
def begin_kiosk(workshop_id: int) -> Response:
    """Turn this device into a kiosk, and sign out of it."""
    workshop, by, now = managed(workshop_id), current_actor(), clock.now()
    service.begin_kiosk(workshop_id, by=by, now=now)
    until = int((workshop.ends_at + MARGIN).timestamp())
    sign_out()
    session[KIOSK] = {"workshop": workshop_id, "user": by.id, "until": until}
    return redirect(url_for("attendance.kiosk"))


@pages.route("/kiosk", methods=["GET", "POST"])
@public
@limiter.limit("600 per hour", methods=["POST"])
def kiosk() -> str:
    """Find oneself by name or code, and press one button."""
    workshop, keeper = _keeper()
    form = CheckInForm()
    chosen = request.form.get("registration", 0, type=int)
    done = form.accept(lambda: _check_in(workshop.id, form, by=keeper)) if not chosen else None
    if chosen:
        form = CheckInForm(formdata=None)
        done = _choose(workshop.id, chosen, form, by=keeper)
    words = request.args.get("q", "").strip()[:100]
    return render_template(
        "attendance/kiosk.html",
        workshop=workshop,
        form=CheckInForm(formdata=None) if done else form,
        done=done,
        words=words,
        found=_search(workshop.id, words),
        fewest=FEWEST_LETTERS,
        most=MOST_SHOWN,
    )


def _keeper() -> tuple[Workshop, Actor]:
    """The workshop of this device and who set it up; raises NoKiosk."""
    kept = session.get(KIOSK)
    if not isinstance(kept, dict) or kept.get("until", 0) <= clock.now().timestamp():
        raise NoKiosk
    try:
        user = accounts.get_user(int(kept["user"]))
        workshop = get_workshop(int(kept["workshop"]))
    except NotFound as missing:
        raise NoKiosk from missing
    if not user.active:
        raise NoKiosk
    return workshop, actor_of(user)


def _check_in(workshop_id: int, form: CheckInForm, *, by: Actor) -> CheckIn:
    return service.check_in(
        workshop_id,
        value(form.code),
        by=by,
        now=clock.now(),
        scan_key=value(form.scan_key) or None,
    )


def _choose(
    workshop_id: int, registration_id: int, form: CheckInForm, *, by: Actor
) -> CheckIn | None:
    """Check in whoever pressed their name; what was refused stands on the page."""
    if not 0 < registration_id < 2**31:
        raise NotFound
    registration = queries.get_registration(registration_id)
    if registration.workshop_id != workshop_id:
        raise NotFound
    try:
        return service.check_in_registration(registration_id, by=by, now=clock.now())
    except Refused as refused:
        form.show_refusal(refused)
        return None


def _search(workshop_id: int, words: str) -> list[Registration]:
    """Those of that name; too few letters would read out the list of everybody.

    By name only: an address or an institution is no way to find out who comes.
    """
    if max(map(len, plain_words(words)), default=0) < FEWEST_LETTERS:
        return []
    wanted = PeopleFilter(named=words, status=Status.CONFIRMED)
    return list(queries.list_people(workshop_id, wanted, page=1).rows[: MOST_SHOWN + 1])


@pages.post("/kiosk/end")
@public
def end_kiosk() -> Response:
    """Nothing more than a browser again; to manage anything one signs in."""
    session.pop(KIOSK, None)
    return redirect(url_for("security.login"))
