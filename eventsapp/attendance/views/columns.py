"""The columns of a file whose layout nobody described."""

from flask import flash, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventsapp.attendance import service
from eventsapp.attendance.forms.files import MOST_COLUMNS, ROLE_LABELS, ColumnsForm, form_data
from eventsapp.attendance.models import ImportBatch
from eventsapp.attendance.queries import imports as queries
from eventsapp.attendance.queries import whole_of
from eventsapp.attendance.reading.columns import FURTHEST_HEAD
from eventsapp.attendance.reading.how import HowToRead
from eventsapp.attendance.types import BatchStatus
from eventsapp.attendance.views.blueprint import pages
from eventsapp.attendance.views.files import page_of
from eventsapp.attendance.views.people import managed, shared
from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.edge import storage
from eventsapp.edge.tables import open_table
from eventsapp.web.access import current_actor, roles
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules import check_zone

MOST_SHOWN = 6


@pages.route(
    "/manage/workshops/<int:workshop_id>/attendance-files/<int:batch_id>/columns",
    methods=["GET", "POST"],
)
@roles(Role.ORGANISER)
def columns(workshop_id: int, batch_id: int) -> str | Response:
    """Which column holds what: filled in by a guess from what stands in them."""
    workshop = managed(workshop_id)
    batch = queries.get_batch(workshop_id, batch_id)
    if batch.status == BatchStatus.CONFIRMED:
        return redirect(page_of(batch))
    sample = open_table(storage.path(batch.file_key)).first(FURTHEST_HEAD)
    form = _form(workshop, batch, sample)
    chosen = form.accept(
        lambda: service.choose_columns(
            workshop_id, batch_id, form.draft(), by=current_actor(), now=clock.now()
        )
    )
    if chosen is not None:
        flash(_("Read. Look at the result, then confirm."))
        return redirect(page_of(chosen))
    return render_template(
        "attendance/columns.html",
        batch=batch,
        form=form,
        role_labels=ROLE_LABELS,
        head=_head(form, sample),
        rows=_rows_below(form, sample),
        **shared(workshop),
    )


def _form(workshop: Workshop, batch: ImportBatch, sample: list[list[str]]) -> ColumnsForm:
    how = HowToRead.from_json(batch.columns)
    width = max((len(row) for row in sample), default=1)
    form = ColumnsForm(data=form_data(how, width, batch.timezone))
    form.offer(sample, how.reading(check_zone(workshop.timezone), whole_of(workshop)).days)
    return form


def _head_row(form: ColumnsForm) -> int:
    """The row that was chosen, as far as it is one: forms may be sent with anything."""
    typed = form.head.data or ""
    return int(typed) if typed.isdecimal() and len(typed) < 4 else -1


def _head(form: ColumnsForm, sample: list[list[str]]) -> list[str]:
    number = _head_row(form)
    return sample[number][:MOST_COLUMNS] if 0 <= number < len(sample) else []


def _rows_below(form: ColumnsForm, sample: list[list[str]]) -> list[list[str]]:
    """The first filled rows below the head, as wide as the file."""
    number = _head_row(form)
    width = len(form.columns)
    filled = [row for row in sample[number + 1 :] if any(row)][:MOST_SHOWN]
    return [(row + [""] * width)[:width] for row in filled]
