"""Pages of outcomes and indicators."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from eventsapp.core.actor import SYSTEM, Role
from eventsapp.core.texts import Texts
from eventsapp.outcomes import queries, service
from eventsapp.outcomes.types import IndicatorDraft, Measure
from eventsapp.workshops.models import Workshop
from tests.factories.workshops import NOW, make_workshop, sign_in
from tests.pages import hidden_fields, text_of


@pytest.fixture
def workshop(app: Flask, client: FlaskClient) -> Workshop:
    sign_in(client, Role.STAFF)
    return make_workshop()


def post(client: FlaskClient, path: str, **fields: Any) -> TestResponse:
    return client.post(path, data={**hidden_fields(client.get(path).text), **fields})


def test_outcomes_are_written_and_shown_as_a_part_of_the_workshop(
    client: FlaskClient, workshop: Workshop
) -> None:
    drafts = [IndicatorDraft(Texts.of(en="Guides written"), Measure.BY_HAND, target=3)]
    service.set_indicators(workshop.project_id, drafts, version=0, by=SYSTEM, now=NOW)
    path = f"/manage/workshops/{workshop.id}/outcomes"
    page = text_of(client.get(path).text)
    assert "A full briefing." in page
    assert "Guides written" in page
    answer = post(
        client,
        path,
        **{
            "outcomes-0-status": "partly",
            "outcomes-0-evidence-en": "Seen in the room.",
            "difficulties-0-text-en": "The line broke.",
            "recommendations-0-text-en": "Write a guide.",
            "recommendations-0-due": "2022-06-30",
            "contributions-0-value": "2",
        },
    )
    assert answer.status_code == 302
    sheet = queries.find_sheet(workshop.id)
    assert sheet is not None
    assert [row.value for row in sheet.contributions] == [2]
    overview = text_of(client.get(f"/manage/workshops/{workshop.id}").text)
    assert "1 of 1 objectives assessed" in overview


def test_what_was_typed_stays_beside_what_is_wrong(client: FlaskClient, workshop: Workshop) -> None:
    path = f"/manage/workshops/{workshop.id}/outcomes"
    answer = post(
        client,
        path,
        **{"outcomes-0-status": "achieved", "difficulties-0-text-en": "The line broke."},
    )
    assert "Say what shows it" in text_of(answer.text)
    assert "The line broke." in answer.text
    assert queries.find_sheet(workshop.id) is None


def test_indicators_are_set_on_a_page_of_the_project(
    client: FlaskClient, workshop: Workshop
) -> None:
    slug = workshop.project.slug
    path = f"/manage/projects/{slug}/indicators"
    fields = {
        "indicators-0-name-en": "Officials trained",
        "indicators-0-measure": "persons",
        "indicators-0-baseline": "40",
        "indicators-0-target": "12",
    }
    assert "above where the project began" in text_of(post(client, path, **fields).text)
    assert post(client, path, **{**fields, "indicators-0-target": "120"}).status_code == 302
    rows = queries.list_indicators(workshop.project_id)
    assert [(row.name, row.measure, row.baseline, row.target) for row in rows] == [
        (Texts.of(en="Officials trained"), "persons", 40, 120)
    ]
    assert "Indicators" in text_of(client.get(f"/manage/projects/{slug}").text)
