"""Mail on the command line: reports about mail that came back, one by one from a mailbox."""

import json
import sys

import click
from flask.cli import with_appcontext

from eventsapp.core import clock
from eventsapp.core.actor import SYSTEM
from eventsapp.core.errors import Refused
from eventsapp.edge.mail import read_bounce
from eventsapp.news.service.bounces import record_bounce


@click.group("mail")
def mail_group() -> None:
    """Learn of mail that could not be delivered."""


@mail_group.command("bounce")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@with_appcontext
def bounce_command(*, as_json: bool) -> None:
    """Read one delivery report (RFC 3464) from standard input and mark the address it is about.

    Have the mail server hand it what comes back: `flask --app wsgi mail bounce < message`. Ends
    with 1 for anything that is no report about a mail of ours.
    """
    try:
        bounce = read_bounce(sys.stdin.buffer.read())
        is_marked = record_bounce(bounce, by=SYSTEM, now=clock.now())
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    found = {"status": bounce.status, "marked": is_marked}
    if as_json:
        click.echo(json.dumps(found))
    else:
        click.echo(f"{bounce.status}: {'address marked' if is_marked else 'will be tried again'}")
