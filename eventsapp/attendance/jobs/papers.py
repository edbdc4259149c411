"""Papers to print."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from eventsapp.attendance import printing, service
from eventsapp.attendance.models import AttendancePaper, Certificate
from eventsapp.attendance.queries import papers
from eventsapp.attendance.service.certificates import CERTIFY
from eventsapp.attendance.service.papers import PRINT
from eventsapp.attendance.types import FileState, PaperKind
from eventsapp.core import db
from eventsapp.core.errors import N_
from eventsapp.documents.drawing import draw
from eventsapp.edge import storage
from eventsapp.edge.jobs import Run, job
from eventsapp.workshops.models import Workshop


@job(PRINT, attempts=4)
def print_paper(payload: dict[str, Any], run: Run) -> None:
    """Make a list to sign or badges, and keep the file."""
    paper = db.session().get(AttendancePaper, payload["paper"])
    if paper is None:
        return
    paper_id, workshop = paper.id, db.get(Workshop, paper.workshop_id)
    people = papers.list_expected(workshop.id)
    media: Mapping[str, bytes] = {}
    if paper.kind == PaperKind.SHEET:
        day = date.fromisoformat(paper.day)
        document = printing.sheet_document(
            workshop, day, people, lang=paper.lang, made_at=paper.requested_at
        )
    else:
        media = printing.badge_media(people)
        document = printing.badges_document(
            workshop, people, lang=paper.lang, made_at=paper.requested_at
        )
    count = len(people)
    run.progress(0, 1, N_("Drawing the pages"))
    made = draw(document, media=media, failed=lambda _why: service.fail_paper(paper_id))
    key = storage.put(made.data, ".pdf")
    service.complete_paper(paper_id, file_key=key, pages=made.pages, people=count)


@job(CERTIFY, attempts=4)
def make_certificate(payload: dict[str, Any], run: Run) -> None:
    """Make somebody's certificate, as it was issued last."""
    certificate = db.session().get(Certificate, payload["certificate"])
    if certificate is None or certificate.state == FileState.READY:
        return
    certificate_id, issued_at = certificate.id, certificate.issued_at
    run.progress(0, 1, N_("Drawing the pages"))
    made = draw(
        printing.certificate_document(certificate),
        media=printing.certificate_media(certificate),
        failed=lambda _why: service.fail_certificate(certificate_id),
    )
    key = storage.put(made.data, ".pdf")
    service.complete_certificate(certificate_id, file_key=key, issued_at=issued_at)
