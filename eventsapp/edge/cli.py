"""The commands of the outside world, gathered where discovery looks for them."""

import click

from eventsapp.edge import models  # noqa: F401 - so that every table is known
from eventsapp.edge.jobs.cli import jobs_group
from eventsapp.edge.serving.cli import serve_command

COMMANDS: list[click.Command] = [jobs_group, serve_command]
