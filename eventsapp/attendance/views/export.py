"""The list of people as a file."""

from collections.abc import Callable, Mapping, Sequence
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from eventsapp.attendance.forms import MODE_LABELS, SEX_LABELS
from eventsapp.attendance.labels import STATUS_LABELS, TOOK_PART_LABELS
from eventsapp.attendance.models import Registration
from eventsapp.attendance.queries import presences_of, setup_of
from eventsapp.attendance.rules.own_fields import answers_in_words
from eventsapp.attendance.types import Presence, RegistrationStatus
from eventsapp.core.texts import RIGHT_TO_LEFT
from eventsapp.edge.tables import CSV_TYPE, XLSX_TYPE, Cell, Rows, write_csv, write_xlsx
from eventsapp.people.types import Sex
from eventsapp.web.countries import country_name
from eventsapp.web.filters import text
from eventsapp.web.locale import current_language
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode

Writer = Callable[[Rows, str], bytes]

EXPORTS: Mapping[str, tuple[Writer, str]] = {
    "csv": (lambda rows, _lang: write_csv(rows), CSV_TYPE),
    "xlsx": (
        lambda rows, lang: write_xlsx(rows, right_to_left=lang in RIGHT_TO_LEFT),
        XLSX_TYPE,
    ),
}


def rows_of(workshop: Workshop, registrations: Sequence[Registration]) -> list[list[Cell]]:
    """A head and a row for each registration, in the reader's language."""
    presences = presences_of(workshop, [registration.id for registration in registrations])
    shows_sex = workshop.project.reports_sex
    fields, lang = setup_of(workshop.id).fields, current_language()
    rows = [
        [
            *_row(registration, presences.get(registration.id), workshop.timezone),
            *(answer for _question, answer in answers_in_words(fields, registration.answers, lang)),
        ]
        for registration in registrations
    ]
    whole = [[*_head(), *(text(field.question.text) for field in fields)], *rows]
    at = _head().index(_("Sex"))
    return whole if shows_sex else [[*row[:at], *row[at + 1 :]] for row in whole]


def _head() -> list[Cell]:
    return [
        _("Name"),
        _("E-mail address"),
        _("Institution"),
        _("Function"),
        _("Country"),
        _("Sex"),
        _("Group"),
        _("Takes part"),
        _("Status"),
        _("Registered on"),
        _("Took part"),
        _("Minutes online"),
        _("Code"),
    ]


def _row(registration: Registration, presence: Presence | None, zone: str) -> list[Cell]:
    person = registration.person
    took_part = presence.took_part if presence else None
    return [
        person.name,
        person.email or "",
        person.institution,
        person.function,
        country_name(person.country_code) if person.country_code else "",
        str(SEX_LABELS[Sex(person.sex)]) if person.sex != Sex.UNDISCLOSED else "",
        text(registration.group.name) if registration.group else "",
        str(MODE_LABELS[Mode(registration.mode)]),
        str(STATUS_LABELS[RegistrationStatus(registration.status)]),
        registration.created_at.astimezone(ZoneInfo(zone)).date().isoformat(),
        str(TOOK_PART_LABELS[took_part]) if took_part else "",
        presence.online_minutes if presence else None,
        registration.code,
    ]
