"""Quotes that may be used: staff pick those that the report takes."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.feedback import queries, rules, service
from eventsapp.feedback.rules.counting import pieces_of
from eventsapp.feedback.views.blueprint import form_seen, pages
from eventsapp.feedback.views.manage import BASE
from eventsapp.web.access import any_role, current_actor, roles
from eventsapp.web.forms import PageForm
from eventsapp.web.registry import story_of


@pages.get(f"{BASE}/quotes")
@any_role
def quotes(workshop_id: int) -> str:
    form = form_seen(workshop_id)
    found = queries.quotable_texts(form)
    questions = pieces_of(queries.all_questions(form))
    return render_template(
        "feedback/quotes.html",
        workshop=form.workshop,
        story=story_of(form.workshop, "feedback"),
        page_form=PageForm(formdata=None),
        asked={piece.question.key: piece.question.text for piece in questions},
        quotes=found,
        picked=sum(quote.is_picked for quote in found),
        may_pick=rules.may_pick(by=current_actor()),
    )


@pages.post(f"{BASE}/quotes")
@roles(Role.ORGANISER, Role.STAFF, Role.EDITOR)
def pick_quotes(workshop_id: int) -> Response:
    form = form_seen(workshop_id)
    picked = service.pick_quotes(
        form.id, request.form.getlist("quote"), by=current_actor(), now=clock.now()
    )
    if picked:
        words = ngettext(
            "The report takes the %(num)d quote you picked.",
            "The report takes the %(num)d quotes you picked.",
            picked,
        )
    else:
        words = _("No quote is picked: the report takes all that may be quoted.")
    flash(words)
    return redirect(url_for("feedback.quotes", workshop_id=workshop_id))
