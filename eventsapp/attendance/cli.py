"""Attendance files from the command line."""

import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from flask.cli import AppGroup

from eventsapp.attendance import service
from eventsapp.attendance.queries.imports import ImportPreview, preview_file
from eventsapp.core import clock
from eventsapp.core.actor import SYSTEM
from eventsapp.core.errors import Refused
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.queries import get_by_ref
from eventsapp.workshops.rules import check_zone

attendance = AppGroup("attendance", help="Attendance files of video tools: look, import.")
COMMANDS = [attendance]

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
ZONE = click.option("--zone", help="Time zone of the file's times; the workshop's by default.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


@attendance.command("preview")
@click.argument("ref")
@FILE
@ZONE
@JSON
def preview(*, ref: str, file: Path, zone: str | None, as_json: bool) -> None:
    """Show what FILE says about who took part in the workshop REF. Writes nothing."""
    try:
        workshop = get_by_ref(ref)
        used = zone or workshop.timezone
        check_zone(used)
        found = preview_file(workshop, file.read_bytes(), zone=ZoneInfo(used))
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    _say(_described(found, used), as_json=as_json)


@attendance.command("import")
@click.argument("ref")
@FILE
@ZONE
@JSON
def import_(*, ref: str, file: Path, zone: str | None, as_json: bool) -> None:
    """Import FILE into the workshop REF: everybody who is recognised took part online.

    The same file again is refused and changes nothing.
    """
    try:
        workshop = get_by_ref(ref)
        used = zone or workshop.timezone
        found = _import(workshop, file, used)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    _say(_described(found, used), as_json=as_json)


def _import(workshop: Workshop, file: Path, zone: str) -> ImportPreview:
    now = clock.now()
    batch = service.keep_file(
        workshop.id, file.read_bytes(), name=file.name, timezone=zone, by=SYSTEM, now=now
    )
    return service.confirm_import(batch.workshop_id, batch.id, by=SYSTEM, now=now)


def _described(preview: ImportPreview, zone: str) -> dict[str, Any]:
    names = preview.roster.entries
    return {
        "layout": preview.layout.key,
        "zone": zone,
        "rows": [
            {
                "row": line.attendee.number,
                "name": line.attendee.name,
                "email": line.attendee.email,
                "minutes": line.minutes,
                "match": line.match.kind.value,
                "registration": line.match.registration_id,
                "person": names[line.match.registration_id].name
                if line.match.registration_id is not None
                else None,
                "suggestions": [names[number].name for number in line.match.suggestions],
            }
            for line in preview.lines
        ],
        "problems": [
            {"row": problem.number, "problem": problem.message % problem.values}
            for problem in preview.problems
        ],
        "missing": [entry.name for entry in preview.missing],
    }


def _say(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    click.echo(f"Layout: {found['layout']}, times in {found['zone']}")
    for row in found["rows"]:
        whom = row["person"] or "not recognised"
        click.echo(f"{row['row']}\t{row['name']}\t{row['minutes']} min\t{row['match']}\t{whom}")
    for problem in found["problems"]:
        click.echo(f"{problem['row']}\tproblem: {problem['problem']}")
    for name in found["missing"]:
        click.echo(f"missing\t{name}")
