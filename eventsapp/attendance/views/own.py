"""A participant's own pages, opened by their private link; they have no account.

The link's token is posted once and exchanged for an entry in the signed session, bound to the one
registration and good for two hours: no address, log or Referer ever holds it.
"""

from datetime import datetime, timedelta
from typing import Any

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventsapp.attendance import queries, service
from eventsapp.attendance.calendar import registration_calendar
from eventsapp.attendance.forms import FindForm, RecoverForm
from eventsapp.attendance.links import door_code_uri, find_by_token
from eventsapp.attendance.models import Registration
from eventsapp.attendance.queries import papers
from eventsapp.attendance.rules import registering as rules
from eventsapp.attendance.rules.delegations import may_lead
from eventsapp.attendance.types import REGISTERED
from eventsapp.attendance.types import RegistrationStatus as Status
from eventsapp.attendance.views.blueprint import pages
from eventsapp.core import clock
from eventsapp.core.actor import Actor
from eventsapp.core.errors import N_, NotFound, Refused
from eventsapp.web.access import public
from eventsapp.web.errors import translate
from eventsapp.web.forms import value
from eventsapp.web.limits import limiter
from eventsapp.web.locale import current_language
from eventsapp.workshops.types import Mode

OPENED = "participant"
OPEN_FOR = timedelta(hours=2)


class NotOpened(Refused):
    message = N_("Your page has closed itself. Open it again with the link of our mail.")
    status = 403


class NothingFits(Refused):
    message = N_("No registration fits this address and code. Check both and try again.")


class LinkNotValid(Refused):
    message = N_("This link is not complete or not valid any more. Ask for a new one below.")


@pages.errorhandler(NotOpened)
def ask_to_open(refused: NotOpened) -> Response:
    flash(translate(refused), "error")
    return redirect(url_for("attendance.mine"))


@pages.get("/r/")
@public
def mine() -> str:
    """The registration that was opened, or the ways to open one."""
    registration = _opened(now=clock.now())
    if registration is None:
        return render_template("attendance/open.html", form=FindForm())
    return render_template("attendance/mine.html", **_shown(registration))


def _shown(registration: Registration) -> dict[str, Any]:
    workshop, now = registration.workshop, clock.now()
    is_live = now < workshop.ends_at and workshop.status != "cancelled"
    expected = registration.status in REGISTERED
    waiting = registration.status == Status.WAITLISTED
    other = [mode for mode in rules.modes_of(workshop) if mode != registration.mode]
    shows_code = registration.status == Status.CONFIRMED and registration.mode == Mode.IN_PERSON
    certificate = papers.find_certificate(registration.id)
    led = queries.count_led(registration.id)
    return {
        "registration": registration,
        "workshop": workshop,
        "join_link": workshop.join_link if rules.may_join(registration) else "",
        "own_calls": rules.calls_of(registration),
        "place_in_line": queries.place_in_line(registration) if waiting else 0,
        "door_code": door_code_uri(registration) if shows_code and is_live else "",
        "other_mode": other[0] if other and expected and is_live else None,
        "may_answer": rules.is_invited(registration) and is_live,
        "may_undo": rules.is_undoable(registration, now=now) and not registration.is_turned_down,
        "seat_is_free": _has_seat_for(registration),
        "may_cancel": expected and is_live,
        "leads_colleagues": led > 0,
        "may_lead": is_live and may_lead(registration, led=led),
        "owes_answers": expected and is_live and _owes_answers(registration),
        "certificate": certificate,
        "certificate_offer": certificate is not None
        or papers.may_have_certificate(registration, now=now),
    }


def _owes_answers(registration: Registration) -> bool:
    """Whether a question that must be answered was not, as of somebody who was invited."""
    fields = queries.setup_of(registration.workshop_id).fields
    asked = {field.question.key for field in fields if field.question.required}
    return not asked <= set(registration.answers)


def _has_seat_for(registration: Registration) -> bool:
    """Whether a cancellation can be undone to a seat: nobody is overtaken who waits."""
    workshop, mode = registration.workshop, Mode(registration.mode)
    is_free = rules.seats_left(workshop, mode) > 0
    return is_free and not queries.count_waiting(workshop.id).get(mode)


@pages.post("/r/open")
@public
@limiter.limit("120 per hour")
def open_link() -> str | Response | tuple[str, int]:
    """Exchange a link's token for the session; a script posts it from the fragment."""
    registration = find_by_token(request.form.get("token", ""))
    if registration is None:
        form = FindForm(formdata=None)
        form.show_refusal(LinkNotValid())
        return render_template("attendance/open.html", form=form), 403
    return _open(registration)


