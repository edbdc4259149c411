"""The sample's report, issued once in every language and edition, for tests that read it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from eventsapp.core.db import db
from eventsapp.edge import storage
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.edge.pdf import stop_workers
from eventsapp.reports import queries, service
from eventsapp.reports.types import EditionKind
from tests.conftest import Home, empty_database
from tests.factories.reports import NOW, approve, editor, hold_sample, staff, submit

LANGUAGES = ("en", "fr", "ar")


@dataclass(frozen=True)
class Issued:
    """One edition as it lies in storage."""

    kind: str
    lang: str
    number: int
    pages: int
    sha256: str
    snapshot: str
    data: bytes


@pytest.fixture(scope="session")
def issued(homes: dict[str, Home]) -> dict[tuple[str, str], Issued]:
    """Both editions of the sample in each language, by kind and language."""
    app: Flask = homes["sqlite"].app
    with app.app_context():
        empty_database()
        workshop = hold_sample()
        submit(workshop, by=staff())
        report_id = approve(workshop, by=editor()).report_id
        service.issue_report(
            report_id, kinds=list(EditionKind), languages=LANGUAGES, by=editor(), now=NOW
        )
        run_due_jobs(500)
        found = {
            (row.kind, row.lang): Issued(
                kind=row.kind,
                lang=row.lang,
                number=row.number,
                pages=row.pages or 0,
                sha256=row.sha256 or "",
                snapshot=row.snapshot.hash,
                data=storage.read(row.file_key or ""),
            )
            for row in queries.list_editions(queries.get_report(workshop.id))
        }
        db.session.remove()
    return found


@pytest.fixture(scope="session", autouse=True)
def no_process_is_left() -> Iterator[None]:
    yield
    stop_workers()
