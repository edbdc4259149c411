"""The commands of the outside world, gathered where discovery looks for them."""

import json
from datetime import timedelta

import click
from flask.cli import with_appcontext

from eventsapp.core import clock
from eventsapp.edge import models  # noqa: F401 - so that every table is known
from eventsapp.edge.jobs.cli import jobs_group
from eventsapp.edge.serving.cli import serve_command
from eventsapp.edge.sweeping import KEPT_UNUSED, find_unused, sweep_files


@click.command("sweep-files")
@click.option("--days", default=KEPT_UNUSED.days, show_default=True, help="Spare younger files.")
@click.option("--dry-run", is_flag=True, help="Only say which.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@with_appcontext
def sweep_command(days: int, *, dry_run: bool, as_json: bool) -> None:
    """Remove stored files that nothing refers to any more; workers do so once a day."""
    before = clock.now() - timedelta(days=days)
    found = find_unused(before=before) if dry_run else sweep_files(before=before)
    if as_json:
        click.echo(json.dumps(found))
        return
    click.echo("\n".join([*found, f"{'unused' if dry_run else 'removed'}: {len(found)}"]))


COMMANDS: list[click.Command] = [jobs_group, serve_command, sweep_command]
