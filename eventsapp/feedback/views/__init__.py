"""Pages of feedback: the form that everybody can answer, and running it."""

from eventsapp.feedback.views import public
from eventsapp.feedback.views.blueprint import pages

__all__ = ["public"]

BLUEPRINTS = [pages]
