"""A participant's colleagues: registering them, seeing them, taking them back."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from eventsapp.attendance import queries, service
from eventsapp.attendance.forms import ColleaguesForm
from eventsapp.attendance.models import Registration
from eventsapp.attendance.rules import registering as rules
from eventsapp.attendance.types import EXPECTED
from eventsapp.attendance.views.blueprint import pages
from eventsapp.attendance.views.own import acting
from eventsapp.core import clock
from eventsapp.core.actor import Actor
from eventsapp.core.errors import NotFound
from eventsapp.web.access import public
from eventsapp.web.limits import limiter


@pages.route("/r/colleagues", methods=["GET", "POST"])
@public
@limiter.limit("60 per hour", methods=["POST"])
def colleagues() -> str | Response:
    """Only from one's own page: whoever registers others is known to us by their mail."""
    registration, actor = acting()
    form = ColleaguesForm(data={"institution": registration.person.institution})
    form.offer(registration.workshop)
    made = form.accept(lambda: _register(registration, form, by=actor))
    if made is not None:
        flash(
            ngettext(
                "%(num)d colleague is registered and hears of it by mail.",
                "%(num)d colleagues are registered and hear of it by mail.",
                len(made.members),
            )
        )
        return redirect(url_for("attendance.colleagues"))
    return render_template(
        "attendance/colleagues.html",
        form=form,
        workshop=registration.workshop,
        delegations=queries.delegations_led_by(registration.id),
        is_open=rules.is_open(registration.workshop, now=clock.now()),
        expected=EXPECTED,
    )


def _register(registration: Registration, form: ColleaguesForm, *, by: Actor) -> Any:
    return service.register_delegation(
        registration.id,
        form.institution_name(),
        form.members_drafts(registration.person.country_code),
        by=by,
        now=clock.now(),
        key=form.key(),
    )


@pages.route("/r/colleagues/<int:member_id>/withdraw", methods=["GET", "POST"])
@public
def withdraw(member_id: int) -> str | Response:
    """Ask, naming what will be lost; then give up the colleague's place."""
    registration, actor = acting()
    led = queries.delegations_led_by(registration.id)
    member = next((one for each in led for one in each.members if one.id == member_id), None)
    if member is None:
        raise NotFound
    if request.method == "GET":
        return render_template(
            "attendance/withdraw.html", member=member, workshop=registration.workshop
        )
    service.withdraw_member(registration.id, member_id, by=actor, now=clock.now())
    flash(_("%(name)s is withdrawn.", name=member.name))
    return redirect(url_for("attendance.colleagues"))
