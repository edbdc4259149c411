"""Forms, their versions, how many answered, and the codes that can be printed again."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from eventsapp.core import db
from eventsapp.core.discover import find_plugins
from eventsapp.core.errors import NotFound
from eventsapp.edge.keys import kept_key
from eventsapp.feedback import form_templates
from eventsapp.feedback.form_template import FormTemplate
from eventsapp.feedback.models import (
    FeedbackForm,
    FeedbackInbox,
    FeedbackPaper,
    FeedbackResponse,
    FormVersion,
    Invitation,
)
from eventsapp.feedback.rules import check_has_form
from eventsapp.feedback.rules.tokens import card_id, make_code
from eventsapp.questions.types import Question

TEMPLATES: Final = find_plugins(form_templates, FormTemplate)
# Made like a card, of a sheet that is never printed.
MOST_TO_TAKE: Final = 200
DOOR: Final = (0, 0)


@dataclass(frozen=True, slots=True)
class Counts:
    """All that staff may know of answers before they are mixed."""

    handed_out: int
    waiting: int
    mixed: int

    @property
    def received(self) -> int:
        return self.waiting + self.mixed


def get_form(form_id: int) -> FeedbackForm:
    return db.get(FeedbackForm, form_id)


def find_form_of(workshop_id: int, purpose: str = "end") -> FeedbackForm | None:
    return db.session().scalar(
        sa.select(FeedbackForm).where(
            FeedbackForm.workshop_id == workshop_id, FeedbackForm.purpose == purpose
        )
    )


def forms_to_take(workshop_id: int) -> list[FeedbackForm]:
    """Other workshops' forms that this one could start from, the newest first."""
    own = sa.select(FeedbackForm.purpose).where(FeedbackForm.workshop_id == workshop_id)
    return list(
        db.session().scalars(
            sa.select(FeedbackForm)
            .options(joinedload(FeedbackForm.workshop))
            .where(FeedbackForm.workshop_id != workshop_id, FeedbackForm.purpose.not_in(own))
            .order_by(FeedbackForm.id.desc())
            .limit(MOST_TO_TAKE)
        )
    )


def get_form_of(workshop_id: int, purpose: str = "end") -> FeedbackForm:
    return check_has_form(find_form_of(workshop_id, purpose))


def current_version(form: FeedbackForm) -> FormVersion:
    return (
        db.session()
        .scalars(
            sa.select(FormVersion)
            .where(FormVersion.form_id == form.id)
            .order_by(FormVersion.number.desc())
            .limit(1)
        )
        .one()
    )


def versions_of(form: FeedbackForm) -> list[FormVersion]:
    """Every version, the newest first."""
    return list(
        db.session().scalars(
            sa.select(FormVersion)
            .where(FormVersion.form_id == form.id)
            .order_by(FormVersion.number.desc())
        )
    )


def versions_with_counts(form: FeedbackForm) -> list[tuple[FormVersion, int]]:
    """Every version, the newest first, and how many answered it: all that is known of them."""
    counts: Counter[int] = Counter()
    for table in (FeedbackInbox, FeedbackResponse):
        of_version = (
            sa.select(table.form_version_id, sa.func.count())
            .where(table.form_version_id.in_([version.id for version in form.versions]))
            .group_by(table.form_version_id)
        )
        for version_id, count in db.session().execute(of_version):
            counts[version_id] += count
    return [(version, counts[version.id]) for version in versions_of(form)]


def questions_ever_asked(form: FeedbackForm) -> tuple[Question, ...]:
    """Every question that was ever asked, as it was worded last; the current ones first."""
    found: dict[str, Question] = {}
    for version in versions_of(form):
        for question in questions_of(version):
            found.setdefault(question.key, question)
    return tuple(found.values())


def questions_of(version: FormVersion) -> tuple[Question, ...]:
    return tuple(Question.from_json(item) for item in version.questions)


def count_answers(form: FeedbackForm) -> Counts:
    """Rights handed out and answers received; a code for everybody is no right to count."""
    session = db.session()
    versions = sa.select(FormVersion.id).where(FormVersion.form_id == form.id).scalar_subquery()
    waiting, mixed = (
        session.scalar(
            sa.select(sa.func.count()).select_from(table).where(table.form_version_id.in_(versions))
        )
        or 0
        for table in (FeedbackInbox, FeedbackResponse)
    )
    handed_out = session.scalar(
        sa.select(sa.func.count()).select_from(Invitation).where(Invitation.form_id == form.id)
    )
    is_counted = form.access != "open"
    return Counts((handed_out or 0) if is_counted else 0, waiting=waiting, mixed=mixed)


def sheet_codes(form: FeedbackForm, sheet: int) -> tuple[str, ...]:
    """The codes of a printed sheet (from 1), used or not: the paper is the same."""
    if not 1 <= sheet <= len(form.card_sheets):
        return ()
    key = kept_key("feedback")
    return tuple(
        make_code(key, card_id(key, form.id, sheet, number))
        for number in range(form.card_sheets[sheet - 1])
    )


def list_papers(form: FeedbackForm) -> Sequence[FeedbackPaper]:
    """Copies to fill in by pen, the newest first."""
    statement = (
        sa.select(FeedbackPaper)
        .where(FeedbackPaper.form_id == form.id)
        .order_by(FeedbackPaper.requested_at.desc(), FeedbackPaper.id.desc())
    )
    return db.session().scalars(statement).all()


def get_paper(form: FeedbackForm, paper_id: int) -> FeedbackPaper:
    paper = db.get(FeedbackPaper, paper_id)
    if paper.form_id != form.id:
        raise NotFound
    return paper


def door_code(form: FeedbackForm) -> str:
    """The one code of an open form."""
    key = kept_key("feedback")
    return make_code(key, card_id(key, form.id, *DOOR))