@pages.post("/r/find")
@public
@limiter.limit("20 per 15 minutes")
@limiter.limit("20 per hour", key_func=lambda: request.form.get("email", "").casefold())
def find() -> str | Response:
    """Without scripts: open a registration by address and code."""
    form = FindForm()
    registration = form.accept(lambda: _find(form))
    if registration is None:
        return render_template("attendance/open.html", form=form)
    return _open(registration)


def _find(form: FindForm) -> Registration:
    code = rules.clean_code(value(form.code))
    registration = queries.find_by_address_and_code(value(form.email), code)
    if registration is None:
        raise NothingFits
    return registration


def _open(registration: Registration) -> Response:
    until = clock.now() + OPEN_FOR
    session[OPENED] = {"registration": registration.id, "until": int(until.timestamp())}
    return redirect(url_for("attendance.mine"))


@pages.route("/r/lost", methods=["GET", "POST"])
@public
@limiter.limit("20 per hour", methods=["POST"])
@limiter.limit(
    "3 per hour", key_func=lambda: request.form.get("email", "").casefold(), methods=["POST"]
)
def recover() -> str | Response:
    """Mail somebody their links; the answer is the same whether there are any."""
    form = RecoverForm()
    if form.validate_on_submit():
        service.request_links(value(form.email), now=clock.now())
        return render_template("attendance/recovered.html", address=value(form.email))
    return render_template("attendance/recover.html", form=form)


@pages.post("/r/close")
@public
def close() -> Response:
    session.pop(OPENED, None)
    flash(_("Your page is closed on this device."))
    return redirect(url_for("attendance.mine"))


@pages.post("/r/answer")
@public
def answer() -> Response:
    """Say yes or no to an invitation."""
    registration, actor = acting()
    decide = (
        service.accept_invitation
        if request.form.get("answer") == "yes"
        else service.decline_registration
    )
    decide(registration.id, by=actor, now=clock.now())
    flash(_("Thank you. We have noted your answer."))
    return redirect(url_for("attendance.mine"))


@pages.post("/r/mode")
@public
def switch_mode() -> Response:
    registration, actor = acting()
    try:
        mode = Mode(request.form.get("mode", ""))
    except ValueError:
        raise NotFound from None
    try:
        service.change_mode(registration.id, mode, by=actor, now=clock.now())
        flash(_("Changed. A mail with the new details is on its way."))
    except rules.ModeFull as refused:
        flash(translate(refused), "error")
    return redirect(url_for("attendance.mine"))


@pages.route("/r/cancel", methods=["GET", "POST"])
@public
def cancel() -> str | Response:
    """Ask, naming what will be lost; then give up the place."""
    registration, actor = acting()
    if request.method == "GET":
        return render_template("attendance/cancel.html", **_shown(registration))
    service.cancel_registration(registration.id, by=actor, now=clock.now())
    flash(_("Your registration is cancelled."))
    return redirect(url_for("attendance.mine"))


@pages.post("/r/undo")
@public
def undo_own() -> Response:
    """Take one's own cancellation back."""
    registration, actor = acting()
    undone = service.undo_cancellation(registration.id, by=actor, now=clock.now())
    if undone.status == Status.CONFIRMED:
        flash(_("You have your place again. A mail with the details is on its way."))
    else:
        flash(_("Undone. Your page and our mail say where your registration stands."))
    return redirect(url_for("attendance.mine"))


@pages.post("/r/erase-answers")
@public
def erase_own_answers() -> Response:
    """Erase what was answered to the workshop's own questions."""
    registration, actor = acting()
    service.erase_answers(registration.id, by=actor, now=clock.now())
    flash(_("Your answers are erased."))
    return redirect(url_for("attendance.details"))


@pages.get("/r/workshop.ics")
@public
def own_calendar() -> FlaskResponse:
    registration, _actor = acting()
    cancelled = registration.status in {Status.CANCELLED, Status.DECLINED}
    content = registration_calendar(
        registration, lang=current_language(), method="CANCEL" if cancelled else "PUBLISH"
    )
    name = f'attachment; filename="{registration.workshop.ref}.ics"'
    return FlaskResponse(content, mimetype="text/calendar", headers={"Content-Disposition": name})


def _opened(*, now: datetime) -> Registration | None:
    """The registration of this session, while it is open."""
    opened = session.get(OPENED)
    if not isinstance(opened, dict) or opened.get("until", 0) <= now.timestamp():
        return None
    try:
        return queries.get_registration(int(opened["registration"]))
    except NotFound:
        return None


def acting() -> tuple[Registration, Actor]:
    """The opened registration and its participant; raises NotOpened."""
    registration = _opened(now=clock.now())
    if registration is None:
        raise NotOpened
    return registration, rules.participant(registration)
