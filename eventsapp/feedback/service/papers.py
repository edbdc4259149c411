"""The form on paper: made by a worker, and gone when the form closes."""

from datetime import datetime
from functools import partial

import sqlalchemy as sa

from eventsapp.attendance.types import FileState
from eventsapp.core import audit, db
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.edge import storage
from eventsapp.edge.jobs import enqueue
from eventsapp.feedback import queries, rules
from eventsapp.feedback.models import FeedbackForm, FeedbackPaper
from eventsapp.feedback.service.invitations import print_cards
from eventsapp.feedback.service.locks import lock_form, subject_of
from eventsapp.feedback.types import Access

PRINT = "feedback.print_paper"


@transaction
def request_paper(
    form_id: int, *, lang: str, copies: int = 1, version: int = 0, by: Actor, now: datetime
) -> FeedbackPaper:
    """Have copies made to fill in by pen, each with a card's code of its own.

    Where one code is open to all, one copy is enough: it is photocopied. Raises WrongAccess where
    rights are personal, for a copy is tied to nobody; Stale as ``print_cards`` does.
    """
    form = lock_form(form_id)
    rules.check_may_change(form, by=by)
    rules.check_open(form)
    rules.check_takes_paper(form)
    sheet = 0
    if form.access == Access.CARDS:
        sheet = print_cards(form.id, copies, version=version, by=by, now=now)
    values = {
        "form_id": form.id,
        "form_version_id": queries.current_version(form).id,
        "lang": lang,
        "sheet": sheet,
    }
    fresh = {"state": FileState.WAITING, "requested_at": now}
    statement = db.insert_for(FeedbackPaper).values(values | fresh)
    made = db.session().execute(
        statement.on_conflict_do_update(
            index_elements=["form_version_id", "lang", "sheet"], set_=fresh
        ).returning(FeedbackPaper.id)
    )
    paper = db.get(FeedbackPaper, made.scalar_one())
    db.session().refresh(paper)
    paper.job_id = enqueue(PRINT, {"paper": paper.id}, subject=subject_of(form), now=now).id
    audit.record(
        "feedback.paper_requested", subject_of(form), by=by, now=now, detail={"lang": lang}
    )
    return paper


@transaction
def complete_paper(paper_id: int, *, file_key: str, pages: int) -> bool:
    """Note the file that a worker made; False where the form was closed meanwhile."""
    paper = db.session().get(FeedbackPaper, paper_id)
    if paper is None:
        return False
    paper.state, paper.file_key, paper.pages = FileState.READY, file_key, pages
    return True


@transaction
def fail_paper(paper_id: int) -> None:
    paper = db.session().get(FeedbackPaper, paper_id)
    if paper is not None:
        paper.state = FileState.FAILED


def forget_papers(form: FeedbackForm) -> None:
    """Take the files away with the rows, once the surrounding transaction is committed."""
    of_form = FeedbackPaper.form_id == form.id
    keys = db.session().scalars(sa.select(FeedbackPaper.file_key).where(of_form)).all()
    db.session().execute(sa.delete(FeedbackPaper).where(of_form))
    for key in filter(None, keys):
        db.after_commit(partial(storage.delete, key))
