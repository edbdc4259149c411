"""Gunicorn's settings: ``gunicorn -c python:eventsapp.edge.serving.settings wsgi:app``.

Threads, so that a slow client costs a thread and not a process; behind a buffering proxy
``WEB_THREADS=1`` makes them sync workers.
"""

import logging
import os
import shutil
from pathlib import Path
from typing import Any

from eventsapp.config import BadSetting, Settings

_settings = Settings.from_environment()
# Before anything imports the metrics library, which decides by this where to count.
os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(_settings.data_dir / "metrics"))

from eventsapp.edge import logs  # noqa: E402 - after the line above
from eventsapp.edge.memory import spare_the_collector  # noqa: E402 - as above
from eventsapp.edge.serving.server_log import ServerLog  # noqa: E402 - as above

bind = os.environ.get("WEB_BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread" if threads > 1 else "sync"
timeout = 30
graceful_timeout = 30
keepalive = 5
backlog = 512
# A request line holds no data of ours that is longer.
limit_request_line = 4094
limit_request_fields = 64
# Headers with underscores could pass for others behind a proxy.
header_map = "drop"
forwarded_allow_ips = "127.0.0.1,::1"
loglevel = _settings.log_level.lower()
logger_class = ServerLog
accesslog = None
control_socket_disable = True
if Path("/dev/shm").is_dir():  # noqa: S108 - the server's own heartbeat files, in memory
    worker_tmp_dir = "/dev/shm"  # noqa: S108 - as above


def on_starting(_server: Any) -> None:
    """Begin to count anew; figures of processes long gone would be added for ever."""
    logs.install(logs.make_handler(as_json=_settings.is_production), _settings.log_level)
    folder = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)


def post_worker_init(worker: Any) -> None:
    """Ask each capability whether people may be let in; a refusal stops the whole server."""
    app = worker.app.wsgi()
    for check in app.extensions.get("start_checks", ()):
        try:
            check(app)
        except BadSetting as refused:
            logging.getLogger("eventsapp").critical("%s", refused)
            # A plain exit would be taken for a crash, and started anew for ever.
            raise RuntimeError(str(refused)) from None
    spare_the_collector()


def child_exit(_server: Any, worker: Any) -> None:
    from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
