"""How a workshop takes registrations: approval, mails by the clock, questions of its own."""

import secrets
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventsapp.attendance import queries, service
from eventsapp.attendance.forms import OwnFieldForm, SetupForm, field_data
from eventsapp.attendance.rules.own_fields import kept_until
from eventsapp.attendance.rules.setup import MOST_FIELDS
from eventsapp.attendance.types import OwnField, Setup
from eventsapp.attendance.views.blueprint import pages
from eventsapp.attendance.views.people import managed, shared
from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.errors import NotFound
from eventsapp.core.texts import NO_TEXT
from eventsapp.questions.question_form import question_form
from eventsapp.questions.question_type import QuestionType
from eventsapp.questions.rules import TYPES, type_of
from eventsapp.questions.types import Question
from eventsapp.web.access import current_actor, roles
from eventsapp.workshops.models import Workshop

PATH = "/manage/workshops/<int:workshop_id>/people/registration"
USUAL_DAYS = 180


@pages.route(PATH, methods=["GET", "POST"])
@roles(Role.ORGANISER)
def setup(workshop_id: int) -> str | Response:
    workshop = managed(workshop_id)
    was = queries.setup_of(workshop_id)
    form = SetupForm(obj=was)
    by, now = current_actor(), clock.now()
    if form.accept(lambda: service.change_setup(workshop_id, form.setup(was), by=by, now=now)):
        flash(_("Saved."))
        return redirect(url_for("attendance.setup", workshop_id=workshop_id))
    return render_template(
        "attendance/setup.html",
        form=form,
        setup=was,
        type_of=type_of,
        types=_offered() if len(was.fields) < MOST_FIELDS else [],
        kept_until=kept_until,
        answered=len(queries.list_answered(workshop_id)),
        **shared(workshop),
    )


@pages.route(f"{PATH}/new/<type_key>", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def new_field(workshop_id: int, type_key: str) -> str | Response:
    workshop = managed(workshop_id)
    kind = next((one for one in _offered() if one.key == type_key), None)
    if kind is None:
        raise NotFound
    question = Question(
        key=f"q{secrets.token_hex(4)}",
        type_key=kind.key,
        text=NO_TEXT,
        options=kind.example[0].options,
        lines=kind.example[0].lines,
    )
    return _write(workshop, OwnField(question, NO_TEXT, USUAL_DAYS), kind)


@pages.route(f"{PATH}/<key>", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def edit_field(workshop_id: int, key: str) -> str | Response:
    workshop = managed(workshop_id)
    field = _field(queries.setup_of(workshop_id), key)
    return _write(workshop, field, type_of(field.question))


@pages.route(f"{PATH}/<key>/remove", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def remove_field(workshop_id: int, key: str) -> str | Response:
    """Ask first, naming how many answers will be erased."""
    workshop = managed(workshop_id)
    setup = queries.setup_of(workshop_id)
    field = _field(setup, key)
    if request.method == "GET":
        answered = sum(key in one.answers for one in queries.list_answered(workshop_id))
        return render_template(
            "attendance/remove_field.html",
            field=field,
            answered=answered,
            version=setup.version,
            **shared(workshop),
        )
    service.remove_field(
        workshop_id,
        key,
        version=request.form.get("version", 0, type=int),
        by=current_actor(),
        now=clock.now(),
    )
    flash(_("Removed, with everything that was answered to it."))
    return redirect(url_for("attendance.setup", workshop_id=workshop_id))


def _offered() -> list[QuestionType]:
    return [kind for kind in TYPES.values() if kind.is_asked]


def _field(setup: Setup, key: str) -> OwnField:
    field = next((one for one in setup.fields if one.question.key == key), None)
    if field is None:
        raise NotFound
    return field


def _write(workshop: Workshop, field: OwnField, kind: QuestionType) -> str | Response:
    form = question_form(kind, OwnFieldForm)(data=field_data(field, kind))
    form.version.data = form.version.data or str(queries.setup_of(workshop.id).version)
    if form.accept(lambda: _keep(workshop, form, field.question.key, kind)):
        flash(_("Saved."))
        return redirect(url_for("attendance.setup", workshop_id=workshop.id))
    return render_template("attendance/edit_field.html", form=form, kind=kind, **shared(workshop))


def _keep(workshop: Workshop, form: OwnFieldForm, key: str, kind: QuestionType) -> Any:
    return service.keep_field(
        workshop.id,
        form.own_field(key, kind),
        version=form.seen_version(),
        by=current_actor(),
        now=clock.now(),
    )
