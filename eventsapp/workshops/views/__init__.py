"""Pages of workshops: what the public sees, and the details step of the management side."""

from eventsapp.workshops.views import copies, listing, manage, public, topics
from eventsapp.workshops.views.blueprint import pages

__all__ = ["copies", "listing", "manage", "public", "topics"]
BLUEPRINTS = [pages]
