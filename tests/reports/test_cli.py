"""Reports from the command line."""

import json
from pathlib import Path

from flask import Flask

from eventsapp.reports import queries
from tests.factories.reports import approve, submit
from tests.factories.workshops import make_workshop


def test_a_draft_is_printed_and_nothing_is_written(app: Flask) -> None:
    workshop = make_workshop()
    done = app.test_cli_runner().invoke(args=["reports", "draft", workshop.ref, "--lang", "fr"])
    assert done.exit_code == 0
    assert "a organisé un atelier hybride à Tripoli (Libye), les 8 et 9 février 2022" in done.output
    assert queries.find_report(workshop.id) is None


def test_an_approved_report_is_issued_to_a_file(sqlite_app: Flask, tmp_path: Path) -> None:
    workshop = make_workshop()
    runner, out = sqlite_app.test_cli_runner(), tmp_path / "report.pdf"
    wanted = ["reports", "issue", workshop.ref, "--lang", "ar", "--out", str(out), "--json"]
    refused = runner.invoke(args=wanted)
    assert (refused.exit_code, out.exists()) == (1, False)
    submit(workshop)
    assert "not possible" in runner.invoke(args=wanted).output
    approve(workshop)
    done = runner.invoke(args=wanted)
    assert done.exit_code == 0, done.output
    found = json.loads(done.output)
    assert (found["number"], found["kind"], found["lang"]) == (1, "public", "ar")
    assert out.read_bytes().startswith(b"%PDF-1.7")


def test_an_unknown_workshop_is_a_line_and_not_a_traceback(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["reports", "draft", "XX-2022-999"])
    assert done.exit_code == 1
    assert done.output.startswith("Error: ")
