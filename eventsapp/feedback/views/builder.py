"""The questions of a form: add, write, double, move, remove, put back."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.errors import NotFound, Refused
from eventsapp.core.texts import NO_TEXT
from eventsapp.feedback import queries, service
from eventsapp.feedback.models import FeedbackForm
from eventsapp.feedback.views.blueprint import own_form, pages
from eventsapp.feedback.views.manage import BASE
from eventsapp.questions.question_form import QuestionForm, form_data, question_form
from eventsapp.questions.question_type import QuestionType
from eventsapp.questions.rules import TYPES, languages_missing, type_of
from eventsapp.questions.types import Question, new_question_key
from eventsapp.web.access import current_actor, roles
from eventsapp.web.errors import translate
from eventsapp.web.forms import posted_id
from eventsapp.web.locale import OWN_NAMES
from eventsapp.web.registry import story_of

WAYS = {"up": -1, "down": 1}
Answered = Response | tuple[str, int]


@pages.get(f"{BASE}/questions")
@roles(Role.ORGANISER)
def questions(workshop_id: int) -> str:
    """The list; ``?removed=`` offers to undo what was just done."""
    return _list(own_form(workshop_id))


@pages.route(f"{BASE}/questions/new/<type_key>", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def new_question(workshop_id: int, type_key: str) -> str | Response:
    form = own_form(workshop_id)
    if type_key not in TYPES:
        raise NotFound
    example, _answer = TYPES[type_key].example
    blank = Question(
        key=new_question_key(),
        type_key=type_key,
        text=NO_TEXT,
        options=example.options,
        lines=example.lines,
    )
    return _write(form, blank)


@pages.route(f"{BASE}/questions/<key>", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def edit_question(workshop_id: int, key: str) -> str | Response:
    form = own_form(workshop_id)
    question = _find(form, key)
    if question is None:
        raise NotFound
    return _write(form, question)


@pages.post(f"{BASE}/questions/<key>/move")
@roles(Role.ORGANISER)
def move_question(workshop_id: int, key: str) -> Answered:
    """By a step, or where a pointer dropped it."""
    form = own_form(workshop_id)
    return _change(
        form,
        lambda: service.move_question(
            form.id,
            key,
            steps=WAYS.get(request.form.get("way", ""), 0),
            to=request.form.get("to", None, type=int),
            version=posted_id("version"),
            by=current_actor(),
            now=clock.now(),
        ),
        _anchor=f"q-{key}",
    )


@pages.post(f"{BASE}/questions/<key>/duplicate")
@roles(Role.ORGANISER)
def duplicate_question(workshop_id: int, key: str) -> Answered:
    return _step(workshop_id, service.duplicate_question, key, _anchor=f"q-{key}")


@pages.post(f"{BASE}/questions/<key>/remove")
@roles(Role.ORGANISER)
def remove_question(workshop_id: int, key: str) -> Answered:
    return _step(workshop_id, service.remove_question, key, removed=key)


@pages.post(f"{BASE}/questions/<key>/put-back")
@roles(Role.ORGANISER)
def put_back_question(workshop_id: int, key: str) -> Answered:
    return _step(workshop_id, service.put_back_question, key, _anchor=f"q-{key}")


def _step(workshop_id: int, use_case: Callable[..., object], key: str, **to: Any) -> Answered:
    """What one press does to one question."""
    form = own_form(workshop_id)
    return _change(
        form,
        lambda: use_case(
            form.id, key, version=posted_id("version"), by=current_actor(), now=clock.now()
        ),
        **to,
    )


def _change(form: FeedbackForm, use_case: Callable[[], object], **to: Any) -> Answered:
    """Do it and show the list again, or show beside the list why it was not done."""
    try:
        use_case()
    except Refused as refused:
        return _list(form, refusal=translate(refused)), refused.status
    return redirect(url_for("feedback.questions", workshop_id=form.workshop_id, **to))


def _list(form: FeedbackForm, refusal: str = "") -> str:
    asked = queries.questions_of(queries.current_version(form))
    removed = [Question.from_json(one["question"]) for one in form.removed_questions]
    just_removed = request.args.get("removed", "")
    return render_template(
        "feedback/questions.html",
        workshop=form.workshop,
        story=story_of(form.workshop, "feedback"),
        form=form,
        questions=asked,
        by_key={question.key: question for question in asked},
        removed=removed,
        just_removed=next((one for one in removed if one.key == just_removed), None),
        versions=queries.versions_with_counts(form),
        missing={one.key: languages_missing(one, form.workshop.languages) for one in asked},
        type_of=type_of,
        types=TYPES.values(),
        own_names=OWN_NAMES,
        refusal=refusal,
    )


def _find(form: FeedbackForm, key: str) -> Question | None:
    asked = queries.questions_of(queries.current_version(form))
    return next((one for one in asked if one.key == key), None)


def _write(form: FeedbackForm, question: Question) -> str | Response:
    kind = type_of(question)
    page = question_form(kind, earlier=_before(form, question.key))(data=form_data(question, kind))
    page.version.data = page.version.data or str(form.version)
    if page.accept(lambda: _save(form, page, question.key, kind)):
        flash(_("Saved."))
        return redirect(
            url_for("feedback.questions", workshop_id=form.workshop_id, _anchor=f"q-{question.key}")
        )
    is_stale = page.version.data != str(form.version)
    # Whoever has compared may save over it.
    page.version.data = str(form.version)
    return render_template(
        "feedback/edit_question.html",
        workshop=form.workshop,
        story=story_of(form.workshop, "feedback"),
        form=page,
        kind=kind,
        is_opened=form.status != "draft",
        theirs=_find(form, question.key) if is_stale else None,
        own_names=OWN_NAMES,
    )


def _before(form: FeedbackForm, key: str) -> list[Question]:
    """What is asked before this question; everything, before a new one."""
    before = []
    for question in queries.questions_of(queries.current_version(form)):
        if question.key == key:
            break
        before.append(question)
    return before


def _save(form: FeedbackForm, page: QuestionForm, key: str, kind: QuestionType) -> object:
    return service.change_question(
        form.id,
        page.question(key, kind),
        version=posted_id("version"),
        by=current_actor(),
        now=clock.now(),
    )
