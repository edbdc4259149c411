"""Registering and describing a workshop, and bringing it from step to step."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response as Answer

from eventsapp.accounts.queries import find_user
from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.errors import NotFound
from eventsapp.projects import queries as projects
from eventsapp.web.access import any_role, current_actor, roles
from eventsapp.web.locale import current_language
from eventsapp.web.registry import story_of
from eventsapp.workshops import forms, queries, rules, service
from eventsapp.workshops.describing import draft_of
from eventsapp.workshops.follower import reach_of
from eventsapp.workshops.forms import ASPECT_LABELS
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.offers import STATUS_LABELS
from eventsapp.workshops.queries import WorkshopFilter
from eventsapp.workshops.rules.changes import can_be_news, changed_aspects
from eventsapp.workshops.types import CONCERNS, Aspect, Mode, Status
from eventsapp.workshops.views.blueprint import pages


@dataclass(frozen=True, slots=True)
class News:
    """What so many people who take part in this way would be told."""

    mode: Mode
    count: int
    about: tuple[Any, ...]


STEPS = {
    "basics": (_l("Basics"), forms.BasicsForm),
    "purpose": (_l("Purpose"), forms.PurposeForm),
    "agenda": (_l("Agenda"), forms.AgendaForm),
    "teams": (_l("Presenting teams"), forms.TeamsForm),
}


@pages.route("/manage/workshops/new", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def new() -> str | Answer:
    form = forms.BasicsForm(data=None if request.form else _first_guess())
    offer_choices(form)
    workshop = form.accept(
        lambda: service.register_workshop(
            form.draft(), by=current_actor(), now=clock.now(), key=form.key()
        )
    )
    if workshop:
        flash(
            _("Registered as %(ref)s. Only you and your colleagues see it yet.", ref=workshop.ref)
        )
        return redirect(url_for("workshops.edit", workshop_id=workshop.id, step="purpose"))
    return render_template("workshops/new.html", form=form, steps=_steps(None, "basics"))


@pages.get("/manage/workshops/<int:workshop_id>")
@any_role
def manage(workshop_id: int) -> str:
    workshop = queries.get_workshop(workshop_id)
    return render_template(
        "workshops/manage.html",
        workshop=workshop,
        story=story_of(workshop, "workshops"),
        missing=rules.missing_parts(workshop),
        next_statuses=_offered_statuses(workshop),
        may_manage=rules.may_manage(workshop, by=current_actor()),
        owner=find_user(workshop.owner_id),
        series=queries.series_of(workshop, public=False),
    )


@pages.route("/manage/workshops/<int:workshop_id>/edit/<step>", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def edit(workshop_id: int, step: str) -> str | Answer:
    workshop = queries.get_workshop(workshop_id)
    rules.check_may_manage(workshop, by=current_actor())
    form = _step_form(workshop, step)
    news = form.accept(lambda: _look(workshop, form)) if request.form.get("look") else None
    saved = None if request.form.get("look") else form.accept(lambda: _save(workshop_id, form))
    if saved:
        flash(_saved_in_words(saved.told))
        return redirect(_after(workshop_id, step))
    return render_template(
        "workshops/edit.html",
        workshop=workshop,
        form=form,
        step=step,
        steps=_steps(workshop, step),
        story=story_of(workshop, "workshops"),
        reach=reach_of(workshop) if can_be_news(workshop, now=clock.now()) else {},
        news=news,
    )


@pages.post("/manage/workshops/<int:workshop_id>/status")
@roles(Role.ORGANISER)
def change_status(workshop_id: int) -> Answer:
    try:
        to = Status(request.form.get("to", ""))
    except ValueError:
        raise NotFound from None
    service.change_status(workshop_id, to, by=current_actor(), now=clock.now())
    flash(_("The workshop is now: %(status)s.", status=STATUS_LABELS[to]))
    return redirect(url_for("workshops.manage", workshop_id=workshop_id))


def _first_guess() -> dict[str, Any]:
    """A new workshop starts with the zone of the latest one of the same person."""
    found = queries.list_workshops(
        WorkshopFilter(public=False, owner_id=current_actor().id), page=1, now=clock.now()
    ).rows
    return {"timezone": found[0].timezone, "country_code": found[0].country_code} if found else {}


def _step_form(workshop: Workshop, step: str) -> Any:
    if step not in STEPS:
        raise NotFound
    form = STEPS[step][1](data=forms.form_data(draft_of(workshop)))
    if isinstance(form, forms.BasicsForm):
        offer_choices(form)
    if isinstance(form, forms.AgendaForm):
        own = workshop.venue or _("The workshop’s own place")
        form.offer_places(own, [venue.name for venue in workshop.venues])
    return form


def offer_choices(form: forms.BasicsForm) -> None:
    lang = current_language()
    form.offer(projects.project_choices(lang), queries.topic_choices(lang))


def _saved_in_words(told: int) -> str:
    if not told:
        return str(_("Saved."))
    words = ngettext(
        "Saved. %(num)d person is told by mail, once for all that you save in the next minutes.",
        "Saved. %(num)d people are told by mail, once for all that you save in the next minutes.",
        told,
    )
    return str(words)


def _save(workshop_id: int, form: Any) -> service.Described:
    """Put one step into the whole description; the version is the one the person saw."""
    before = draft_of(queries.get_workshop(workshop_id))
    draft = forms.with_version(form.draft(before), form.version.data)
    return service.describe_workshop(
        workshop_id, draft, tell=forms.wants_to_tell(form), by=current_actor(), now=clock.now()
    )


def _look(workshop: Workshop, form: Any) -> list[News]:
    """Who would be told what if this was saved: by how they take part. Writes nothing."""
    before = draft_of(workshop)
    draft = form.draft(before)
    rules.check_draft(draft, taken=service.taken_of(workshop))
    changed = changed_aspects(before, draft)
    reach = reach_of(workshop) if can_be_news(workshop, now=clock.now()) else {}
    return [
        News(mode, count, tuple(ASPECT_LABELS[one] for one in Aspect if one in told))
        for mode, count in reach.items()
        if count and (told := changed & CONCERNS[mode])
    ]


def _after(workshop_id: int, step: str) -> str:
    """The next step while a workshop is described for the first time, else its page."""
    names = list(STEPS)
    following = names[names.index(step) + 1 :]
    if request.form.get("go_on") and following:
        return url_for("workshops.edit", workshop_id=workshop_id, step=following[0])
    return url_for("workshops.manage", workshop_id=workshop_id)


def _steps(workshop: Workshop | None, current: str) -> list[tuple[Any, str, bool]]:
    return [
        (
            label,
            url_for("workshops.edit", workshop_id=workshop.id, step=name) if workshop else "",
            name == current,
        )
        for name, (label, _form) in STEPS.items()
    ]


def _offered_statuses(workshop: Workshop) -> list[tuple[str, Any]]:
    """The ways on that this page offers; cancelling is offered where people are mailed."""
    if not rules.may_manage(workshop, by=current_actor()):
        return []
    possible = rules.NEXT[Status(workshop.status)]
    return [(status.value, CHANGE_LABELS[status]) for status in Status if status in possible]


CHANGE_LABELS = {
    Status.DRAFT: _l("Take it back to draft"),
    Status.ANNOUNCED: _l("Announce without registration"),
    Status.OPEN: _l("Open registration"),
    Status.CLOSED: _l("Close registration"),
    Status.HELD: _l("Mark as held"),
}
