"""Fixtures for tests that go through real requests, each with a context of its own.

Inside an open application context all requests would share one ``g``, and with it who is signed
in; so nothing here leaves one open.
"""

import pytest
from flask import Flask

from eventsapp.core.db import db
from eventsapp.web.limits import limiter
from tests.conftest import DATABASES, Home, empty_database
from tests.factories.browsing import Browser


def _emptied(home: Home) -> Flask:
    with home.app.app_context():
        empty_database()
        limiter.reset()
        db.session.remove()
    return home.app


@pytest.fixture(params=DATABASES)
def site(request: pytest.FixtureRequest, homes: dict[str, Home]) -> Flask:
    """The application with an empty database; once per database."""
    return _emptied(homes[request.param])


@pytest.fixture
def sqlite_site(homes: dict[str, Home]) -> Flask:
    """As ``site``, for what does not depend on the database."""
    return _emptied(homes["sqlite"])


@pytest.fixture
def browser(site: Flask) -> Browser:
    return Browser(site)
