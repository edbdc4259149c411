"""The report as a Word file, for partners who must edit it; it is never an edition."""

from flask import Response, request

from eventsapp.core.actor import Role
from eventsapp.core.errors import Forbidden
from eventsapp.documents.word import WORD_TYPE, word_file
from eventsapp.photos.queries import read_media
from eventsapp.reports import papers, queries
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.types import FROZEN, EditionKind
from eventsapp.reports.views.blueprint import BASE, pages, readers, text_language, workshop_seen
from eventsapp.web.access import current_actor
from eventsapp.workshops.models import Workshop


@pages.get(f"{BASE}/word")
@readers
def word(workshop_id: int) -> Response:
    """As it reads now, or as it was approved; ``edition`` says for whom, ``text`` the language."""
    workshop = workshop_seen(workshop_id)
    wanted = request.args.get("edition", "")
    kind = EditionKind(wanted) if wanted in set(EditionKind) else EditionKind.PUBLIC
    if kind == EditionKind.DONOR and not current_actor().has(Role.STAFF, Role.EDITOR):
        raise Forbidden
    sheet, prose = _shown(workshop, text_language(workshop), kind)
    document = papers.draft_document(workshop, sheet, prose)
    name = f"{workshop.ref}-{kind}-{sheet.language.key}.docx"
    return Response(
        word_file(document, read_media=read_media),
        mimetype=WORD_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _shown(workshop: Workshop, lang: str, kind: EditionKind) -> tuple[FactSheet, dict[str, str]]:
    report = queries.find_report(workshop.id)
    if report is not None and report.status in FROZEN:
        snapshot = report.snapshots[-1]
        if lang in snapshot.content["languages"]:
            sheet = queries.frozen_sheet(snapshot, lang, kind)
            return sheet, dict(snapshot.content["prose"][lang])
    sheet = queries.live_sheet(workshop, lang, kind)
    return sheet, queries.current_prose(report, sheet)
