"""Numbered editions: asking for them, waiting for them, taking them away."""

from flask import flash, redirect, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.errors import Forbidden, NotFound
from eventsapp.edge import storage
from eventsapp.reports import forms, queries, rules, service
from eventsapp.reports.types import EditionKind, EditionStatus
from eventsapp.reports.views.blueprint import BASE, pages, readers, workshop_seen, writers
from eventsapp.web.access import current_actor


@pages.post(f"{BASE}/issue")
@writers
def issue(workshop_id: int) -> Answer:
    report = queries.get_report(workshop_id)
    form = forms.issue_form(report.languages)
    if not form.validate_on_submit():
        raise rules.NothingToIssue
    service.issue_report(
        report.id,
        kinds=[form.wanted_kind()],
        languages=form.wanted_languages(),
        by=current_actor(),
        now=clock.now(),
    )
    flash(_("The PDFs are being made. You can leave this page."))
    return redirect(url_for("reports.edit", workshop_id=workshop_id))


@pages.get(f"{BASE}/editions/<int:edition_id>.pdf")
@readers
def download(workshop_id: int, edition_id: int) -> Answer:
    workshop = workshop_seen(workshop_id)
    edition = queries.get_edition(edition_id)
    if edition.report.workshop_id != workshop.id or edition.status != EditionStatus.READY:
        raise NotFound
    if edition.kind == EditionKind.DONOR and not current_actor().has(Role.STAFF, Role.EDITOR):
        raise Forbidden
    name = f"{workshop.ref}-{edition.number}-{edition.kind}-{edition.lang}.pdf"
    path = storage.path(edition.file_key or "")
    if not path.is_file():
        raise storage.FileMissing
    return send_file(
        path, mimetype="application/pdf", download_name=name, etag=edition.sha256 or ""
    )
