"""Attendance files of video tools: upload, look, decide, confirm, undo."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from eventsapp.attendance import service
from eventsapp.attendance.forms import UploadForm
from eventsapp.attendance.models import ImportBatch
from eventsapp.attendance.queries import imports as queries
from eventsapp.attendance.queries.imports.batches import SHOWN
from eventsapp.attendance.rules.importing import FileMissing, FileTooLarge
from eventsapp.attendance.rules.matching import IGNORE, MatchKind
from eventsapp.attendance.types import BatchStage, BatchStatus
from eventsapp.attendance.views.blueprint import pages
from eventsapp.attendance.views.people import managed, shared
from eventsapp.core import clock, db
from eventsapp.core.actor import Role
from eventsapp.core.errors import Refused
from eventsapp.edge.jobs import find_jobs_about
from eventsapp.web.access import current_actor, roles
from eventsapp.web.errors import error_page, translate
from eventsapp.web.forms import value
from eventsapp.web.uploads import drop_upload
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules import may_manage

# Teams writes two bytes a letter: a day with a hundred thousand rows must fit.
MOST_UPLOADED_BYTES = 48 * 1024 * 1024
MISSING, PROBLEMS, WALK_IN = "missing", "problems", "new"


@pages.url_value_preprocessor
def allow_long_files(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Uploads of attendance files may be longer than others; said before the form is read."""
    if request.endpoint == "attendance.files":
        request.max_content_length = MOST_UPLOADED_BYTES


@pages.route("/manage/workshops/<int:workshop_id>/attendance-files", methods=["GET", "POST"])
@roles(Role.ORGANISER)
def files(workshop_id: int) -> str | Response:
    workshop = managed(workshop_id)
    form = UploadForm(timezone=workshop.timezone)
    batch = form.accept(lambda: _keep(workshop_id, form))
    if batch is not None:
        return redirect(page_of(batch))
    return _files_page(workshop, form)


