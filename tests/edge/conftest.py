"""Handlers of a test's own, and the broker as a test sees it."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.edge.jobs import Handler, enqueue, job, registry
from eventsapp.edge.jobs.executor import Executor, executor_of

MakeJob = Callable[..., str]
Record = Callable[..., int]


@pytest.fixture
def make_job(request: pytest.FixtureRequest) -> Iterator[MakeJob]:
    """Register a handler under a name of this test's own; gives the name."""
    numbers = itertools.count()
    names: list[str] = []

    def make(handler: Handler, **options: Any) -> str:
        name = f"{request.node.name}.{next(numbers)}"
        names.append(name)
        job(name, **options)(handler)
        return name

    yield make
    for name in names:
        registry._handlers.pop(name)


@pytest.fixture
def record(app: Flask) -> Record:
    """Record a job in a transaction of its own; gives its id."""

    @transaction
    def in_transaction(name: str, payload: dict[str, Any] | None = None, **options: Any) -> int:
        now = options.pop("now", None) or clock.now()
        return enqueue(name, payload or {}, now=now, **options).id

    return in_transaction


@pytest.fixture
def bell(app: Flask) -> Iterator[Executor]:
    """The application's executor, with nothing in its queue."""
    executor = executor_of(app)
    executor.huey.flush()
    executor._paused_until = float("-inf")
    yield executor
    executor.huey.flush()
