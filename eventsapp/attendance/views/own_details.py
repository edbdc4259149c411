"""Participants correct what is known about them."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventsapp.attendance import queries, service
from eventsapp.attendance.forms import OwnDetailsForm
from eventsapp.attendance.models import Registration
from eventsapp.attendance.rules.own_fields import kept_until
from eventsapp.attendance.views.blueprint import pages
from eventsapp.attendance.views.own import acting
from eventsapp.core import clock
from eventsapp.core.actor import Actor
from eventsapp.people.models import Person
from eventsapp.people.queries import consents_of
from eventsapp.people.types import Purpose
from eventsapp.web.access import public


@pages.route("/r/details", methods=["GET", "POST"])
@public
def details() -> str | Response:
    """Correct name, institution and language, and what was agreed to."""
    registration, actor = acting()
    form = OwnDetailsForm(data=_details_of(registration.person))
    form.offer(registration, queries.setup_of(registration.workshop_id))
    if form.accept(lambda: _correct(registration, form, by=actor)):
        flash(_("Saved."))
        return redirect(url_for("attendance.mine"))
    return render_template(
        "attendance/details.html",
        form=form,
        registration=registration,
        workshop=registration.workshop,
        kept_until=kept_until,
    )


def _details_of(person: Person) -> dict[str, Any]:
    agreed = consents_of(person.id)
    known = {name: getattr(person, name) for name in ("name", "institution", "function", "sex")}
    return {
        **known,
        "country_code": person.country_code,
        "language": person.language,
        **{purpose.value: purpose in agreed and agreed[purpose].granted for purpose in Purpose},
    }


def _correct(registration: Registration, form: OwnDetailsForm, *, by: Actor) -> Registration:
    return service.correct_participant(
        registration.id,
        form.person(),
        consents=form.consents(),
        answers=form.answers(),
        by=by,
        now=clock.now(),
    )
