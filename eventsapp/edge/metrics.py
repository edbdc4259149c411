"""Figures for a monitoring system: requests by route pattern, jobs by status and age.

With several server processes each writes to a file of its own in PROMETHEUS_MULTIPROC_DIR, which
the server's settings set before this is imported; the answer adds them up.
"""

import os
from collections.abc import Iterator
from functools import cache

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from eventsapp.edge.jobs.queries import Backlog

CONTENT_TYPE = CONTENT_TYPE_LATEST

requests_total = Counter(
    "eventsapp_requests_total", "Requests answered.", ["method", "route", "status"]
)
request_seconds = Histogram(
    "eventsapp_request_seconds",
    "Time to answer, by route.",
    ["route"],
    buckets=(0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
untraced_failures = Counter(
    "eventsapp_untraced_failures_total", "Requests that leave no log line, and failed."
)


def count_request(*, method: str, route: str, status: int, seconds: float, actor: str) -> None:  # noqa: ARG001 - an observer is told everything
    counter, histogram = _series(method, route, status)
    counter.inc()
    histogram.observe(seconds)


@cache
def _series(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    """There are as many as routes have answers; looking them up by name is most of counting."""
    return requests_total.labels(method, route, str(status)), request_seconds.labels(route)


def count_untraced_failure() -> None:
    untraced_failures.inc()


class BacklogCollector(Collector):
    """What the database says about jobs at the moment of asking."""

    def __init__(self, backlog: Backlog) -> None:
        self.backlog = backlog

    def collect(self) -> Iterator[Metric]:
        jobs = GaugeMetricFamily("eventsapp_jobs", "Jobs by status.", labels=["status"])
        for status, count in self.backlog.counts.items():
            jobs.add_metric([status], count)
        yield jobs
        yield GaugeMetricFamily(
            "eventsapp_jobs_oldest_unpicked_seconds",
            "How long the oldest due job has waited for its first run.",
            value=self.backlog.oldest_unpicked.total_seconds(),
        )
        if self.backlog.seen_worker is not None:
            yield GaugeMetricFamily(
                "eventsapp_worker_seen_seconds",
                "Time since a worker last said that it is alive.",
                value=self.backlog.seen_worker.total_seconds(),
            )


def render_metrics(backlog: Backlog) -> bytes:
    """Everything, in the text format that monitoring systems read."""
    registry = CollectorRegistry()
    registry.register(BacklogCollector(backlog))
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)
    return generate_latest(registry) + generate_latest(REGISTRY)
