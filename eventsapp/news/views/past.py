"""A former site's news: upload, look, take in, undo."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as Answer

from eventsapp.core import clock, db
from eventsapp.core.actor import Role
from eventsapp.core.errors import Forbidden, Refused
from eventsapp.edge import storage
from eventsapp.news import queries, service
from eventsapp.news.forms.past import PastNewsForm
from eventsapp.news.models import PastNewsImport
from eventsapp.news.past import preview_past_news
from eventsapp.news.views.blueprint import pages
from eventsapp.web.access import current_actor, roles
from eventsapp.web.errors import translate
from eventsapp.web.locale import current_language


@pages.route("/manage/news/import", methods=["GET", "POST"])
@roles(Role.STAFF, Role.EDITOR)
def import_past() -> str | Answer:
    form = PastNewsForm(lang=current_language())
    kept = form.accept(
        lambda: service.keep_past_news(
            form.content(),
            name=form.file_name(),
            lang=form.lang.data,
            by=current_actor(),
            now=clock.now(),
        )
    )
    if kept is not None:
        return redirect(url_for("news.past", import_id=kept.id))
    return render_template("news/import.html", form=form, imports=queries.list_past_imports())


@pages.get("/manage/news/import/<int:import_id>")
@roles(Role.STAFF, Role.EDITOR)
def past(import_id: int) -> str:
    """What the file would publish, with every bad row and why."""
    kept = db.get(PastNewsImport, import_id)
    preview = None
    if kept.status == "preview":
        data, today = storage.read(kept.file_key), clock.now().date()
        preview = preview_past_news(data, lang=kept.lang, today=today)
    return render_template(
        "news/past.html",
        kept=kept,
        preview=preview,
        taken_in=queries.articles_with([number for number, _original in kept.articles]),
        why=translate,
    )


@pages.post("/manage/news/import/<int:import_id>/confirm")
@roles(Role.STAFF, Role.EDITOR)
def take_in_past(import_id: int) -> Answer:
    def take_in() -> str:
        kept = service.take_in_past_news(import_id, by=current_actor(), now=clock.now())
        number = len(kept.articles)
        return str(ngettext("Published %(num)d article.", "Published %(num)d articles.", number))

    return _done(import_id, take_in)


@pages.post("/manage/news/import/<int:import_id>/undo")
@roles(Role.STAFF, Role.EDITOR)
def undo_past(import_id: int) -> Answer:
    def undo() -> str:
        service.undo_past_news(import_id, by=current_actor(), now=clock.now())
        return str(_("Undone: these articles are gone again."))

    return _done(import_id, undo)


def _done(import_id: int, act: Callable[[], str]) -> Answer:
    try:
        flash(act())
    except Forbidden:
        raise
    except Refused as refused:
        flash(translate(refused), "error")
    return redirect(url_for("news.past", import_id=import_id))
