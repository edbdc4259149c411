"""Reports from the command line."""

import shutil
import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from eventsapp.core import clock
from eventsapp.core.actor import SYSTEM
from eventsapp.documents.render import plain_text
from eventsapp.edge import storage
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.reports import queries, service
from eventsapp.reports.types import EditionKind, EditionStatus
from eventsapp.workshops import queries as workshops

LANG = click.option("--lang", default="en", type=click.Choice(["en", "fr", "ar"]))


@click.group("reports", help="Draft and issue reports.")
def reports_group() -> None:
    """Draft and issue reports."""


@reports_group.command("draft")
@click.argument("ref")
@LANG
@with_appcontext
def draft_command(ref: str, lang: str) -> None:
    """Print the report of workshop REF as it drafts itself now; writes nothing."""
    workshop = workshops.get_by_ref(ref)
    sheet = queries.live_sheet(workshop, lang)
    prose = queries.current_prose(queries.find_report(workshop.id), sheet)
    click.echo(plain_text(queries.compose(sheet, prose), lang=lang))


@reports_group.command("issue")
@click.argument("ref")
@click.option("--edition", "kind", default="public", type=click.Choice(list(EditionKind)))
@LANG
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@with_appcontext
def issue_command(ref: str, kind: str, lang: str, out: Path) -> None:
    """Issue the approved report of workshop REF as a PDF file."""
    report = queries.get_report(workshops.get_by_ref(ref).id)
    edition = service.issue_report(
        report.id, kinds=[EditionKind(kind)], languages=[lang], by=SYSTEM, now=clock.now()
    )[0]
    edition_id = edition.id
    run_due_jobs(100)
    edition = queries.get_edition(edition_id)
    if edition.status != EditionStatus.READY:
        click.echo(f"No PDF: {edition.failure or 'it is still waiting for a worker'}", err=True)
        sys.exit(1)
    shutil.copyfile(storage.path(edition.file_key or ""), out)
    click.echo(f"{out}: edition {edition.number}, {edition.pages} pages, sha256 {edition.sha256}")


COMMANDS = [reports_group]