def _files_page(workshop: Workshop, form: UploadForm) -> str:
    return render_template(
        "attendance/files.html",
        form=form,
        page=queries.list_batches(workshop.id, page=request.args.get("page", 1, type=int)),
        layout_label=queries.layout_label,
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


def page_of(batch: ImportBatch) -> str:
    """Where a file is worked on: on its own page, once its columns are known."""
    name = "columns" if batch.stage == BatchStage.COLUMNS else "file"
    return url_for(f"attendance.{name}", workshop_id=batch.workshop_id, batch_id=batch.id)


@pages.get("/manage/workshops/<int:workshop_id>/attendance-files/<int:batch_id>")
@roles(Role.ORGANISER)
def file(workshop_id: int, batch_id: int) -> str | Response:
    """What the file says and whom its rows are taken for; looking changes nothing."""
    workshop = managed(workshop_id)
    batch = queries.get_batch(workshop_id, batch_id)
    if batch.stage == BatchStage.COLUMNS:
        return redirect(page_of(batch))
    if batch.stage != BatchStage.READY:
        jobs = find_jobs_about(f"import_batch:{batch.id}")
        return render_template(
            "attendance/reading.html", batch=batch, job=next(iter(jobs), None), **shared(workshop)
        )
    return render_template("attendance/file.html", **_found_in(workshop, batch))


def _found_in(workshop: Workshop, batch: ImportBatch) -> dict[str, Any]:
    """What the page of a file shows: a tab of its lines, and how many each tab has."""
    kinds = queries.count_kinds(batch.id)
    counts = {tab: sum(kinds.get(kind, 0) for kind in of_tab) for tab, of_tab in SHOWN.items()}
    counts |= {
        MISSING: queries.count_missing(workshop.id, batch.id),
        PROBLEMS: batch.problem_count,
    }
    shown = _shown(counts)
    number = request.args.get("page", 1, type=int)
    page = queries.list_lines(batch.id, shown, page=number) if shown in SHOWN else None
    earlier = queries.find_confirmed(workshop.id, batch.file_hash)
    return {
        "batch": batch,
        "layout_label": queries.layout_label(batch.layout_key),
        "counts": counts,
        "people": queries.count_people(batch.id),
        "spellings": kinds.get(MatchKind.SPELLING, 0),
        "shown": shown,
        "page": page,
        "missing": queries.list_missing(workshop.id, batch.id, page=number)
        if shown == MISSING
        else None,
        "suggested": queries.suggested(page.rows) if page else {},
        "earlier": earlier if earlier is not None and earlier.id != batch.id else None,
        "may_decide": batch.status != BatchStatus.CONFIRMED,
        **shared(workshop),
    }


def _shown(counts: dict[str, int]) -> str:
    """The tab that was asked for, or the first that has something."""
    wanted = request.args.get("show", "")
    if wanted in counts:
        return wanted
    return next((tab for tab, count in counts.items() if count), "matched")


@pages.post("/manage/workshops/<int:workshop_id>/attendance-files/<int:batch_id>/decide")
@roles(Role.ORGANISER)
def decide(workshop_id: int, batch_id: int) -> Response:
    """Keep whom a person takes rows for: fields ``row-12`` with a registration, ``0`` for nobody
    on the list, or ``new`` for somebody to be put on it."""
    chosen = _chosen()
    decisions = {
        row: int(typed) for row, typed in chosen.items() if typed.isdecimal() and len(typed) < 10
    }
    batch = service.decide_rows(
        workshop_id, batch_id, decisions, by=current_actor(), now=clock.now()
    )
    for row in [row for row, typed in chosen.items() if typed == WALK_IN]:
        service.add_walk_in(workshop_id, batch_id, row, by=current_actor(), now=clock.now())
    flash(_("Kept. Look at the result, then confirm."))
    return redirect(page_of(batch))


def _chosen() -> dict[int, str]:
    rows = {
        name.removeprefix("row-"): typed
        for name, typed in request.form.items()
        if name.startswith("row-") and typed
    }
    return {int(row): typed for row, typed in rows.items() if row.isdecimal() and len(row) < 10}


@pages.get("/manage/workshops/<int:workshop_id>/attendance-files/<int:batch_id>/rows/<int:number>")
@roles(Role.ORGANISER)
def line(workshop_id: int, batch_id: int, number: int) -> str:
    """Who somebody in the file is: look for them, put them on the list, or leave them out."""
    workshop = managed(workshop_id)
    batch = queries.get_batch(workshop_id, batch_id)
    found = queries.get_line(batch.id, number)
    words = request.args.get("q", "")[:100]
    return render_template(
        "attendance/line.html",
        batch=batch,
        line=found,
        words=words,
        people=queries.find_people(workshop_id, words),
        suggested=queries.suggested([found]),
        ignore=IGNORE,
        walk_in=WALK_IN,
        may_decide=batch.status != BatchStatus.CONFIRMED,
        **shared(workshop),
    )


@pages.post("/manage/workshops/<int:workshop_id>/attendance-files/<int:batch_id>/look-again")
@roles(Role.ORGANISER)
def look_again(workshop_id: int, batch_id: int) -> Response:
    """Match the file with the list of people as it is now."""
    batch = service.look_again(workshop_id, batch_id, by=current_actor(), now=clock.now())
    return redirect(page_of(batch))


@pages.post("/manage/workshops/<int:workshop_id>/attendance-files/<int:batch_id>/confirm")
@roles(Role.ORGANISER)
def confirm(workshop_id: int, batch_id: int) -> Response:
    managed(workshop_id)
    batch = queries.get_batch(workshop_id, batch_id)
    try:
        count = service.confirm_import(workshop_id, batch_id, by=current_actor(), now=clock.now())
    except Refused as refused:
        if refused.status == 403:
            raise
        flash(translate(refused), "error")
    else:
        if batch.stage == BatchStage.IMPORTING:
            return redirect(page_of(batch))
        flash(
            ngettext(
                "Imported: %(num)d person took part online.",
                "Imported: %(num)d people took part online.",
                count,
            )
        )
    return redirect(page_of(batch))


@pages.post("/manage/workshops/<int:workshop_id>/attendance-files/<int:batch_id>/undo")
@roles(Role.ORGANISER)
def undo(workshop_id: int, batch_id: int) -> Response:
    batch = service.undo_import(workshop_id, batch_id, by=current_actor(), now=clock.now())
    flash(_("Undone. All counts are as they were before this file."))
    return redirect(page_of(batch))
