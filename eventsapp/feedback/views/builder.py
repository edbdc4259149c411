"""The questions of a form: add, write, move, remove."""

import secrets

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.errors import NotFound
from eventsapp.core.texts import NO_TEXT
from eventsapp.feedback import queries, service
from eventsapp.feedback.models import FeedbackForm
from eventsapp.feedback.views.blueprint import pages
from eventsapp.feedback.views.manage import BASE
from eventsapp.questions.question_form import QuestionForm, form_data, question_form
from eventsapp.questions.question_type import QuestionType
from eventsapp.questions.rules import TYPES, type_of
from eventsapp.questions.types import Question
from eventsapp.web.access import current_actor, roles
from eventsapp.web.locale import OWN_NAMES
from eventsapp.web.registry import story_of
from eventsapp.workshops.rules import check_may_manage

WAYS = {"up": -1, "down": 1}


@pages.get(f"{BASE}/questions")
@roles(Role.ORGANISER)
def questions(workshop_id: int) -> str:
    form = _own_form(workshop_id)
    return render_template(
        "feedback/questions.html",
        workshop=form.workshop,
        story=story_of(form.workshop, "feedback"),
        form=form,
        questions=queries.questions_of(queries.current_version(form)),
        type_of=type_of,
        types=TYPES.values(),
        own_names=OWN_NAMES,
    )


@pages.route(f"{BASE}/questions/new/<type_key>", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def new_question(workshop_id: int, type_key: str) -> str | Response:
    form = _own_form(workshop_id)
    kind = _kind(type_key)
    example, _answer = kind.example
    blank = Question(
        key=f"q{secrets.token_hex(4)}",
        type_key=kind.key,
        text=NO_TEXT,
        options=example.options,
        lines=example.lines,
    )
    return _write(form, blank, kind)


@pages.route(f"{BASE}/questions/<key>", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def edit_question(workshop_id: int, key: str) -> str | Response:
    form = _own_form(workshop_id)
    asked = queries.questions_of(queries.current_version(form))
    question = next((one for one in asked if one.key == key), None)
    if question is None:
        raise NotFound
    return _write(form, question, type_of(question))


@pages.post(f"{BASE}/questions/<key>/move")
@roles(Role.ORGANISER)
def move_question(workshop_id: int, key: str) -> Response:
    service.move_question(
        queries.get_form_of(workshop_id).id,
        key,
        steps=WAYS.get(request.form.get("way", ""), 0),
        version=_seen_version(),
        by=current_actor(),
        now=clock.now(),
    )
    return redirect(url_for("feedback.questions", workshop_id=workshop_id, _anchor=f"q-{key}"))


@pages.post(f"{BASE}/questions/<key>/remove")
@roles(Role.ORGANISER)
def remove_question(workshop_id: int, key: str) -> Response:
    service.remove_question(
        queries.get_form_of(workshop_id).id,
        key,
        version=_seen_version(),
        by=current_actor(),
        now=clock.now(),
    )
    flash(_("Removed."))
    return redirect(url_for("feedback.questions", workshop_id=workshop_id))


def _own_form(workshop_id: int) -> FeedbackForm:
    form = queries.get_form_of(workshop_id)
    check_may_manage(form.workshop, by=current_actor())
    return form


def _kind(type_key: str) -> QuestionType:
    if type_key not in TYPES:
        raise NotFound
    return TYPES[type_key]


def _seen_version() -> int:
    return request.form.get("version", 0, type=int)


def _write(form: FeedbackForm, question: Question, kind: QuestionType) -> str | Response:
    page = question_form(kind)(data=form_data(question, kind))
    page.version.data = page.version.data or str(form.version)
    if page.accept(lambda: _save(form, page, question.key, kind)):
        flash(_("Saved."))
        return redirect(url_for("feedback.questions", workshop_id=form.workshop_id))
    return render_template(
        "feedback/edit_question.html",
        workshop=form.workshop,
        story=story_of(form.workshop, "feedback"),
        form=page,
        kind=kind,
        is_opened=form.status != "draft",
    )


def _save(form: FeedbackForm, page: QuestionForm, key: str, kind: QuestionType) -> object:
    return service.change_question(
        form.id,
        page.question(key, kind),
        version=int(page.version.data) if (page.version.data or "").isdigit() else 0,
        by=current_actor(),
        now=clock.now(),
    )
