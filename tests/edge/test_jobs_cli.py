"""Jobs on the command line: words for people, JSON for programs, exit codes for scripts."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from eventsapp.core import db
from eventsapp.edge.jobs import GiveUp, Run, find_job, run_due_jobs

MakeJob = Callable[..., str]
Record = Callable[..., int]


@pytest.fixture
def run(app: Flask) -> Callable[..., Result]:
    def invoke(*arguments: str) -> Result:
        db.session().rollback()
        result = app.test_cli_runner().invoke(args=["jobs", *arguments])
        db.session().rollback()
        return result

    return invoke


@pytest.fixture
def failed(make_job: MakeJob, record: Record) -> int:
    """A job that was given up."""

    def refuse(payload: dict[str, Any], run: Run) -> None:
        raise GiveUp("SMTPRecipientsRefused 550")

    job_id = record(make_job(refuse), {"registration": 7}, subject="registration:7")
    run_due_jobs()
    return job_id


def test_list_shows_counts_and_each_job(failed: int, run: Callable[..., Result]) -> None:
    output = run("list").output
    assert "failed: 1" in output
    assert all(word in output for word in ("registration:7", "SMTPRecipientsRefused 550"))
    assert run("list", "--status", "done").output.count("\n") == 1


def test_list_as_json_leaves_the_payload_out(failed: int, run: Callable[..., Result]) -> None:
    (found,) = json.loads(run("list", "--json").output)
    assert (found["id"], found["status"], found["error"]) == (
        failed,
        "failed",
        "SMTPRecipientsRefused 550",
    )
    assert "payload" not in found


def test_show_tells_one_job(failed: int, run: Callable[..., Result]) -> None:
    assert json.loads(run("show", str(failed), "--json").output)["attempts"] == 1
    assert "status:        failed" in run("show", str(failed)).output


def test_retry_then_cancel_change_the_job(failed: int, run: Callable[..., Result]) -> None:
    assert run("retry", str(failed)).output == f"job {failed}: queued\n"
    assert run("cancel", str(failed)).output == f"job {failed}: cancelled\n"
    found = find_job(failed)
    assert found is not None
    assert found.status == "cancelled"


def test_hold_release_and_run_say_how_many(
    make_job: MakeJob, record: Record, run: Callable[..., Result]
) -> None:
    def do_nothing(payload: dict[str, Any], run: Run) -> None:
        """Work."""

    record(make_job(do_nothing))
    said = [run(command).output for command in ("hold", "run", "release", "run")]
    assert said == ["held: 1\n", "ran: 0\n", "released: 1\n", "ran: 1\n"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "999"),
        ("retry", "999"),
        ("cancel", "999"),
        ("show", "x"),
        ("list", "--status", "?"),
    ],
)
def test_a_command_that_cannot_be_done_ends_with_an_error(
    run: Callable[..., Result], arguments: tuple[str, ...]
) -> None:
    result = run(*arguments)
    assert (result.exit_code != 0, "Error" in result.output) == (True, True)


def test_a_finished_job_cannot_be_cancelled(failed: int, run: Callable[..., Result]) -> None:
    result = run("cancel", str(failed))
    assert (result.exit_code, "running or finished" in result.output) == (1, True)


def test_every_command_explains_itself(run: Callable[..., Result]) -> None:
    commands = ("list", "show", "retry", "cancel", "hold", "release", "run", "work")
    assert all(command in run("--help").output for command in commands)
    assert all(len(run(command, "--help").output.splitlines()[2]) > 20 for command in commands)
