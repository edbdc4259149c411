"""Drawing a roll-up in the background."""

from typing import Any

from eventsapp.core import db
from eventsapp.core.errors import N_
from eventsapp.documents import frozen
from eventsapp.documents.drawing import draw
from eventsapp.edge import storage
from eventsapp.edge.jobs import Run, job
from eventsapp.photos.queries import read_media
from eventsapp.progress import service
from eventsapp.progress.models import ProjectPaper
from eventsapp.progress.types import PaperStatus


@job("progress.render_paper", attempts=4)
def render_paper(payload: dict[str, Any], run: Run) -> None:
    """Render the frozen document and keep its file; a repeat finds the same bytes."""
    paper_id = payload["paper_id"]
    paper = db.get(ProjectPaper, paper_id)
    if paper.status == PaperStatus.READY:
        return
    document = frozen.from_json(paper.content)
    run.progress(0, 1, N_("Drawing the pages"))
    rendered = draw(
        document, media=read_media, failed=lambda why: service.note_failure(paper_id, why)
    )
    key = storage.put(rendered.data, ".pdf")
    service.complete_paper(paper_id, file_key=key, size=len(rendered.data), pages=rendered.pages)
