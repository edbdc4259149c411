"""What news does in the background."""

from eventsapp.news.jobs import delivering, mailing

__all__ = ["delivering", "mailing"]
