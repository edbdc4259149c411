"""What the outside world needs of an application before its first request."""

import logging

from flask import Flask

from eventsapp.config import Settings
from eventsapp.edge import logs
from eventsapp.edge.jobs.executor import check_broker_url
from eventsapp.edge.mail.transports import check_mail_url

log = logging.getLogger("eventsapp.mail")


def init_app(app: Flask, settings: Settings) -> None:
    """Raises BadSetting for an address that no adapter understands."""
    check_broker_url(settings.broker_url)
    check_mail_url(settings.mail_url)
    logs.init_app(app, settings)
    if settings.is_production and not settings.mail_url:
        log.warning("EVENTSAPP_MAIL_URL is empty: mails go to the folder outbox and reach nobody")
