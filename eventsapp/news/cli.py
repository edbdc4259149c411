"""Publishing from the command line."""

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from flask.cli import AppGroup

from eventsapp.core import clock
from eventsapp.core.actor import SYSTEM
from eventsapp.core.errors import Refused
from eventsapp.core.texts import LANGUAGES
from eventsapp.edge.settings import current_settings
from eventsapp.news import service
from eventsapp.news.mail_cli import mail_group
from eventsapp.news.past import preview_past_news
from eventsapp.workshops.queries import get_by_ref

news = AppGroup("news", help="News made of approved reports.")
COMMANDS: list[click.Command] = [news, mail_group]


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


@news.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", help="Of rows that name none.")
@click.option("--preview", "only_look", is_flag=True, help="Say what would happen; write nothing.")
def import_(*, file: Path, lang: str, only_look: bool) -> None:
    """Take in a former site's news from FILE (CSV, XLSX, Atom or RSS), each under its own date.

    Rows that cannot be read are said and left out; the exit code is 1 if there are any.
    """
    now, data = clock.now(), file.read_bytes()
    try:
        found = preview_past_news(data, lang=lang, today=now.date())
        for line in found.bad:
            column = line.problem.field if line.problem else ""
            click.echo(f"row {line.number}\t{column}\t{line.problem}")
        click.echo(
            f"{len(found.good)} good, {len(found.bad)} bad, {len(found.there)} there already"
        )
        if not only_look:
            kept = service.keep_past_news(data, name=file.name, lang=lang, by=SYSTEM, now=now)
            service.take_in_past_news(kept.id, by=SYSTEM, now=now)
            click.echo(f"taken in; to undo: news undo-import {kept.id}")
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    if found.bad:
        raise click.exceptions.Exit(1)


@news.command("undo-import")
@click.argument("number", type=int)
def undo_import(*, number: int) -> None:
    """Take away again what the import with this NUMBER published, unless it was changed since."""
    try:
        service.undo_past_news(number, by=SYSTEM, now=clock.now())
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo("undone")
