"""Which function does which job: handlers register themselves when their module is imported."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from eventsapp.edge.jobs.run import Run

DEFAULT_ATTEMPTS = 8


class Handler(Protocol):
    def __call__(self, payload: dict[str, Any], run: Run, /) -> None: ...


class UnknownJob(LookupError):
    """No handler has this name: a typing mistake, or a module that was not imported."""


class JobNameTaken(ValueError):
    """Two handlers want the same name."""


@dataclass(frozen=True, slots=True)
class Registered:
    name: str
    handler: Handler
    attempts: int
    every: timedelta | None


_handlers: dict[str, Registered] = {}


def job(
    name: str, *, attempts: int = DEFAULT_ATTEMPTS, every: timedelta | None = None
) -> Callable[[Handler], Handler]:
    """Make a function the handler of the jobs called ``name``; given up after ``attempts`` runs.

    With ``every`` the workers record such a job, with an empty payload, that often.

    A handler may run more than once (a worker was killed, a lease ran out), so it must be
    idempotent. It raises to be tried again later, and raises GiveUp when that would not help.
    """

    def register(handler: Handler) -> Handler:
        known = _handlers.get(name)
        if known is not None and known.handler is not handler:
            raise JobNameTaken(name)
        _handlers[name] = Registered(name=name, handler=handler, attempts=attempts, every=every)
        return handler

    return register


def get_registered(name: str) -> Registered:
    try:
        return _handlers[name]
    except KeyError:
        raise UnknownJob(name) from None


def registered_names() -> frozenset[str]:
    return frozenset(_handlers)


def repeated_jobs() -> dict[str, timedelta]:
    return {known.name: known.every for known in _handlers.values() if known.every is not None}
