"""Jobs on the command line: what waits, what failed, and what to do about it."""

import json
from collections.abc import Callable
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from eventsapp.core import clock
from eventsapp.core.actor import SYSTEM, Actor
from eventsapp.core.errors import Refused
from eventsapp.edge.jobs import service
from eventsapp.edge.jobs.models import Job, JobStatus
from eventsapp.edge.jobs.queries import find_job, list_jobs, measure_backlog
from eventsapp.edge.jobs.runner import run_due_jobs
from eventsapp.edge.jobs.worker import THREADS, run_worker
from eventsapp.edge.serving.structure import require_structure

as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
id_argument = click.argument("job_id", metavar="ID", type=int)


@click.group("jobs")
def jobs_group() -> None:
    """See, run, retry and cancel background work."""


@jobs_group.command("list")
@click.option("--status", type=click.Choice([str(s) for s in JobStatus]), help="Only these.")
@click.option("--limit", default=50, show_default=True, help="At most this many, newest first.")
@as_json_option
@with_appcontext
def list_command(status: str | None, limit: int, *, as_json: bool) -> None:
    """List jobs, the newest first, after a line of counts by status."""
    found = list_jobs(status=JobStatus(status) if status else None, limit=limit)
    if as_json:
        click.echo(json.dumps([describe_job(job) for job in found], indent=2))
        return
    counts = measure_backlog(now=clock.now()).counts
    click.echo("  ".join(f"{status}: {count}" for status, count in counts.items()))
    for job in found:
        click.echo(f"{job.id:>7}  {job.status:<9}  {job.name:<36}  {job.subject:<20}  {job.error}")


@jobs_group.command("show")
@id_argument
@as_json_option
@with_appcontext
def show_command(job_id: int, *, as_json: bool) -> None:
    """Show one job: status, attempts, times, progress, last error."""
    job = find_job(job_id)
    if job is None:
        raise click.ClickException(f"there is no job {job_id}")
    facts = describe_job(job)
    if as_json:
        click.echo(json.dumps(facts, indent=2))
        return
    for name, value in facts.items():
        click.echo(f"{name + ':':<14} {value}")


@jobs_group.command("retry")
@id_argument
@with_appcontext
def retry_command(job_id: int) -> None:
    """Queue a given-up, held or cancelled job again, with all its attempts."""
    _change(service.retry_job, job_id, "queued")


@jobs_group.command("cancel")
@id_argument
@with_appcontext
def cancel_command(job_id: int) -> None:
    """Keep a waiting job from ever running."""
    _change(service.cancel_job, job_id, "cancelled")


@jobs_group.command("hold")
@with_appcontext
def hold_command() -> None:
    """Hold everything unfinished, as before moving a database; `release` lets it go on."""
    click.echo(f"held: {service.hold_jobs(by=SYSTEM, now=clock.now())}")


@jobs_group.command("release")
@with_appcontext
def release_command() -> None:
    """Queue everything that is held, as after a restore that was checked."""
    click.echo(f"released: {service.release_jobs(by=SYSTEM, now=clock.now())}")


@jobs_group.command("run")
@click.option("--limit", default=1000, show_default=True, help="At most this many.")
@with_appcontext
def run_command(limit: int) -> None:
    """Run what is due now in this process, then end."""
    click.echo(f"ran: {run_due_jobs(limit)}")


@jobs_group.command("work")
@click.option("--threads", default=THREADS, show_default=True, help="Jobs at the same time.")
@with_appcontext
def work_command(threads: int) -> None:
    """Work until told to stop (SIGTERM or Ctrl-C); run one or more of these beside the server."""
    require_structure()
    run_worker(current_app._get_current_object(), threads=threads)  # type: ignore[attr-defined]  # noqa: SLF001


def describe_job(job: Job) -> dict[str, Any]:
    """What may be shown of a job; its payload stays in the database."""
    times = ("created_at", "due_at", "started_at", "finished_at")
    return {
        "id": job.id,
        "name": job.name,
        "subject": job.subject,
        "status": job.status,
        "attempts": job.attempts,
        **{name: value.isoformat() if (value := getattr(job, name)) else None for name in times},
        "progress_done": job.progress_done,
        "progress_total": job.progress_total,
        "progress_text": job.progress_text,
        "error": job.error,
    }


def _change(use_case: Callable[..., Job], job_id: int, done: str) -> None:
    actor: Actor = SYSTEM
    try:
        use_case(job_id, by=actor, now=clock.now())
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"job {job_id}: {done}")
