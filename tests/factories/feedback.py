"""Forms, cards and answers, through the public services."""

import secrets
import time
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from eventsapp.attendance import service as attendance
from eventsapp.attendance.models import Registration
from eventsapp.core import db
from eventsapp.core.actor import SYSTEM
from eventsapp.edge.jobs import Job, TryAgain
from eventsapp.feedback import queries, service
from eventsapp.feedback.models import FeedbackForm
from eventsapp.feedback.types import Access, Receipt, Submission
from eventsapp.workshops.models import Workshop
from tests.factories.workshops import make_workshop

DURING = datetime(2022, 2, 9, 12, 0, tzinfo=UTC)
AFTER = datetime(2022, 2, 10, 12, 0, tzinfo=UTC)
ANSWERS: dict[str, Any] = {"usefulness": "5", "knowledge": "4", "mode": "in_person"}


def make_form(
    workshop: Workshop | None = None, *, access: Access = Access.CARDS, opened: bool = True
) -> FeedbackForm:
    """The end-of-workshop form, open for answers."""
    workshop = workshop or make_workshop()
    form = service.create_form(workshop.id, "end", access=access, by=SYSTEM, now=DURING)
    if opened:
        service.open_form(form.id, by=SYSTEM, now=DURING)
    return form


def make_cards(form: FeedbackForm, count: int) -> tuple[str, ...]:
    sheet = service.print_cards(form.id, count, by=SYSTEM, now=DURING)
    return queries.sheet_codes(form, sheet)


def submission(form: FeedbackForm, code: str, **changes: Any) -> Submission:
    given: dict[str, Any] = {
        "version_id": queries.current_version(form).id,
        "lang": "en",
        "answers": ANSWERS,
        "retry_key": secrets.token_hex(16),
    }
    return Submission(code=code, **(given | changes))


def answer(form: FeedbackForm, code: str, *, now: datetime = DURING, **changes: Any) -> Receipt:
    return service.submit(submission(form, code, **changes), now=now)


def close(form: FeedbackForm) -> int:
    return service.close_form(form.id, by=SYSTEM, now=AFTER)


def attended(registration: Registration) -> Registration:
    attendance.check_in_registration(registration.id, by=SYSTEM, now=DURING)
    return registration


def erase(*, patience: float = 150) -> None:
    """As the job does it: again and again while somebody else's transaction stands in the way.

    Only who is older than the deletion does; without its number a server on which tests write
    side by side would never be quiet enough.
    """
    after = db.session().scalar(
        sa.select(Job.payload).where(Job.name == "feedback.erase_traces").order_by(Job.id.desc())
    )
    until = time.monotonic() + patience
    while True:
        try:
            return service.erase_traces(after=(after or {}).get("after", ""))
        except TryAgain:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
