"""The feedback step of a workshop: prepare, open, follow, close."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from eventsapp.attendance.queries import count_attended
from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.texts import LANGUAGES
from eventsapp.feedback import queries, rules, service
from eventsapp.feedback.form_template import FormTemplate
from eventsapp.feedback.forms import (
    ACCESS_HINTS,
    ACCESS_LABELS,
    AccessForm,
    CardsForm,
    FormSheet,
    InviteForm,
    OpenForm,
    OpeningForm,
    ReminderForm,
    paper_form,
)
from eventsapp.feedback.models import FeedbackForm
from eventsapp.feedback.rules.opening import opening_day
from eventsapp.feedback.rules.reminders import next_reminder
from eventsapp.feedback.types import AFTER, BEFORE, Access, Late
from eventsapp.feedback.views.blueprint import MAIN, form_seen, pages, purpose_seen
from eventsapp.questions.rules import type_of
from eventsapp.web.access import any_role, current_actor, roles
from eventsapp.web.forms import member, posted_id
from eventsapp.web.locale import OWN_NAMES, current_language
from eventsapp.web.registry import story_of
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.queries import get_workshop
from eventsapp.workshops.rules import check_may_manage, may_manage

BASE = "/manage/workshops/<int:workshop_id>/feedback"


@pages.get(BASE)
@any_role
def manage(workshop_id: int) -> str:
    return show_manage(get_workshop(workshop_id))


def show_manage(workshop: Workshop, **forms: Any) -> str:
    """The step as it stands; ``forms`` replaces one whose input was refused."""
    form = queries.find_form_of(workshop.id, purpose_seen())
    context: dict[str, Any] = {
        "workshop": workshop,
        "story": story_of(workshop, "feedback"),
        "may_change": may_manage(workshop, by=current_actor()),
        "form": form,
        "kinds": _kinds(workshop),
        "to_take": queries.forms_to_take(workshop.id),
        "seen": purpose_seen(),
    }
    if form is None:
        return render_template("feedback/manage.html", **context)
    return render_template(
        "feedback/manage.html", **context, **_facts(form), **(_forms(form) | forms)
    )


def _kinds(workshop: Workshop) -> list[tuple[FormTemplate, FeedbackForm | None]]:
    """Every form that a workshop can have, the usual one first, and those that it has."""
    order = [MAIN, BEFORE, AFTER]
    templates = sorted(
        queries.TEMPLATES.values(),
        key=lambda one: (order.index(one.key) if one.key in order else len(order), one.key),
    )
    return [(one, queries.find_form_of(workshop.id, one.key)) for one in templates]


def _facts(form: FeedbackForm) -> dict[str, Any]:
    rounds = queries.reminders_of(form)
    return {
        "counts": queries.count_answers(form),
        "takes_late": rules.is_taking_late(form, now=clock.now()),
        "may_take_late": rules.may_take_late(form, now=clock.now()),
        "attended": count_attended(form.workshop_id),
        "questions": queries.questions_of(queries.current_version(form)),
        "type_of": type_of,
        "mailing": queries.mailing_of(form),
        "papers": queries.list_papers(form),
        "language_names": OWN_NAMES,
        "access_labels": ACCESS_LABELS,
        "access_hints": ACCESS_HINTS,
        "opens": opening_day(form),
        "rounds": rounds,
        "next_reminder": next_reminder(form, rounds),
        "unanswered": queries.count_unanswered(form),
    }


def _forms(form: FeedbackForm) -> dict[str, Any]:
    """Empty forms: what was sent belongs to one of them, and to none of the others."""
    return {
        "access_form": AccessForm(formdata=None, data={"access": form.access}),
        "open_form": OpenForm(formdata=None),
        "opening_form": OpeningForm(formdata=None),
        "cards_form": CardsForm(formdata=None, data={"version": form.version}),
        "invite_form": InviteForm(formdata=None),
        "paper_form": paper_form(form, formdata=None, data={"version": form.version}),
        "reminder_form": ReminderForm(
            formdata=None,
            data={
                "after": form.remind_after,
                "before": form.remind_before,
                "most": form.most_reminders,
            },
        ),
    }


@pages.post(BASE)
@roles(Role.ORGANISER)
def create(workshop_id: int) -> Response:
    """From a template, or from what another workshop asks."""
    source = posted_id("source")
    if source:
        form = service.clone_form(workshop_id, source, by=current_actor(), now=clock.now())
    else:
        form = service.create_form(
            workshop_id, request.form.get("template", ""), by=current_actor(), now=clock.now()
        )
    flash(_("The form is prepared. Look through its questions, then open it."))
    wanted = None if form.purpose == MAIN else form.purpose
    return redirect(url_for("feedback.manage", workshop_id=workshop_id, form=wanted))


@pages.post(f"{BASE}/access")
@roles(Role.ORGANISER)
def choose_access(workshop_id: int) -> str | Response:
    form = AccessForm()
    feedback = form_seen(workshop_id)
    if form.accept(
        lambda: service.choose_access(
            feedback.id, form.draft(), by=current_actor(), now=clock.now()
        )
    ):
        flash(_("Saved."))
        return redirect(url_for("feedback.manage", workshop_id=workshop_id))
    return show_manage(get_workshop(workshop_id), access_form=form)


@pages.post(f"{BASE}/open")
@roles(Role.ORGANISER)
def open_(workshop_id: int) -> str | Response:
    form = OpenForm()
    feedback = form_seen(workshop_id)
    if form.accept(
        lambda: service.open_form(
            feedback.id,
            closes_on=form.closes_on.data,
            late=member(Late, form.late),
            by=current_actor(),
            now=clock.now(),
        )
    ):
        flash(_("The form is open. Now hand out the right to answer it."))
        return redirect(url_for("feedback.manage", workshop_id=workshop_id))
    return show_manage(get_workshop(workshop_id), open_form=form)


@pages.post(f"{BASE}/opening")
@roles(Role.ORGANISER)
def plan_opening(workshop_id: int) -> str | Response:
    form = OpeningForm()
    feedback = form_seen(workshop_id)
    if form.accept(
        lambda: service.plan_opening(feedback.id, form.draft(), by=current_actor(), now=clock.now())
    ):
        flash(_("Saved."))
        return redirect(url_for("feedback.manage", workshop_id=workshop_id))
    return show_manage(get_workshop(workshop_id), opening_form=form)


@pages.post(f"{BASE}/opening/cancel")
@roles(Role.ORGANISER)
def cancel_opening(workshop_id: int) -> Response:
    form = form_seen(workshop_id)
    service.cancel_opening(form.id, by=current_actor(), now=clock.now())
    flash(_("The form stays a draft until you open it."))
    return redirect(url_for("feedback.manage", workshop_id=workshop_id))


@pages.route(f"{BASE}/close", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def close(workshop_id: int) -> str | Response:
    """Names what will happen, then does it."""
    workshop = get_workshop(workshop_id)
    check_may_manage(workshop, by=current_actor())
    form = form_seen(workshop_id)
    if request.method == "POST":
        service.close_form(form.id, by=current_actor(), now=clock.now())
        flash(_("The form is closed and its answers are mixed."))
        return redirect(url_for("feedback.results", workshop_id=workshop_id))
    return render_template(
        "feedback/close.html",
        workshop=workshop,
        story=story_of(workshop, "feedback"),
        form=form,
        counts=queries.count_answers(form),
        is_open_access=form.access == Access.OPEN,
    )


@pages.post(f"{BASE}/late")
@roles(Role.ORGANISER)
def take_late(workshop_id: int) -> Response:
    form = form_seen(workshop_id)
    service.take_late_answers(form.id, by=current_actor(), now=clock.now())
    flash(_("Late answers are held now; they count when at least ten have come."))
    return redirect(url_for("feedback.manage", workshop_id=workshop_id))


@pages.get(f"{BASE}/preview")
@any_role
def preview(workshop_id: int) -> str:
    """The form as participants see it, in the language asked for; nothing can be sent."""
    form = form_seen(workshop_id)
    wanted = request.args.get("in", "")
    lang = wanted if wanted in LANGUAGES else current_language()
    version = queries.current_version(form)
    with force_locale(lang):
        return render_template(
            "feedback/preview.html",
            form=form,
            workshop=form.workshop,
            sheet=FormSheet(version.id, queries.questions_of(version), MultiDict(), lang=lang),
            own_names=[(code, OWN_NAMES[code]) for code in LANGUAGES],
            languages=[],
        )
