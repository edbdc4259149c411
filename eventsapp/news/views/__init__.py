"""Pages of news: what readers see, its channels, the editors' desk and a workshop's last step."""

from eventsapp.news.views import (
    articles,
    channels,
    desk,
    listing,
    manage,
    past,
    photo,
    public,
    quotes,
    subscribers,
    subscribing,
    targets,
    writing,
)
from eventsapp.news.views.blueprint import pages

BLUEPRINTS = [pages]

__all__ = [
    "BLUEPRINTS",
    "articles",
    "channels",
    "desk",
    "listing",
    "manage",
    "past",
    "photo",
    "public",
    "quotes",
    "subscribers",
    "subscribing",
    "targets",
    "writing",
]
