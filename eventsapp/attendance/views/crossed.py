"""Counts crossed by what is known of people: a table to look at, and files for a report."""

from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from eventsapp.attendance.forms import SEX_LABELS
from eventsapp.attendance.labels import TOOK_PART_LABELS
from eventsapp.attendance.queries.statistics import Statistics, statistics_of
from eventsapp.attendance.rules.statistics import (
    CrossTable,
    Dimension,
    Measure,
    combined,
    cross,
)
from eventsapp.attendance.types import TookPart
from eventsapp.attendance.views.blueprint import pages
from eventsapp.attendance.views.export import EXPORTS
from eventsapp.attendance.views.statistics import series_of
from eventsapp.core.errors import NotFound
from eventsapp.documents.blocks import Chart
from eventsapp.documents.render import article_html
from eventsapp.edge.tables import Cell
from eventsapp.people.types import Sex
from eventsapp.web.access import any_role
from eventsapp.web.countries import country_name
from eventsapp.web.locale import current_language
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.queries import get_workshop

DIMENSION_LABELS = {
    Dimension.INSTITUTION: _l("Institution"),
    Dimension.COUNTRY: _l("Country"),
    Dimension.SEX: _l("Sex"),
    Dimension.MODE: _l("How they took part"),
}
# As many bars and parts of a bar as can be told apart.
MOST_BARS, MOST_PARTS = 12, 5
MEASURE_LABELS = {
    Measure.ATTENDED: _l("people who took part"),
    Measure.DAYS: _l("attendances: persons × days"),
    Measure.SESSIONS: _l("attendances: persons × sessions"),
    Measure.MINUTES: _l("minutes online"),
    Measure.REGISTERED: _l("people who registered"),
    Measure.INVITED: _l("people who were invited"),
}


@dataclass(frozen=True, slots=True)
class Crossing:
    """What is crossed with what, and which count."""

    rows: Dimension = Dimension.INSTITUTION
    columns: Dimension = Dimension.MODE
    measure: Measure = Measure.ATTENDED

    def table(self, statistics: Statistics) -> CrossTable:
        return cross(statistics.rows, self.rows, self.columns, self.measure)


def crossing_from_address(*, shows_sex: bool) -> Crossing:
    """As the address says; what it does not say, or may not be shown, is as usual."""
    usual = Crossing()
    known = dimensions(shows_sex=shows_sex)
    rows, columns, count = (request.args.get(name, "") for name in ("rows", "columns", "count"))
    return Crossing(
        Dimension(rows) if rows in known else usual.rows,
        Dimension(columns) if columns in known else usual.columns,
        Measure(count) if count in set(Measure) else usual.measure,
    )


def dimensions(*, shows_sex: bool) -> dict[Dimension, Any]:
    return {
        key: label for key, label in DIMENSION_LABELS.items() if shows_sex or key != Dimension.SEX
    }


def label_of(dimension: Dimension, value: str) -> str:
    """How a value is called; what somebody did not say is said to be so."""
    if not value or value == Sex.UNDISCLOSED:
        return str(_("not said"))
    match dimension:
        case Dimension.SEX:
            return str(SEX_LABELS[Sex(value)])
        case Dimension.COUNTRY:
            return str(country_name(value))
        case Dimension.MODE:
            return str(TOOK_PART_LABELS[TookPart(value)])
        case Dimension.INSTITUTION:
            return value


def crossed(workshop: Workshop) -> dict[str, Any]:
    """What the page of statistics shows of the crossing in its address."""
    statistics = statistics_of(workshop)
    crossing = crossing_from_address(shows_sex=statistics.shows_sex)
    chosen: dict[str, Any] = {
        "rows": crossing.rows,
        "columns": crossing.columns,
        "count": crossing.measure,
    }
    table = crossing.table(statistics)
    counted = {one.session_id: one for one in statistics.sessions}
    return {
        "crossing": crossing,
        "table": table,
        "chart": _chart_html(crossing, table) if table.total else "",
        "label_of": label_of,
        "dimensions": dimensions(shows_sex=statistics.shows_sex),
        "measures": MEASURE_LABELS,
        "session_counts": [(item, counted[item.id]) for item in workshop.sessions],
        "exports": [
            (
                kind.upper(),
                url_for("attendance.export_crossed", workshop_id=workshop.id, kind=kind, **chosen),
            )
            for kind in EXPORTS
        ],
        "all_exports": [
            (
                kind.upper(),
                url_for("attendance.export_statistics", workshop_id=workshop.id, kind=kind),
            )
            for kind in EXPORTS
        ],
    }


def _chart_html(crossing: Crossing, table: CrossTable) -> Markup:
    """The largest rows of the table as bars, cut into its largest columns."""
    rows, columns = table.rows[:MOST_BARS], table.columns[:MOST_PARTS]
    said = [_("Counted: %(what)s.", what=MEASURE_LABELS[crossing.measure])]
    if (rows, columns) != (table.rows, table.columns):
        said.append(_("Only the largest are drawn; the table has them all."))
    chart = Chart(
        kind="stacked" if len(columns) > 1 else "bar",
        title=f"{DIMENSION_LABELS[crossing.rows]} × {DIMENSION_LABELS[crossing.columns]}",
        summary=" ".join(said),
        categories=tuple(label_of(crossing.rows, row) for row in rows),
        series=tuple(
            series_of(label_of(crossing.columns, column), [table.cell(row, column) for row in rows])
            for column in columns
        ),
    )
    return article_html([chart], lang=current_language(), media_url=str)


@pages.get("/manage/workshops/<int:workshop_id>/people/crossed.<kind>")
@any_role
def export_crossed(workshop_id: int, kind: str) -> Response:
    """The table as it is shown, with its sums."""
    workshop = get_workshop(workshop_id)
    statistics = statistics_of(workshop)
    crossing = crossing_from_address(shows_sex=statistics.shows_sex)
    table = crossing.table(statistics)
    head: list[Cell] = [str(DIMENSION_LABELS[crossing.rows])]
    head += [label_of(crossing.columns, column) for column in table.columns]
    rows: list[list[Cell]] = [
        [
            label_of(crossing.rows, row),
            *(table.cell(row, column) for column in table.columns),
            table.of_row(row),
        ]
        for row in table.rows
    ]
    sums: list[Cell] = [_("Total"), *(table.of_column(column) for column in table.columns)]
    return file_of(workshop, kind, [[*head, _("Total")], *rows, [*sums, table.total]], "crossed")


@pages.get("/manage/workshops/<int:workshop_id>/people/statistics.<kind>")
@any_role
def export_statistics(workshop_id: int, kind: str) -> Response:
    """Every measure for each combination of sex, institution, country and mode."""
    workshop = get_workshop(workshop_id)
    statistics = statistics_of(workshop)
    told = list(dimensions(shows_sex=statistics.shows_sex))
    head: list[Cell] = [str(DIMENSION_LABELS[one]) for one in told]
    head += [str(MEASURE_LABELS[measure]) for measure in Measure]
    rows: list[list[Cell]] = [
        [*(label_of(one, value) for one, value in zip(told, key, strict=True)), *counts]
        for key, counts in combined(statistics.rows, told)
    ]
    return file_of(workshop, kind, [head, *rows], "statistics")


def file_of(workshop: Workshop, kind: str, rows: list[list[Cell]], name: str) -> Response:
    if kind not in EXPORTS:
        raise NotFound
    write, mimetype = EXPORTS[kind]
    disposition = f'attachment; filename="{workshop.ref}-{name}.{kind}"'
    content = write(rows, current_language())
    return Response(content, mimetype=mimetype, headers={"Content-Disposition": disposition})
