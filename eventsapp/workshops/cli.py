"""Workshops from the command line."""

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from eventsapp.accounts.queries import get_by_email
from eventsapp.accounts.service import actor_of
from eventsapp.core import clock
from eventsapp.core.actor import SYSTEM, Actor
from eventsapp.core.errors import Refused
from eventsapp.workshops import queries, service
from eventsapp.workshops.importing import Preview, preview_sheet
from eventsapp.workshops.queries import WorkshopFilter
from eventsapp.workshops.sheet import row_of
from eventsapp.workshops.types import Status

workshops = AppGroup("workshops", help="Workshops: list, import.")
COMMANDS = [workshops]

JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


@workshops.command("list")
@click.option("--country", default="", help="Only of this country, by its code: LY.")
@click.option("--project", default="", help="Only of this project, by its address: libmitaf.")
@click.option("--status", type=click.Choice(list(Status)), help="Only of this status.")
@click.option(
    "--when", type=click.Choice(["upcoming", "past"]), help="Only those to come, or past."
)
@JSON
def list_(
    *, country: str, project: str, status: str | None, when: str | None, as_json: bool
) -> None:
    """List workshops, drafts included, the latest first."""
    wanted = WorkshopFilter(
        country=country, project=project, status=status or "", when=when or "", public=False
    )
    found = queries.workshops_for_export(wanted, now=clock.now())
    rows = [row_of(workshop, private=False) for workshop in found]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for workshop in found:
        click.echo(
            f"{workshop.ref}\t{workshop.starts_at:%Y-%m-%d}\t{workshop.status}\t{workshop.title}"
        )


@workshops.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--owner", help="Mail address of the colleague who will run these workshops.")
@click.option("--preview", "only_look", is_flag=True, help="Say what would happen; write nothing.")
@JSON
def import_(*, file: Path, owner: str | None, only_look: bool, as_json: bool) -> None:
    """Register the workshops of FILE (CSV or XLSX, as the list exports) as drafts.

    Rows that cannot be read are said and left out; the exit code is 1 if there are any. The same
    file again is refused and changes nothing.
    """
    try:
        found = preview_sheet(file.read_bytes())
        refs = [] if only_look else _import(file, _actor(owner))
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    _say(_described(found, refs), as_json=as_json)
    if found.bad:
        raise click.exceptions.Exit(1)


def _actor(owner: str | None) -> Actor:
    return actor_of(get_by_email(owner)) if owner else SYSTEM


def _import(file: Path, by: Actor) -> list[str]:
    now = clock.now()
    kept = service.keep_sheet(file.read_bytes(), name=file.name, by=by, now=now)
    done = service.confirm_sheet(kept.id, by=by, now=now)
    return [workshop.ref for workshop in queries.workshops_with(done.workshop_ids)]


def _described(preview: Preview, refs: list[str]) -> dict[str, Any]:
    return {
        "registered": refs,
        "good": len(preview.good),
        "there": [{"row": line.number, "ref": line.there} for line in preview.there],
        "problems": [
            {
                "row": line.number,
                "column": line.problem.field,
                "problem": str(line.problem),
            }
            for line in preview.bad
            if line.problem is not None
        ],
    }


def _say(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for ref in found["registered"]:
        click.echo(f"registered\t{ref}")
    for row in found["there"]:
        click.echo(f"row {row['row']}\tthere already\t{row['ref']}")
    for row in found["problems"]:
        click.echo(f"row {row['row']}\t{row['column']}\t{row['problem']}")
    click.echo(f"{found['good']} good, {len(found['problems'])} with problems")
