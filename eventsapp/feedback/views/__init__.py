"""Pages of feedback: the form that everybody can answer, and running it."""

from eventsapp.feedback.views import (
    builder,
    exports,
    handing_out,
    manage,
    papers,
    public,
    quotes,
    results,
    worker,
)
from eventsapp.feedback.views.blueprint import pages

__all__ = [
    "builder",
    "exports",
    "handing_out",
    "manage",
    "papers",
    "public",
    "quotes",
    "results",
    "worker",
]

BLUEPRINTS = [pages]
