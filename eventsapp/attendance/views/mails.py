"""Mails to participants as the organiser sees them: wording, previews, what became of them."""

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventsapp.attendance import queries, service
from eventsapp.attendance.forms import WordingForm
from eventsapp.attendance.letters import sample_letter, sends_calendar
from eventsapp.attendance.queries.changes import find_waiting_change
from eventsapp.attendance.queries.invitations import (
    count_invitations,
    list_to_invite_again,
    list_unreached,
)
from eventsapp.attendance.rules.letters import WORDED
from eventsapp.attendance.rules.registering import modes_of
from eventsapp.attendance.types import Message, Wording
from eventsapp.attendance.types import RegistrationStatus as Status
from eventsapp.attendance.views.blueprint import pages
from eventsapp.attendance.views.people import managed, shared
from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.errors import NotFound
from eventsapp.core.texts import LANGUAGES, direction
from eventsapp.edge.mail import Letter
from eventsapp.web.access import current_actor, roles
from eventsapp.web.locale import OWN_NAMES
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode

PATH = "/manage/workshops/<int:workshop_id>/people/mails"
# A mail brings its own styles; nothing else may be loaded or run, and its links stay closed.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox"
)


@pages.get(PATH)
@roles(Role.ORGANISER)
def mails(workshop_id: int) -> str:
    workshop = managed(workshop_id)
    counts = queries.count_statuses(workshop_id)
    return render_template(
        "attendance/mails.html",
        worded=WORDED,
        wordings=queries.wordings_of(workshop_id),
        languages_of=workshop.languages,
        log=queries.mail_log_of(workshop_id),
        waiting=queries.count_waiting_mails(workshop_id),
        change=find_waiting_change(workshop_id),
        unanswered=counts.get(Status.INVITED, 0),
        invitations=count_invitations(workshop_id),
        to_invite_again=len(list_to_invite_again(workshop_id)),
        unreached=list_unreached(workshop_id, page=request.args.get("page", 1, type=int)),
        page_url=lambda page: url_for("attendance.mails", workshop_id=workshop_id, page=page),
        setup=queries.setup_of(workshop_id),
        own_names=OWN_NAMES,
        **shared(workshop),
    )


@pages.post(f"{PATH}/remind")
@roles(Role.ORGANISER)
def remind(workshop_id: int) -> Response:
    """Ask those again who were invited and have not answered."""
    count = service.remind_invited(workshop_id, by=current_actor(), now=clock.now())
    flash(
        ngettext(
            "%(num)d person is asked again by mail. Whoever was written to today already is not.",
            "%(num)d people are asked again by mail. Whoever was written to today already is not.",
            count,
        )
    )
    return redirect(url_for("attendance.mails", workshop_id=workshop_id))


@pages.post(f"{PATH}/invite-again")
@roles(Role.ORGANISER)
def invite_again(workshop_id: int) -> Response:
    """Send those invitations again that did not arrive, where mail reaches by now."""
    count = service.send_invitations_again(workshop_id, by=current_actor(), now=clock.now())
    flash(
        ngettext("%(num)d invitation is sent again.", "%(num)d invitations are sent again.", count)
    )
    return redirect(url_for("attendance.mails", workshop_id=workshop_id))


@pages.route(f"{PATH}/<message>/<tongue>", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def word_mail(workshop_id: int, message: str, tongue: str) -> str | Response:
    """One mail in one language: the organiser's words, and exactly what will be sent."""
    workshop, kind = managed(workshop_id), _worded(message, tongue)
    form = WordingForm(obj=queries.wording_of(workshop_id, kind, tongue) or Wording())
    by, now = current_actor(), clock.now()

    def save() -> bool:
        service.word_mail(workshop_id, kind, tongue, form.wording(), by=by, now=now)
        return True

    if form.accept(save):
        flash(_("Saved. Below is what will be sent."))
        return redirect(request.full_path.rstrip("?"))
    mode = _mode(workshop)
    return render_template(
        "attendance/word_mail.html",
        form=form,
        message=kind,
        tongue=tongue,
        tongues=[(lang, OWN_NAMES[lang]) for lang in LANGUAGES],
        tongue_name=OWN_NAMES[tongue],
        tongue_dir=direction(tongue),
        mode=mode,
        modes=modes_of(workshop),
        letter=_sample(workshop, kind, tongue, mode),
        has_calendar=sends_calendar(kind),
        **shared(workshop),
    )


@pages.get(f"{PATH}/<message>/<tongue>/preview.html")
@roles(Role.ORGANISER)
def preview_mail(workshop_id: int, message: str, tongue: str) -> FlaskResponse:
    """The mail's HTML as mail programs get it, shut in."""
    workshop, kind = managed(workshop_id), _worded(message, tongue)
    letter = _sample(workshop, kind, tongue, _mode(workshop))
    return FlaskResponse(
        letter.html, mimetype="text/html", headers={"Content-Security-Policy": POLICY}
    )


def _worded(message: str, tongue: str) -> Message:
    if message not in WORDED or tongue not in LANGUAGES:
        raise NotFound
    return Message(message)


def _mode(workshop: Workshop) -> Mode:
    """Letters differ by how somebody takes part."""
    offered = modes_of(workshop)
    wanted = request.args.get("mode", "")
    return next((mode for mode in offered if mode == wanted), offered[0])


def _sample(workshop: Workshop, message: Message, tongue: str, mode: Mode) -> Letter:
    with force_locale(tongue):
        name = _("First name Surname")
    return sample_letter(workshop, message, lang=tongue, name=name, mode=mode)
