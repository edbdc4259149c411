"""Attendance files from the command line."""

import json
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from flask.cli import AppGroup

from eventsapp.attendance import service
from eventsapp.attendance.queries.imports import (
    ImportPreview,
    PreviewLine,
    layout_label,
    preview_file,
)
from eventsapp.attendance.reading.columns import Columns, Role
from eventsapp.attendance.reading.entries import RowProblem
from eventsapp.attendance.reading.how import ColumnsDraft, HowToRead
from eventsapp.attendance.reading.times import AmbiguousDates, DayMissing
from eventsapp.attendance.rules.importing import ColumnsMissing
from eventsapp.attendance.types import BatchStage
from eventsapp.core import clock
from eventsapp.core.actor import SYSTEM
from eventsapp.core.errors import Refused
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.queries import get_by_ref
from eventsapp.workshops.rules import check_zone

attendance = AppGroup("attendance", help="Attendance files of video tools: look, import.")
COMMANDS: list[click.Command] = [attendance]

HEAD = "head"


class ColumnsOption(click.ParamType[Columns]):
    """``name=1,join=3,leave=4``: columns from 1; ``head=2`` is the row of the heads, 0 for none."""

    name = "columns"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Columns:
        if isinstance(value, Columns):
            return value
        given = dict(part.partition("=")[::2] for part in str(value).split(","))
        known = {*map(str, Role), HEAD}
        if wrong := [key for key in given if key not in known]:
            self.fail(f"{wrong[0]!r} is none of {', '.join(sorted(known))}", param, ctx)
        if wrong := [key for key, place in given.items() if not place.strip().isdecimal()]:
            self.fail(f"{wrong[0]} needs the number of a column, from 1", param, ctx)
        places = {key: int(place) - 1 for key, place in given.items()}
        head = places.pop(HEAD, 0)
        return Columns(head, {Role(key): place for key, place in places.items() if place >= 0})


REF = click.argument("ref")
FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
ZONE = click.option("--zone", help="Time zone of the file's times; the workshop's by default.")
MAP = click.option(
    "--map",
    "columns",
    type=ColumnsOption(),
    help="Which column holds what, as name=1,email=2,join=3,leave=4 (also surname, date, minutes, "
    "action, and head=ROW; 0 where there is no head).",
)
ORDER = click.option(
    "--dates", "order", type=click.Choice(["day", "month", "year"]), help="What dates begin with."
)
DAY = click.option(
    "--day", type=click.DateTime(["%Y-%m-%d"]), help="The day of times that have no date."
)
# What to do about refusals that a page would ask about.
HINTS: dict[type[Refused], str] = {
    ColumnsMissing: "Use --map, for example --map name=1,join=3,leave=4.",
    AmbiguousDates: "Use --dates day or --dates month.",
    DayMissing: "Use --day, for example --day 2022-02-08.",
}
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


@attendance.command("preview")
@REF
@FILE
@ZONE
@MAP
@ORDER
@DAY
@JSON
def preview(*, ref: str, file: Path, zone: str | None, as_json: bool, **said: Any) -> None:
    """Show what FILE says about who took part in the workshop REF. Writes nothing.

    A layout that nobody described is read by a guess of its columns, and the output says so.
    """
    try:
        workshop, used = _workshop(ref, zone)
        found = preview_file(workshop, file, zone=used, how=_how(**said))
    except Refused as refused:
        raise _failed(refused) from None
    _say(_described(found, used), as_json=as_json)


@attendance.command("import")
@REF
@FILE
@ZONE
@MAP
@ORDER
@DAY
@JSON
def import_(*, ref: str, file: Path, zone: str | None, as_json: bool, **said: Any) -> None:
    """Import FILE into the workshop REF: everybody who is recognised took part online.

    The same file again is refused and changes nothing.
    """
    try:
        workshop, used = _workshop(ref, zone)
        how = _how(**said)
        found = preview_file(workshop, file, zone=used, how=how)
        _import(workshop, file, used, how, found)
    except Refused as refused:
        raise _failed(refused) from None
    _say(_described(found, used), as_json=as_json)


