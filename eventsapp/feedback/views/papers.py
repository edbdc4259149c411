"""The form on paper: copies to print, and the page on which what was written is typed in."""

import secrets

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from eventsapp.attendance.types import FileState
from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.errors import NotFound
from eventsapp.core.texts import LANGUAGES
from eventsapp.edge import storage
from eventsapp.feedback import queries, rules, service
from eventsapp.feedback.forms import FormSheet, paper_form
from eventsapp.feedback.rules.tokens import written
from eventsapp.feedback.types import Access
from eventsapp.feedback.views.blueprint import form_seen, own_form, pages
from eventsapp.feedback.views.manage import BASE, show_manage
from eventsapp.web.access import current_actor, roles
from eventsapp.web.files import private_file
from eventsapp.web.forms import posted_id
from eventsapp.web.locale import OWN_NAMES, current_language
from eventsapp.workshops.queries import get_workshop


@pages.post(f"{BASE}/papers")
@roles(Role.ORGANISER)
def make_paper(workshop_id: int) -> str | Response:
    feedback = form_seen(workshop_id)
    form = paper_form(feedback)
    if form.accept(
        lambda: service.request_paper(
            feedback.id,
            lang=form.lang.data,
            copies=(form.count.data if "count" in form else 0) or 1,
            version=posted_id("version"),
            by=current_actor(),
            now=clock.now(),
        )
    ):
        flash(_("The copies are being made. You can leave this page."))
        return redirect(url_for("feedback.manage", workshop_id=workshop_id))
    return show_manage(get_workshop(workshop_id), paper_form=form)


@pages.get(f"{BASE}/papers/<int:paper_id>.pdf")
@roles(Role.ORGANISER)
def paper_file(workshop_id: int, paper_id: int) -> FlaskResponse:
    form = own_form(workshop_id)
    paper = queries.get_paper(form, paper_id)
    if paper.state != FileState.READY or not paper.file_key:
        raise NotFound
    return private_file(storage.find(paper.file_key), f"{form.workshop.ref}-form-{paper.lang}.pdf")


@pages.get(f"{BASE}/enter")
@roles(Role.ORGANISER)
def enter(workshop_id: int) -> str:
    """Type in what was written on paper, a sheet after the other.

    Every sheet goes where participants send theirs, with the code that is printed on it: it
    counts once, and no log or row says who typed it or when.
    """
    form = own_form(workshop_id)
    rules.check_takes_paper(form)
    if not rules.is_answerable(form, now=clock.now()):
        raise rules.FormNotOpen
    wanted = request.args.get("in", "")
    lang = wanted if wanted in LANGUAGES else current_language()
    version = queries.current_version(form)
    with force_locale(lang):
        return render_template(
            "feedback/enter.html",
            form=form,
            workshop=form.workshop,
            sheet=FormSheet(version.id, queries.questions_of(version), MultiDict(), lang=lang),
            sheet_lang=lang,
            version=version,
            code=written(queries.door_code(form)) if form.access == Access.OPEN else "",
            retry_key=secrets.token_urlsafe(16),
            own_names=[(code, OWN_NAMES[code]) for code in LANGUAGES],
            languages=[],
        )
