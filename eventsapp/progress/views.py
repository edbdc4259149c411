"""The roll-up: its page, its spreadsheet, its PDF."""

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.errors import NotFound
from eventsapp.core.texts import direction
from eventsapp.documents.render import article_html
from eventsapp.edge import storage
from eventsapp.edge.tables import XLSX_TYPE, Cell, write_xlsx
from eventsapp.outcomes.types import Totals
from eventsapp.progress import queries, service
from eventsapp.progress.compose import breakdown_blocks, progress_blocks, sheet_of
from eventsapp.progress.types import PaperStatus, RollUp
from eventsapp.projects import queries as projects
from eventsapp.web.access import current_actor, roles
from eventsapp.web.filters import text
from eventsapp.web.forms import CreationForm
from eventsapp.web.locale import current_language

pages = Blueprint("progress", __name__)
BLUEPRINTS = [pages]

BASE = "/manage/projects/<slug>/progress"
readers = roles(Role.ORGANISER, Role.STAFF, Role.EDITOR)
PAGE_SIZE = 50


@pages.get(BASE)
@readers
def show(slug: str) -> str:
    rolled = queries.roll_up(projects.get_by_slug(slug))
    lang = current_language()
    sheet = sheet_of(rolled, lang)
    newest = list(reversed(rolled.rows))
    count = max(1, -(-len(newest) // PAGE_SIZE))
    number = min(max(1, request.args.get("page", 1, type=int)), count)
    return render_template(
        "progress/show.html",
        project=rolled.project,
        totals=rolled.totals,
        rows=newest[(number - 1) * PAGE_SIZE : number * PAGE_SIZE],
        page={"number": number, "pages": count, "total": len(newest)},
        blocks=article_html(
            (*progress_blocks(sheet), *breakdown_blocks(rolled, sheet)), lang=lang, media_url=str
        ),
        papers=queries.list_papers(rolled.project.id),
        form=CreationForm(formdata=None),
    )


@pages.get(f"{BASE}.xlsx")
@readers
def table(slug: str) -> Response:
    rolled = queries.roll_up(projects.get_by_slug(slug))
    is_rtl = direction(current_language()) == "rtl"
    return Response(
        write_xlsx(_rows(rolled), sheet=rolled.project.acronym, right_to_left=is_rtl),
        mimetype=XLSX_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{slug}.xlsx"'},
    )


def _rows(rolled: RollUp) -> list[list[Cell]]:
    """A row for each workshop, and one for all of them, in which a person counts once."""
    head: list[Cell] = [
        _("Reference"),
        _("Title"),
        _("Begins"),
        *(str(one) for one in (_("Persons"), _("Women"), _("In person"), _("Online"), _("Both"))),
        _("Attendances"),
    ]
    rows: list[list[Cell]] = [
        [
            row.workshop.ref,
            text(row.workshop.title),
            row.workshop.starts_at.date().isoformat(),
            *_cells(row.totals),
        ]
        for row in rolled.rows
    ]
    return [head, *rows, [_("All, each person once"), "", "", *_cells(rolled.totals)]]


def _cells(totals: Totals) -> list[Cell]:
    modes = [totals.by_mode.get(mode, 0) for mode in ("in_person", "online", "both")]
    return [totals.persons, totals.by_sex.get("female", 0), *modes, totals.attendances]


@pages.post(f"{BASE}/pdf")
@readers
def ask(slug: str) -> Answer:
    project = projects.get_by_slug(slug)
    form = CreationForm()
    if not form.validate_on_submit():
        raise NotFound
    service.ask_for_paper(
        project.id, current_language(), by=current_actor(), now=clock.now(), key=form.key()
    )
    flash(_("The PDF is being made. You can leave this page."))
    return redirect(url_for("progress.show", slug=slug))


@pages.get(f"{BASE}/<int:paper_id>.pdf")
@readers
def download(slug: str, paper_id: int) -> Answer:
    paper = queries.get_paper(projects.get_by_slug(slug).id, paper_id)
    if paper.status != PaperStatus.READY or not paper.file_key:
        raise NotFound
    if not storage.exists(paper.file_key):
        raise storage.FileMissing
    name = f"{slug}-{paper.created_at:%Y-%m-%d}-{paper.lang}.pdf"
    return send_file(storage.path(paper.file_key), mimetype="application/pdf", download_name=name)
