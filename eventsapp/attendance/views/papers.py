"""Lists to sign, badges, the sheets that come back, and heads that were counted."""

from datetime import date
from typing import Any

from babel.dates import format_date
from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from eventsapp.attendance import service
from eventsapp.attendance.paper_forms import HeadCountForm, PaperForm, ScanForm
from eventsapp.attendance.queries import count_expected_in_room
from eventsapp.attendance.queries import papers as queries
from eventsapp.attendance.rules import papers as rules
from eventsapp.attendance.types import FileState, PaperKind
from eventsapp.attendance.views.blueprint import pages
from eventsapp.attendance.views.people import managed, shared
from eventsapp.core import clock, db
from eventsapp.core.actor import Role
from eventsapp.core.errors import NotFound
from eventsapp.edge import storage
from eventsapp.web.access import current_actor, roles
from eventsapp.web.files import private_file
from eventsapp.web.forms import member
from eventsapp.web.locale import OWN_NAMES, current_language, format_locale
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode

PAPERS = "/manage/workshops/<int:workshop_id>/papers"
SHEET = "/manage/workshops/<int:workshop_id>/sheets/<day>"


@pages.route(PAPERS, methods=["GET", "POST"])
@roles(Role.ORGANISER)
def papers(workshop_id: int) -> str | Response:
    """What can be printed; a post has it made."""
    workshop = managed(workshop_id)
    days = rules.days_of(workshop)
    form = PaperForm(lang=current_language(), paper=days[0].isoformat())
    form.offer([(day.isoformat(), _("List of %(day)s", day=day_name(day))) for day in days])
    made = form.accept(
        lambda: service.request_paper(
            workshop_id,
            form.kind(),
            day=form.day(),
            lang=form.lang.data,
            by=current_actor(),
            now=clock.now(),
        )
    )
    if made is not None:
        return redirect(url_for("attendance.papers", workshop_id=workshop_id))
    return render_template(
        "attendance/papers.html", form=form, **_kept(workshop), **shared(workshop)
    )


def day_name(day: date) -> str:
    return format_date(day, "full", locale=format_locale())


def _kept(workshop: Workshop) -> dict[str, Any]:
    found, seen = queries.list_papers(workshop.id), queries.seen_by_day(workshop)
    return {
        "papers": found,
        "language_names": OWN_NAMES,
        "names": {
            paper.id: _("Badges")
            if paper.kind == PaperKind.BADGES
            else _("List of %(day)s", day=day_name(date.fromisoformat(paper.day)))
            for paper in found
        },
        "working": [paper for paper in found if paper.state == FileState.WAITING],
        "days": [
            {
                "key": day.isoformat(),
                "name": day_name(day),
                "seen": len(seen[day]),
            }
            for day in rules.days_of(workshop)
        ],
        "expected": count_expected_in_room(workshop.id),
    }


@pages.get(f"{PAPERS}/<int:paper_id>.pdf")
@roles(Role.ORGANISER)
def paper_file(workshop_id: int, paper_id: int) -> FlaskResponse:
    workshop = managed(workshop_id)
    paper = queries.get_paper(workshop_id, paper_id)
    if paper.state != FileState.READY or not paper.file_key:
        raise NotFound
    name = "-".join(part for part in (workshop.ref, paper.kind, paper.day, paper.lang) if part)
    return private_file(storage.find(paper.file_key), f"{name}.pdf")


@pages.get(SHEET)
@roles(Role.ORGANISER)
def sheet(workshop_id: int, day: str) -> str:
    """Enter a signed sheet: who signed, its scan, or only how many there were."""
    return _sheet_page(managed(workshop_id), day)


def _sheet_page(workshop: Workshop, day: str, **forms: Any) -> str:
    found = _day(workshop, day)
    return render_template(
        "attendance/sheet.html",
        day=day,
        day_name=day_name(found),
        people=queries.list_expected(workshop.id),
        seen=queries.seen_by_day(workshop)[found],
        scans=[scan for scan in queries.list_scans(workshop.id) if scan.day == day],
        counts=[count for count in queries.list_head_counts(workshop.id) if count.day == day],
        **({"scan_form": ScanForm(formdata=None), "count_form": HeadCountForm(formdata=None)})
        | forms,
        **shared(workshop),
    )


