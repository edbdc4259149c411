"""What happens to reports in the background: rendering, and telling reviewers."""

from datetime import timedelta
from typing import Any

from eventsapp.core import clock, db
from eventsapp.core.actor import SYSTEM
from eventsapp.core.errors import N_
from eventsapp.documents.drawing import draw
from eventsapp.edge import storage
from eventsapp.edge.jobs import Run, job
from eventsapp.edge.mail import absolute_url, deliver, render_mail
from eventsapp.photos.queries import read_media
from eventsapp.reports import papers, queries, service
from eventsapp.reports.models import Report
from eventsapp.reports.types import EditionStatus

STEPS = 3


@job("reports.render_edition", attempts=4)
def render_edition(payload: dict[str, Any], run: Run) -> None:
    """Render one edition, keep its file, then note it: a repeat finds the same bytes."""
    edition = queries.get_edition(payload["edition_id"])
    if edition.status == EditionStatus.READY:
        return
    edition_id = edition.id
    run.progress(0, STEPS, N_("Composing the report"))
    document = papers.document_of(queries.get_edition(edition_id))
    attachments = papers.attachments_of(queries.get_edition(edition_id))
    run.progress(1, STEPS, N_("Drawing the pages"))
    rendered = draw(
        document,
        media=read_media,
        attachments=attachments,
        failed=lambda why: service.note_failure(edition_id, why, by=SYSTEM, now=clock.now()),
    )
    run.progress(2, STEPS, N_("Keeping the file"))
    key = storage.put(rendered.data, ".pdf")
    service.complete_edition(
        edition_id,
        file_key=key,
        sha256=rendered.sha256,
        size=len(rendered.data),
        pages=rendered.pages,
        by=SYSTEM,
        now=clock.now(),
    )


@job("reports.sweep_unsaved", every=timedelta(hours=12))
def sweep_unsaved(_payload: dict[str, Any], _run: Run) -> None:
    """Nobody's typing is kept for ever."""
    service.sweep_unsaved(now=clock.now())


@job("reports.tell_reviewers")
def tell_reviewers(payload: dict[str, Any], run: Run) -> None:
    """Tell who was asked, or every editor who wrote none of it, that a review waits.

    Nobody is told twice by a repeat.
    """
    report = db.get(Report, payload["report_id"])
    workshop, asked = report.workshop, payload.get("reviewer_id")
    letters = [
        (
            user.id,
            render_mail(
                "reports/review",
                user.lang,
                name=user.name,
                title=workshop.title.text(user.lang),
                page=absolute_url("reports.review", workshop_id=workshop.id),
            ).addressed(user.email, user.name),
        )
        for user in queries.possible_reviewers(report)
        if asked in {None, user.id}
    ]
    for user_id, letter in letters:
        deliver(letter, run=run, kind="reports/review", subject_ref=f"user:{user_id}")
