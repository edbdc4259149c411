"""Publishing from the command line."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import click
from flask.cli import AppGroup

from eventsapp.core import clock
from eventsapp.core.actor import SYSTEM
from eventsapp.core.errors import Refused
from eventsapp.edge.settings import current_settings
from eventsapp.news import service
from eventsapp.workshops.queries import get_by_ref

news = AppGroup("news", help="News made of approved reports.")
COMMANDS = [news]


@news.command("publish")
@click.argument("ref")
@click.option(
    "--date",
    "dated",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The date that readers see; today by default.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def publish(*, ref: str, dated: datetime | None, as_json: bool) -> None:
    """Issue the approved report of the workshop REF and publish it as news."""
    settings, now = current_settings(), clock.now()
    on = (dated or now.astimezone(ZoneInfo(settings.timezone))).date()
    try:
        article = service.publish_report(get_by_ref(ref).id, dated=on, by=SYSTEM, now=now)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    url = f"{settings.base_url}/news/{article.slug}"
    found = {"slug": article.slug, "url": url, "dated": article.dated.isoformat()}
    click.echo(json.dumps(found) if as_json else f"Published: {url}")
