"""An office with accounts of every state, for tests of signing in."""

import pytest
from flask import Flask

from eventsapp.accounts import service
from eventsapp.core import clock
from eventsapp.core.actor import SYSTEM, Role
from tests.factories.accounts import make_user
from tests.factories.sites import browser, site, sqlite_site

__all__ = ["browser", "office", "site", "sqlite_office", "sqlite_site"]


def _employ(app: Flask) -> Flask:
    with app.app_context():
        make_user("ada@office.example", Role.ADMIN, name="Ada Lind")
        make_user("nadia@office.example", Role.STAFF)
        make_user("omar@office.example", Role.ORGANISER, name="Omar Haddad")
        make_user("invited@office.example", Role.STAFF, password=None)
        gone = make_user("gone@office.example", Role.STAFF)
        service.deactivate_user(gone.id, by=SYSTEM, now=clock.now())
    return app


@pytest.fixture
def office(site: Flask) -> Flask:
    """The application with five accounts; once per database."""
    return _employ(site)


@pytest.fixture
def sqlite_office(sqlite_site: Flask) -> Flask:
    """As ``office``, for what does not depend on the database."""
    return _employ(sqlite_site)
