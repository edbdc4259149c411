"""What news does in the background."""

from eventsapp.news.jobs import articles, delivering, mailing

__all__ = ["articles", "delivering", "mailing"]
