"""The settings of the running application, for adapters that need them."""

from datetime import date, datetime
from typing import cast

from flask import current_app

from eventsapp.config import Settings
from eventsapp.core.dates import day_in


def current_settings() -> Settings:
    return cast("Settings", current_app.extensions["settings"])


def today(*, now: datetime) -> date:
    """The date in the organisation's zone."""
    return day_in(current_settings().timezone, now=now)
