"""Accounts are tried through real requests, each with a context of its own."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.core.db import db
from eventsapp.web.limits import limiter
from tests.conftest import DATABASES, Home, empty_database


@pytest.fixture(params=DATABASES)
def site(request: pytest.FixtureRequest, homes: dict[str, Home]) -> Iterator[Flask]:
    """The application with an empty database and no context around the requests.

    Inside an open context, all requests would share one ``g``, and with it who is signed in.
    """
    app = homes[request.param].app
    with app.app_context():
        empty_database()
        limiter.reset()
        db.session.remove()
    yield app


@pytest.fixture
def browser(site: Flask) -> FlaskClient:
    return site.test_client()
