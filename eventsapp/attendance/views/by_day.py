"""Persons by name beside counted heads, day by day."""

from dataclasses import dataclass
from typing import Any

from flask import Response, url_for
from flask_babel import lazy_gettext as _l

from eventsapp.attendance.queries.papers import list_head_counts
from eventsapp.attendance.queries.statistics import Statistics, statistics_of
from eventsapp.attendance.rules.days import DayCount
from eventsapp.attendance.views.blueprint import pages
from eventsapp.attendance.views.crossed import file_of
from eventsapp.attendance.views.export import EXPORTS
from eventsapp.edge.tables import Cell
from eventsapp.web.access import any_role
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.queries import get_workshop
from eventsapp.workshops.types import Mode

LABELS = (
    _l("Day"),
    _l("In the room, by name"),
    _l("In the room, counted heads"),
    _l("Online, by name"),
    _l("Online, counted heads"),
    _l("Minutes online"),
)


@dataclass(frozen=True, slots=True)
class Day:
    """What is known of a day by name, and how many heads were counted; None where nobody did."""

    counted: DayCount
    heads_in_room: int | None
    heads_online: int | None

    def figures(self) -> tuple[int | None, ...]:
        """In the order of the labels, after the day."""
        known = self.counted
        return (known.room, self.heads_in_room, known.online, self.heads_online, known.minutes)


def days_of(workshop: Workshop, statistics: Statistics) -> list[Day]:
    """Several counts of one day and room are of the same people: the largest is the day's."""
    heads: dict[tuple[str, str], int] = {}
    for row in list_head_counts(workshop.id):
        key = (row.day, row.mode)
        heads[key] = max(heads.get(key, 0), row.persons)
    return [
        Day(
            one,
            heads.get((one.day.isoformat(), Mode.IN_PERSON)),
            heads.get((one.day.isoformat(), Mode.ONLINE)),
        )
        for one in statistics.days
    ]


def by_day(workshop: Workshop) -> dict[str, Any]:
    """What the page of statistics shows; nothing where nobody was noted or counted."""
    days = days_of(workshop, statistics_of(workshop))
    return {
        "days": days if any(figure for day in days for figure in day.figures()) else [],
        "day_labels": LABELS,
        "day_exports": [
            (kind.upper(), url_for("attendance.export_days", workshop_id=workshop.id, kind=kind))
            for kind in EXPORTS
        ],
    }


@pages.get("/manage/workshops/<int:workshop_id>/people/days.<kind>")
@any_role
def export_days(workshop_id: int, kind: str) -> Response:
    workshop = get_workshop(workshop_id)
    rows: list[list[Cell]] = [[str(label) for label in LABELS]]
    rows += [
        [one.counted.day.isoformat(), *one.figures()]
        for one in days_of(workshop, statistics_of(workshop))
    ]
    return file_of(workshop, kind, rows, "days")
