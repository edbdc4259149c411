"""Pages of donors and derogations."""

import io
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from eventsapp.core.actor import Role
from eventsapp.projects import queries
from tests.factories.pictures import REFUSED, saved
from tests.factories.workshops import make_project, make_workshop, sign_in
from tests.pages import hidden_fields, text_of


def post(client: FlaskClient, path: str, **fields: Any) -> TestResponse:
    return client.post(path, data={**hidden_fields(client.get(path).text), **fields})


def test_a_logo_is_uploaded_normalised_and_seen_by_everybody(
    app: Flask, client: FlaskClient
) -> None:
    donor = make_project().donors[0]
    sign_in(client, Role.STAFF)
    path = f"/manage/donors/{donor.id}"
    logo = saved(Image.new("RGBA", (300, 100), (10, 90, 100, 120)), "PNG")
    fields = {"name-en": "Donor", "statement-en": "Funded by us", "emblem": ""}
    refused = post(client, path, emblem_file=(io.BytesIO(REFUSED["SVG"][0]), "x.svg"), **fields)
    assert "more than a picture" in text_of(refused.text)
    answer = post(client, path, emblem_file=(io.BytesIO(logo), "logo.png"), **fields)
    assert answer.status_code == 302
    key = queries.list_donors()[0].emblem
    shown = client.get(f"/emblems/{key}", buffered=True)
    assert (shown.status_code, shown.content_type) == (200, "image/png")
    assert client.get(f"/emblems/{'a' * 64}.png").status_code == 404


def test_a_derogation_is_noted_and_ended_on_a_page_of_the_project(
    app: Flask, client: FlaskClient
) -> None:
    project = make_project()
    sign_in(client, Role.STAFF)
    path = f"/manage/projects/{project.slug}/derogations"
    fields = {"donor_id": project.donors[0].id, "reason": "Safety", "until": "2999-01-01"}
    assert "Fill this in." in text_of(post(client, path, **fields).text)
    assert post(client, path, **fields, authorised_by="The embassy").status_code == 302
    page = text_of(client.get(path).text)
    assert "The embassy" in page
    assert "1 running" in text_of(client.get(f"/manage/projects/{project.slug}").text)
    row = queries.list_derogations(project.id)[0]
    token = hidden_fields(client.get(path).text)["csrf_token"]
    client.post(f"{path}/{row.id}/end", data={"csrf_token": token})
    assert "ended" in text_of(client.get(path).text)


def test_contracts_are_added_changed_and_chosen_for_a_workshop(
    app: Flask, client: FlaskClient
) -> None:
    workshop = make_workshop()
    project = workshop.project
    sign_in(client, Role.ADMIN)
    path = f"/manage/projects/{project.slug}/contracts"
    fields = {"number": "EU/1", "donor_id": "0", "disclaimer-en": "Words."}
    refused = post(client, path, **fields, starts_on="2022-02-02", ends_on="2022-02-01")
    assert "A contract ends on its first day or later." in text_of(refused.text)
    assert post(client, path, **fields).status_code == 302
    row = queries.list_contracts(project.id)[0]
    changed = post(client, f"{path}/{row.id}", **fields | {"number": "EU/1a"})
    assert changed.status_code == 302
    assert "EU/1a" in text_of(client.get(path).text)
    of_workshop = f"/manage/workshops/{workshop.id}/contracts"
    assert post(client, of_workshop, contract_ids=str(row.id)).status_code == 302
    assert [one.number for one in workshop.contracts] == ["EU/1a"]
    assert "EU/1a" in text_of(client.get(f"/manage/workshops/{workshop.id}").text)
