"""Serving from the command line."""

import os
import sys

import click

from eventsapp.edge.serving.supervisor import SERVER, supervise


@click.command("serve")
@click.option("--with-worker", is_flag=True, help="Run a job worker beside the server.")
@click.option("--port", default=8000, show_default=True, envvar="PORT", help="On loopback.")
@click.option("--banner", default="", help="Print this once pages are served.")
def serve_command(*, with_worker: bool, port: int, banner: str) -> None:
    """Serve pages, and with --with-worker do background work too, until Ctrl-C or SIGTERM.

    WEB_BIND, WEB_WORKERS and WEB_THREADS set the server's address, processes and threads.
    """
    if with_worker:
        sys.exit(supervise(port=port, on_ready=lambda: click.echo(banner)))
    os.environ["PORT"] = str(port)
    os.execv(sys.executable, [sys.executable, *SERVER])  # noqa: S606 - our own interpreter
