"""Pages of workshops: what the public sees, and the details step of the management side."""

from eventsapp.workshops.views import copies, imports, listing, manage, presenters, public, topics
from eventsapp.workshops.views.blueprint import pages

__all__ = ["copies", "imports", "listing", "manage", "presenters", "public", "topics"]
BLUEPRINTS = [pages]
