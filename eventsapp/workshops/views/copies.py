"""Making more of a workshop, or giving it away: copies, series, a colleague, which contracts
pay."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from eventsapp.accounts.queries import list_organisers
from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.projects.queries import list_contracts
from eventsapp.web.access import current_actor, roles
from eventsapp.web.registry import story_of
from eventsapp.workshops import queries, rules, service
from eventsapp.workshops.forms import ContractsForm, CopyForm, HandOverForm
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.views.blueprint import pages


def managed(workshop_id: int) -> Workshop:
    """The workshop, for those who run it; raises Forbidden."""
    workshop = queries.get_workshop(workshop_id)
    rules.check_may_manage(workshop, by=current_actor())
    return workshop


@pages.route("/manage/workshops/<int:workshop_id>/copy", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def copy(workshop_id: int) -> str | Response:
    workshop = managed(workshop_id)
    form = CopyForm()
    copied = form.accept(
        lambda: service.copy_workshop(
            workshop_id,
            form.first_days(),
            in_series=form.in_series.data,
            by=current_actor(),
            now=clock.now(),
            key=form.key(),
        )
    )
    if copied is None:
        return render_template(
            "workshops/copy.html",
            workshop=workshop,
            form=form,
            story=story_of(workshop, "workshops"),
        )
    count = len(form.first_days())
    flash(
        ngettext(
            "Registered %(num)d more workshop, as a draft.",
            "Registered %(num)d more workshops, as drafts.",
            count,
        )
    )
    if count == 1:
        return redirect(url_for("workshops.manage", workshop_id=copied.id))
    series = copied.series.id if copied.series else None
    return redirect(url_for("workshops.manage_index", series=series))


@pages.route("/manage/workshops/<int:workshop_id>/hand-over", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def hand_over(workshop_id: int) -> str | Response:
    workshop = managed(workshop_id)
    form = HandOverForm()
    form.offer((user.id, user.name) for user in list_organisers() if user.id != workshop.owner_id)
    given = form.accept(
        lambda: service.hand_over_workshop(
            workshop_id, form.user_id.data, by=current_actor(), now=clock.now()
        )
    )
    if given:
        flash(_("Handed over. Your colleague is told by mail."))
        return redirect(url_for("workshops.manage", workshop_id=workshop_id))
    return render_template(
        "workshops/hand_over.html",
        workshop=workshop,
        form=form,
        story=story_of(workshop, "workshops"),
    )


@pages.route("/manage/workshops/<int:workshop_id>/contracts", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def contracts(workshop_id: int) -> str | Response:
    workshop = managed(workshop_id)
    form = ContractsForm(data={"contract_ids": [row.id for row in workshop.contracts]})
    form.offer(list_contracts(workshop.project_id))
    if form.accept(
        lambda: service.assign_contracts(
            workshop_id, form.chosen(), by=current_actor(), now=clock.now()
        )
    ):
        flash(_("Saved."))
        return redirect(url_for("workshops.manage", workshop_id=workshop_id))
    return render_template(
        "workshops/contracts.html",
        workshop=workshop,
        form=form,
        story=story_of(workshop, "workshops"),
    )
