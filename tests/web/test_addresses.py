"""Addresses that nothing can be at answer like any other wrong address, on both databases."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.core.actor import Role
from tests.factories.workshops import sign_in

TOO_LARGE = 2**31


@pytest.mark.parametrize(
    "path",
    [
        "/workshops/%00",
        "/workshops/%00/register",
        "/workshops/?q=%00",
        "/workshops/?country=L%00",
        "/news/%00",
        "/projects/%00",
    ],
)
def test_a_nul_in_an_address_is_not_understood(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 400


def test_half_a_character_in_an_address_finds_nothing(client: FlaskClient) -> None:
    assert client.get("/workshops/?q=%ED%A0%80").status_code == 200


@pytest.mark.parametrize("number", [TOO_LARGE, 10**30])
def test_a_number_that_no_column_holds_leads_nowhere(
    app: Flask, client: FlaskClient, number: int
) -> None:
    sign_in(client, Role.ADMIN)

    assert client.get(f"/manage/workshops/{number}/people").status_code == 404
