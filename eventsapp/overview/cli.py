"""The demonstration, from the command line."""

import os
import secrets

import click
from flask import current_app
from flask.cli import with_appcontext

from eventsapp.accounts import queries as accounts
from eventsapp.accounts import service as account_service
from eventsapp.accounts.types import DEMO_DOMAIN
from eventsapp.config import Settings
from eventsapp.core import clock
from eventsapp.core.actor import SYSTEM
from eventsapp.overview.sample import load_sample

ACCOUNTS = ("admin", "organiser", "staff", "editor")
KEPT = "demo_password"


@click.group("demo", help="The demonstration.")
def demo() -> None:
    """The demonstration."""


@demo.command("load")
@with_appcontext
def load() -> None:
    """Load the sample with its accounts; a second run keeps the data as it is."""
    settings: Settings = current_app.extensions["settings"]
    if settings.is_production:
        raise click.ClickException("the demonstration is not for production")
    if not accounts.demo_accounts() or os.environ.get("EVENTSAPP_DEMO_PASSWORD"):
        account_service.create_demo_users(demo_password(settings), by=SYSTEM, now=clock.now())
    if load_sample():
        click.echo("The sample is loaded.")
    else:
        click.echo("The data is kept as it is.")
    click.echo(f"Sign in at {settings.base_url}/login as")
    for name in ACCOUNTS:
        click.echo(f"  {name}@{DEMO_DOMAIN}")
    click.echo(f"with the password {demo_password(settings)}")


def demo_password(settings: Settings) -> str:
    """The one from the environment, else a random one that the data folder remembers."""
    given = os.environ.get("EVENTSAPP_DEMO_PASSWORD")
    if given:
        return given
    path = settings.data_dir / KEPT
    if not path.exists():
        path.touch(0o600)
        path.write_text(secrets.token_urlsafe(12), "ascii")
    return path.read_text("ascii")


COMMANDS = [demo]
