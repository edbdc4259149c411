"""Logs that can be read by programs and hold nothing personal.

Everything logs through the standard library; what is written is decided here: known fields only,
addresses blanked, errors as class and place without their message, control characters escaped,
and nothing at all while an untraced request is served.
"""

import json
import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog
from flask import Flask, g, has_request_context
from structlog.stdlib import ExtraAdder, ProcessorFormatter, add_log_level, add_logger_name

from eventsapp.config import ROOT, Settings

Event = MutableMapping[str, Any]

FIELDS = frozenset(
    {"event", "level", "logger", "timestamp", "error", "request_id", "method", "route", "status"}
    | {"ms", "actor", "job", "job_name", "attempt", "worker", "cause", "count", "port", "pid"}
)
WITHHELD = "[withheld]"
PROBES = frozenset({"/healthz", "/readyz", "/metrics"})
_MAIL_ADDRESS = re.compile(r"[^\s@<>\"'(),;:]+@[^\s@<>\"'(),;:]+\.[^\s@<>\"'(),;:]+")
_QUERY = re.compile(r"\?\S+")
# ASCII only: line breaks, escape sequences and marks that reorder text all come out escaped.
_encode = json.JSONEncoder(ensure_ascii=True, default=str).encode

request_log = logging.getLogger("eventsapp.request")


class NotUntraced(logging.Filter):
    """Lets nothing through, from any logger, while an untraced request is served."""

    def filter(self, _: logging.LogRecord, /) -> bool:
        return not (has_request_context() and g.get("untraced", False))


def init_app(app: Flask, settings: Settings) -> None:
    """Write logs to the standard error stream; tests install what they look at themselves."""
    if settings.mode != "test":
        install(make_handler(as_json=settings.is_production), settings.log_level)
    # Flask would add a handler of its own beside ours.
    app.logger.handlers.clear()


def install(handler: logging.Handler, level: str) -> None:
    root = logging.getLogger()
    for old in [h for h in root.handlers if isinstance(h.formatter, ProcessorFormatter)]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    # The first and third write a line for each request, with its raw address.
    for noisy in ("werkzeug", "huey", "gunicorn.access", "alembic.runtime.plugins"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def make_handler(*, as_json: bool, stream: Any = None) -> logging.Handler:
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.addFilter(NotUntraced())
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=[
                add_log_level,
                add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                ExtraAdder(),
            ],
            processors=[
                _add_error,
                _add_request_id,
                ProcessorFormatter.remove_processors_meta,
                _withhold_unknown,
                _blank_addresses,
                _render_json if as_json else _render_line,
            ],
        )
    )
    return handler


def log_request(*, method: str, route: str, status: int, seconds: float, actor: str) -> None:
    """One line for each traced request; probes that are content only speak when asked to."""
    level = logging.DEBUG if route in PROBES and status < 400 else logging.INFO
    facts = {"method": method, "route": route, "status": status, "actor": actor}
    request_log.log(level, "request", extra=facts | {"ms": round(seconds * 1000, 1)})


def _add_error(_logger: Any, _name: str, event: Event) -> Event:
    """Class and place of an error and of its causes; a message may hold a row or an address."""
    found = event.pop("exc_info", None)
    error = found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event["error"] = describe_error(error)
    return event


def describe_error(error: BaseException) -> list[str]:
    """One line for each error of the chain: ``ValueError at eventsapp/config.py:41 read < …``."""
    lines: list[str] = []
    current: BaseException | None = error
    while current is not None and len(lines) < 5:
        frames = traceback.extract_tb(current.__traceback__)[-6:]
        places = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        lines.append(f"{type(current).__name__} at {' < '.join(reversed(places)) or 'no frame'}")
        current = current.__cause__ or current.__context__
    return lines


def _short(filename: str) -> str:
    """The file without where this machine keeps it."""
    for folder in ("/site-packages/", f"{ROOT}/"):
        _, found, rest = filename.rpartition(folder)
        if found:
            return rest
    return filename.rpartition("/")[2]


def _add_request_id(_logger: Any, _name: str, event: Event) -> Event:
    if has_request_context() and "request_id" in g:
        event["request_id"] = g.request_id
    return event


def _withhold_unknown(_logger: Any, _name: str, event: Event) -> Event:
    """A field that nobody vouched for may hold anything."""
    return {
        key: value if key in FIELDS else WITHHELD
        for key, value in event.items()
        # What other handlers leave on the record.
        if key not in {"message", "asctime"}
    }


def _blank_addresses(_logger: Any, _name: str, event: Event) -> Event:
    return {key: _blank(value) for key, value in event.items()}


def _blank(value: Any) -> Any:
    if not isinstance(value, str) or not ("@" in value or "?" in value):
        return value
    return _QUERY.sub("?[query]", _MAIL_ADDRESS.sub("[address]", value))


def _render_json(_logger: Any, _name: str, event: Event) -> str:
    return _encode(event)


def _render_line(_logger: Any, _name: str, event: Event) -> str:
    """For a person at a terminal; every value is escaped as JSON is."""
    time, level, message = (str(event.pop(key)) for key in ("timestamp", "level", "event"))
    rest = " ".join(f"{key}={_encode(value)}" for key, value in event.items() if key != "logger")
    return f"{time[11:19]} {level:<7} {_encode(message)[1:-1]} {rest}".rstrip()
