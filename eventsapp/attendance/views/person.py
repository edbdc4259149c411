"""One participant of a workshop: their place, and the evidence of their attendance."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventsapp.attendance import queries, service
from eventsapp.attendance.forms import AddressForm, EvidenceForm
from eventsapp.attendance.models import Registration
from eventsapp.attendance.queries.invitations import is_undelivered
from eventsapp.attendance.rules import registering as rules
from eventsapp.attendance.rules.own_fields import answers_in_words
from eventsapp.attendance.types import RegistrationStatus as Status
from eventsapp.attendance.types import Source
from eventsapp.attendance.views.blueprint import pages
from eventsapp.attendance.views.people import managed, shared
from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.errors import NotFound, Refused
from eventsapp.people.rules import is_reachable
from eventsapp.web.access import current_actor, roles
from eventsapp.web.errors import translate
from eventsapp.web.forms import member, value
from eventsapp.web.locale import current_language
from eventsapp.workshops.types import Mode

ACTIONS: dict[str, Callable[..., Any]] = {
    "confirm": service.confirm_registration,
    "decline": service.decline_registration,
    "cancel": service.cancel_registration,
    "undo": service.undo_cancellation,
    "erase_answers": service.erase_answers,
    "tell_again": service.send_last_again,
}
WITH_REASON = frozenset({"decline", "cancel"})


@pages.route(
    "/manage/workshops/<int:workshop_id>/people/<int:registration_id>", methods=["GET", "POST"]
)
@roles(Role.ORGANISER)
def person(workshop_id: int, registration_id: int) -> str | Response:
    """Shows somebody; a post notes evidence by hand, with its reason."""
    workshop = managed(workshop_id)
    registration = _of_workshop(workshop_id, registration_id)
    form = EvidenceForm()
    if form.accept(lambda: _note_by_hand(registration, form)):
        flash(_("Noted."))
        return redirect(_page(registration))
    return render_template(
        "attendance/person.html",
        registration=registration,
        form=form,
        ledger=queries.list_ledger(registration.id),
        presence=queries.presences_of(workshop, [registration.id]).get(registration.id),
        possible={status.value for status in Status if rules.may_become(registration, status)},
        may_tell_again=_may_tell_again(registration),
        may_undo=rules.is_undoable(registration, now=clock.now()),
        answers=_answers(registration),
        registered_by=queries.delegation_of(registration.id),
        other_modes=[mode for mode in rules.modes_of(workshop) if mode.value != registration.mode],
        **shared(workshop),
    )


def _may_tell_again(registration: Registration) -> bool:
    """Whether the last mail did not arrive although there is an address to send it to by now."""
    can_be_told = rules.message_about(registration) and is_reachable(registration.person)
    return bool(can_be_told) and is_undelivered(registration.id)


def _answers(registration: Registration) -> list[tuple[str, str]]:
    fields = queries.setup_of(registration.workshop_id).fields
    return answers_in_words(fields, registration.answers, current_language())


def _note_by_hand(registration: Registration, form: EvidenceForm) -> Any:
    return service.record_attendance(
        registration.id,
        mode=member(Mode, form.mode),
        source=Source.MANUAL,
        reason=value(form.reason),
        by=current_actor(),
        now=clock.now(),
    )


def _of_workshop(workshop_id: int, registration_id: int) -> Registration:
    """Somebody on the list of this workshop; raises NotFound for another one's."""
    registration = queries.get_registration(registration_id)
    if registration.workshop_id != workshop_id:
        raise NotFound
    return registration


def _page(registration: Registration) -> str:
    return url_for(
        "attendance.person",
        workshop_id=registration.workshop_id,
        registration_id=registration.id,
    )


@pages.route(
    "/manage/workshops/<int:workshop_id>/people/<int:registration_id>/address",
    methods=["GET", "POST"],
)
@roles(Role.ORGANISER)
def correct_address(workshop_id: int, registration_id: int) -> str | Response:
    """Another address for somebody whose mail came back, or who mistyped it."""
    workshop = managed(workshop_id)
    registration = _of_workshop(workshop_id, registration_id)
    form = AddressForm(obj=registration.person)
    by, now = current_actor(), clock.now()
    if form.accept(
        lambda: service.correct_address(registration_id, value(form.email), by=by, now=now)
    ):
        flash(_("Saved. Their links are on their way to the new address."))
        return redirect(_page(registration))
    return render_template(
        "attendance/correct_address.html", registration=registration, form=form, **shared(workshop)
    )


@pages.post("/manage/workshops/<int:workshop_id>/people/<int:registration_id>/place")
@roles(Role.ORGANISER)
def change_place(workshop_id: int, registration_id: int) -> Response:
    """Confirm, decline or cancel somebody's registration, or change their mode."""
    registration = _of_workshop(workshop_id, registration_id)
    action = request.form.get("action", "")
    try:
        _change(registration, action)
        flash(
            _("Sent again.")
            if action == "tell_again"
            else _("Changed. The person is told by mail.")
        )
    except Refused as refused:
        if refused.status in {403, 404}:
            raise
        flash(translate(refused), "error")
    return redirect(_page(registration))


def _change(registration: Registration, action: str) -> None:
    by, now = current_actor(), clock.now()
    if action in ACTIONS:
        reason = {"reason": request.form.get("reason", "")} if action in WITH_REASON else {}
        ACTIONS[action](registration.id, **reason, by=by, now=now)
    elif action in set(Mode):
        service.change_mode(registration.id, Mode(action), by=by, now=now)
    else:
        raise NotFound


@pages.post("/manage/workshops/<int:workshop_id>/people/<int:registration_id>/take-back")
@roles(Role.ORGANISER)
def take_back(workshop_id: int, registration_id: int) -> Response:
    """Take back a piece of evidence, by adding to the ledger that it does not hold."""
    managed(workshop_id)
    registration = _of_workshop(workshop_id, registration_id)
    record_id = request.form.get("record", 0, type=int)
    lines = queries.list_ledger(registration.id)
    if record_id not in {line.record.id for line in lines}:
        raise NotFound
    service.revoke_record(record_id, by=current_actor(), now=clock.now())
    flash(_("Taken back. The record stays in the list, marked."))
    if request.form.get("from") == "door":
        return redirect(url_for("attendance.check_in", workshop_id=workshop_id))
    return redirect(_page(registration))