def _day(workshop: Workshop, day: str) -> date:
    try:
        return rules.check_day(workshop, day)
    except rules.NotADay as refused:
        raise NotFound from refused


@pages.post(f"{SHEET}/signed")
@roles(Role.ORGANISER)
def sheet_signed(workshop_id: int, day: str) -> Response:
    workshop = managed(workshop_id)
    _day(workshop, day)
    ticked = {key for key in request.form.getlist("signed", type=int) if 0 < key < 2**31}
    count = service.note_signed(workshop_id, day, ticked, by=current_actor(), now=clock.now())
    flash(
        ngettext("%(num)d signature is noted.", "%(num)d signatures are noted.", count)
        if count
        else _("Nothing new: whoever is ticked was there already.")
    )
    return redirect(url_for("attendance.sheet", workshop_id=workshop_id, day=day))


@pages.post(f"{SHEET}/scans")
@roles(Role.ORGANISER)
def sheet_scan(workshop_id: int, day: str) -> str | Response:
    workshop = managed(workshop_id)
    _day(workshop, day)
    form = ScanForm()
    kept = form.accept(lambda: _keep(workshop_id, day, form))
    if kept is None:
        return _sheet_page(workshop, day, scan_form=form)
    flash(_("The scan is kept."))
    return redirect(url_for("attendance.sheet", workshop_id=workshop_id, day=day))


def _keep(workshop_id: int, day: str, form: ScanForm) -> Any:
    upload = form.file.data
    if not upload or not upload.filename:
        raise rules.NotAScan
    return service.keep_scan(
        workshop_id,
        day,
        upload.read(rules.SCAN_BYTES + 1),
        name=upload.filename,
        by=current_actor(),
        now=clock.now(),
    )


@pages.get(f"{SHEET}/scans/<int:scan_id>")
@roles(Role.ORGANISER)
def scan_file(workshop_id: int, day: str, scan_id: int) -> FlaskResponse:
    workshop = managed(workshop_id)
    scan = queries.get_scan(workshop_id, scan_id)
    if scan.day != day:
        raise NotFound
    suffix = scan.file_key.rpartition(".")[2]
    return private_file(storage.find(scan.file_key), f"{workshop.ref}-{day}-{scan.id}.{suffix}")


@pages.post(f"{SHEET}/scans/<int:scan_id>/remove")
@roles(Role.ORGANISER)
def remove_scan(workshop_id: int, day: str, scan_id: int) -> Response:
    service.remove_scan(workshop_id, scan_id, by=current_actor(), now=clock.now())
    flash(_("The scan is taken away. What was noted from it stays."))
    return redirect(url_for("attendance.sheet", workshop_id=workshop_id, day=day))


@pages.post(f"{SHEET}/counts")
@roles(Role.ORGANISER)
def count_heads(workshop_id: int, day: str) -> str | Response:
    workshop = managed(workshop_id)
    _day(workshop, day)
    form = HeadCountForm()
    counted = form.accept(
        lambda: service.count_heads(
            workshop_id,
            day,
            form.persons.data,
            mode=member(Mode, form.mode),
            note=form.note.data or "",
            by=current_actor(),
            now=clock.now(),
        )
    )
    if counted is None:
        db.session().rollback()
        return _sheet_page(workshop, day, count_form=form)
    flash(_("The head-count is noted."))
    return redirect(url_for("attendance.sheet", workshop_id=workshop_id, day=day))


@pages.post(f"{SHEET}/counts/<int:count_id>/take-back")
@roles(Role.ORGANISER)
def take_back_count(workshop_id: int, day: str, count_id: int) -> Response:
    service.take_back_count(workshop_id, count_id, by=current_actor(), now=clock.now())
    flash(_("The head-count is taken back."))
    return redirect(url_for("attendance.sheet", workshop_id=workshop_id, day=day))
