"""Serving from the command line."""

import os
import sys

import click
from flask.cli import ScriptInfo

from eventsapp.edge.serving.structure import require_structure
from eventsapp.edge.serving.supervisor import SERVER, supervise


@click.command("serve")
@click.option("--demo", is_flag=True, help="Run a job worker beside the server.")
@click.option("--port", default=8000, show_default=True, envvar="PORT", help="On loopback.")
@click.option("--banner", default="", help="What --demo prints once pages are served.")
def serve_command(*, demo: bool, port: int, banner: str) -> None:
    """Serve pages, and with --demo do background work too, until Ctrl-C or SIGTERM.

    WEB_BIND, WEB_WORKERS and WEB_THREADS set the server's address, processes and threads.
    """
    if demo:
        text = banner or f"eventsapp is ready at http://localhost:{port}"
        sys.exit(supervise(port=port, on_ready=lambda: click.echo(f"\n{text}\n")))
    # The demo's worker looks for itself, and this process stays small beside it.
    with click.get_current_context().ensure_object(ScriptInfo).load_app().app_context():
        require_structure()
    os.environ["PORT"] = str(port)
    os.execv(sys.executable, [sys.executable, *SERVER])  # noqa: S606 - our own interpreter
