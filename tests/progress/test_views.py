"""The roll-up as a page, a spreadsheet and a PDF; the public page shows what was reported."""

import io

import openpyxl
import page
import pytest
from flask import Flask

from eventsapp.core import db
from eventsapp.core.actor import Role
from eventsapp.edge import storage
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.news import service as news
from eventsapp.overview.sample import load
from eventsapp.progress import queries
from eventsapp.projects.models import Project
from tests.factories.reports import NOW, approve, editor, hold_sample, staff, submit
from tests.factories.workshops import sign_in
from tests.pages import hidden_fields, text_of


@pytest.fixture
def project(sqlite_app: Flask) -> Project:
    return hold_sample().project


def test_the_page_shows_persons_and_progress(sqlite_app: Flask, project: Project) -> None:
    client = sqlite_app.test_client()
    sign_in(client, Role.STAFF)
    text = text_of(client.get(f"/manage/projects/{project.slug}/progress").text)
    assert "persons 24 each counted once" in text
    assert "64 of 120" in text
    assert "Libya" in text


def test_the_spreadsheet_has_a_row_a_workshop_and_one_for_all(
    sqlite_app: Flask, project: Project
) -> None:
    client = sqlite_app.test_client()
    sign_in(client, Role.STAFF)
    answer = client.get(f"/manage/projects/{project.slug}/progress.xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.values)  # type: ignore[union-attr]
    assert len(rows) == 3
    assert rows[1][0] == "LY-2022-001"
    assert rows[1][3:] == rows[2][3:]
    assert rows[2][3] == 24


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_the_pdf_is_drawn_in_the_background_and_conforms(
    sqlite_app: Flask, project: Project, lang: str
) -> None:
    client = sqlite_app.test_client()
    sign_in(client, Role.STAFF)
    path = f"/manage/projects/{project.slug}/progress"
    fields = hidden_fields(client.get(f"{path}?lang={lang}").text)
    for _press in range(2):
        assert client.post(f"{path}/pdf", data=fields).status_code == 302
    run_due_jobs(500)
    db.session().expire_all()
    (paper,) = queries.list_papers(project.id)
    assert (paper.status, paper.lang) == ("ready", lang)
    data = storage.read(paper.file_key or "")
    for profile in ("ua1", "3a"):
        result = page.validate_pdf_bytes(data, profile=profile)
        assert [(failure.rule_id, failure.message) for failure in result.failures] == []
    got = client.get(f"{path}/{paper.id}.pdf", buffered=True)
    assert (got.status_code, got.data) == (200, data)


def test_the_public_page_counts_only_what_was_reported(sqlite_app: Flask, project: Project) -> None:
    client = sqlite_app.test_client()
    assert "40 of 120" in text_of(client.get(f"/projects/{project.slug}").text)
    workshop = queries.roll_up(project).rows[0].workshop
    submit(workshop, by=staff())
    approve(workshop, by=editor())
    news.publish_report(workshop.id, dated=load.DATED, by=editor(), now=NOW)
    assert "64 of 120" in text_of(client.get(f"/projects/{project.slug}").text)
