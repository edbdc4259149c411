"""The settings of the running application, for adapters that need them."""

from typing import cast

from flask import current_app

from eventsapp.config import Settings


def current_settings() -> Settings:
    return cast("Settings", current_app.extensions["settings"])
