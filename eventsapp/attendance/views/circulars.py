"""Writing to a chosen part of the people: whom, what, a look at it, and off it goes."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from eventsapp.attendance import service
from eventsapp.attendance.forms import CircularForm
from eventsapp.attendance.letters import circular_letter
from eventsapp.attendance.models import Circular
from eventsapp.attendance.queries.circulars import (
    count_languages,
    list_addressed,
    list_circulars,
)
from eventsapp.attendance.rules import circulars as rules
from eventsapp.attendance.types import CircularDraft
from eventsapp.attendance.views.blueprint import pages
from eventsapp.attendance.views.people import managed, shared
from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.texts import LANGUAGES, direction
from eventsapp.edge.mail import Letter
from eventsapp.web.access import current_actor, roles
from eventsapp.web.locale import OWN_NAMES
from eventsapp.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class Preview:
    """What would go out: to how many, and how it reads in each language that somebody reads."""

    count: int
    letters: tuple[tuple[str, int, Letter], ...]


@pages.route("/manage/workshops/<int:workshop_id>/people/write", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def write(workshop_id: int) -> str | Response:
    workshop = managed(workshop_id)
    context = shared(workshop)
    form = CircularForm()
    form.offer(context["group_choices"])
    if request.form.get("do") == "send":
        sent = form.accept(lambda: _send(workshop_id, form))
        if sent is not None:
            return _sent(workshop_id, sent)
    preview = form.accept(lambda: _look(workshop, form.draft())) if request.form else None
    form.seen.data = str(preview.count) if preview else ""
    return render_template(
        "attendance/write.html",
        form=form,
        preview=preview,
        circulars=list_circulars(workshop_id),
        own_names=OWN_NAMES,
        direction=direction,
        **context,
    )


def _send(workshop_id: int, form: CircularForm) -> Circular:
    return service.write_to_people(
        workshop_id,
        form.draft(),
        seen=form.number_seen(),
        by=current_actor(),
        now=clock.now(),
        key=form.key(),
    )


def _sent(workshop_id: int, circular: Circular) -> Response:
    flash(
        ngettext(
            "The mail to %(num)d person is on its way.",
            "The mails to %(num)d people are on their way.",
            circular.recipients,
        )
    )
    return redirect(url_for("attendance.write", workshop_id=workshop_id))


def _look(workshop: Workshop, draft: CircularDraft) -> Preview:
    """Raises what would be refused at sending; writes nothing."""
    rules.check_circular(draft)
    addressed = list_addressed(workshop.id, draft.audience)
    rules.check_audience(len(addressed), seen=None)
    languages: dict[str, Any] = count_languages(addressed)
    letters = tuple(
        (
            lang,
            languages[lang],
            circular_letter(workshop, subject=draft.subject, body=draft.body, lang=lang, name="…"),
        )
        for lang in LANGUAGES
        if lang in languages
    )
    return Preview(len(addressed), letters)
