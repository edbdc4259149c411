"""Who presents which session, and the mail that tells them."""

from collections.abc import Collection
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.errors import Refused
from eventsapp.core.texts import direction
from eventsapp.web.access import current_actor, roles
from eventsapp.web.errors import translate
from eventsapp.web.locale import OWN_NAMES
from eventsapp.web.registry import story_of
from eventsapp.workshops import queries, service
from eventsapp.workshops.forms import MODE_LABELS, PresentersForm
from eventsapp.workshops.letters import presenter_letter
from eventsapp.workshops.rules.presenters import (
    check_may_tell,
    link_of,
    members_of,
    modes_of_presenter,
)
from eventsapp.workshops.types import Mode
from eventsapp.workshops.views.blueprint import pages
from eventsapp.workshops.views.copies import managed


@pages.route("/manage/workshops/<int:workshop_id>/presenters", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def presenters(workshop_id: int) -> str | Response:
    """Who presents which session, and how each of them joins for it."""
    workshop = managed(workshop_id)
    form = PresentersForm(workshop)
    if form.is_sent():
        service.assign_presenters(
            workshop_id, form.presenting(), by=current_actor(), now=clock.now()
        )
        flash(_("Saved."))
        return redirect(url_for("workshops.manage", workshop_id=workshop_id))
    return render_template(
        "workshops/presenters.html",
        workshop=workshop,
        form=form,
        story=story_of(workshop, "workshops"),
    )


@pages.get("/manage/workshops/<int:workshop_id>/presenters/write")
@roles(Role.ORGANISER)
def preview_presenters(workshop_id: int) -> str:
    """Who gets what: how each of them joins, with the link or without, and the very words."""
    workshop = managed(workshop_id)
    queries.load_parts(workshop)
    members = members_of(workshop)
    return render_template(
        "workshops/write_presenters.html",
        workshop=workshop,
        rows=[
            (one, _how(modes_of_presenter(workshop, one)), bool(link_of(workshop, one)))
            for one in members
        ],
        letters=[(one, presenter_letter(workshop, one)) for one in members if one.email],
        refusal=_refusal(workshop_id),
        own_names=OWN_NAMES,
        direction=direction,
        story=story_of(workshop, "workshops"),
    )


def _how(modes: Collection[Mode]) -> list[Any]:
    return [MODE_LABELS[mode] for mode in Mode if mode in modes]


def _refusal(workshop_id: int) -> str:
    """Why nothing can be sent now; empty where it can."""
    try:
        check_may_tell(queries.get_workshop(workshop_id), now=clock.now())
    except Refused as refused:
        return translate(refused)
    return ""


@pages.post("/manage/workshops/<int:workshop_id>/presenters/write")
@roles(Role.ORGANISER)
def write_to_presenters(workshop_id: int) -> Response:
    count = service.write_to_presenters(workshop_id, by=current_actor(), now=clock.now())
    flash(
        ngettext(
            "A mail to %(num)d person who presents is on its way.",
            "Mails to %(num)d people who present are on their way.",
            count,
        )
    )
    return redirect(url_for("workshops.preview_presenters", workshop_id=workshop_id))
