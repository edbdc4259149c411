"""Use cases of the roll-up: asking for it as a PDF."""

from datetime import datetime

from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.core.idempotency import CreationKey, once
from eventsapp.documents import frozen
from eventsapp.edge.jobs import enqueue
from eventsapp.progress import queries, rules
from eventsapp.progress.compose import compose
from eventsapp.progress.models import ProjectPaper
from eventsapp.progress.types import PaperStatus
from eventsapp.projects.models import Project

RENDER = "progress.render_paper"


@transaction
def ask_for_paper(
    project_id: int, lang: str, *, by: Actor, now: datetime, key: CreationKey | None = None
) -> ProjectPaper:
    """Freeze the roll-up as it is now and have it drawn in the background."""
    rules.check_may_see(by=by)
    project = db.get(Project, project_id)

    def create() -> ProjectPaper:
        document = compose(queries.roll_up(project), lang, now=now)
        paper = ProjectPaper(
            project_id=project_id,
            lang=lang,
            content=frozen.to_json(document),
            created_at=now,
            created_by=by.id,
        )
        db.session().add(paper)
        db.session().flush()
        job = enqueue(RENDER, {"paper_id": paper.id}, now=now, subject=f"project_paper:{paper.id}")
        paper.job_id = job.id
        audit.record("project.rolled_up", f"project:{project_id}", by=by, now=now)
        return paper

    return once(key, create, ProjectPaper, now=now)


@transaction
def complete_paper(paper_id: int, *, file_key: str, size: int, pages: int) -> None:
    """Note the stored file; a repeat changes nothing."""
    paper = db.get(ProjectPaper, paper_id)
    if paper.status != PaperStatus.READY:
        paper.file_key, paper.size, paper.pages = file_key, size, pages
        paper.status, paper.failure = PaperStatus.READY, ""


@transaction
def note_failure(paper_id: int, message: str) -> None:
    """Keep why a paper has no file; ``message`` is a msgid for people."""
    paper = db.get(ProjectPaper, paper_id)
    if paper.status != PaperStatus.READY:
        paper.status, paper.failure = PaperStatus.FAILED, message
