"""The one blueprint that the feedback pages hang on, and which form of a workshop a page shows."""

from typing import Any

from flask import Blueprint, g, request

from eventsapp.feedback import queries
from eventsapp.feedback.models import FeedbackForm
from eventsapp.web.access import current_actor
from eventsapp.workshops.rules import check_may_manage

pages = Blueprint("feedback", __name__)
MAIN = "end"
FORMLESS = frozenset({"feedback.answer"})


@pages.before_request
def _note_form() -> None:
    """``?form=before`` is another form of the workshop than the one at its end."""
    g.feedback_form = request.args.get("form", MAIN)[:40]


@pages.url_defaults
def _keep_form(endpoint: str, values: dict[str, Any]) -> None:
    """Links between the pages of a form stay with it."""
    wanted = g.get("feedback_form", MAIN)
    if wanted != MAIN and endpoint not in FORMLESS and "workshop_id" in values:
        values.setdefault("form", wanted)


def form_seen(workshop_id: int) -> FeedbackForm:
    return queries.get_form_of(workshop_id, purpose_seen())


def own_form(workshop_id: int) -> FeedbackForm:
    """The same, for whoever may change it."""
    form = form_seen(workshop_id)
    check_may_manage(form.workshop, by=current_actor())
    return form


def purpose_seen() -> str:
    return str(g.get("feedback_form", MAIN))
