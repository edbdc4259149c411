"""What the annexes list: who took part, by name and for the donor only, and what was asked."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from eventsapp.attendance.models import Registration
from eventsapp.attendance.queries import presences_of
from eventsapp.core import db
from eventsapp.core.texts import Texts
from eventsapp.feedback import queries as feedback
from eventsapp.reports.fact_source import FactSource
from eventsapp.reports.types import Evidence, Fact
from eventsapp.workshops.models import Workshop

PEOPLE = Texts.of(en="Participants by name", fr="Liste des participants", ar="قائمة المشاركين")
ASKED = Texts.of(en="Questionnaire", fr="Questionnaire", ar="الاستبيان")


def gather(workshop: Workshop) -> Iterable[Fact]:
    people = _people(workshop)
    if people:
        yield Fact("annexes.participants", "rows", people, PEOPLE, public=False)
    asked = _asked(workshop)
    if asked:
        yield Fact("annexes.questionnaire", "rows", asked, ASKED)


def _people(workshop: Workshop) -> list[dict[str, Any]]:
    """Everybody who left evidence, by name."""
    presences = presences_of(workshop)
    registrations = db.session().scalars(
        sa.select(Registration)
        .where(Registration.workshop_id == workshop.id)
        .options(joinedload(Registration.person))
    )
    rows = [
        {
            "name": row.person.name,
            "institution": row.person.institution,
            "function": row.person.function,
            "country": row.person.country_code,
            "mode": str(presences[row.id].took_part),
        }
        for row in registrations
        if row.id in presences
    ]
    return sorted(rows, key=lambda row: (row["name"].casefold(), row["institution"]))


def _asked(workshop: Workshop) -> list[dict[str, Any]]:
    form = feedback.find_form_of(workshop.id)
    if form is None:
        return []
    questions = feedback.questions_of(feedback.current_version(form))
    return [
        {
            "text": question.text.to_json(),
            "options": [option.text.to_json() for option in question.options],
        }
        for question in questions
    ]


def trace(workshop: Workshop, key: str, lang: str) -> Evidence:
    if key == "annexes.participants":
        rows = tuple((row["name"], row["institution"]) for row in _people(workshop))
        institution = Texts.of(en="Institution", fr="Institution", ar="المؤسسة")
        return Evidence((PEOPLE.text(lang), institution.text(lang)), rows, "attendance.people")
    asked = tuple((Texts.from_json(row["text"]).text(lang),) for row in _asked(workshop))
    return Evidence((ASKED.text(lang),), asked, "feedback.manage")


ANNEXES = FactSource(
    key="annexes",
    order=70,
    label=Texts.of(en="Annexes", fr="Annexes", ar="الملاحق"),
    gather=gather,
    trace=trace,
)
