"""Reports from the command line."""

import json
import shutil
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click
from flask.cli import AppGroup

from eventsapp.core import clock
from eventsapp.core.actor import SYSTEM
from eventsapp.core.errors import Refused
from eventsapp.core.texts import LANGUAGES
from eventsapp.documents.render import plain_text
from eventsapp.edge import storage
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.reports import queries, service
from eventsapp.reports.types import EditionKind, EditionStatus
from eventsapp.workshops.queries import get_by_ref

reports = AppGroup("reports", help="Reports: as they draft themselves, and issued as PDF.")
COMMANDS = [reports]

LANG = click.option(
    "--lang", default="en", type=click.Choice(LANGUAGES), help="The language of the report."
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
Params = ParamSpec("Params")
Result = TypeVar("Result")


def refusing(command: Callable[Params, Result]) -> Callable[Params, Result]:
    """A refusal is a line on the terminal and an exit code, not a traceback."""

    @wraps(command)
    def run(*args: Params.args, **kwargs: Params.kwargs) -> Result:
        try:
            return command(*args, **kwargs)
        except Refused as refused:
            raise click.ClickException(str(refused)) from None

    return run


@reports.command("draft")
@click.argument("ref")
@LANG
@AS_JSON
@refusing
def draft(*, ref: str, lang: str, as_json: bool) -> None:
    """Print the report of the workshop REF as it reads now; writes nothing."""
    workshop = get_by_ref(ref)
    sheet = queries.live_sheet(workshop, lang)
    prose = queries.current_prose(queries.find_report(workshop.id), sheet)
    text = plain_text(queries.compose(sheet, prose), lang=lang)
    found = {"ref": workshop.ref, "lang": lang, "missing": sorted(sheet.untranslated), "text": text}
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else text)


@reports.command("issue")
@click.argument("ref")
@click.option(
    "--edition",
    "kind",
    default=EditionKind.PUBLIC.value,
    type=click.Choice([kind.value for kind in EditionKind]),
    help="Public: sums only; donor: names the presenters.",
)
@LANG
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="Where to write the PDF.",
)
@AS_JSON
@refusing
def issue(*, ref: str, kind: str, lang: str, out: Path, as_json: bool) -> None:
    """Issue the approved report of the workshop REF, and write its PDF to a file.

    Runs the jobs that are due, so that no worker is needed.
    """
    report = queries.get_report(get_by_ref(ref).id)
    edition_id = service.issue_report(
        report.id, kinds=[EditionKind(kind)], languages=[lang], by=SYSTEM, now=clock.now()
    )[0].id
    run_due_jobs()
    edition = queries.get_edition(edition_id)
    if edition.status != EditionStatus.READY or edition.file_key is None:
        raise click.ClickException(edition.failure or "the PDF is still being made by a worker")
    shutil.copyfile(storage.path(edition.file_key), out)
    found = {
        "file": str(out),
        "number": edition.number,
        "kind": edition.kind,
        "lang": edition.lang,
        "pages": edition.pages,
        "sha256": edition.sha256,
        "snapshot": edition.snapshot.hash,
    }
    said = f"Edition {edition.number}, {edition.kind}, {edition.pages} pages: {out}"
    click.echo(json.dumps(found) if as_json else said)
