"""Pages of news: what readers see, its channels, and the last step of a workshop's story."""

from eventsapp.news.views import channels, listing, manage, public, quotes
from eventsapp.news.views.blueprint import pages

BLUEPRINTS = [pages]

__all__ = ["BLUEPRINTS", "channels", "listing", "manage", "public", "quotes"]
