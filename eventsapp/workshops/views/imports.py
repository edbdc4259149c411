"""Workshops out of a sheet: upload, look, confirm, undo."""

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.errors import Forbidden, NotFound, Refused
from eventsapp.edge import storage
from eventsapp.web.access import current_actor, roles
from eventsapp.web.errors import translate
from eventsapp.workshops import queries, service
from eventsapp.workshops.forms import SheetForm
from eventsapp.workshops.importing import preview_sheet
from eventsapp.workshops.models import WorkshopImport
from eventsapp.workshops.sheet import SHEETS, columns
from eventsapp.workshops.sheet.template import template_rows
from eventsapp.workshops.views.blueprint import pages


@pages.route("/manage/workshops/import", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def import_sheet() -> str | Response:
    form = SheetForm()
    kept = form.accept(
        lambda: service.keep_sheet(
            form.content(), name=form.file_name(), by=current_actor(), now=clock.now()
        )
    )
    if kept is not None:
        return redirect(url_for("workshops.sheet", import_id=kept.id))
    return render_template(
        "workshops/import.html",
        form=form,
        imports=queries.list_imports(current_actor()),
        columns=columns(private=True),
        templates=[
            (kind.upper(), url_for("workshops.sheet_template", kind=kind)) for kind in SHEETS
        ],
    )


@pages.get("/manage/workshops/import/template.<kind>")
@roles(Role.ORGANISER)
def sheet_template(kind: str) -> FlaskResponse:
    """A sheet to fill in."""
    if kind not in SHEETS:
        raise NotFound
    write, content_type = SHEETS[kind]
    return FlaskResponse(
        write(template_rows()),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="workshops-template.{kind}"'},
    )


@pages.get("/manage/workshops/import/<int:import_id>")
@roles(Role.ORGANISER)
def sheet(import_id: int) -> str:
    """What the sheet would register, with every bad row and why."""
    kept = _own(import_id)
    return render_template(
        "workshops/sheet.html",
        kept=kept,
        preview=preview_sheet(storage.read(kept.file_key)) if kept.status == "preview" else None,
        registered=queries.workshops_with(kept.workshop_ids),
        why=translate,
    )


@pages.post("/manage/workshops/import/<int:import_id>/confirm")
@roles(Role.ORGANISER)
def confirm_sheet(import_id: int) -> Response:
    try:
        kept = service.confirm_sheet(import_id, by=current_actor(), now=clock.now())
    except Forbidden:
        raise
    except Refused as refused:
        flash(translate(refused), "error")
    else:
        flash(
            ngettext(
                "Registered %(num)d workshop, as a draft.",
                "Registered %(num)d workshops, as drafts.",
                len(kept.workshop_ids),
            )
        )
    return redirect(url_for("workshops.sheet", import_id=import_id))


@pages.post("/manage/workshops/import/<int:import_id>/undo")
@roles(Role.ORGANISER)
def undo_sheet(import_id: int) -> Response:
    try:
        service.undo_sheet(import_id, by=current_actor(), now=clock.now())
    except Forbidden:
        raise
    except Refused as refused:
        flash(translate(refused), "error")
    else:
        flash(_("Undone: these workshops are gone again."))
    return redirect(url_for("workshops.sheet", import_id=import_id))


def _own(import_id: int) -> WorkshopImport:
    kept, actor = queries.get_import(import_id), current_actor()
    if Role.ADMIN not in actor.roles and kept.imported_by != actor.id:
        raise Forbidden
    return kept
