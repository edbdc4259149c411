"""Pages for those who run the service: probes, figures, and how far a job is."""

import hmac
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Response, abort, jsonify, render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from eventsapp.core import clock
from eventsapp.core.errors import NotFound
from eventsapp.edge import metrics
from eventsapp.edge.jobs import Job, JobStatus, find_job
from eventsapp.edge.jobs.queries import Backlog, measure_backlog
from eventsapp.edge.settings import current_settings
from eventsapp.web.access import any_role, public

blueprint = Blueprint("operations", __name__)

WORKER_SEEN_WITHIN = timedelta(minutes=1)
PICKED_WITHIN = timedelta(minutes=5)
LOOPBACK = frozenset({"127.0.0.1", "::1", "::ffff:127.0.0.1"})
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")

STATUS_TEXTS = {
    JobStatus.QUEUED: _l("Waiting for its turn"),
    JobStatus.RUNNING: _l("In progress"),
    JobStatus.DONE: _l("Done"),
    JobStatus.FAILED: _l("This did not work. An administrator can see why and try again."),
    JobStatus.HELD: _l("On hold until an administrator releases it"),
    JobStatus.CANCELLED: _l("Cancelled"),
}


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """This process answers; nothing else is asked."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@public
def readyz() -> tuple[Response, int]:
    """Whether the service can do its work: 200, or 503 with the reasons."""
    try:
        reasons = find_reasons(measure_backlog(now=clock.now()))
    except sa.exc.SQLAlchemyError:
        reasons = ["the database does not answer"]
    if reasons:
        return jsonify(status="not ready", reasons=reasons), 503
    return jsonify(status="ready"), 200


def find_reasons(backlog: Backlog) -> list[str]:
    """What keeps the service from being ready.

    Jobs that back off or are scheduled do not count: a mail server's outage must not take the
    pages down.
    """
    reasons = []
    if backlog.seen_worker is None or backlog.seen_worker > WORKER_SEEN_WITHIN:
        reasons.append("no worker is alive")
    if backlog.oldest_unpicked > PICKED_WITHIN:
        reasons.append("a job has been due for over five minutes and no worker picked it")
    return reasons


@blueprint.get("/metrics")
@public
def show_metrics() -> Response:
    """For a monitoring system: with the token of the settings, or from this machine itself."""
    if not _may_see_metrics():
        abort(404)
    body = metrics.render_metrics(measure_backlog(now=clock.now()))
    return Response(body, content_type=metrics.CONTENT_TYPE)


def _may_see_metrics() -> bool:
    token = current_settings().metrics_token
    if token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.encode())
    # Through a proxy on this machine everybody would look local.
    is_forwarded = any(name in request.headers for name in FORWARDED)
    return request.remote_addr in LOOPBACK and not is_forwarded


@blueprint.get("/manage/jobs/<int:job_id>")
@any_role
def job_progress(job_id: int) -> Any:
    """How far a job is: a page, a fragment for htmx, or JSON for who prefers that."""
    job = find_job(job_id)
    if job is None:
        raise NotFound
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return jsonify(_facts(job))
    if "HX-Request" not in request.headers:
        return render_template("overview/job_progress.html", **_facts(job))
    response = Response(render_template("overview/_job_progress.html", **_facts(job)))
    if job.is_finished:
        # The page that waited shows more than the bar, so it is loaded anew.
        response.headers["HX-Refresh"] = "true"
    return response


def _facts(job: Job) -> dict[str, Any]:
    is_told = job.status == JobStatus.RUNNING and job.progress_text
    text = gettext(job.progress_text) if is_told else str(STATUS_TEXTS[JobStatus(job.status)])
    return {
        "id": job.id,
        "status": job.status,
        "is_finished": job.is_finished,
        "done": job.progress_done,
        "total": job.progress_total or None,
        "text": text,
    }
