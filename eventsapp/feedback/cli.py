"""Feedback from the command line: open, mix, close."""

import json
from collections.abc import Callable
from typing import Any

import click
from flask.cli import AppGroup

from eventsapp.core import clock
from eventsapp.core.actor import SYSTEM
from eventsapp.core.errors import Refused
from eventsapp.feedback import queries, service
from eventsapp.feedback.models import FeedbackForm
from eventsapp.workshops.queries import get_by_ref

feedback = AppGroup("feedback", help="Feedback forms: open, mix, close, count.")
COMMANDS = [feedback]

REF = click.argument("ref")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


@feedback.command("open")
@REF
@JSON
def open_(*, ref: str, as_json: bool) -> None:
    """Open the form of the workshop REF, so that it takes answers."""
    _run(ref, lambda form: service.open_form(form.id, by=SYSTEM, now=clock.now()), as_json=as_json)


@feedback.command("mix")
@REF
@JSON
def mix(*, ref: str, as_json: bool) -> None:
    """Mix the answers that wait, so that they appear in the results of the workshop REF.

    Fewer than ten are never mixed while the form is open; closing mixes them all.
    """
    _run(ref, lambda form: service.mix(form.id, by=SYSTEM, now=clock.now()), as_json=as_json)


@feedback.command("close")
@REF
@JSON
def close(*, ref: str, as_json: bool) -> None:
    """Close the form of the workshop REF for good, and mix all its answers."""
    _run(ref, lambda form: service.close_form(form.id, by=SYSTEM, now=clock.now()), as_json=as_json)


@feedback.command("count")
@REF
@JSON
def count(*, ref: str, as_json: bool) -> None:
    """Say how many have answered the form of the workshop REF."""
    _run(ref, lambda form: form, as_json=as_json)


def _run(ref: str, action: Callable[[FeedbackForm], object], *, as_json: bool) -> None:
    """Act on the workshop's form, then say how it stands; a refusal ends with exit code 1."""
    try:
        form = queries.get_form_of(get_by_ref(ref).id)
        action(form)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    _say(queries.get_form(form.id), as_json=as_json)


def _say(form: FeedbackForm, *, as_json: bool) -> None:
    counts = queries.count_answers(form)
    facts: dict[str, Any] = {
        "workshop": form.workshop.ref,
        "status": form.status,
        "handed_out": counts.handed_out,
        "waiting": counts.waiting,
        "mixed": counts.mixed,
    }
    if as_json:
        click.echo(json.dumps(facts))
    else:
        click.echo(
            f"{form.workshop.ref}: {form.status}, {counts.waiting} answers wait,"
            f" {counts.mixed} are mixed, {counts.handed_out} rights were handed out"
        )
