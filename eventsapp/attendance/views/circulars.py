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
    count_unreached,
    get_circular,
    list_addressed,
    list_circulars,
    list_to_send_again,
    list_undelivered,
    outcomes_of,
)
from eventsapp.attendance.rules import circulars as rules
from eventsapp.attendance.types import CircularDraft
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


@dataclass(frozen=True, slots=True)
class Preview:
    """What would go out: to how many, how many are left out because mail came back from them, and
    how it reads in each language that somebody reads."""

    count: int
    unreached: int
    letters: tuple[tuple[str, int, Letter], ...]


PATH = "/manage/workshops/<int:workshop_id>/people/write"


@pages.route(PATH, methods=["GET", "POST"])
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


@pages.get(f"{PATH}/<int:circular_id>")
@roles(Role.ORGANISER)
def written(workshop_id: int, circular_id: int) -> str:
    """What was written, how far it has come, and whom it did not reach."""
    workshop = managed(workshop_id)
    circular = _of_workshop(workshop_id, circular_id)
    return render_template(
        "attendance/written.html",
        circular=circular,
        outcomes=outcomes_of(circular),
        undelivered=list_undelivered(circular),
        to_send_again=len(list_to_send_again(circular)),
        own_names=OWN_NAMES,
        direction=direction,
        **shared(workshop),
    )


@pages.post(f"{PATH}/<int:circular_id>/again")
@roles(Role.ORGANISER)
def write_again(workshop_id: int, circular_id: int) -> Response:
    """Send it to those whom it did not reach and whom mail reaches by now."""
    managed(workshop_id)
    circular = _of_workshop(workshop_id, circular_id)
    count = service.send_circular_again(circular.id, by=current_actor(), now=clock.now())
    flash(_in_words(count))
    return redirect(url_for("attendance.written", workshop_id=workshop_id, circular_id=circular_id))


def _of_workshop(workshop_id: int, circular_id: int) -> Circular:
    """What was written to people of this workshop; raises NotFound for another one's."""
    circular = get_circular(circular_id)
    if circular.workshop_id != workshop_id:
        raise NotFound
    return circular


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
    flash(_in_words(circular.recipients))
    return redirect(url_for("attendance.written", workshop_id=workshop_id, circular_id=circular.id))


def _in_words(count: int) -> str:
    return str(
        ngettext(
            "The mail to %(num)d person is on its way.",
            "The mails to %(num)d people are on their way.",
            count,
        )
    )


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
    return Preview(len(addressed), count_unreached(workshop.id, draft.audience), letters)
