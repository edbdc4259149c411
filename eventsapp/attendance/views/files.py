"""Attendance files of video tools: upload, look, decide, confirm, undo."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from eventsapp.attendance import service
from eventsapp.attendance.forms import UploadForm
from eventsapp.attendance.models import ImportBatch
from eventsapp.attendance.queries import imports as queries
from eventsapp.attendance.rules.importing import FileMissing, FileTooLarge
from eventsapp.attendance.views.blueprint import pages
from eventsapp.attendance.views.people import managed, shared
from eventsapp.core import clock, db
from eventsapp.core.actor import Role
from eventsapp.core.errors import Refused
from eventsapp.web.access import current_actor, roles
from eventsapp.web.errors import error_page, translate
from eventsapp.web.forms import value
from eventsapp.web.uploads import drop_upload
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules import may_manage

MOST_SHOWN = 200


@pages.route("/manage/workshops/<int:workshop_id>/attendance-files", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def files(workshop_id: int) -> str | Response:
    workshop = managed(workshop_id)
    form = UploadForm(timezone=workshop.timezone)
    batch = form.accept(lambda: _keep(workshop_id, form))
    if batch is not None:
        return redirect(_page(batch))
    return _files_page(workshop, form)


def _files_page(workshop: Workshop, form: UploadForm) -> str:
    return render_template(
        "attendance/files.html",
        form=form,
        batches=queries.list_batches(workshop.id),
        **shared(workshop),
    )


def _keep(workshop_id: int, form: UploadForm) -> ImportBatch:
    upload = form.file.data
    if not upload or not upload.filename:
        raise FileMissing
    return service.keep_file(
        workshop_id,
        upload.read(),
        name=upload.filename,
        timezone=value(form.timezone),
        by=current_actor(),
        now=clock.now(),
    )


@pages.errorhandler(RequestEntityTooLarge)
def show_too_large(_: RequestEntityTooLarge) -> tuple[str, int]:
    """An upload above the limit: said beside its field, to those who may upload at all.

    The limit strikes while the form is read, before any view or check of access runs.
    """
    drop_upload()
    workshop_id = (request.view_args or {}).get("workshop_id")
    if request.endpoint != "attendance.files" or workshop_id is None:
        return error_page(413)
    workshop = db.session().get(Workshop, workshop_id)
    if workshop is None or not may_manage(workshop, by=current_actor()):
        return error_page(413)
    form = UploadForm(formdata=None, timezone=workshop.timezone)
    form.show_refusal(FileTooLarge())
    return _files_page(workshop, form), 413


def _page(batch: ImportBatch) -> str:
    return url_for("attendance.file", workshop_id=batch.workshop_id, batch_id=batch.id)


@pages.get("/manage/workshops/<int:workshop_id>/attendance-files/<int:batch_id>")
@roles(Role.ORGANISER)
def file(workshop_id: int, batch_id: int) -> str:
    """What the file says and whom its rows are taken for; looking changes nothing."""
    workshop = managed(workshop_id)
    batch = queries.get_batch(workshop_id, batch_id)
    earlier = queries.find_confirmed(workshop_id, batch.file_hash)
    return render_template(
        "attendance/file.html",
        batch=batch,
        preview=queries.preview_batch(workshop, batch),
        earlier=earlier if earlier is not None and earlier.id != batch.id else None,
        most_shown=MOST_SHOWN,
        **shared(workshop),
    )


@pages.post("/manage/workshops/<int:workshop_id>/attendance-files/<int:batch_id>/decide")
@roles(Role.ORGANISER)
def decide(workshop_id: int, batch_id: int) -> Response:
    """Keep whom a person takes rows for: fields ``row-12`` with a registration, or 0 for nobody."""
    batch = service.decide_rows(
        workshop_id, batch_id, _decisions(), by=current_actor(), now=clock.now()
    )
    flash(_("Kept. Look at the result, then confirm."))
    return redirect(_page(batch))


def _decisions() -> dict[int, int]:
    chosen = {
        name.removeprefix("row-"): typed
        for name, typed in request.form.items()
        if name.startswith("row-")
    }
    return {
        int(row): int(typed)
        for row, typed in chosen.items()
        if row.isdecimal() and typed.isdecimal() and len(row) < 10 and len(typed) < 10
    }


@pages.post("/manage/workshops/<int:workshop_id>/attendance-files/<int:batch_id>/confirm")
@roles(Role.ORGANISER)
def confirm(workshop_id: int, batch_id: int) -> Response:
    managed(workshop_id)
    batch = queries.get_batch(workshop_id, batch_id)
    try:
        preview = service.confirm_import(workshop_id, batch_id, by=current_actor(), now=clock.now())
    except Refused as refused:
        if refused.status == 403:
            raise
        flash(translate(refused), "error")
    else:
        people = {line.match.registration_id for line in preview.matched}
        flash(
            ngettext(
                "Imported: %(num)d person took part online.",
                "Imported: %(num)d people took part online.",
                len(people),
            )
        )
    return redirect(_page(batch))


@pages.post("/manage/workshops/<int:workshop_id>/attendance-files/<int:batch_id>/undo")
@roles(Role.ORGANISER)
def undo(workshop_id: int, batch_id: int) -> Response:
    batch = service.undo_import(workshop_id, batch_id, by=current_actor(), now=clock.now())
    flash(_("Undone. All counts are as they were before this file."))
    return redirect(_page(batch))