def _failed(refused: Refused) -> click.ClickException:
    return click.ClickException(f"{refused} {HINTS.get(type(refused), '')}".strip())


def _workshop(ref: str, zone: str | None) -> tuple[Workshop, ZoneInfo]:
    workshop = get_by_ref(ref)
    return workshop, check_zone(zone or workshop.timezone)


def _how(*, columns: Columns | None, order: str | None, day: Any) -> HowToRead:
    chosen: date | None = day.date() if day else None
    return HowToRead(columns, order or "", chosen)


def _import(
    workshop: Workshop, file: Path, zone: ZoneInfo, how: HowToRead, found: ImportPreview
) -> None:
    now, workshop_id = clock.now(), workshop.id
    batch = service.keep_file(
        workshop_id,
        file.read_bytes(),
        name=file.name,
        timezone=zone.key,
        how=how,
        at_once=True,
        by=SYSTEM,
        now=now,
    )
    batch_id = batch.id
    if batch.stage == BatchStage.COLUMNS:
        guessed = HowToRead(found.layout.columns, how.order, how.day)
        draft = ColumnsDraft(how=guessed, timezone=zone.key)
        service.choose_columns(workshop_id, batch_id, draft, at_once=True, by=SYSTEM, now=now)
    service.confirm_import(workshop_id, batch_id, at_once=True, by=SYSTEM, now=now)


def _described(preview: ImportPreview, zone: ZoneInfo) -> dict[str, Any]:
    layout = preview.layout
    lines = [_line(line, preview) for line in preview.lines]
    return {
        "layout": layout.key,
        "label": layout.name or layout_label(layout.key),
        "guessed": layout.is_guess,
        "columns": None if layout.columns is None else _places(layout.columns),
        "zone": zone.key,
        "rows": lines,
        "unmatched": [line["name"] for line in lines if line["registration"] is None],
        "missing": [entry.name for entry in preview.missing],
        "problems": [_problem(problem) for problem in preview.problems],
    }


def _places(columns: Columns) -> dict[str, int]:
    """From 1, as ``--map`` takes them."""
    return {
        HEAD: columns.head + 1,
        **{str(role): place + 1 for role, place in columns.at.items()},
    }


def _line(line: PreviewLine, preview: ImportPreview) -> dict[str, Any]:
    attendee, match, names = line.attendee, line.match, preview.roster.entries
    number = match.registration_id
    return {
        "row": attendee.number,
        "name": attendee.name,
        "email": attendee.email,
        "intervals": [
            [stay.start.isoformat(), stay.end.isoformat()] for stay in attendee.intervals
        ],
        "minutes": line.minutes,
        "match": match.kind.value,
        "registration": number,
        "person": None if number is None else names[number].name,
        "suggestions": [names[suggested].name for suggested in match.suggestions],
    }


def _problem(problem: RowProblem) -> dict[str, Any]:
    return {"row": problem.number, "problem": problem.message % problem.values}


def _say(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    click.echo(f"Layout: {found['label']}, times in {found['zone']}")
    if found["guessed"]:
        places = ",".join(f"{role}={place}" for role, place in found["columns"].items())
        click.echo(f"No known layout: the columns are guessed. Correct them with --map {places}")
    for row in found["rows"]:
        whom = row["person"] or "not recognised"
        minutes = "unknown" if row["minutes"] is None else f"{row['minutes']} min"
        click.echo(f"{row['row']}\t{row['name']}\t{minutes}\t{row['match']}\t{whom}")
    for problem in found["problems"]:
        click.echo(f"{problem['row']}\tproblem: {problem['problem']}")
    for name in found["missing"]:
        click.echo(f"missing\t{name}")
